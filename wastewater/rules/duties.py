"""Periods in which a duty falls, and the day until which silence is no violation; plain dates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wastewater.choices.duties import Frequency

MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


@dataclass(frozen=True)
class DutyPeriod:
    """One period of a frequency, from its first to its last day."""

    start: date
    end: date


def _month_after(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def period_of(day: date, frequency: str) -> DutyPeriod:
    """The calendar period of that frequency in which the day lies."""
    length = MONTHS[Frequency(frequency)]
    start = date(day.year, (day.month - 1) // length * length + 1, 1)
    return DutyPeriod(start, _month_after(start, length) - timedelta(days=1))


def periods_between(first: date, last: date, frequency: str) -> list[DutyPeriod]:
    """The whole periods that begin on or after ``first`` and not after ``last``, earliest first.

    A duty that starts in the middle of a period is owed from the next one on: nobody owes what could not be known.
    """
    found = []
    period = period_of(first, frequency)
    while period.start <= last:
        if period.start >= first:
            found.append(period)
        period = period_of(period.end + timedelta(days=1), frequency)
    return found


def day_in_period(period: DutyPeriod, due_day: int | None) -> date:
    """The day with that number in the period (1 is the first); its last day when none is named or there is no such."""
    if due_day is None:
        return period.end
    return min(period.start + timedelta(days=due_day - 1), period.end)


def due_on(period: DutyPeriod, due_day: int | None, grace_days: int) -> date:
    """The last day on which receipt is in time."""
    return day_in_period(period, due_day) + timedelta(days=grace_days)


def days_late(due: date, received: date) -> int:
    return max(0, (received - due).days)


def quarter_of(day: date) -> DutyPeriod:
    return period_of(day, Frequency.QUARTERLY)


def quarter_number(start: date) -> int:
    return (start.month + 2) // 3


def quarter_code(start: date) -> str:
    """2026-T3, as addresses and open data write a quarter."""
    return f"{start.year}-T{quarter_number(start)}"


def quarter_from_code(code: str) -> DutyPeriod | None:
    """The quarter that a code names; None for anything else."""
    year, mark, number = code.partition("-T")
    if not (mark and len(year) == 4 and year.isascii() and year.isdigit() and number in {"1", "2", "3", "4"}):
        return None
    if not 2000 <= int(year) <= 2200:
        return None
    return quarter_of(date(int(year), 3 * int(number), 1))


def quarters_back(day: date, count: int) -> list[DutyPeriod]:
    """The last ``count`` quarters up to the one of the day, latest first."""
    found = [quarter_of(day)]
    while len(found) < count:
        found.append(quarter_of(found[-1].start - timedelta(days=1)))
    return found


def rolling_start(quarter: DutyPeriod, months: int) -> date:
    """The first day of the months that end with the quarter."""
    return _month_after(quarter.start, 3 - months)


def day_after(day: date) -> date:
    return day + timedelta(days=1)


def working_day_near(wanted: date, period: DutyPeriod, is_working: Callable[[date], bool]) -> date:
    """The wanted day or the last working day of the period before it; without one, the first after it."""
    day = wanted
    while day >= period.start:
        if is_working(day):
            return day
        day -= timedelta(days=1)
    day = wanted
    while not is_working(day):
        day += timedelta(days=1)
    return day
