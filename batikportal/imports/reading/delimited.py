"""A CSV file: its encoding and delimiter are found out, quoted line breaks belong to their cell."""

import codecs
import csv
import io
from collections.abc import Callable

from django.utils.translation import gettext as _

from batikportal.imports import rules
from batikportal.imports.cells import Cell
from batikportal.imports.reading.refusal import Refusal

Line = tuple[int, list[Cell]]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ";,\t"
_SAMPLE = 64 * 1024


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of the file, and a remark when its encoding had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding), []
    head = data[:_SAMPLE]
    if b"\x00" in head:
        # UTF-16 without a mark: nearly every second byte of western text is zero.
        half = max(len(head) // 2, 1)
        if head[1::2].count(0) > 0.6 * half and head[::2].count(0) < 0.1 * half:
            return _decoded(data, "utf-16-le"), []
        if head[::2].count(0) > 0.6 * half and head[1::2].count(0) < 0.1 * half:
            return _decoded(data, "utf-16-be"), []
    if b"\x00" in data:
        raise Refusal(_("Berkas ini bukan teks CSV. Simpan sebagai CSV UTF-8 atau .xlsx, lalu unggah lagi."))
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _decoded(data, "cp1252"), [
            _("Berkas dibaca dengan penyandian Windows-1252. Periksa huruf seperti é; lebih baik simpan CSV UTF-8.")
        ]


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refusal(_("Huruf dalam berkas ini tidak terbaca. Simpan sebagai CSV UTF-8, lalu unggah lagi.")) from error
    if "\x00" in text:
        raise Refusal(_("Berkas ini bukan teks CSV. Simpan sebagai CSV UTF-8 atau .xlsx, lalu unggah lagi."))
    return text


def read_lines(text: str, score: Callable[[list[list[Cell]]], int]) -> list[Line]:
    """The lines that hold something, with their number; the delimiter is the one whose first lines ``score`` best."""
    text = text.removeprefix("\ufeff")
    first = text[:8].lower()
    if first[:4] == "sep=" and first[4:5] in _DELIMITERS and first[5:6] in ("\r", "\n"):
        return _parse(text, first[4], skip_first=True)
    best = max(_DELIMITERS, key=lambda delimiter: _suits(text, delimiter, score))
    return _parse(text, best)


def _suits(text: str, delimiter: str, score: Callable[[list[list[Cell]]], int]) -> tuple[int, int]:
    lines: list[list[Cell]] = []
    try:
        for record in csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter):
            lines.append(list(record))
            if len(lines) == rules.LINES_ABOVE_HEADER:
                break
    except csv.Error:
        pass
    return score(lines), max((len(line) for line in lines), default=0)


def _parse(text: str, delimiter: str, skip_first: bool = False) -> list[Line]:
    lines: list[Line] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            while record and not record[-1].strip():
                record.pop()
            if not record or (skip_first and number == 1):
                continue
            _check(record, number)
            lines.append((number, [value if value.strip() else None for value in record]))
            if len(lines) > rules.ROWS + rules.LINES_ABOVE_HEADER:
                raise Refusal(too_many_rows())
    except csv.Error as error:
        raise Refusal(
            _("Tanda kutip di sekitar baris %(line)s tidak berpasangan (%(reason)s). Perbaiki lalu unggah lagi.")
            % {"line": number + 1, "reason": error}
        ) from error
    return lines


def _check(record: list[str], number: int) -> None:
    if len(record) > rules.COLUMNS:
        raise Refusal(
            _("Baris %(line)s berisi %(count)s kolom; paling banyak %(limit)s.")
            % {"line": number, "count": len(record), "limit": rules.COLUMNS}
        )
    for value in record:
        if len(value) > rules.CELL_BYTES // 4 and len(value.encode("utf-8", "replace")) > rules.CELL_BYTES:
            raise Refusal(
                _("Sel di baris %(line)s berisi teks lebih dari %(limit)s kB. Ringkas isinya.")
                % {"line": number, "limit": rules.CELL_BYTES // 1024}
            )


def too_many_rows() -> str:
    return _("Berkas ini berisi lebih dari %(limit)s baris. Bagi menjadi beberapa berkas.") % {
        "limit": f"{rules.ROWS:,}".replace(",", ".")
    }
