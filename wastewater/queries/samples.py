"""Samples and their results as lists ask for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from batikportal.imports.queries import written_by
from batikportal.models import Area, Enterprise, ImportRun
from wastewater import rules
from wastewater.choices import Plausibility, Qualifier, SampleState, SampleVerdict, Verdict
from wastewater.models import Evaluation, Parameter, Result, Sample

NEWEST_FIRST = (F("taken_at").desc(nulls_first=True), "-pk")


def start_of(day: date) -> datetime:
    """Midnight in Pekalongan at the start of the day."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def taken_between(start: date | None, end: date | None, path: str = "taken_at") -> Q:
    """Taken from the first day to the last, both counted."""
    condition = Q()
    if start:
        condition &= Q(**{f"{path}__gte": start_of(start)})
    if end:
        condition &= Q(**{f"{path}__lt": start_of(end + timedelta(days=1))})
    return condition


def found_samples(
    samples: QuerySet[Sample],
    *,
    cari: str = "",
    dari: date | None = None,
    sampai: date | None = None,
    kecamatan: Area | None = None,
    titik: str = "",
    putusan: str = "",
    keadaan: str = "",
    impor: ImportRun | None = None,
) -> QuerySet[Sample]:
    """Samples narrowed by what the list page asks; void ones only when they are asked for."""
    rows = samples.filter(state=keadaan) if keadaan else samples.exclude(state=SampleState.VOID)
    rows = rows.filter(taken_between(dari, sampai), _in_district(kecamatan, "point__ward"))
    if cari:
        rows = rows.filter(search(cari))
    if titik:
        rows = rows.filter(point__code__iexact=titik)
    if impor:
        rows = written_by(rows, impor)
    return with_verdict(rows, putusan) if putusan else rows


def found_results(
    samples: QuerySet[Sample],
    *,
    cari: str = "",
    dari: date | None = None,
    sampai: date | None = None,
    kecamatan: Area | None = None,
    titik: str = "",
    parameter: Parameter | None = None,
    putusan: str = "",
    jenis: str = "",
    terhitung: bool = False,
) -> QuerySet[Evaluation]:
    """Current verdicts narrowed by what the result list asks; results of void samples never."""
    samples = found_samples(samples, cari=cari, dari=dari, sampai=sampai, kecamatan=kecamatan, titik=titik)
    if terhitung:
        samples = counted(samples)
    if jenis:
        samples = samples.filter(point__kind=jenis)
    rows = judged_results(samples)
    if parameter:
        rows = rows.filter(result__parameter=parameter)
    return rows.filter(verdict=putusan) if putusan else rows


def _in_district(district: Area | None, path: str) -> Q:
    return Q(**{f"{path}__parent": district}) if district else Q()


def own_samples(enterprises: QuerySet[Enterprise]) -> QuerySet[Sample]:
    """The verified samples of these enterprises, newest first, with their results for plain words."""
    rows = Sample.objects.filter(point__enterprise__in=enterprises, state__in=rules.SEEN_BY_OWNER)
    exceeding_results = judged_results(rows).filter(verdict=Verdict.EXCEEDS)
    return (
        listed_samples(rows)
        .prefetch_related(
            Prefetch(
                "results",
                queryset=Result.objects.filter(pk__in=exceeding_results.values("result"))
                .select_related("parameter")
                .order_by("parameter__display_order"),
                to_attr="exceeding",
            )
        )
        .order_by(*NEWEST_FIRST)
    )


def implausible(results: Sequence[Result]) -> list[str]:
    """Marks on numbers of one sample that rarely occur together, in words."""
    values = {}
    for result in results:
        if result.qualifier == Qualifier.EQUAL:
            values[result.parameter.code] = rules.convert(
                result.value,
                unit=result.unit,
                expressed_as=result.expressed_as,
                to_unit=result.parameter.unit,
                to_expressed_as=result.parameter.expressed_as,
            )
    known = {code: value for code, value in values.items() if value is not None}
    return [str(Plausibility(mark).label) for mark in rules.plausibility(known)]


def measured_parameters(samples: QuerySet[Sample]) -> list[Parameter]:
    """The parameters that these samples have results of, in the order of display."""
    return list(Parameter.objects.filter(pk__in=Result.objects.filter(sample__in=samples).values("parameter")))


@dataclass(frozen=True)
class Series:
    """Measurements of one parameter in the unit of its limit, oldest first; a non-detect is None, never a number."""

    labels: list[str]
    values: list[Decimal | None]
    limit: Decimal | None


def series(samples: QuerySet[Sample], parameter: Parameter, at_most: int = 24) -> Series:
    """The last measurements of a parameter among these samples, with the limit of the newest one."""
    rows = list(
        Evaluation.objects.filter(is_current=True, result__sample__in=samples, result__parameter=parameter)
        .exclude(result__sample__state=SampleState.VOID)
        .select_related("result__sample", "limit")
        .order_by("-result__sample__taken_at", "-pk")[:at_most]
    )
    limit = next((row.limit for row in rows if row.limit), None)
    rows.reverse()
    return Series(
        labels=[date_format(timezone.localtime(row.result.sample.taken_at), "M y") for row in rows],
        values=[_drawn(row) for row in rows],
        limit=None if limit is None else limit.minimum if limit.maximum is None else limit.maximum,
    )


def _drawn(row: Evaluation) -> Decimal | None:
    if row.result.qualifier != Qualifier.EQUAL:
        return None
    return row.result.value if row.converted_value is None else row.converted_value


def last_exceedances(samples: QuerySet[Sample], at_most: int = 10) -> QuerySet[Evaluation]:
    """The newest results over the limit among these samples."""
    rows = exceeding(judged_results(samples.exclude(state=SampleState.VOID)))
    return rows.order_by("-result__sample__taken_at", "result__parameter__display_order")[:at_most]


def listed_samples(samples: QuerySet[Sample]) -> QuerySet[Sample]:
    """Samples with all that a row of the list prints."""
    return samples.select_related(
        "point__enterprise", "point__plant", "point__water_body", "point__ward__parent", "laboratory"
    )


def with_verdict(samples: QuerySet[Sample], verdict: str) -> QuerySet[Sample]:
    """Samples whose worst result has this verdict (choices.SampleVerdict), as rules.sample_verdict says."""
    if verdict == SampleVerdict.EXCEEDS:
        return samples.filter(exceeds_count__gt=0)
    if verdict == SampleVerdict.UNDECIDED:
        return samples.filter(exceeds_count=0, undecided_count__gt=0)
    if verdict == SampleVerdict.MEETS:
        return samples.filter(exceeds_count=0, undecided_count=0, meets_count__gt=0)
    return samples.filter(Q(meets_count__isnull=True) | Q(exceeds_count=0, undecided_count=0, meets_count=0))


def search(text: str, path: str = "") -> Q:
    """Samples whose laboratory number, point or owner contains the text; `path` leads to the sample ("sample__")."""
    columns = (
        "lab_number",
        "point__code",
        "point__name",
        "point__enterprise__name",
        "point__plant__name",
        "point__water_body__name",
    )
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{path}{column}__icontains": text})
    return condition


def results_of(sample: Sample) -> QuerySet[Result]:
    """The results of a sample with their current evaluation (as `current`, a list) and everything it cites."""
    current = Evaluation.objects.filter(is_current=True).select_related(
        "limit__standard_set__regulation",
        "compared_with__standard_set__regulation",
        "load_limit__standard_set__regulation",
    )
    return (
        sample.results.select_related("parameter")
        .prefetch_related(Prefetch("evaluations", queryset=current, to_attr="current"))
        .order_by("parameter__display_order")
    )


def judged_results(samples: QuerySet[Sample]) -> QuerySet[Evaluation]:
    """The current verdicts on the results of these samples, with all that a row of the result list prints."""
    return Evaluation.objects.filter(is_current=True, result__sample__in=samples).select_related(
        "result__parameter",
        "result__sample__point__enterprise",
        "result__sample__point__plant",
        "result__sample__point__water_body",
        "result__sample__point__ward__parent",
        "limit__standard_set",
    )


def counted(samples: QuerySet[Sample]) -> QuerySet[Sample]:
    """Samples whose results count in figures: verified by a second person or published."""
    return samples.filter(state__in=rules.COUNTED)


def exceedances_awaiting_verification() -> QuerySet[Sample]:
    """Samples with a result over the limit that nobody has verified yet, oldest entry first."""
    return (
        Sample.objects.filter(state=SampleState.RESULTED, exceeds_count__gt=0)
        .select_related("point")
        .order_by("results_entered_at", "pk")
    )


def samples_long_at_lab(today: date) -> QuerySet[Sample]:
    """Samples that a laboratory has kept longer than rules.DAYS_AT_LAB."""
    return (
        Sample.objects.filter(state=SampleState.AT_LAB, sent_on__lt=today - timedelta(days=rules.DAYS_AT_LAB))
        .select_related("point", "laboratory")
        .order_by("sent_on", "pk")
    )


def planned_samples_not_taken(today: date) -> QuerySet[Sample]:
    """Samples whose planned day passed more than rules.DAYS_AFTER_PLAN ago."""
    return (
        Sample.objects.filter(state=SampleState.PLANNED, planned_on__lt=today - timedelta(days=rules.DAYS_AFTER_PLAN))
        .select_related("point")
        .order_by("planned_on", "pk")
    )


def states_count(samples: QuerySet[Sample]) -> dict[str, int]:
    """How many samples are in each state."""
    return dict(samples.order_by().values_list("state").annotate(Count("pk")))


def exceeding(evaluations: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    return evaluations.filter(verdict=Verdict.EXCEEDS)
