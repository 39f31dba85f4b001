"""The first page of a rule's alerts."""

from collections.abc import Callable

from django.db.models import QuerySet

from batikportal.contracts import Alert, Alerts

AT_MOST = 50


def listed(rows: QuerySet, alert: Callable[..., Alert]) -> Alerts:
    """The first rows as alerts, and how many there are; the count is asked for only when the page is full."""
    first = list(rows[:AT_MOST])
    total = len(first) if len(first) < AT_MOST else rows.count()
    return Alerts([alert(row) for row in first], total)
