"""A zip archive opened with its limits checked before anything is unpacked, and again while it is.

A workbook is a zip file. A parser's own streaming mode is no defence: a small upload can unpack to gigabytes. The order
here is fixed: signature, number of entries, declared sizes and ratio, then every byte counted as it is inflated.
"""

import io
import time
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from batikportal.imports import rules
from batikportal.imports.reading.refusal import Refusal

MAGIC = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_CHUNK = 64 * 1024


class Archive:
    """The entries of a zip file by name; reading them all together never yields more than ``rules.ARCHIVE_BYTES``."""

    def __init__(self, data: bytes, seconds: float = 30) -> None:
        self._left = rules.ARCHIVE_BYTES
        self._deadline = time.monotonic() + seconds
        # The entries of the directory are counted by their signature, before zipfile makes an object of each.
        if data.count(_ENTRY) > rules.ARCHIVE_ENTRIES:
            raise Refusal(
                _("Berkas Excel ini berisi lebih dari %(limit)s bagian. Salin datanya ke buku kerja baru.")
                % {"limit": rules.ARCHIVE_ENTRIES}
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile raises many kinds, UnicodeDecodeError and NotImplementedError among them
            raise Refusal(_("Berkas Excel ini rusak atau terpotong. Simpan ulang, lalu unggah lagi.")) from error
        entries = self._zip.infolist()
        total = sum(entry.file_size for entry in entries)
        if total > rules.ARCHIVE_BYTES or total > rules.ARCHIVE_RATIO * len(data):
            raise Refusal(_too_large())
        self.names = {entry.filename for entry in entries}
        if len(self.names) != len(entries):
            raise Refusal(_("Berkas Excel ini memuat bagian ganda. Simpan ulang dengan Excel, lalu unggah lagi."))
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise Refusal(_("Berkas ini dilindungi kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."))
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise Refusal(_("Berkas ini dikemas dengan cara yang tidak dikenal. Simpan ulang sebagai .xlsx."))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of an entry, piece by piece."""
        with self._zip.open(name) as entry:
            while piece := entry.read(_CHUNK):
                self._left -= len(piece)
                if self._left < 0:
                    raise Refusal(_too_large())
                if time.monotonic() > self._deadline:
                    raise Refusal(_("Berkas ini terlalu rumit untuk dibaca. Salin datanya saja ke buku kerja baru."))
                yield piece


def _too_large() -> str:
    return _("Isi berkas terlalu besar setelah dibuka (paling banyak %(limit)s MB). Bagi menjadi beberapa berkas.") % {
        "limit": rules.ARCHIVE_BYTES // 1024 // 1024
    }
