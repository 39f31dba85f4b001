"""Dates and times as 5 Maret 2025, 05/03/2025, 2025-03-05 or a date cell of Excel; the day comes before the month."""

import re
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal.imports.cells import Cell, show
from batikportal.imports.contract import Column
from batikportal.imports.parsing.text import Unreadable, spell, text_of, within

MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug agst",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_DAY_NAMES = {
    **{name: number for number, name in enumerate(_DAYS)},
    "jum'at": 4,
    "jum’at": 4,
    "ahad": 6,
}
_NAMED = re.compile(
    r"(?:([A-Za-z'’]{4,7}),? )?([0-9]{1,2})[ -]([A-Za-z]{3,9})\.?[ -]([0-9]{1,4})",
    re.ASCII,
)
_NUMERIC = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{1,4})", re.ASCII)
_ISO = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})", re.ASCII)
_CLOCK = re.compile(
    r"(.{6,40}?)(?:T|,? (?:pukul |jam )?)([0-9]{1,2})[.:]([0-9]{2})(?:[.:]([0-9]{2})(?:\.[0-9]{1,6})?)?"
    r"( ?WIB|Z|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
_DATE_LENGTH = 60
_YEARS = range(1900, 2101)


def _date(year: int, month: int, day: int, text: str) -> date:
    if year < 1000:
        raise Unreadable(_("Tahun pada “%(text)s” tidak lengkap. Tulis empat angka.") % {"text": text})
    if year not in _YEARS:
        raise Unreadable(_("Tahun %(year)s tidak masuk akal.") % {"year": str(year)})
    if month > 12 and day <= 12:
        raise Unreadable(
            _("“%(text)s” tampaknya ditulis bulan/tanggal. Tulis tanggal lebih dahulu: %(proposal)s.")
            % {"text": text, "proposal": f"{month:02d}/{day:02d}/{year}"}
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(_("“%(text)s” bukan tanggal yang ada di kalender.") % {"text": text}) from None


def day(text: str) -> date:
    """A date written in words or figures, day first unless the year leads."""
    if len(text) <= _DATE_LENGTH:
        if found := _ISO.fullmatch(text):
            year, month, number_of_day = found.groups()
            return _date(int(year), int(month), int(number_of_day), text)
        if found := _NUMERIC.fullmatch(text):
            number_of_day, month, year = found.groups()
            return _date(int(year), int(month), int(number_of_day), text)
        if (found := _NAMED.fullmatch(text)) and found[3].lower() in MONTHS:
            value = _date(int(found[4]), MONTHS[found[3].lower()], int(found[2]), text)
            if found[1] and _DAY_NAMES.get(found[1].lower()) != value.weekday():
                raise Unreadable(
                    _("%(date)s adalah hari %(day)s, bukan %(typed)s. Periksa tanggalnya.")
                    % {
                        "date": spell(value),
                        "day": _DAYS[value.weekday()].capitalize(),
                        "typed": found[1],
                    }
                )
            return value
    raise Unreadable(
        _("“%(text)s” bukan tanggal yang dikenal. Tulis misalnya 5 Maret 2025 atau 05/03/2025.") % {"text": text[:40]}
    )


def moment(text: str) -> datetime:
    """Date and time of day as an aware datetime; Western Indonesian Time unless an offset is written."""
    if len(text) > _DATE_LENGTH or not (found := _CLOCK.fullmatch(text)):
        raise Unreadable(
            _("“%(text)s” harus tanggal dan jam. Tulis misalnya 5 Maret 2025 14.30.") % {"text": text[:40]}
        )
    on = day(found[1].strip())
    try:
        naive = datetime.combine(on, time(int(found[2]), int(found[3]), int(found[4] or 0)))
    except ValueError:
        raise Unreadable(_("Jam pada “%(text)s” tidak ada.") % {"text": text}) from None
    offset = (found[5] or "").strip()
    if offset in ("", "WIB"):
        return timezone.make_aware(naive)
    try:
        return datetime.fromisoformat(f"{naive.isoformat()}{'+00:00' if offset == 'Z' else offset}")
    except ValueError:
        raise Unreadable(_("Selisih waktu pada “%(text)s” tidak dikenal.") % {"text": text}) from None


def _only_number(cell: Cell) -> Unreadable:
    return Unreadable(
        _("“%(text)s” adalah angka, bukan tanggal. Beri sel format Tanggal atau tulis misalnya 05/03/2025.")
        % {"text": show(cell)}
    )


def parse_date(cell: Cell, column: Column) -> date | None:
    if isinstance(cell, datetime):
        value = cell.date()
    elif isinstance(cell, date):
        value = cell
    elif isinstance(cell, int | float | time):
        raise _only_number(cell)
    else:
        text = text_of(cell)
        if text is None:
            return None
        value = timezone.localtime(moment(text)).date() if _CLOCK.fullmatch(text[:_DATE_LENGTH]) else day(text)
    _date(value.year, value.month, value.day, show(cell))
    within(value, column)
    return value


def parse_datetime(cell: Cell, column: Column) -> datetime | None:
    if isinstance(cell, datetime):
        value = timezone.make_aware(cell) if timezone.is_naive(cell) else cell
    elif isinstance(cell, date):
        raise Unreadable(_("Jam belum ditulis. Tulis misalnya %(text)s 14.30.") % {"text": show(cell)})
    elif isinstance(cell, int | float | time):
        raise _only_number(cell)
    else:
        text = text_of(cell)
        if text is None:
            return None
        value = moment(text)
    _date(value.year, value.month, value.day, show(cell))
    if column.minimum is not None or column.maximum is not None:
        within(timezone.localtime(value).date(), column)
    return value
