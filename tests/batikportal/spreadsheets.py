"""Spreadsheets for the tests, made in code: good ones as people send them, and bad ones down to their bytes."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from batikportal.imports.contract import Column, Kind, Sheet

LAB_COLUMNS = (
    Column(name="sample_number", label="Nomor sampel", required=True, example="AL-2025-0012", aliases=("Kode contoh",)),
    Column(name="taken_on", label="Tanggal ambil", kind=Kind.DATE, example="5 Maret 2025"),
    Column(
        name="parameter",
        label="Parameter",
        kind=Kind.CHOICE,
        required=True,
        choices=[("cod", "COD"), ("bod", "BOD5"), ("cr_total", "Krom total (Cr)")],
        synonyms={"khrom": "cr_total"},
        example="COD",
    ),
    Column(
        name="result", label="Hasil (mg/L)", kind=Kind.CENSORED, required=True, places=6, minimum=0, example="<0,01"
    ),
    Column(name="method", label="Metode", max_length=80, example="SNI 6989.2:2019"),
)


def lab_sheet(**changes: Any) -> Sheet:
    """A sheet of laboratory results whose check and apply do nothing, unless changed."""
    defaults: dict[str, Any] = {
        "code": "lab-results",
        "title": "Hasil uji",
        "focus": "waste",
        "permission": "",
        "columns": LAB_COLUMNS,
        "key": ("sample_number", "parameter"),
        "check": lambda rows, ctx: None,
        "apply": lambda rows, ctx: None,
    }
    return Sheet(**defaults | changes)


HEADER = ["Nomor sampel", "Tanggal ambil", "Parameter", "Hasil (mg/L)", "Metode"]
ROW = ["AL-2025-0001", "5 Maret 2025", "COD", "12,5", "SNI 6989.2:2019"]


def csv_bytes(rows: Iterable[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8", mark: bytes = b"") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return mark + out.getvalue().encode(encoding)


def xlsx_bytes(
    rows: Iterable[Sequence[Any]],
    merges: Sequence[str] = (),
    title: str = "Data",
    before_save: Callable[[openpyxl.Workbook], None] | None = None,
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    if before_save:
        before_save(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}">'
    '<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)


def inline(*values: str) -> str:
    """Cells with text of their own."""
    return "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>' for value in values)


def raw_xlsx(
    sheet_data: str, parts: Mapping[str, str | bytes] | None = None, prolog: str = "", after: str = ""
) -> bytes:
    """A workbook whose only sheet holds the given rows as XML; ``parts`` adds or replaces entries of the archive."""
    entries: dict[str, str | bytes] = {
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _RELS,
        "xl/worksheets/sheet1.xml": (
            f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData>{after}</worksheet>'
        ),
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


HEADER_XML = f"<row>{inline(*HEADER)}</row>"
ROW_XML = f"<row>{inline(*ROW)}</row>"


def bomb(declared_honestly: bool = True) -> bytes:
    """A workbook of a few hundred kilobytes whose sheet unpacks to 60 MB; optionally its directory says 1 kB."""
    filler = "<row>" + "<c/>" * 250_000 + "</row>"
    data = raw_xlsx(HEADER_XML + ROW_XML + filler * 60)
    if declared_honestly:
        return data
    entry = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    return data[: entry + 24] + struct.pack("<I", 1024) + data[entry + 28 :]


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
