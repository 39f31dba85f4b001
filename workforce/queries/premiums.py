"""The dated rates of premiums: what was in force in each of some months, and the rows behind a figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from workforce.models import ReferenceFigure


@dataclass(frozen=True)
class DatedRates:
    """Every row of the asked codes that touches the months, by code and date."""

    rows: tuple[ReferenceFigure, ...]

    def on(self, day: date) -> dict[str, Decimal]:
        """The value of each code on the day; a code without a row is left out."""
        return {row.series.code: row.value for row in self.rows if _holds(row, day)}

    def cited(self, codes: Iterable[str], days: Sequence[date]) -> list[ReferenceFigure]:
        """The rows that these codes rest on, on any of the days."""
        wanted = set(codes)
        return [row for row in self.rows if row.series.code in wanted and any(_holds(row, day) for day in days)]


def _holds(row: ReferenceFigure, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or row.valid_until >= day)


def dated_rates(codes: Iterable[str], days: Sequence[date]) -> DatedRates:
    """The rows of these codes in force on any day from the first to the last; one query."""
    rows = (
        ReferenceFigure.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=days[0]),
            series__code__in=tuple(codes),
            valid_from__lte=days[-1],
        )
        .select_related("series")
        .order_by("series__position", "series__code", "valid_from")
    )
    return DatedRates(tuple(rows))
