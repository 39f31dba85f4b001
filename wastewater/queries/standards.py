"""Limits as rule rows, and the standards as people browse them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wastewater import rules
from wastewater.choices import LimitKind, Medium, PointKind, Process
from wastewater.models import Limit, Parameter, Result, Sample, StandardSet, WaterBody
from wastewater.queries.validity import in_force

Book = dict[int, list[rules.LimitRow]]
Expected = list[tuple[int, list[str]]]


def limit_book() -> Book:
    """Every limit of every regulation, old and new, by parameter; one query. It is in force only while its set is."""
    book: Book = defaultdict(list)
    for limit in Limit.objects.select_related("parameter", "standard_set").order_by("pk"):
        column = limit.standard_set
        book[limit.parameter_id].append(
            rules.LimitRow(
                id=limit.pk,
                parameter=limit.parameter.code,
                kind=limit.kind,
                minimum=limit.minimum,
                maximum=limit.maximum,
                unit=limit.unit,
                expressed_as=limit.expressed_as,
                process=limit.process,
                max_load_kg_per_ton=limit.max_load_kg_per_ton,
                medium=column.medium,
                jurisdiction=column.jurisdiction,
                arrangement=column.arrangement,
                discharge_class=column.discharge_class,
                river_class=column.river_class,
                effective_from=max(limit.effective_from, column.effective_from),
                effective_until=_earliest(limit.effective_until, column.effective_until),
                discharge=rules.DischargeSpan(
                    column.discharge_from_m3_per_day,
                    column.discharge_from_included,
                    column.discharge_until_m3_per_day,
                    column.discharge_until_included,
                ),
            )
        )
    return dict(book)


def _earliest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def expected_parameters() -> Expected:
    """The parameters that monthly samples must carry, each with the media that expect it."""
    return list(Parameter.objects.exclude(expected_in=[]).values_list("pk", "expected_in"))


def circumstances_of(sample: Sample) -> rules.Circumstances:
    """What decides about the limits: the point's own discharge, else the flow measured while sampling."""
    point = sample.point
    return rules.Circumstances(
        medium=point.medium,
        on=timezone.localdate(sample.taken_at),
        discharge_m3_per_day=point.discharge_m3_per_day or sample.flow_m3_per_day,
        river_class=point.water_body.river_class if point.water_body else "",
        arrangement=point.arrangement,
        process=point.process,
    )


def parameters_for(sample: Sample) -> list[Parameter]:
    """The parameters of an entry form: the expected ones first, then those that a limit of this medium names."""
    medium = sample.point.medium
    rows = Parameter.objects.filter(
        Q(expected_in__contains=[medium])
        | Q(limits__standard_set__medium=medium)
        | Q(pk__in=sample.results.values("parameter"))
    ).distinct()
    return sorted(rows, key=lambda one: (medium not in one.expected_in, one.display_order))


def missing_parameters(sample: Sample, results: Sequence[Result]) -> list[Parameter]:
    """The expected parameters that the laboratory did not report."""
    if not results or sample.point.kind == PointKind.INFLUENT:
        return []
    wanted = rules.regulated(circumstances_of(sample), limit_book(), expected_parameters())
    return list(Parameter.objects.filter(pk__in=wanted - {result.parameter_id for result in results}))


def standards_of(water: WaterBody, on: date) -> QuerySet[StandardSet]:
    """The standard set that judges a water body on the day."""
    return standard_sets(on).filter(medium=Medium.RIVER, river_class=water.river_class)


def standard_sets(on: date, *, only_in_force: bool = True) -> QuerySet[StandardSet]:
    """The standard sets with how many limits each has; those in force on the day, unless all are asked for."""
    sets = StandardSet.objects.select_related("regulation").annotate(limits_count=Count("limits"))
    if only_in_force:
        sets = sets.filter(in_force(on))
    return sets.order_by("medium", "jurisdiction", "-effective_from", "code")


def concentration_limits(standard_set: StandardSet) -> QuerySet[Limit]:
    """The limits of a set that hold for every process, in the order of display."""
    return standard_set.limits.filter(process="").select_related("parameter").order_by("parameter__display_order")


@dataclass(frozen=True)
class ProcessLoads:
    """Maximum loads (kg/ton) and volumes (m³/ton) as a table: a row per process, a column per parameter.

    A cell is None where the regulation prints nothing.
    """

    parameters: list[Parameter]
    rows: list[tuple[str, list[tuple[Parameter, Decimal | None]], Decimal | None]]


def loads_by_process(standard_set: StandardSet) -> ProcessLoads:
    """The limits of a set that hold for one process step each."""
    limits = list(_process_limits(standard_set))
    named = {limit.process for limit in limits}
    loads = {(limit.parameter_id, limit.process): limit.max_load_kg_per_ton for limit in limits}
    volumes = {limit.process: limit.maximum for limit in limits if limit.kind == LimitKind.MAX}
    parameters = list(
        {limit.parameter_id: limit.parameter for limit in limits if limit.kind == LimitKind.LOAD}.values()
    )
    rows = [
        (str(process.label), [(one, loads.get((one.pk, process))) for one in parameters], volumes.get(process))
        for process in Process
        if process in named
    ]
    return ProcessLoads(parameters, rows)


def _process_limits(standard_set: StandardSet) -> QuerySet[Limit]:
    """The loads and volumes of a set that hold for one process step each."""
    return (
        standard_set.limits.exclude(process="")
        .select_related("parameter")
        .order_by("parameter__display_order", "process")
    )
