"""Taking in files: known by their first bytes, pictures re-encoded, everything hashed, nothing rendered."""

import hashlib
import io
import warnings
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from batikportal.choices import FileKind
from batikportal.models import Enterprise, StoredFile, User

MAX_BYTES = 10 * 1024 * 1024
MAX_SIDE_PX = 2000
MAX_PIXELS = 50_000_000


class FileRefused(Exception):
    """The file cannot be taken; the message says why and what to do."""


def kind_of(head: bytes, name: str) -> FileKind | None:
    """What the first bytes say the file is; the name decides only between kinds of text."""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return FileKind.IMAGE
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(b"PK\x03\x04") and name.lower().endswith(".xlsx"):
        return FileKind.SPREADSHEET
    if name.lower().endswith(".csv"):
        return FileKind.SPREADSHEET
    return None


CONTENT_TYPES = {
    FileKind.IMAGE: "image/jpeg",
    FileKind.PDF: "application/pdf",
    FileKind.SPREADSHEET: "application/octet-stream",
}


def re_encode(data: bytes) -> bytes:
    """The picture as a fresh JPEG of at most 2,000 px a side: no EXIF, no position, nothing hidden behind it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > MAX_PIXELS:
                raise FileRefused(_("Gambar terlalu besar. Kecilkan dahulu, paling besar 50 megapiksel."))
            image = ImageOps.exif_transpose(image).convert("RGB")
            image.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
            out = io.BytesIO()
            image.save(out, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise FileRefused(_("Gambar tidak dapat dibaca. Unggah foto JPEG, PNG atau WebP yang lain.")) from error
    return out.getvalue()


def store(
    *, upload: UploadedFile, kinds: tuple[str, ...], by: User, at: datetime, enterprise: Enterprise | None = None
) -> StoredFile:
    """Keep an uploaded file of one of ``kinds``; FileRefused says what is wrong with any other."""
    if upload.size is None or upload.size > MAX_BYTES:
        raise FileRefused(_("Berkas terlalu besar. Paling besar 10 MB."))
    data = upload.read()
    if not data:
        raise FileRefused(_("Berkas kosong. Pilih berkas lain."))
    name = (upload.name or "berkas").replace("\\", "/").rsplit("/", 1)[-1][-150:]
    kind = kind_of(data[:16], name)
    if kind is None or kind not in kinds:
        wanted = ", ".join(str(FileKind(k).label) for k in kinds)
        raise FileRefused(_("Jenis berkas tidak diterima. Yang diterima: %(kinds)s.") % {"kinds": wanted})
    if kind == FileKind.IMAGE:
        data = re_encode(data)
        name = name.rsplit(".", 1)[0] + ".jpg"
    stored = StoredFile(
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        name=name,
        content_type=CONTENT_TYPES[kind],
        size_bytes=len(data),
        enterprise=enterprise,
        created_by=by,
        created_at=at,
    )
    stored.file.save(name, ContentFile(data), save=False)
    stored.save()
    return stored
