"""Samples and their results as lists ask for them."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from wastewater import rules
from wastewater.choices import SampleState, SampleVerdict, Verdict
from wastewater.models import Evaluation, Result, Sample


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


def last_taken(samples: QuerySet[Sample], *, point_path: str) -> QuerySet[Sample]:
    """For each point the last sample taken, among these; `point_path` is "point"."""
    later = samples.filter(**{point_path: OuterRef(point_path)}, taken_at__gt=OuterRef("taken_at"))
    return samples.filter(~Exists(later), taken_at__isnull=False).order_by(F("point__code"), "-pk")


def exceeding(evaluations: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    return evaluations.filter(verdict=Verdict.EXCEEDS)
