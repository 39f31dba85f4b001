"""The dated figures that a wage is held against, and what was observed: by name, and as ranges without names."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from batikportal.models import Area
from workforce.models import ProcessStep, ReferenceFigure, WageObservation
from workforce.rules import publishable
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


# --- Observed wages ---------------------------------------------------------------------------------------------------

# Older pay says little about today's.
RANGE_MONTHS = 24
# With five people the median is the very wage of one of them; rounding makes it nobody's.
ROUNDED_TO_IDR = 10_000


@dataclass(frozen=True)
class Quartiles:
    """First quartile, median and third quartile in rupiah a month, rounded, and how many people stand behind them."""

    people: int
    low_idr: Decimal
    median_idr: Decimal
    high_idr: Decimal


@dataclass(frozen=True)
class WageRange:
    """What people earn at one step, each with the newest observation; None: fewer than five people."""

    step: ProcessStep
    earned: Quartiles | None
    full_time: Quartiles | None


_NEWEST_BY_STEP = """
WITH newest AS (
    SELECT DISTINCT ON (step_id, person_id) step_id, monthly_idr, full_time_idr
    FROM workforce_wageobservation
    WHERE observed_on > (%(on)s::date - make_interval(months => %(months)s)) AND observed_on <= %(on)s
    ORDER BY step_id, person_id, observed_on DESC, id DESC
)
SELECT step_id,
    count(monthly_idr), percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY monthly_idr),
    count(full_time_idr), percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY full_time_idr)
FROM newest
GROUP BY step_id
"""


def wage_ranges(on: date) -> list[WageRange]:
    """The range at every step in working order, over the two years to the day; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_BY_STEP, {"on": on, "months": RANGE_MONTHS})
        found = {
            step: (_quartiles(earned_count, earned), _quartiles(full_count, full))
            for step, earned_count, earned, full_count, full in cursor.fetchall()
        }
    return [WageRange(step, *found.get(step.pk, (None, None))) for step in ProcessStep.objects.order_by("position")]


def wage_range(step: ProcessStep, on: date) -> WageRange:
    """The range at one step."""
    return next(one for one in wage_ranges(on) if one.step.pk == step.pk)


def _quartiles(people: int, values: list[float] | None) -> Quartiles | None:
    if not publishable(people) or values is None:
        return None
    return Quartiles(people, *(Decimal(round(value / ROUNDED_TO_IDR) * ROUNDED_TO_IDR) for value in values))


@dataclass(frozen=True)
class WageFilter:
    """What narrows the list of observed wages; `below`: which figure lies under the city minimum,
    "earned" or "full_time"."""

    text: str = ""
    step: ProcessStep | None = None
    area: Area | None = None
    evidence: str = ""
    below: str = ""


def _figure_of_day(code: str) -> Subquery:
    """The value of a series on the day of an observation."""
    figures = ReferenceFigure.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("observed_on")),
        series__code=code,
        valid_from__lte=OuterRef("observed_on"),
    )
    return Subquery(figures.values("value")[:1])


def wages_matching(observations: QuerySet[WageObservation], wanted: WageFilter) -> QuerySet[Any]:
    """The observations of a filter, newest first, each with `minimum_idr`, `consumption_idr` and `poverty_line_idr` in
    force on its day."""
    found = observations.select_related("person__ward", "step").annotate(
        minimum_idr=_figure_of_day(MINIMUM),
        consumption_idr=_figure_of_day(CONSUMPTION),
        poverty_line_idr=_figure_of_day(POVERTY_LINE),
    )
    if wanted.text:
        found = found.filter(person__name__icontains=wanted.text)
    if wanted.step:
        found = found.filter(step=wanted.step)
    if wanted.area:
        found = found.filter(person__ward__parent=wanted.area)
    if wanted.evidence:
        found = found.filter(evidence=wanted.evidence)
    if wanted.below == "earned":
        found = found.filter(monthly_idr__lt=F("minimum_idr"))
    if wanted.below == "full_time":
        found = found.filter(full_time_idr__lt=F("minimum_idr"))
    return found
