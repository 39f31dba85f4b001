"""Files that the import hands out: the template of a sheet, and the refused rows to correct and upload again.

A cell that looks like a formula gets an apostrophe, which our own reader takes off again; numbers stay numbers.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from batikportal import encryption
from batikportal.imports import parsing, rules
from batikportal.imports.cells import show
from batikportal.imports.contract import Column, Kind, Sheet
from batikportal.models.imports import ImportRow, ImportRun
from batikportal.spreadsheets import safe

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TEXT_KINDS = (Kind.IDENTIFIER, Kind.PHONE, Kind.CENSORED)
_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E6E9F2")


def describe(column: Column) -> str:
    """What may stand in a cell of the column, in words."""
    words = {
        Kind.TEXT: _("teks"),
        Kind.INTEGER: _("bilangan bulat"),
        Kind.DECIMAL: _("angka, desimal dengan koma"),
        Kind.CENSORED: _("angka, desimal dengan koma; boleh diawali < atau >"),
        Kind.DATE: _("tanggal, misalnya 5 Maret 2025 atau 05/03/2025"),
        Kind.DATETIME: _("tanggal dan jam, misalnya 5 Maret 2025 14.30"),
        Kind.BOOLEAN: _("ya atau tidak"),
        Kind.CHOICE: _("salah satu pilihan"),
        Kind.IDENTIFIER: _("nomor, kolom berformat Teks"),
        Kind.PHONE: _("satu nomor telepon, kolom berformat Teks"),
        Kind.LIST: _("satu atau beberapa, dipisah koma"),
    }
    described = words[column.kind]
    if column.digits:
        digits = _(" atau ").join(str(count) for count in column.digits)
        described = _("nomor %(digits)s angka, kolom berformat Teks") % {"digits": digits}
    limits = []
    if column.kind == Kind.TEXT and column.max_length < Column.max_length:
        limits.append(_("paling banyak %(limit)s huruf") % {"limit": column.max_length})
    if column.minimum is not None:
        limits.append(_("paling kecil %(limit)s") % {"limit": parsing.spell(column.minimum)})
    if column.maximum is not None:
        limits.append(_("paling besar %(limit)s") % {"limit": parsing.spell(column.maximum)})
    return ", ".join([described, *limits])


# Templates ------------------------------------------------------------------------------------------------------------


def template_csv(sheet: Sheet) -> bytes:
    """Header and one example row, which the reader skips when it is left in."""
    return csv_file([[str(column.label) for column in sheet.columns], [column.example for column in sheet.columns]])


def template_xlsx(sheet: Sheet) -> bytes:
    """A data sheet with only its header, text format where Excel would spoil numbers, drop-downs, and explanations."""
    book = openpyxl.Workbook()
    data = book.active
    data.title = _("Data")
    data.append([_starred(column) for column in sheet.columns])
    data.freeze_panes = "A2"
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        data.cell(1, place).font = _BOLD
        data.cell(1, place).fill = _SHADE
        data.column_dimensions[letter].width = max(14, min(40, len(str(column.label)) + 4))
        if column.kind in _TEXT_KINDS:
            data.column_dimensions[letter].number_format = "@"
    _explain(book.create_sheet(_("Petunjuk")), sheet)
    _offer_choices(book, sheet)
    return _saved(book)


def _starred(column: Column) -> str:
    return f"{column.label} *" if column.required else str(column.label)


def _explain(notes: Any, sheet: Sheet) -> None:
    notes.append([str(sheet.title)])
    notes["A1"].font = _BOLD
    lines = [
        _("Isi lembar Data mulai baris 2. Kolom bertanda * wajib diisi. Jangan ubah judul kolom."),
        _("Sel kosong tidak menghapus data yang sudah ada."),
        str(sheet.template_note),
    ]
    for line in filter(None, lines):
        notes.append([line])
    notes.append([])
    notes.append([_("Kolom"), _("Wajib"), _("Isi"), _("Contoh"), _("Keterangan")])
    for cell in notes[notes.max_row]:
        cell.font, cell.fill = _BOLD, _SHADE
    for column in sheet.columns:
        required = _("ya") if column.required else _("tidak")
        notes.append([str(column.label), required, describe(column), safe(column.example), str(column.help)])
    for letter, width in zip("ABCDE", (30, 8, 44, 28, 60), strict=True):
        notes.column_dimensions[letter].width = width
    for row in notes.iter_rows(min_row=6):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type


def _offer_choices(book: openpyxl.Workbook, sheet: Sheet) -> None:
    offered = [(place, column) for place, column in enumerate(sheet.columns, start=1) if column.choices]
    if not offered:
        return
    listed = book.create_sheet(_("Pilihan"))
    for place, (data_place, column) in enumerate(offered, start=1):
        labels = [label for _code, label in column.pairs()]
        for line, text in enumerate([str(column.label), *labels], start=1):
            listed.cell(line, place, safe(text)).data_type = "s"
        letter = get_column_letter(place)
        listed.cell(1, place).font = _BOLD
        listed.column_dimensions[letter].width = 32
        if column.kind == Kind.CHOICE and labels:
            rule = DataValidation(
                type="list",
                formula1=f"'{listed.title}'!${letter}$2:${letter}${len(labels) + 1}",
                showErrorMessage=False,
            )
            data_letter = get_column_letter(data_place)
            rule.add(f"{data_letter}2:{data_letter}{rules.ROWS + 1}")
            book.worksheets[0].add_data_validation(rule)


# Refused rows ---------------------------------------------------------------------------------------------------------


def refused_rows(run: ImportRun, sheet: Sheet, rows: QuerySet[ImportRow], secrets_in_clear: bool) -> list[list[Any]]:
    """The refused rows as uploaded, with a last column that says what is wrong; the first row is the header."""
    labels = {column.name: str(column.label) for column in sheet.columns}
    secrets = {run.positions[name] for name in sheet.secrets if name in run.positions}
    width = len(run.labels)
    table: list[list[Any]] = [[*run.labels, _("Kesalahan")]]
    for row in rows.iterator(chunk_size=2000):
        cells = [*row.cells, *[None] * (width - len(row.cells))]
        for place in secrets:
            if cells[place] is not None:
                clear = encryption.decrypt(cells[place])
                cells[place] = clear if secrets_in_clear else encryption.mask(clear)
        errors = [
            f"{labels[name]}: {message}" if name in labels else message
            for name, messages in row.errors.items()
            for message in messages
        ]
        table.append([*cells, " ".join(errors)])
    return table


def csv_file(rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV as Indonesian Excel opens it: UTF-8 with mark, semicolons, decimal commas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_cell(value: Any) -> Any:
    return safe(value) if isinstance(value, str) else show(value)


def xlsx_file(rows: Iterable[Sequence[Any]], text_columns: Iterable[int] = ()) -> bytes:
    """A workbook with one sheet; texts are never formulas, and ``text_columns`` keep the Text format for new input."""
    book = openpyxl.Workbook(write_only=True)
    data = book.create_sheet(_("Data"))
    data.freeze_panes = "A2"
    places = set(text_columns)
    for place in places:
        data.column_dimensions[get_column_letter(place + 1)].number_format = "@"
    for row in rows:
        data.append([_xlsx_cell(data, value, place in places) for place, value in enumerate(row)])
    return _saved(book)


def _xlsx_cell(sheet: Any, value: Any, as_text: bool) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    cell = WriteOnlyCell(sheet, value=_writable(safe(value)))
    cell.data_type = "s"
    if as_text:
        cell.number_format = "@"
    return cell


def _writable(text: str) -> str:
    """Without the control characters that XML cannot hold, and not longer than a cell of Excel."""
    return "".join(letter if letter >= " " or letter in "\t\n\r" else "\ufffd" for letter in text)[:32_000]


def text_columns(run: ImportRun, sheet: Sheet) -> list[int]:
    """The places of the columns whose numbers Excel would spoil."""
    return [place for name, place in run.positions.items() if sheet.by_name[name].kind in _TEXT_KINDS]


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
