"""The line that names the columns, found below titles and letterheads by the sheet's labels and aliases."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from batikportal.imports.cells import Cell, fold, show
from batikportal.imports.contract import Sheet
from batikportal.imports.reading.refusal import Refusal

# The column that our file of refused rows adds; it may come back with the corrected rows.
ERROR_LABELS = ("Kesalahan", "Errors")
_IN_BRACKETS = re.compile(r"\([^()]{0,100}\)|\*")
_NUMBERING = re.compile(r"\(?([0-9]{1,2})\)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands among the lines, and which column of the file is which column of the sheet."""

    index: int
    labels: list[str]
    positions: dict[str, int]
    unknown: list[str]


class Headings:
    """Every heading by which the columns of a sheet are known, in the languages of the portal."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.names: dict[str, str] = {}
        for language in {translation.get_language() or settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)}:
            with translation.override(language):
                for column in sheet.columns:
                    for heading in column.headings():
                        self.names.setdefault(fold(heading), column.name)
                        self.names.setdefault(fold(_IN_BRACKETS.sub("", heading)), column.name)
        self.names.pop("", None)

    def name(self, cell: Cell) -> str | None:
        """The column that a heading names; a remark in brackets and the asterisk of a required column do not count."""
        if not isinstance(cell, str) or len(cell) > 300:
            return None
        return self.names.get(fold(cell)) or self.names.get(fold(_IN_BRACKETS.sub("", cell)))

    def matches(self, cells: Iterable[Cell]) -> int:
        """How many columns of the sheet a line names."""
        return len({self.name(cell) for cell in cells} - {None})

    def best(self, lines: Sequence[Sequence[Cell]]) -> int:
        return max((self.matches(cells) for cells in lines), default=0)

    def is_header(self, cells: Sequence[Cell], header: Header) -> bool:
        """Whether a later line repeats the header, as at the top of a printed page."""
        return self.name(cells[0] if cells else None) is not None and self.matches(cells) == len(header.positions)

    def find(self, lines: Sequence[Sequence[Cell]], titles: Sequence[str] = ()) -> Header:
        """The header among the first lines; raises ``Refusal`` that lists what is missing or named twice."""
        scores = [self.matches(cells) for cells in lines]
        best = max(scores, default=0)
        if best < min(2, len(self.sheet.columns)):
            raise Refusal(self._not_found(lines, titles))
        index = scores.index(best)
        # A header of two lines, joined by merged cells, names as many columns in both; the lower line is the full one.
        while index + 1 < len(lines) and scores[index + 1] == best:
            index += 1
        header = self._read(index, lines[index])
        missing = [str(c.label) for c in self.sheet.columns if c.required and c.name not in header.positions]
        if missing:
            raise Refusal(
                _("Kolom wajib tidak ada: %(missing)s. Kolom yang ditemukan: %(found)s.")
                % {"missing": ", ".join(missing), "found": ", ".join(label for label in header.labels if label)}
            )
        return header

    def _read(self, index: int, cells: Sequence[Cell]) -> Header:
        positions: dict[str, int] = {}
        unknown: list[str] = []
        twice: list[str] = []
        labels = [" ".join(show(cell).split())[:100] for cell in cells]
        for place, (cell, label) in enumerate(zip(cells, labels, strict=True)):
            name = self.name(cell)
            if name in positions:
                twice.append(f"“{labels[positions[name]]}” / “{label}”")
            elif name:
                positions[name] = place
            elif label and label not in ERROR_LABELS:
                unknown.append(label)
        if twice:
            raise Refusal(_("Kolom ganda: %(columns)s. Sisakan satu saja.") % {"columns": ", ".join(twice)})
        return Header(index, labels, positions, unknown)

    def _not_found(self, lines: Sequence[Sequence[Cell]], titles: Sequence[str]) -> str:
        wanted = ", ".join(str(column.label) for column in self.sheet.columns)
        first = next((cells for cells in lines if any(cells)), None)
        if first is None:
            return _("Berkas ini kosong. Isi templat, lalu unggah lagi.")
        seen = ", ".join(show(cell)[:40] for cell in first[:8] if cell is not None)
        message = _("Baris judul kolom tidak ditemukan. Yang dicari: %(wanted)s. Baris pertama berisi: %(seen)s.") % {
            "wanted": wanted,
            "seen": seen,
        }
        if len(titles) > 1:
            message += " " + _("Lembar yang diperiksa: %(sheets)s.") % {"sheets": ", ".join(titles[:10])}
        return message


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether the line only counts the columns, (1) (2) (3) …, as official tables do below their header."""
    filled = [show(cell).strip() for cell in cells if cell is not None]
    found = [_NUMBERING.fullmatch(text) for text in filled]
    return len(filled) >= 3 and [int(match[1]) if match else 0 for match in found] == list(range(1, len(filled) + 1))
