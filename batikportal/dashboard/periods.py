"""The periods a reader can choose, reckoned from the day of asking."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.contracts import Period

# Nothing in the portal is older; a date before it is a slip of the keyboard.
EARLIEST = date(2000, 1, 1)
DEFAULT = "12-bulan"
NAMES: dict[str, object] = {
    "12-bulan": gettext_lazy("12 bulan terakhir"),
    "bulan": gettext_lazy("Bulan ini"),
    "triwulan": gettext_lazy("Triwulan ini"),
    "tahun": gettext_lazy("Tahun ini"),
    "tahun-lalu": gettext_lazy("Tahun lalu"),
}


class PeriodRefused(ValueError):
    """The dates make no period; the text says which to correct."""


def _months_before(today: date, count: int) -> date:
    months = today.year * 12 + today.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def named(code: str, today: date) -> Period:
    """The period of one of NAMES; those still running end today. KeyError for any other code."""
    if code == "tahun-lalu":
        return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    # Twelve calendar months, the running one included, as in the trend of an indicator.
    starts = {
        "bulan": today.replace(day=1),
        "triwulan": date(today.year, (today.month - 1) // 3 * 3 + 1, 1),
        "tahun": date(today.year, 1, 1),
        "12-bulan": _months_before(today, 11),
    }
    return Period(starts[code], today)


def usual(today: date) -> Period:
    """The period shown to somebody who chose none; every page that speaks of the last twelve months takes it here."""
    return named(DEFAULT, today)


def between(start: date | None, end: date | None, today: date) -> Period:
    """A period of free dates; with one of them missing, the year that ends or the time that began there."""
    end = end or today
    start = start or _months_before(end, 11)
    latest = date(today.year + 1, 12, 31)
    for day in (start, end):
        if not EARLIEST <= day <= latest:
            raise PeriodRefused(
                _("Tanggal harus antara %(earliest)s dan %(latest)s.")
                % {"earliest": f"{EARLIEST:%d-%m-%Y}", "latest": f"{latest:%d-%m-%Y}"}
            )
    if start > end:
        raise PeriodRefused(_("Tanggal awal tidak boleh sesudah tanggal akhir. Tukar kedua tanggal itu."))
    return Period(start, end)


def chosen(code: str, start: date | None, end: date | None, today: date) -> tuple[str, Period]:
    """The period meant by a name and dates together, with its name, or "" when it has none.

    The form always sends the dates it showed, so they count only where they differ from the named period's.
    """
    if code in NAMES:
        period = named(code, today)
        if (start or period.start, end or period.end) == (period.start, period.end):
            return code, period
    elif start is None and end is None:
        return DEFAULT, usual(today)
    return "", between(start, end, today)


def covers_a_year(period: Period) -> bool:
    """Whether a count over the period may be held against a target set for a year."""
    whole_year = period.end - period.start >= timedelta(days=330)
    return whole_year or (period.start.month, period.start.day) == (1, 1)
