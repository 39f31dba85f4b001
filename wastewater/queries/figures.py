"""Sums for indicators, panels, layers and open data; counts come from the samples, where evaluation wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Func, Max, Min, Q, QuerySet, Sum, TextField
from django.db.models.functions import TruncMonth, TruncQuarter

from batikportal import formats
from wastewater import rules
from wastewater.choices import PointKind, Qualifier, SampleState, Verdict
from wastewater.models import Evaluation, Limit, PlantCapacity, Sample
from wastewater.queries.custody import results_kept_too_long
from wastewater.queries.samples import start_of, taken_between

# A cell of open data that stands for fewer enterprises than this could point at one of them.
SMALLEST_CELL = 5


@dataclass(frozen=True)
class Compliance:
    """Counts of judged results; `decided` are those that either meet or exceed."""

    samples: int
    meets: int
    exceeds: int
    undecided: int
    missing: int
    unverified: int
    last_taken_at: datetime | None

    @property
    def decided(self) -> int:
        return self.meets + self.exceeds

    @property
    def completeness(self) -> float | None:
        """Reported results as a share of those that monthly samples must carry."""
        reported = self.decided + self.undecided
        return reported / (reported + self.missing) if reported + self.missing else None


def compliance(samples: QuerySet[Sample], start: date, end: date) -> Compliance:
    """The counts of verified and published samples taken in the period; one query."""
    counted = Q(state__in=rules.COUNTED)
    sums = samples.filter(taken_between(start, end)).aggregate(
        samples=Count("pk", filter=counted),
        meets=Sum("meets_count", filter=counted, default=0),
        exceeds=Sum("exceeds_count", filter=counted, default=0),
        undecided=Sum("undecided_count", filter=counted, default=0),
        missing=Sum("missing_count", filter=counted, default=0),
        unverified=Count("pk", filter=Q(state=SampleState.RESULTED)),
        last_taken_at=Max("taken_at", filter=counted),
    )
    return Compliance(**sums)


@dataclass(frozen=True)
class Month:
    """One month of the trend; counts are None where no sample was counted."""

    label: str
    meets: int | None
    exceeds: int | None


def monthly_compliance(samples: QuerySet[Sample], end: date) -> list[Month]:
    """The twelve months up to the end of the period; one query."""
    first = _months_back(end, 11)
    rows = (
        samples.filter(taken_between(first, end), state__in=rules.COUNTED)
        .order_by()
        .annotate(month=TruncMonth("taken_at"))
        .values("month")
        .annotate(meets=Sum("meets_count", default=0), exceeds=Sum("exceeds_count", default=0))
    )
    found = {(row["month"].year, row["month"].month): row for row in rows}
    months = []
    for back in range(11, -1, -1):
        month = _months_back(end, back)
        row = found.get((month.year, month.month))
        label = formats.month(month)
        months.append(Month(label, row["meets"], row["exceeds"]) if row else Month(label, None, None))
    return months


def _months_back(day: date, count: int) -> date:
    """The first day of the month that lies `count` months before the day's month."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def exceedances_of(enterprise, since: date) -> int:
    """How many verified results of an enterprise's own points exceeded their limit since the day."""
    return Sample.objects.filter(
        point__enterprise=enterprise, state__in=rules.COUNTED, taken_at__gte=start_of(since)
    ).aggregate(all=Sum("exceeds_count", default=0))["all"]


class LocalMonth(Func):
    """The month of a moment in Pekalongan as YYYY-MM: text, since thousands of moments take longer to read than to
    count."""

    template = "to_char(%(expressions)s AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM')"
    output_field = TextField()


def _published() -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(is_current=True, result__sample__state=SampleState.PUBLISHED).order_by()


def _counts() -> dict[str, Count | Min | Max]:
    """Columns of published aggregates: how many results, how they were judged."""
    return {
        "results": Count("pk"),
        "non_detects": Count("pk", filter=~Q(result__qualifier=Qualifier.EQUAL)),
        "meets": Count("pk", filter=Q(verdict=Verdict.MEETS)),
        "exceeds": Count("pk", filter=Q(verdict=Verdict.EXCEEDS)),
        "undecided": Count("pk", filter=Q(verdict=Verdict.CANNOT_TELL)),
        "lowest": Min("converted_value", filter=Q(result__qualifier=Qualifier.EQUAL)),
        "highest": Max("converted_value", filter=Q(result__qualifier=Qualifier.EQUAL)),
        "kept_too_long": Count("pk", filter=Q(result__in=results_kept_too_long().values("pk"))),
    }


_COUNT_COLUMNS = ("results", "non_detects", "meets", "exceeds", "undecided", "lowest", "highest", "kept_too_long")


def published_river_quality() -> Iterable[tuple]:
    """Month, water, point, position, parameter, unit, and the counts of its published results."""
    return (
        _published()
        .filter(result__sample__point__kind=PointKind.RECEIVING)
        .annotate(month=LocalMonth("result__sample__taken_at"))
        .values("month", "result__sample__point", "result__parameter", "limit__unit")
        .annotate(**_counts())
        .order_by("month", "result__sample__point__code", "result__parameter__display_order")
        .values_list(
            "month",
            "result__sample__point__water_body__name",
            "result__sample__point__code",
            "result__sample__point__position",
            "result__parameter__name",
            "limit__unit",
            *_COUNT_COLUMNS,
        )
    )


def published_plant_quality() -> Iterable[tuple]:
    """Month, plant, outlet, parameter, unit, and the counts of its published results."""
    return (
        _published()
        .filter(result__sample__point__plant__isnull=False, result__sample__point__kind=PointKind.EFFLUENT)
        .annotate(month=LocalMonth("result__sample__taken_at"))
        .values("month", "result__sample__point", "result__parameter", "limit__unit")
        .annotate(**_counts())
        .order_by("month", "result__sample__point__code", "result__parameter__display_order")
        .values_list(
            "month",
            "result__sample__point__plant__name",
            "result__sample__point__code",
            "result__parameter__name",
            "limit__unit",
            *_COUNT_COLUMNS,
        )
    )


def published_enterprise_compliance() -> list[tuple]:
    """Quarter and district with the counts of published results of enterprises; small cells without their counts."""
    rows = (
        _published()
        .filter(result__sample__point__enterprise__isnull=False)
        .annotate(quarter=TruncQuarter("result__sample__taken_at"))
        .values("quarter", "result__sample__point__ward__parent")
        .annotate(enterprises=Count("result__sample__point__enterprise", distinct=True), **_counts())
        .order_by("quarter", "result__sample__point__ward__parent__code")
        .values_list(
            "quarter",
            "result__sample__point__ward__parent__name",
            "enterprises",
            "results",
            "meets",
            "exceeds",
            "undecided",
        )
    )
    return [
        row if row[2] >= SMALLEST_CELL else (row[0], row[1], None, None, None, None, None) for row in rows.iterator()
    ]


def published_limits() -> QuerySet[Limit]:
    """Every limit with its regulation and its place in the law."""
    return Limit.objects.select_related("standard_set__regulation", "parameter").order_by(
        "standard_set__code", "parameter__display_order", "process", "effective_from"
    )


def published_capacities() -> QuerySet[PlantCapacity]:
    """Every stated capacity with its source."""
    return PlantCapacity.objects.select_related("plant__ward").order_by("plant__name", "-stated_on", "kind")
