"""An XLSX workbook read as a stream: values, dates by their format, merged cells, results of formulas.

Our own reader on expat, since a general one in streaming mode hides merged cells and formulas without a result, fills
rows out of nothing for a stray far cell, and is several times slower.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from batikportal.imports import rules
from batikportal.imports.cells import Broken, Cell
from batikportal.imports.reading import xml
from batikportal.imports.reading.archive import Archive
from batikportal.imports.reading.refusal import Refusal

Line = tuple[int, list[Cell]]
# First line, last line, column (from 0), of a merged range that is more than one line high.
Merge = tuple[int, int, int]

_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_", re.ASCII)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,15})?Z?", re.ASCII)
# More cells than this, empty ones included, are not a sheet that somebody filled in.
_CELLS = 3_000_000


@dataclass(slots=True)
class Worksheet:
    """A sheet of the workbook; ``lines`` streams what is not empty, ``merges`` and ``hidden`` are full after it."""

    name: str
    lines: Iterator[Line]
    merges: list[Merge] = field(default_factory=list)
    # Line and address of the ranges merged within one line.
    merged_across: list[tuple[int, str]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


def open_workbook(archive: Archive) -> list[Worksheet]:
    """The visible worksheets in their order."""
    main = _main_part(archive)
    folder = posixpath.dirname(main)
    targets: dict[str, str] = {}
    for name, attributes in xml.elements(
        archive.chunks(posixpath.join(folder, "_rels", posixpath.basename(main) + ".rels"))
    ):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes["Id"]] = _path(folder, attributes["Target"])
    sheets, epoch = [], date(1899, 12, 30)
    for name, attributes in xml.elements(archive.chunks(main)):
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = date(1904, 1, 1)
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            sheets.append((attributes["name"], targets.get(xml.attribute(attributes, "id") or "", "")))
    parts = {kind: _path(folder, kind) for kind in ("sharedStrings.xml", "styles.xml")}
    for target in targets.values():
        if posixpath.basename(target).lower() in ("sharedstrings.xml", "styles.xml"):
            parts["styles.xml" if "styles" in target.lower() else "sharedStrings.xml"] = target
    strings = _strings(archive, parts["sharedStrings.xml"]) if parts["sharedStrings.xml"] in archive.names else []
    formats = _date_formats(archive, parts["styles.xml"]) if parts["styles.xml"] in archive.names else {}
    worksheets = []
    for title, target in sheets:
        if target in archive.names:
            worksheet = Worksheet(title, iter(()))
            worksheet.lines = _Lines(worksheet, strings, formats, epoch).read(archive.chunks(target))
            worksheets.append(worksheet)
    return worksheets


def _main_part(archive: Archive) -> str:
    if "xl/workbook.xml" in archive.names:
        return "xl/workbook.xml"
    if "_rels/.rels" in archive.names:
        for name, attributes in xml.elements(archive.chunks("_rels/.rels")):
            target = _path("", attributes.get("Target", ""))
            is_main = name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument")
            if is_main and target in archive.names and target.endswith("workbook.xml"):
                return target
    if "xl/workbook.bin" in archive.names:
        raise Refusal(_("Ini buku kerja Excel biner (.xlsb). Simpan sebagai .xlsx atau CSV, lalu unggah lagi."))
    if "content.xml" in archive.names and "mimetype" in archive.names:
        raise Refusal(_("Ini berkas LibreOffice (.ods). Simpan sebagai .xlsx atau CSV, lalu unggah lagi."))
    raise Refusal(_("Berkas ini bukan buku kerja Excel (.xlsx). Simpan sebagai .xlsx atau CSV, lalu unggah lagi."))


def _path(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _unescape(text: str) -> str:
    """Excel writes control characters as ``_x000B_``."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _strings(archive: Archive, name: str) -> list[str]:
    """The shared strings; runs of rich text are joined, phonetic hints left out."""
    strings: list[str] = []
    pieces: list[str] = []
    names = xml.LocalNames()
    phonetic = reading = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal phonetic, reading
        local = names[name]
        if local == "si":
            pieces.clear()
        elif local == "rPh":
            phonetic = True
        elif local == "t":
            reading = not phonetic

    def end(name: str) -> None:
        nonlocal phonetic, reading
        local = names[name]
        if local == "t":
            reading = False
        elif local == "rPh":
            phonetic = False
        elif local == "si":
            strings.append(_unescape("".join(pieces)))
            if len(strings) > rules.ROWS * rules.COLUMNS:
                raise Refusal(_("Berkas ini memuat terlalu banyak teks. Bagi menjadi beberapa berkas."))

    def text(data: str) -> None:
        if reading:
            pieces.append(data)

    for _pause in xml.feed(xml.reader(start, end, text), archive.chunks(name)):
        pass
    return strings


# Formats --------------------------------------------------------------------------------------------------------------

_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)), "date"),
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "time"),
    22: "datetime",
}
_LITERALS = re.compile(r'"[^"]{0,200}"|\\.|_.|\*.|\[(?![hms]+\])[^\]]{0,200}\]|AM/PM|A/P|General', re.IGNORECASE)


def format_kind(code: str) -> str:
    """Whether a number format shows a "date", a "datetime" or a "time", or else the empty string."""
    letters = set(_LITERALS.sub("", code[:500].split(";")[0]).lower())
    clock = bool(letters & {"h", "s"})
    calendar = bool(letters & {"d", "y"}) or ("m" in letters and not clock)
    if calendar:
        return "datetime" if clock else "date"
    return "time" if clock else ""


def _date_formats(archive: Archive, name: str) -> dict[str, str]:
    """Which cell styles show dates or times: style number as written in the cell → kind."""
    codes: dict[int, str] = {}
    kinds: dict[str, str] = {}
    inside, position = False, 0
    for element, attributes in xml.elements(archive.chunks(name)):
        if element == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif element in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = element == "cellXfs"
        elif element == "xf" and inside:
            number = int(attributes.get("numFmtId", "0"))
            kind = format_kind(codes[number]) if number in codes else _BUILT_IN.get(number, "")
            if kind:
                kinds[str(position)] = kind
            position += 1
    return kinds


def serial(value: float, kind: str, epoch: date) -> Cell:
    """The date or time that Excel means by a number; the number itself when it means none."""
    if not 0 <= value < 2_958_466:
        return value
    days, seconds = int(value), round(value % 1 * 86_400)
    if seconds == 86_400:
        days, seconds = days + 1, 0
    clock = timedelta(seconds=seconds)
    if days == 0:
        return (datetime.min + clock).time() if kind != "date" and clock else value
    if epoch.year == 1899 and days < 61:
        # Excel counts a 29 February 1900 that never was.
        days += 1
    try:
        on = epoch + timedelta(days=days)
    except OverflowError:
        return value
    return datetime.combine(on, time()) + clock if kind == "datetime" or clock else on


# Cells ----------------------------------------------------------------------------------------------------------------


class _Lines:
    """Turns the parts of one worksheet into lines of cells while they are parsed."""

    def __init__(self, worksheet: Worksheet, strings: list[str], formats: dict[str, str], epoch: date) -> None:
        self.worksheet, self.strings, self.formats, self.epoch = worksheet, strings, formats, epoch
        self.names = xml.LocalNames()
        self.places: dict[str, int] = {}
        self.ready: list[Line] = []
        self.line, self.column = 0, -1
        self.cells: list[Cell] = []
        self.kind, self.style = "n", ""
        self.pieces: list[str] = []
        self.reading = self.formula = self.valued = False
        self.count = 0

    def read(self, chunks: Iterator[bytes]) -> Iterator[Line]:
        for _pause in xml.feed(xml.reader(self.start, self.end, self.text), chunks):
            yield from self.ready
            self.ready.clear()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names[name]
        if local == "c":
            self.count += 1
            if self.count > _CELLS:
                raise Refusal(_("Lembar ini terlalu besar. Salin baris yang berisi data ke buku kerja baru."))
            reference = attributes.get("r")
            self.column = self.place(reference) if reference else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.formula = self.valued = False
            self.pieces = []
        elif local == "v" or local == "t":
            self.reading = self.valued = True
        elif local == "f":
            self.formula = True
        elif local == "row":
            number = attributes.get("r")
            self.line = int(number) if number else self.line + 1
            self.cells, self.column = [], -1
            if attributes.get("hidden") in ("1", "true") and len(self.worksheet.hidden) < rules.ROWS:
                self.worksheet.hidden.append(self.line)
        elif local == "rPh":
            self.kind = "phonetic"
        elif local == "mergeCell":
            self.merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        local = self.names[name]
        if local == "v" or local == "t":
            self.reading = False
        elif local == "c":
            if self.valued or self.formula:
                self.keep(self.value())
        elif local == "row" and self.cells:
            self.ready.append((self.line, self.cells))
        elif local == "rPh":
            self.kind = "inlineStr"

    def text(self, data: str) -> None:
        if self.reading and self.kind != "phonetic":
            self.pieces.append(data)

    def place(self, reference: str) -> int:
        """The column of a reference such as AB12, from 0."""
        letters = reference.rstrip("0123456789")
        if letters not in self.places:
            if not _REFERENCE.fullmatch(reference):
                raise Refusal(_("Berkas tidak dapat dibaca: alamat sel %(cell)s tidak sah.") % {"cell": reference[:20]})
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            self.places[letters] = column - 1
        return self.places[letters]

    def value(self) -> Cell:
        text = "".join(self.pieces)
        if not self.valued or (not text and self.formula and self.kind != "str"):
            return Broken("=", formula=True)
        if self.kind == "s":
            return self.strings[int(text)] if text.isdigit() else None
        if self.kind in ("inlineStr", "str"):
            return _unescape(text)
        if self.kind == "b":
            return text.strip() in ("1", "true")
        if self.kind == "e":
            return Broken(text[:20])
        if self.kind == "d":
            return _iso(text)
        return self.number(text.strip())

    def number(self, text: str) -> Cell:
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            return Broken(text[:20])
        kind = self.formats.get(self.style)
        if kind:
            return serial(float(text), kind, self.epoch)
        if text.isdigit() and len(text) <= 20:
            return int(text)
        value = float(text)
        return value if abs(value) < 1e300 else Broken(text[:20])

    def keep(self, value: Cell) -> None:
        if value is None or (value.__class__ is str and not value.strip()):
            return
        if self.column >= rules.COLUMNS:
            raise Refusal(
                _("Sel di kolom ke-%(column)s baris %(line)s berisi nilai; paling banyak %(limit)s kolom. Hapus.")
                % {"column": self.column + 1, "line": self.line, "limit": rules.COLUMNS}
            )
        if (
            value.__class__ is str
            and len(value) > rules.CELL_BYTES // 4
            and len(value.encode("utf-8", "replace")) > rules.CELL_BYTES
        ):
            raise Refusal(
                _("Sel di baris %(line)s berisi teks lebih dari %(limit)s kB. Ringkas isinya.")
                % {"line": self.line, "limit": rules.CELL_BYTES // 1024}
            )
        if self.column < 0 or self.column < len(self.cells):
            raise Refusal(_("Berkas tidak dapat dibaca: urutan sel di baris %(line)s kacau.") % {"line": self.line})
        self.cells.extend([None] * (self.column - len(self.cells)))
        self.cells.append(value)

    def merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        start, stop = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if not start or not stop or len(self.worksheet.merges) + len(self.worksheet.merged_across) >= rules.ROWS:
            return
        top, bottom = int(start[2]), int(stop[2])
        if bottom > top:
            self.worksheet.merges.append((top, bottom, self.place(first)))
        elif start[1] != stop[1]:
            self.worksheet.merged_across.append((top, reference))


def _iso(text: str) -> Cell:
    if not _ISO_DATE.fullmatch(text):
        return Broken(text[:20])
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return Broken(text[:20])
    return moment if "T" in text else moment.date()
