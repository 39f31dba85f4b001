"""The first page of a rule's alerts."""

from collections.abc import Callable

from django.db.models import QuerySet

from batikportal.contracts import Alert, Alerts

AT_MOST = 50


def listed(rows: QuerySet, alert: Callable[..., Alert]) -> Alerts:
    """The first rows as alerts, and how many there are."""
    first = list(rows[:AT_MOST])
    return Alerts([alert(row) for row in first], how_many(rows, first))


def how_many(rows: QuerySet, first: list) -> int:
    """The number of rows, which is asked for only when the first ones fill the page."""
    return len(first) if len(first) < AT_MOST else rows.count()
