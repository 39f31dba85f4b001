"""An uploaded CSV or XLSX file becomes a table: which column is which, and its lines of cells; or a reason why not."""

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from batikportal.imports import rules
from batikportal.imports.cells import Cell
from batikportal.imports.contract import Sheet
from batikportal.imports.reading import delimited, workbook
from batikportal.imports.reading.archive import MAGIC, Archive
from batikportal.imports.reading.header import Headings, is_numbering
from batikportal.imports.reading.refusal import Refusal

__all__ = ["Refusal", "Table", "read"]

Line = tuple[int, list[Cell]]
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = ((b"%PDF", "PDF"), (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG", "PNG"), (b"GIF8", "GIF"), (b"{\\rtf", "RTF"))


@dataclass(slots=True)
class Table:
    """The content of a file: labels as written, position of each known column, numbered lines below the header."""

    labels: list[str]
    positions: dict[str, int]
    header_line: int
    lines: list[Line]
    notices: list[str] = field(default_factory=list)


def read(data: bytes, name: str, sheet: Sheet) -> Table:
    """Read an uploaded file for ``sheet``; every defect of the file ends in ``Refusal`` with a sentence for its owner.

    Limits are checked in a fixed order: size of the upload, signature, then those of the archive and of the table.
    """
    try:
        return _read(data, name, sheet)
    except Refusal:
        raise
    except Exception as error:  # whatever a hostile or broken file makes a reader raise
        raise Refusal(
            _("Berkas tidak dapat dibaca (%(reason)s). Simpan ulang sebagai .xlsx atau CSV, lalu unggah lagi.")
            % {"reason": type(error).__name__}
        ) from error


def _read(data: bytes, name: str, sheet: Sheet) -> Table:
    if not data:
        raise Refusal(_("Berkas ini kosong. Isi templat, lalu unggah lagi."))
    if len(data) > rules.UPLOAD_BYTES:
        raise Refusal(
            _("Berkas terlalu besar (paling banyak %(limit)s MB). Bagi menjadi beberapa berkas.")
            % {"limit": rules.UPLOAD_BYTES // 1024 // 1024}
        )
    headings = Headings(sheet)
    if data.startswith(MAGIC):
        return _read_workbook(data, headings)
    if data.startswith(_OLD_OFFICE):
        raise Refusal(_("Ini berkas Excel lama (.xls) atau berkata sandi. Simpan sebagai .xlsx tanpa sandi, atau CSV."))
    for mark, kind in _NOT_TABLES:
        if data.startswith(mark):
            raise Refusal(_("Ini berkas %(kind)s, bukan tabel. Unggah berkas .xlsx atau CSV.") % {"kind": kind})
    if name.lower().endswith((".xlsx", ".xlsm")):
        raise Refusal(_("Berkas ini bernama .xlsx, tetapi isinya bukan buku kerja Excel. Simpan ulang dari Excel."))
    text, notices = delimited.decode(data)
    lines = delimited.read_lines(text, headings.best)
    return _table(headings, lines, notices)


def _read_workbook(data: bytes, headings: Headings) -> Table:
    worksheets = workbook.open_workbook(Archive(data))
    if not worksheets:
        raise Refusal(_("Buku kerja ini tidak memuat lembar data. Isi templat, lalu unggah lagi."))
    heads = []
    for worksheet in worksheets:
        heads.append(list(itertools.islice(worksheet.lines, rules.LINES_ABOVE_HEADER)))
    scores = [headings.best([cells for _line, cells in head]) for head in heads]
    chosen = scores.index(max(scores))
    worksheet = worksheets[chosen]
    lines = heads[chosen]
    for line in worksheet.lines:
        lines.append(line)
        if len(lines) > rules.ROWS + rules.LINES_ABOVE_HEADER:
            raise Refusal(delimited.too_many_rows())
    notices = []
    if len(worksheets) > 1:
        notices.append(_("Lembar yang dibaca: “%(sheet)s”.") % {"sheet": worksheet.name[:60]})
    fill_down(lines, worksheet.merges)
    table = _table(headings, lines, notices, [other.name for other in worksheets])
    _remark(table, worksheet)
    return table


def _table(headings: Headings, lines: list[Line], notices: list[str], titles: Sequence[str] = ()) -> Table:
    header = headings.find([cells for _line, cells in lines[: rules.LINES_ABOVE_HEADER]], titles)
    below = lines[header.index + 1 :]
    if below and is_numbering(below[0][1]):
        below = below[1:]
    below = [line for line in below if not headings.is_header(line[1], header)]
    if len(below) > rules.ROWS:
        raise Refusal(delimited.too_many_rows())
    if not below:
        raise Refusal(_("Tidak ada baris data di bawah judul kolom. Isi templat, lalu unggah lagi."))
    if header.index:
        line = lines[header.index][0]
        notices.append(_("Judul kolom ditemukan di baris %(line)s; baris di atasnya dilewati.") % {"line": line})
    if header.unknown:
        unknown = ", ".join(header.unknown[:20])
        notices.append(_("Kolom yang tidak dikenal dan tidak dibaca: %(columns)s.") % {"columns": unknown})
    width = max(len(header.labels), *(len(cells) for _line, cells in below))
    labels = header.labels + [""] * (width - len(header.labels))
    return Table(labels, header.positions, lines[header.index][0], below, notices)


def fill_down(lines: list[Line], merges: list[workbook.Merge]) -> None:
    """Give every line of a merged range the value of its first line: that is what a merged cell says to a reader."""
    if not merges:
        return
    by_number = dict(lines)
    numbers = sorted(by_number)
    left = rules.ROWS * rules.COLUMNS
    for top, bottom, column in merges:
        cells = by_number.get(top)
        if cells is None or column >= len(cells) or cells[column] is None:
            continue
        for number in itertools.islice(numbers, bisect.bisect_right(numbers, top), None):
            left -= 1
            if number > bottom or left < 0:
                break
            below = by_number[number]
            below.extend([None] * (column + 1 - len(below)))
            if below[column] is None:
                below[column] = cells[column]


def _remark(table: Table, worksheet: workbook.Worksheet) -> None:
    """Say what was done with merged cells and hidden lines below the header."""
    merged = [f"{top}–{bottom}" for top, bottom, _column in worksheet.merges if bottom > table.header_line]
    if merged:
        table.notices.append(
            _("Sel gabung dibaca sebagai nilai yang sama untuk semua barisnya: baris %(lines)s.")
            % {"lines": _first_ten(merged)}
        )
    across = [reference for line, reference in worksheet.merged_across if line > table.header_line]
    if across:
        table.notices.append(
            _("Sel gabung mendatar hanya terbaca di kolom pertamanya: %(cells)s.") % {"cells": _first_ten(across)}
        )
    read = {line for line, _cells in table.lines}
    hidden = [str(line) for line in worksheet.hidden if line in read]
    if hidden:
        table.notices.append(
            _("%(count)s baris tersembunyi ikut dibaca: %(lines)s.")
            % {"count": len(hidden), "lines": _first_ten(hidden)}
        )


def _first_ten(items: Sequence[str]) -> str:
    return ", ".join(items[:10]) + (" …" if len(items) > 10 else "")
