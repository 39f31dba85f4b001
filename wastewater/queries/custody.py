"""Chains of custody as pages ask for them: where samples are, who held them, and what was kept too long."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from batikportal.models import Area
from wastewater.choices import SampleState
from wastewater.choices.custody import CustodyStep, Holding, Whereabouts
from wastewater.models import (
    AnalysisMethod,
    AnalysisStart,
    ContainerKind,
    CustodyEvent,
    Laboratory,
    Parameter,
    Result,
    Sample,
    SampleContainer,
)
from wastewater.queries.samples import listed_samples, search, taken_between
from wastewater.queries.validity import in_force
from wastewater.rules import custody as rules

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Located(TypedDict):
        where: str
        moved_at: datetime

    LocatedSample = WithAnnotations[Sample, Located]

# States in which a sample has no result yet, so that its time still runs.
RUNNING = (SampleState.TAKEN, SampleState.AT_LAB)
# States in which something can still be done about water that was kept too long.
UNSETTLED = (*RUNNING, SampleState.RESULTED)


@dataclass(frozen=True)
class HeldParameter:
    """One parameter of a sample with how long its water was kept."""

    parameter: Parameter
    kept: rules.Kept
    started_at: datetime | None = None


@dataclass(frozen=True)
class Summary:
    """One sample in a line: the parameters kept too long, how many are fine or untold, and when the next runs out."""

    exceeded: list[str]
    untold_count: int
    within_count: int
    due_at: datetime | None

    @property
    def more_count(self) -> int:
        """How many exceeded parameters a list leaves out after the first three."""
        return max(len(self.exceeded) - 3, 0)


class HoldingBook:
    """The longest holding time of each parameter and method, dated; one query."""

    def __init__(self) -> None:
        self._rows: dict[int, list[AnalysisMethod]] = defaultdict(list)
        for row in AnalysisMethod.objects.filter(holding_hours__isnull=False).order_by("holding_hours"):
            self._rows[row.parameter_id].append(row)

    def hours(self, parameter: int, method: str, on: date) -> Decimal | None:
        """By the method that the result names; without one that is known, the shortest of the parameter."""
        rows = [
            row
            for row in self._rows.get(parameter, ())
            if row.effective_from <= on and (row.effective_until is None or on <= row.effective_until)
        ]
        named = [row for row in rows if row.method == method]
        return next((row.holding_hours for row in named or rows), None)


def holdings(samples: Iterable[Sample], now: datetime) -> dict[int, list[HeldParameter]]:
    """How long the water of each sample was kept for each parameter; a fixed number of queries.

    The parameters are those with a result; while none is in yet, those with a bottle or a noted start of analysis.
    """
    known = {sample.pk: sample for sample in samples if sample.taken_at is not None}
    if not known:
        return {}
    methods: dict[int, dict[int, str]] = {pk: {} for pk in known}
    through = SampleContainer.parameters.through.objects.filter(samplecontainer__sample__in=known)
    for pk, parameter in through.values_list("samplecontainer__sample", "parameter"):
        methods[pk][parameter] = ""
    starts = {
        (pk, parameter): started_at
        for pk, parameter, started_at in AnalysisStart.objects.filter(sample__in=known).values_list(
            "sample", "parameter", "started_at"
        )
    }
    for pk, parameter in starts:
        methods[pk][parameter] = ""
    analysed = set()
    for pk, parameter, method in Result.objects.filter(sample__in=known).values_list("sample", "parameter", "method"):
        methods[pk][parameter] = method
        analysed.add((pk, parameter))
    receipts = dict(_receipts().filter(sample__in=known).values_list("sample", "happened_at"))
    parameters = Parameter.objects.in_bulk({pk for found in methods.values() for pk in found})
    book = HoldingBook()
    held: dict[int, list[HeldParameter]] = {}
    for pk, found in methods.items():
        sample = known[pk]
        received = _received(sample, receipts.get(pk))
        on = timezone.localdate(sample.taken_at)
        held[pk] = [
            HeldParameter(
                parameters[parameter],
                rules.kept(
                    taken=_taken(sample),
                    allowed_hours=book.hours(parameter, method, on),
                    started=starts.get((pk, parameter)),
                    received=received,
                    now=now if sample.state in RUNNING and (pk, parameter) not in analysed else None,
                ),
                starts.get((pk, parameter)),
            )
            for parameter, method in sorted(found.items(), key=lambda one: parameters[one[0]].display_order)
            if sample.state in RUNNING or (pk, parameter) in analysed
        ]
    return held


def marks(samples: Iterable[Sample], now: datetime) -> dict[tuple[int, int], rules.Kept]:
    """What `holdings` says, by sample and parameter (primary keys)."""
    return {(pk, one.parameter.pk): one.kept for pk, rows in holdings(samples, now).items() for one in rows}


def _taken(sample: Sample) -> rules.Span | None:
    """Files that know the day only carry midnight."""
    if sample.taken_at is None:
        return None
    local = timezone.localtime(sample.taken_at)
    return rules.Span.day(sample.taken_at) if local.time() == time(0, 0) else rules.Span.exact(sample.taken_at)


def _received(sample: Sample, received_at: datetime | None) -> rules.Span | None:
    if received_at is not None:
        return rules.Span.exact(received_at)
    if sample.sent_on is None:
        return None
    return rules.Span.day(timezone.make_aware(datetime.combine(sample.sent_on, time(0, 0))))


def _receipts() -> QuerySet[CustodyEvent]:
    return CustodyEvent.objects.moving().filter(step=CustodyStep.RECEIVED)


def _too_long(sample: str, parameter: str, method: str = "", now: datetime | None = None) -> dict[str, object]:
    """Columns that tell `rules.kept` EXCEEDED in SQL for rows with these paths to sample and parameter."""
    taken_at = F(f"{sample}taken_at")
    day = OuterRef(f"{sample}taken_at__date")
    methods = AnalysisMethod.objects.filter(
        in_force(day), parameter=OuterRef(parameter), holding_hours__isnull=False
    ).order_by("holding_hours")
    shortest = Subquery(methods.values("holding_hours")[:1])
    named = methods.filter(method=OuterRef(method)).values("holding_hours")[:1] if method else None
    starts = AnalysisStart.objects.filter(sample=OuterRef(f"{sample}pk"), parameter=OuterRef(parameter))
    until = [
        Subquery(starts.values("started_at")[:1]),
        Subquery(_receipts().filter(sample=OuterRef(f"{sample}pk")).values("happened_at")[:1]),
        Func(
            F(f"{sample}sent_on"),
            Value(timezone.get_current_timezone_name()),
            template="(%(expressions)s)",
            arg_joiner="::timestamp AT TIME ZONE ",
            output_field=DateTimeField(),
        ),
    ]
    if now is not None:
        until.append(Value(now, output_field=DateTimeField()))
    a_day = Value(timedelta(days=1), output_field=DurationField())
    return {
        "held_started_at": until[0],
        "held_hours": Coalesce(Subquery(named), shortest) if named is not None else shortest,
        "held_until": Coalesce(*until),
        "held_from": Case(
            When(**{f"{sample}taken_at__time": time(0, 0)}, then=ExpressionWrapper(taken_at + a_day, DateTimeField())),
            default=taken_at,
        ),
    }


# Longer than allowed even at the kindest reading of what was written down.
_AN_HOUR = Value(timedelta(hours=1), output_field=DurationField())
_IS_TOO_LONG = Q(
    held_until__gt=ExpressionWrapper(
        F("held_from") + ExpressionWrapper(F("held_hours") * _AN_HOUR, DurationField()), DateTimeField()
    )
) & (Q(held_started_at__isnull=False) | Q(held_hours__gte=rules.ON_SITE_HOURS))


def results_kept_too_long() -> QuerySet[Result]:
    """Results whose water had been kept longer than the method allows."""
    columns = _too_long("sample__", "parameter", "method")
    return Result.objects.annotate(**columns).filter(_IS_TOO_LONG)


def samples_kept_too_long(
    samples: QuerySet[Sample], now: datetime, states: Sequence[str] = SampleState.values
) -> QuerySet[Sample]:
    """Samples with a result, or while none is in yet a bottle, that was kept too long.

    Naming the `states` of the samples spares looking at the results of all others.
    """
    results = results_kept_too_long().filter(sample=OuterRef("pk"), sample__state__in=states)
    columns = _too_long("samplecontainer__sample__", "parameter", now=now)
    bottles = SampleContainer.parameters.through.objects.annotate(**columns).filter(
        _IS_TOO_LONG, samplecontainer__sample=OuterRef("pk")
    )
    return samples.filter(Exists(results) | Q(state__in=RUNNING) & Exists(bottles))


def with_whereabouts(samples: QuerySet[Sample]) -> "QuerySet[LocatedSample]":
    """Samples that know where they are (`where`) and since when (`moved_at`); taken water nobody moved is with its
    sampler, and of water without any noted step at the laboratory the day of handing over counts."""
    last = CustodyEvent.objects.moving().filter(sample=OuterRef("pk")).order_by("-pk")
    unnoted = Case(
        When(state=SampleState.TAKEN, then=Value(Whereabouts.WITH_SAMPLER.value)),
        When(sent_on__isnull=False, then=Value(Whereabouts.AT_LABORATORY.value)),
        default=Value(""),
    )
    return samples.annotate(
        where=Coalesce(Subquery(last.values("step")[:1]), unnoted),
        moved_at=Coalesce(Subquery(last.values("happened_at")[:1]), F("taken_at")),
    )


def with_chain(samples: QuerySet[Sample]) -> QuerySet[Sample]:
    """Taken samples whose way is worth following: with bottles or steps, or still on their way."""
    bottles = SampleContainer.objects.filter(sample=OuterRef("pk"))
    steps = CustodyEvent.objects.filter(sample=OuterRef("pk"))
    rows = samples.exclude(state__in=[SampleState.PLANNED, SampleState.VOID])
    return rows.filter(Q(state__in=RUNNING) | Exists(bottles) | Exists(steps))


def found_chains(
    samples: QuerySet[Sample],
    *,
    now: datetime,
    cari: str = "",
    letak: str = "",
    laboratorium: Laboratory | None = None,
    kecamatan: Area | None = None,
    dari: date | None = None,
    sampai: date | None = None,
    lama: bool = False,
) -> "QuerySet[LocatedSample]":
    """Chains narrowed by what the list asks."""
    rows = with_chain(listed_samples(samples)).filter(taken_between(dari, sampai))
    if cari:
        rows = rows.filter(search(cari) | Exists(_labelled(cari)))
    if laboratorium:
        rows = rows.filter(laboratory=laboratorium)
    if kecamatan:
        rows = rows.filter(point__ward__parent=kecamatan)
    if lama:
        rows = samples_kept_too_long(rows, now)
    located = with_whereabouts(rows)
    return located.filter(where=letak) if letak else located


def _labelled(text: str) -> QuerySet[SampleContainer]:
    return SampleContainer.objects.filter(sample=OuterRef("pk"), code__iexact=text.strip())


def steps_of(sample: Sample) -> QuerySet[CustodyEvent]:
    """Every step of a sample as it was written, the withdrawn ones too."""
    return sample.custody.select_related("container", "created_by", "withdrawn_by", "withdraws").order_by("pk")


def bottles_of(sample: Sample) -> QuerySet[SampleContainer]:
    """The bottles with their parameters and their own steps."""
    own_steps = CustodyEvent.objects.standing().filter(container__isnull=False).order_by("pk")
    return (
        sample.containers.select_related("kind")
        .prefetch_related("parameters", Prefetch("custody", queryset=own_steps, to_attr="own_steps"))
        .order_by("position")
    )


def last_standing(events: Iterable[CustodyEvent]) -> CustodyEvent | None:
    """The only step of `steps_of` that may be withdrawn."""
    standing = [one for one in events if one.step != CustodyStep.WITHDRAWN and not hasattr(one, "withdrawn_by")]
    return standing[-1] if standing else None


def last_move(sample: Sample) -> CustodyEvent | None:
    return CustodyEvent.objects.moving().filter(sample=sample).order_by("pk").last()


def long_on_the_way(now: datetime) -> "QuerySet[LocatedSample]":
    """Taken samples that no laboratory has received for longer than rules.HOURS_ON_THE_WAY, oldest first."""
    rows = Sample.objects.filter(state=SampleState.TAKEN, taken_at__lt=now - timedelta(hours=rules.HOURS_ON_THE_WAY))
    return with_whereabouts(listed_samples(rows)).exclude(where=Whereabouts.REJECTED).order_by("taken_at", "pk")


def unsettled_kept_too_long(now: datetime) -> QuerySet[Sample]:
    """Samples kept too long about which the section can still decide, oldest first."""
    rows = listed_samples(Sample.objects.filter(state__in=UNSETTLED))
    return samples_kept_too_long(rows, now, UNSETTLED).order_by("taken_at", "pk")


def warm_on_arrival(sample: Sample) -> list[SampleContainer]:
    """Bottles that arrived warmer than their kind allows."""
    receipt = _receipts().filter(sample=sample, temperature_c__isnull=False).first()
    if receipt is None:
        return []
    return list(
        sample.containers.filter(max_temperature_c__lt=receipt.temperature_c)
        .select_related("kind")
        .order_by("position")
    )


def summary(rows: Iterable[HeldParameter]) -> Summary:
    """What a list says about the parameters of one sample."""
    rows = list(rows)
    due = [one.kept.due_at for one in rows if one.kept.state == Holding.RUNNING and one.kept.due_at]
    return Summary(
        exceeded=[str(one.parameter) for one in rows if one.kept.is_exceeded],
        untold_count=sum(one.kept.state == Holding.CANNOT_TELL for one in rows),
        within_count=sum(one.kept.state == Holding.WITHIN for one in rows),
        due_at=min(due, default=None),
    )


def kinds_in_use(on: date) -> list[ContainerKind]:
    """The kinds of bottles in force on the day, each with its parameters."""
    return list(ContainerKind.objects.filter(in_force(on)).prefetch_related("parameters"))
