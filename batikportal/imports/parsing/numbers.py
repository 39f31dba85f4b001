"""Numbers the Indonesian way, and laboratory figures such as <0,01; what has two meanings is refused with both."""

import re
from datetime import date, time
from decimal import ROUND_HALF_EVEN, Decimal

from django.utils.translation import gettext as _

from batikportal.imports.cells import Cell, figure, fold, show
from batikportal.imports.contract import Censored, Column, Undetected
from batikportal.imports.parsing.text import Unreadable, text_of, within

_NUMBER_LENGTH = 40
# Excel's 15 digits; also keeps every later calculation inside Decimal's 28.
TOO_LARGE = 10**15
_PLAIN = re.compile(r"[0-9]{1,30}", re.ASCII)
_COMMA = re.compile(r"([0-9]{1,30}),([0-9]{1,30})", re.ASCII)
_POINT = re.compile(r"([0-9]{1,30})\.([0-9]{1,30})", re.ASCII)
_INDONESIAN = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,9})(?:,([0-9]{1,30}))?", re.ASCII)
_ENGLISH = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3}){1,9})(?:\.([0-9]{1,30}))?", re.ASCII)
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3}){1,9}(?:,[0-9]{1,30})?", re.ASCII)
_RUPIAH = re.compile(r"Rp\.? ?", re.IGNORECASE | re.ASCII)
EXPONENT = re.compile(r"[+-]?[0-9]{1,20}(?:[.,][0-9]{1,20})?[eE][+-]?[0-9]{1,4}", re.ASCII)


def _not_a_number(text: str) -> Unreadable:
    if EXPONENT.fullmatch(text):
        return Unreadable(
            _("“%(text)s” adalah angka yang dipendekkan Excel. Tulis lengkap, misalnya 0,00001 atau 1200000.")
            % {"text": text}
        )
    return Unreadable(_("“%(text)s” bukan angka. Tulis angka saja, misalnya 12,5.") % {"text": text[:40]})


def _ambiguous(text: str, thousand: str, decimal: str) -> Unreadable:
    return Unreadable(
        _("“%(text)s” dapat berarti %(thousand)s atau %(decimal)s. Tulis %(thousand)s tanpa titik, atau %(decimal)s.")
        % {"text": text, "thousand": thousand, "decimal": decimal}
    )


def number(text: str, whole: bool = False) -> Decimal:
    """The number that an Indonesian text means: comma for decimals, dots for thousands.

    ``1.234`` in a decimal column is refused, since it may be 1234 or 1,234; in a whole-number column it is 1234, and
    ``1,234`` is refused there. ``0.123``, ``1.5``, ``1.234.567`` and ``1,234.5`` have one meaning only and are read.
    """
    if len(text) > _NUMBER_LENGTH:
        raise _not_a_number(text)
    body = text.replace("−", "-")
    sign = ""
    if body[:1] in ("-", "+"):
        sign, body = body[0].replace("+", ""), body[1:].lstrip(" ")
    if money := _RUPIAH.match(body):
        body = body[money.end() :].removesuffix(",-")
    if _SPACED.fullmatch(body):
        body = body.replace(" ", "")
    if _PLAIN.fullmatch(body):
        return Decimal(sign + body)
    if found := _COMMA.fullmatch(body):
        head, tail = found.groups()
        if whole and len(tail) == 3 and len(head) <= 3 and head[0] != "0":
            raise Unreadable(
                _("“%(text)s” dapat berarti %(whole)s atau pecahan %(text)s. Tulis %(whole)s tanpa koma.")
                % {"text": body, "whole": head + tail}
            )
        return Decimal(f"{sign}{head}.{tail}")
    if found := _INDONESIAN.fullmatch(body):
        head, tail = found.groups()
        digits = head.replace(".", "")
        if tail is None and head.count(".") == 1 and not whole:
            raise _ambiguous(body, digits, head.replace(".", ","))
        return Decimal(f"{sign}{digits}.{tail or 0}") if tail else Decimal(sign + digits)
    if found := _POINT.fullmatch(body):
        head, tail = found.groups()
        return Decimal(f"{sign}{head}.{tail}")
    if (found := _ENGLISH.fullmatch(body)) and (found[2] or found[1].count(",") > 1):
        digits = found[1].replace(",", "")
        return Decimal(f"{sign}{digits}.{found[2]}") if found[2] else Decimal(sign + digits)
    raise _not_a_number(text)


def looks_english(text: str) -> tuple[bool, bool]:
    """Whether the text has a decimal point, and whether its comma might separate thousands (``1,234``)."""
    point = _POINT.fullmatch(text) is not None or (
        (english := _ENGLISH.fullmatch(text)) is not None and english[2] is not None
    )
    comma = _COMMA.fullmatch(text)
    return point, comma is not None and len(comma[2]) == 3 and len(comma[1]) <= 3 and comma[1][0] != "0"


def decimal_of(cell: Cell, whole: bool = False) -> Decimal | None:
    if isinstance(cell, bool | date | time):
        raise _not_a_number(show(cell))
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        return Decimal(figure(cell))
    text = text_of(cell)
    return None if text is None else number(text, whole)


def _placed(value: Decimal, cell: Cell, column: Column) -> Decimal:
    if abs(value) >= TOO_LARGE:
        raise Unreadable(_("Angkanya terlalu besar."))
    if column.places is None:
        return value
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent <= column.places:
        return value
    if isinstance(cell, str) and value != round(value, column.places):
        raise Unreadable(_("Paling banyak %(places)s angka di belakang koma.") % {"places": column.places})
    return value.quantize(Decimal(1).scaleb(-column.places), rounding=ROUND_HALF_EVEN)


def parse_integer(cell: Cell, column: Column) -> int | None:
    value = decimal_of(cell, whole=True)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise Unreadable(_("“%(text)s” harus bilangan bulat, tanpa koma.") % {"text": show(cell)[:40]})
    if abs(value) >= TOO_LARGE:
        raise Unreadable(_("Angkanya terlalu besar."))
    within(value, column)
    return int(value)


def parse_decimal(cell: Cell, column: Column) -> Decimal | None:
    value = decimal_of(cell)
    if value is None:
        return None
    value = _placed(value, cell, column)
    within(value, column)
    return value


_QUALIFIER = re.compile(r"(<=|>=|=<|=>|[<>≤≥=])\s?")
_QUALIFIERS = {"<=": "≤", "=<": "≤", ">=": "≥", "=>": "≥"}
_UNDETECTED = frozenset(
    {
        "td",
        "ttd",
        "tt",
        "nd",
        "bdl",
        "tidakterdeteksi",
        "tdkterdeteksi",
        "notdetected",
        "nihil",
    }
)


def parse_censored(cell: Cell, column: Column) -> Censored | Undetected | None:
    """``<0,01``, ``≥ 2.400,5`` or a plain figure, as qualifier and value."""
    qualifier = "="
    rest: Cell = cell
    if isinstance(cell, str):
        text = text_of(cell)
        if text is None:
            return None
        if fold(text) in _UNDETECTED and column.undetected:
            return Undetected(text)
        if fold(text) in _UNDETECTED:
            raise Unreadable(
                _("“%(text)s” tidak menyebut batas deteksi. Tulis dengan batasnya, misalnya <0,01.") % {"text": text}
            )
        if found := _QUALIFIER.match(text):
            qualifier, text = _QUALIFIERS.get(found[1], found[1]), text[found.end() :]
        rest = text
    value = decimal_of(rest)
    if value is None:
        if qualifier != "=":
            raise Unreadable(_("Setelah tanda %(sign)s harus ada angka, misalnya <0,01.") % {"sign": qualifier})
        return None
    value = _placed(value, rest, column)
    within(value, column)
    return Censored(qualifier, value)
