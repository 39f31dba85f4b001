"""Which dated rows (factors, rules, prices, methods, settings) hold on a day; they are ended and followed by others."""

from datetime import date

from django.db.models import F, OuterRef, Q


def in_force(on: date | F | OuterRef, rows: str = "") -> Q:
    """The condition that the rows, or those under the path `rows` (it ends in ``__``), hold on the day."""
    since, until = f"{rows}effective_from", f"{rows}effective_until"
    return Q(**{f"{since}__lte": on}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": on}))
