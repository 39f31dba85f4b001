"""Rules of assessment as settings, the inputs of an index, and the indices of samples as pages and figures ask."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format

from batikportal.models import Area
from wastewater import rules
from wastewater.choices import PointKind, RiverClass, SampleState
from wastewater.choices.indices import AssessmentKind, LeftOut
from wastewater.models import AssessmentRule, IndexEvaluation, Result, Sample, WaterBody
from wastewater.queries.samples import taken_between
from wastewater.queries.standards import Book, circumstances_of
from wastewater.rules import indices

POLLUTION_INDEX_KINDS = (AssessmentKind.STATUS, AssessmentKind.IKA)


def assessment_rules() -> list[AssessmentRule]:
    """Every rule of assessment with its bands, newest first; two queries."""
    return list(AssessmentRule.objects.prefetch_related("bands").order_by("kind", "-effective_from"))


def rule_in_force(found: Iterable[AssessmentRule], kind: str, on: date) -> AssessmentRule | None:
    """The rule of that kind in force on the day; there is never more than one."""
    for rule in found:
        ended = rule.effective_until is not None and rule.effective_until < on
        if rule.kind == kind and rule.effective_from <= on and not ended:
            return rule
    return None


def settings_of(rule: AssessmentRule, method: str = "") -> indices.IndexSettings:
    """What a rule of the pollution index decides; `method` asks for another way of counting."""
    if rule.cim_mg_per_l is None or rule.minimum_parameters is None:
        raise ValueError(f"{rule} is no rule of the pollution index")
    return indices.IndexSettings(
        method=method or rule.method,
        cim_mg_per_l=rule.cim_mg_per_l,
        non_detect=rule.non_detect,
        minimum_parameters=rule.minimum_parameters,
        bands=[indices.Band(band.status, band.up_to, band.weight) for band in rule.bands.all()],
        parameters=tuple(rule.parameters),
    )


def iklh_weights(rule: AssessmentRule) -> dict[str, Decimal]:
    """What IKA, IKU and IKL weigh in the IKLH."""
    weights = {"ika": rule.ika_weight, "iku": rule.iku_weight, "ikl": rule.ikl_weight}
    return {name: weight or Decimal(0) for name, weight in weights.items()}


def class_of(sample: Sample, rule: AssessmentRule) -> str:
    """The water class a rule judges by: its own, else that of the water, else II (PP 22/2021)."""
    water = sample.point.water_body
    return rule.river_class or (water.river_class if water else RiverClass.II)


def in_estuary(sample: Sample) -> bool:
    site = getattr(sample.point, "site", None)
    return bool(site and site.reach.is_tidal)


def inputs_of(sample: Sample, results: Iterable[Result], book: Book, river_class: str) -> list[indices.Input]:
    """The results of a river sample with the strictest limit of that class on the sampling day, in the limit's unit.

    `sample` carries its point with water and site, `results` their parameter.
    """
    circumstances = replace(circumstances_of(sample), river_class=river_class)
    estuary = in_estuary(sample)
    found = []
    for result in results:
        [limits] = rules.applicable(book.get(result.parameter_id, ()), circumstances)
        facts: dict[str, Any] = {
            "parameter": result.parameter.code,
            "qualifier": result.qualifier,
            "air_temperature_c": sample.air_temperature_c,
            "in_estuary": estuary,
            "reported": result.reported,
        }
        if not limits:
            found.append(indices.Input(value=result.value, kind="", **facts))
            continue
        limit, _compared = rules.stricter(limits)
        value = rules.convert(
            result.value,
            unit=result.unit,
            expressed_as=result.expressed_as,
            to_unit=limit.unit,
            to_expressed_as=limit.expressed_as,
        )
        bounds: dict[str, Any] = {"minimum": limit.minimum, "maximum": limit.maximum, "limit_id": limit.id}
        found.append(indices.Input(value=value, kind=limit.kind, **facts, **bounds))
    return found


def river_samples() -> QuerySet[Sample]:
    """Samples of rivers and canals with what an index needs."""
    return Sample.objects.filter(point__kind=PointKind.RECEIVING, taken_at__isnull=False).select_related(
        "point__water_body", "point__site__reach"
    )


def samples_read_by(user) -> QuerySet[Sample]:
    """River samples whose index the user may see: published for all, verified ones for staff of that area."""
    public = Q(state=SampleState.PUBLISHED)
    if user.has_perm("wastewater.view_any_sample"):
        public |= Q(pk__in=Sample.objects.visible_to(user).values("pk"), state__in=rules.COUNTED)
    return Sample.objects.filter(public, point__kind=PointKind.RECEIVING)


def listed_indices(samples: QuerySet[Sample], kind: str = AssessmentKind.STATUS) -> QuerySet[IndexEvaluation]:
    """The current indices of these samples with all that a row of a list prints, newest sample first."""
    return (
        IndexEvaluation.objects.filter(is_current=True, kind=kind, sample__in=samples)
        .select_related("rule", "sample__point__water_body", "sample__point__ward__parent")
        .order_by("-sample__taken_at", "sample__point__code", "pk")
    )


def found_indices(
    samples: QuerySet[Sample],
    *,
    dari: date | None = None,
    sampai: date | None = None,
    kecamatan: Area | None = None,
    badan_air: WaterBody | None = None,
    titik: str = "",
    untuk: str = "",
    status: str = "",
) -> QuerySet[IndexEvaluation]:
    """Current indices narrowed by what the list page asks."""
    samples = samples.filter(taken_between(dari, sampai))
    if kecamatan:
        samples = samples.filter(point__ward__parent=kecamatan)
    if badan_air:
        samples = samples.filter(point__water_body=badan_air)
    if titik:
        samples = samples.filter(point__code__iexact=titik)
    rows = listed_indices(samples, untuk or AssessmentKind.STATUS)
    if status == WITHHELD:
        return rows.exclude(withheld="")
    return rows.filter(status=status) if status else rows


# The address word of a list that asks for samples without an index.
WITHHELD = "withheld"


@dataclass(frozen=True)
class Ika:
    """The IKA of a period: its value, the samples by status, and those without an index. None is "cannot be told".

    `rules` holds every rule in force in the period; with more than one there is no value, since methods never mix.
    """

    value: Decimal | None = None
    rules: Sequence[AssessmentRule] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    withheld_count: int = 0
    last_taken_at: datetime | None = None

    @property
    def samples_count(self) -> int:
        return sum(self.counts.values())

    @property
    def is_mixed(self) -> bool:
        return len(self.rules) > 1

    @property
    def completeness(self) -> float | None:
        known = self.samples_count + self.withheld_count
        return self.samples_count / known if known else None


def ika(samples: QuerySet[Sample], start: date, end: date) -> Ika:
    """The IKA of the samples taken in the period; three queries at most."""
    rows = list(
        IndexEvaluation.objects.filter(
            is_current=True, kind=AssessmentKind.IKA, sample__in=samples.filter(taken_between(start, end))
        )
        .order_by()
        .values("rule", "status", "weight")
        .annotate(count=Count("pk"), last=Max("sample__taken_at"))
    )
    used = list(AssessmentRule.objects.filter(pk__in={row["rule"] for row in rows}).order_by("effective_from"))
    counts: dict[str, int] = defaultdict(int)
    weights: dict[str, Decimal] = {}
    for row in rows:
        if row["status"]:
            counts[row["status"]] += row["count"]
            weights[row["status"]] = row["weight"] or Decimal(0)
    return Ika(
        value=None if len(used) > 1 else indices.water_quality_index(counts, weights),
        rules=used,
        counts=dict(counts),
        withheld_count=sum(row["count"] for row in rows if not row["status"]),
        last_taken_at=max((row["last"] for row in rows), default=None),
    )


@dataclass(frozen=True)
class IkaTrend:
    """The IKA month by month: one line per rule, since a line never mixes methods; None where there is no sample."""

    labels: Sequence[str]
    lines: Sequence[tuple[AssessmentRule, Sequence[Decimal | None]]]


def ika_trend(samples: QuerySet[Sample], end: date, months_count: int = 12) -> IkaTrend:
    """The months up to the one of `end`; two queries."""
    months = [_months_back(end, back) for back in range(months_count - 1, -1, -1)]
    rows = (
        IndexEvaluation.objects.filter(
            is_current=True, kind=AssessmentKind.IKA, sample__in=samples.filter(taken_between(months[0], end))
        )
        .exclude(status="")
        .order_by()
        .annotate(month=TruncMonth("sample__taken_at"))
        .values("rule", "month", "status", "weight")
        .annotate(count=Count("pk"))
    )
    counts: dict[tuple[int, date], dict[str, int]] = defaultdict(dict)
    weights: dict[tuple[int, date], dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        key = (row["rule"], timezone.localtime(row["month"]).date())
        counts[key][row["status"]] = row["count"]
        weights[key][row["status"]] = row["weight"] or Decimal(0)
    used = AssessmentRule.objects.filter(pk__in={rule for rule, _month in counts}).order_by("effective_from")
    lines = [
        (rule, [indices.water_quality_index(counts.get((rule.pk, one), {}), weights[rule.pk, one]) for one in months])
        for rule in used
    ]
    return IkaTrend([short_month(one) for one in months], lines)


def short_month(day: date) -> str:
    """A month as charts print it: Nov 26."""
    return date_format(day, "M y")


def _months_back(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def left_out_words(share: Mapping[str, Any]) -> str:
    """Why a stored share takes no part, in words."""
    return str(LeftOut(share["left_out"]).label) if share["left_out"] else ""
