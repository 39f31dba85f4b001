"""Text as people type and paste it: one Unicode form, no invisible characters, no needless white space."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal.imports.cells import Cell, show
from batikportal.imports.contract import Censored, Column
from batikportal.spreadsheets import DANGEROUS


class Unreadable(ValueError):
    """The cell cannot be read as its column's kind; the text says why and what to type instead."""


# Control, bidirectional, zero-width and replacement characters, halves of surrogate pairs: invisible, or damage.
# Tabs and line breaks of every kind (VT, FF, NEL, U+2028, U+2029) are white space, not forbidden.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
NOTHING = frozenset({"", "-", "–", "—"})


def clean(text: str, multiline: bool = False) -> str:
    """The text in NFC, trimmed, with white space collapsed; invisible characters are refused, not dropped.

    The apostrophe that our own files put before what looks like a formula comes off again.
    """
    if len(text) > 1 and text[0] == "'" and text[1] in DANGEROUS:
        text = text[1:]
    if not text.isascii() or not text.isprintable():
        if found := _INVISIBLE.search(text):
            position = text[max(0, found.start() - 12) : found.start()].strip()
            code = f"U+{ord(found[0]):04X}"
            if found[0] == "\ufffd":
                raise Unreadable(
                    _("Ada huruf yang rusak setelah “%(text)s”. Ketik ulang sel ini.") % {"text": position}
                )
            raise Unreadable(
                _("Ada tanda tak terlihat (%(code)s) setelah “%(text)s”. Hapus isi sel ini lalu ketik ulang.")
                % {"code": code, "text": position}
            )
        text = unicodedata.normalize("NFC", text)
        if multiline:
            lines = [" ".join(line.split()) for line in _LINE_BREAKS.split(text)]
            return "\n".join(lines).strip("\n")
    return " ".join(text.split())


def text_of(cell: Cell) -> str | None:
    """The cell as cleaned text, None when it holds nothing or only a dash."""
    text = clean(cell if isinstance(cell, str) else show(cell))
    return None if text in NOTHING else text


def parse_text(cell: Cell, column: Column) -> str | None:
    if isinstance(cell, date):
        raise Unreadable(_("Excel mengubah isi sel ini menjadi tanggal. Beri kolom format Teks lalu ketik ulang."))
    text = clean(cell, column.multiline) if isinstance(cell, str) else show(cell)
    if text in NOTHING:
        return None
    if len(text) > column.max_length:
        raise Unreadable(
            _("Terlalu panjang: %(length)s huruf, paling banyak %(limit)s.")
            % {"length": len(text), "limit": column.max_length}
        )
    return text


def within(value: Any, column: Column) -> None:
    """Refuse a value outside the column's minimum and maximum."""
    if column.minimum is not None and value < column.minimum:
        raise Unreadable(_("Paling kecil %(limit)s.") % {"limit": spell(column.minimum)})
    if column.maximum is not None and value > column.maximum:
        raise Unreadable(_("Paling besar %(limit)s.") % {"limit": spell(column.maximum)})


def spell(value: Any) -> str:
    """A value for people, in Indonesian order and marks."""
    if value is None:
        return "–"
    if value is True or value is False:
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H.%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, list | tuple) and not isinstance(value, Censored):
        return ", ".join(spell(item) for item in value)
    return str(value)
