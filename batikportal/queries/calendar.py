"""Terms in working days, by the holidays that are on record."""

from datetime import date, timedelta

from batikportal import rules
from batikportal.models import Holiday

# Ramadan, Lebaran and year's end together never stretch a term by more than this.
LONGEST_STRETCH = timedelta(days=60)


def holidays(start: date, end: date) -> frozenset[date]:
    """The holidays from ``start`` to ``end``, both counted."""
    return frozenset(Holiday.objects.filter(day__range=(start, end)).values_list("day", flat=True))


def due_after(start: date, working_days: int) -> date:
    """The day on which a term of so many working days from ``start`` ends."""
    known = holidays(start, start + timedelta(days=2 * working_days) + LONGEST_STRETCH)
    return rules.add_working_days(start, working_days, known)


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``."""
    return rules.working_days_between(start, end, holidays(start, end))
