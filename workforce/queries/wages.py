"""The dated figures that a wage is held against."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from workforce.models import ReferenceFigure
from workforce.rules import wages as rules

MINIMUM, CONSUMPTION, POVERTY_LINE = "umk_pekalongan", "consumption_jateng", "poverty_line_jateng"
SIX_DAYS, FIVE_DAYS, FULL_TIME = "wage_days_six_day_week", "wage_days_five_day_week", "wage_full_time_hours"
HELD_AGAINST = (MINIMUM, CONSUMPTION, POVERTY_LINE, SIX_DAYS, FIVE_DAYS, FULL_TIME)


@dataclass(frozen=True)
class WageFigures:
    """The figures in force on a day, in the order of `HELD_AGAINST`; those nobody recorded are left out."""

    rows: tuple[ReferenceFigure, ...]

    def value(self, code: str) -> Decimal | None:
        """The value of a series, or None."""
        return next((row.value for row in self.rows if row.series.code == code), None)

    @property
    def reference(self) -> rules.WageReference:
        """The same figures as the rules take them."""
        return rules.WageReference(
            minimum_idr=self.value(MINIMUM),
            consumption_idr=self.value(CONSUMPTION),
            poverty_line_idr=self.value(POVERTY_LINE),
            six_day_month=self.value(SIX_DAYS),
            five_day_month=self.value(FIVE_DAYS),
            full_time_hours=self.value(FULL_TIME),
        )


def wage_figures_on(on: date) -> WageFigures:
    """The figures in force on the day; one query."""
    in_force = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    found = ReferenceFigure.objects.filter(in_force, series__code__in=HELD_AGAINST).select_related("series")
    return WageFigures(tuple(sorted(found, key=lambda row: HELD_AGAINST.index(row.series.code))))
