"""Cells become values the Indonesian way: 1.234,5 and <0,01 and 5 Maret 2025; what is ambiguous is refused.

Every parser either returns a value or raises ``Unreadable`` with a sentence for the person who typed the cell.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from batikportal.imports.cells import Broken, Cell
from batikportal.imports.contract import Censored, Column, Kind, Undetected
from batikportal.imports.parsing import dates, identifiers, numbers, text, words
from batikportal.imports.parsing.text import Unreadable, spell

__all__ = ["Parser", "Unreadable", "dump", "load", "spell"]

_PARSERS: dict[Kind, Callable[[Cell, Column], Any]] = {
    Kind.TEXT: text.parse_text,
    Kind.INTEGER: numbers.parse_integer,
    Kind.DECIMAL: numbers.parse_decimal,
    Kind.CENSORED: numbers.parse_censored,
    Kind.DATE: dates.parse_date,
    Kind.DATETIME: dates.parse_datetime,
    Kind.BOOLEAN: words.parse_boolean,
    Kind.IDENTIFIER: identifiers.parse_identifier,
    Kind.PHONE: identifiers.parse_phone,
}


class Parser:
    """Reads the cells of one column; made once for each file, since choices are asked for when it is made."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._parse: Callable[[Cell, Column], Any]
        if column.kind == Kind.CHOICE:
            self._parse = words.choice_parser(column)
        elif column.kind == Kind.LIST:
            self._parse = words.list_parser(column)
        else:
            self._parse = _PARSERS[column.kind]

    def __call__(self, cell: Cell) -> Any:
        if cell is None or cell == "":
            value = None
        elif isinstance(cell, Broken):
            raise Unreadable(_broken(cell))
        else:
            value = self._parse(cell, self.column)
        if value is None and self.column.required:
            raise Unreadable(_("Wajib diisi."))
        return value


def _broken(cell: Broken) -> str:
    if cell.formula:
        return _("Sel ini berisi rumus tanpa hasil. Buka berkas di Excel, simpan, atau tempel sebagai nilai.")
    return _("Rumus di sel ini gagal (%(text)s). Perbaiki rumusnya atau ketik nilainya.") % {"text": cell.text}


def dump(value: Any, kind: Kind) -> Any:
    """The value as plain JSON."""
    if value is None or kind in (
        Kind.TEXT,
        Kind.INTEGER,
        Kind.BOOLEAN,
        Kind.CHOICE,
        Kind.IDENTIFIER,
        Kind.PHONE,
        Kind.LIST,
    ):
        return value
    if kind == Kind.CENSORED:
        return None if isinstance(value, Undetected) else [value.qualifier, str(value.value), *filter(None, value[2:])]
    return str(value) if kind == Kind.DECIMAL else value.isoformat()


def load(stored: Any, kind: Kind) -> Any:
    """The value that ``dump`` kept."""
    if stored is None:
        return None
    if kind == Kind.DECIMAL:
        return Decimal(stored)
    if kind == Kind.CENSORED:
        return Censored(stored[0], Decimal(stored[1]), *stored[2:])
    if kind == Kind.DATE:
        return date.fromisoformat(stored)
    if kind == Kind.DATETIME:
        return datetime.fromisoformat(stored)
    return stored
