"""Numbers that are names: NIB and NIK keep their leading zeros, telephone numbers become E.164."""

import re
from datetime import date, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from batikportal import phones
from batikportal.imports.cells import Cell, show
from batikportal.imports.contract import Column
from batikportal.imports.parsing.numbers import EXPONENT, TOO_LARGE
from batikportal.imports.parsing.text import Unreadable, text_of

_SEPARATORS = re.compile(r"[ .\-/]")


def parse_identifier(cell: Cell, column: Column) -> str | None:
    """Digits as text; a number that Excel has rounded or shortened is refused, since its last digits are lost."""
    lost = _(
        "Excel telah memendekkan nomor ini, sehingga angkanya hilang. Beri kolom format Teks lalu ketik ulang nomornya."
    )
    if isinstance(cell, bool | date | time):
        raise Unreadable(_("“%(text)s” bukan nomor.") % {"text": show(cell)})
    if isinstance(cell, float) and not cell.is_integer():
        raise Unreadable(_("“%(text)s” bukan nomor.") % {"text": show(cell)})
    if isinstance(cell, int | float):
        # What is longer was rounded when it was typed.
        if abs(cell) >= TOO_LARGE:
            raise Unreadable(lost)
        text = str(int(cell))
    else:
        typed = text_of(cell)
        if typed is None:
            return None
        typed = typed.removeprefix("'")
        if EXPONENT.fullmatch(typed):
            raise Unreadable(lost)
        text = _SEPARATORS.sub("", typed)
    if not (text.isascii() and text.isdigit()):
        raise Unreadable(_("“%(text)s” harus terdiri dari angka saja.") % {"text": text[:40]})
    if column.digits and len(text) not in column.digits:
        expected = _(" atau ").join(str(count) for count in column.digits)
        message = _("%(label)s harus %(expected)s angka; di sini %(found)s angka.") % {
            "label": column.label, "expected": expected, "found": len(text)
        }  # fmt: skip
        if isinstance(cell, int | float) and len(text) < max(column.digits):
            message += " " + _("Mungkin angka nol di depan hilang; beri kolom format Teks.")
        raise Unreadable(message)
    if len(text) > column.max_length:
        raise Unreadable(_("Nomor terlalu panjang."))
    return text


_DIALLED = re.compile(r"\+?[0-9]{6,15}", re.ASCII)
_PHONE_MARKS = re.compile(r"[ .()\-]")


def parse_phone(cell: Cell, column: Column) -> str | None:
    """A telephone number as E.164; ``0812…``, ``62812…`` and ``812…`` are the same Indonesian number."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        cell = int(cell)
    if isinstance(cell, bool | date | time | float):
        raise Unreadable(_("“%(text)s” bukan nomor telepon.") % {"text": show(cell)})
    text = text_of(cell)
    if text is None:
        return None
    bare = _PHONE_MARKS.sub("", text.removeprefix("'"))
    if EXPONENT.fullmatch(text):
        raise Unreadable(_("Excel telah memendekkan nomor ini. Beri kolom format Teks lalu ketik ulang nomornya."))
    try:
        if _DIALLED.fullmatch(bare):
            return phones.parse(bare)
    except ValidationError:
        pass
    raise Unreadable(
        _("“%(text)s” bukan nomor telepon yang sah. Tulis satu nomor, misalnya 0812-3456-7890.") % {"text": text[:40]}
    )
