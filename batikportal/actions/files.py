"""Taking in files: known by their first bytes, pictures re-encoded, everything hashed, nothing rendered."""

import hashlib
import io
import unicodedata
import warnings
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from batikportal.choices import FileKind
from batikportal.models import Enterprise, StoredFile, User

MAX_BYTES = 10 * 1024 * 1024
MAX_SIDE_PX = 2000
# A phone's camera may have 108 megapixels; its plain JPEG is decoded at a fraction of that size. Whatever must be
# decoded whole (PNG, WebP, JPEG in passes) may have less, so that no picture takes more than some 150 MB of memory.
MAX_MEGAPIXELS = 120
MAX_MEGAPIXELS_WHOLE = 16
FORMATS = ("JPEG", "PNG", "WEBP")
KINDS_TAKEN = {
    FileKind.IMAGE: _("foto JPEG, PNG atau WebP"),
    FileKind.PDF: _("PDF"),
    FileKind.SPREADSHEET: _("Excel (.xlsx) atau CSV"),
}
# A file is written before its row is committed; without a row after a day, it belongs to nobody.
ORPHANED_AFTER = timedelta(days=1)


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


def _check_size(image: Image.Image) -> None:
    """Refuse a picture by what its header says, before anything is unpacked."""
    scalable = image.format == "JPEG" and not image.info.get("progressive")
    limit = MAX_MEGAPIXELS if scalable else MAX_MEGAPIXELS_WHOLE
    if image.width * image.height > limit * 1_000_000:
        raise FileRefused(
            _("Gambar terlalu besar. Kecilkan dahulu, paling besar %(limit)s megapiksel.") % {"limit": limit}
        )


def _flat(image: Image.Image) -> Image.Image:
    """The picture without transparency, on white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return image.convert("RGB")


def re_encode(data: bytes) -> bytes:
    """The picture as a fresh JPEG of at most 2,000 px a side: no EXIF, no position, nothing hidden behind it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limits are tighter
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            _check_size(image)
            image.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
            fresh = _flat(ImageOps.exif_transpose(image))
            fresh.info.clear()  # comments and the like would be written again
            out = io.BytesIO()
            fresh.save(out, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileRefused(_("Gambar tidak dapat dibaca. Unggah foto JPEG, PNG atau WebP yang lain.")) from error
    return out.getvalue()


def clean_name(name: str) -> str:
    """The last part of a file name, without invisible signs that could make it look like another kind of file."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    return visible.strip()[-150:] or "berkas"


def store(
    *, upload: UploadedFile, kinds: tuple[str, ...], by: User | None, at: datetime, enterprise: Enterprise | None = None
) -> StoredFile:
    """Keep an uploaded file of one of ``kinds``; FileRefused says what is wrong with any other."""
    if upload.size is None or upload.size > MAX_BYTES:
        raise FileRefused(_("Berkas terlalu besar. Paling besar 10 MB."))
    data = upload.read()
    if not data:
        raise FileRefused(_("Berkas kosong. Pilih berkas lain."))
    name = clean_name(upload.name or "")
    kind = kind_of(data[:16], name)
    if kind is None or kind not in kinds:
        wanted = ", ".join(str(KINDS_TAKEN[FileKind(k)]) for k in kinds)
        raise FileRefused(_("Jenis berkas tidak diterima. Yang diterima: %(kinds)s.") % {"kinds": wanted})
    if kind == FileKind.IMAGE:
        data = re_encode(data)
        name = name.rsplit(".", 1)[0][:146] + ".jpg"
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


def remove_orphans(*, at: datetime) -> int:
    """Delete files whose row was never committed; returns how many."""
    root = Path(default_storage.path(""))
    removed = 0
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]")):
        files = [path for path in folder.iterdir() if path.is_file()]
        names = [f"{folder.name}/{path.name}" for path in files]
        known = set(StoredFile.objects.filter(file__in=names).values_list("file", flat=True))
        for path, name in zip(files, names, strict=True):
            if name not in known and path.stat().st_mtime < (at - ORPHANED_AFTER).timestamp():
                path.unlink()
                removed += 1
    return removed
