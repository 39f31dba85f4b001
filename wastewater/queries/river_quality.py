"""River quality as pages print it: upstream against downstream, the history of a station, the report of a quarter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from batikportal import charts, formats
from wastewater.choices import LimitKind, PointPosition, Qualifier, Verdict
from wastewater.choices.indices import INDEX_TONES, AssessmentKind, IndexStatus, StoretClass, Unknown, Withheld
from wastewater.models import (
    AssessmentRule,
    DischargePoint,
    Evaluation,
    IndexEvaluation,
    Parameter,
    Result,
    Sample,
    WaterBody,
)
from wastewater.queries import indices as queries
from wastewater.queries.samples import taken_between
from wastewater.queries.standards import limit_book
from wastewater.rules import indices

_ORDER = {PointPosition.UPSTREAM: 0, PointPosition.MIDSTREAM: 1, PointPosition.DOWNSTREAM: 2}
MONTHS_DRAWN = 12


def first_of_month(day: date, back: int = 0) -> date:
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def last_of_month(day: date) -> date:
    return first_of_month(day, -1) - timedelta(days=1)


def stations_in_order(points: QuerySet[DischargePoint]) -> list[DischargePoint]:
    """The monitored river points from upstream to downstream: by their site, else by their named position."""
    rows = list(
        points.filter(is_active=True, water_body__isnull=False).select_related("water_body", "site__reach", "ward")
    )

    def place(point: DischargePoint) -> tuple[Any, ...]:
        site = getattr(point, "site", None)
        known = (site.reach.sequence, site.distance_m or 0) if site else (0, 0)
        position = _ORDER[PointPosition(point.position)] if point.position else 1
        return (point.water_body.name if point.water_body else "", position, *known, point.code)

    return sorted(rows, key=place)


@dataclass(frozen=True)
class ComparedRow:
    """One parameter at every station of a water in one month, and what downstream adds to upstream."""

    parameter: Parameter
    cells: Sequence[Evaluation | None]
    difference: indices.Difference
    direction: str
    limit: str
    in_estuary: bool

    @property
    def unknown(self) -> str:
        return str(Unknown(self.difference.unknown).label) if self.difference.unknown else ""


@dataclass(frozen=True)
class Comparison:
    """The stations of a water with their last sample of the month, and every parameter measured at any of them."""

    stations: Sequence[tuple[DischargePoint, Sample | None]]
    rows: Sequence[ComparedRow]

    @property
    def upstream(self) -> DischargePoint | None:
        return self.stations[0][0] if len(self.stations) > 1 else None

    @property
    def downstream(self) -> DischargePoint | None:
        return self.stations[-1][0] if len(self.stations) > 1 else None


def comparison(water: WaterBody, samples: QuerySet[Sample], month: date) -> Comparison:
    """Upstream against downstream in the month; four queries, whatever their number."""
    stations = stations_in_order(water.points.all())
    last: dict[int, Sample] = {}
    taken = samples.filter(taken_between(first_of_month(month), last_of_month(month)), point__water_body=water)
    for sample in taken.filter(meets_count__isnull=False).order_by("taken_at", "pk"):
        last[sample.point_id] = sample
    found: dict[int, dict[int, Evaluation]] = defaultdict(dict)
    parameters: dict[int, Parameter] = {}
    for row in Evaluation.objects.filter(is_current=True, result__sample__in=list(last.values())).select_related(
        "result__parameter", "result__sample", "limit"
    ):
        found[row.result.parameter_id][row.result.sample.point_id] = row
        parameters[row.result.parameter_id] = row.result.parameter
    tidal = any(getattr(point, "site", None) and point.site.reach.is_tidal for point in stations)
    rows = []
    for parameter in sorted(parameters.values(), key=lambda one: (one.display_order, one.code)):
        cells = [found[parameter.pk].get(point.pk) for point in stations]
        rows.append(_compared(parameter, cells, tidal and parameter.code in indices.NOT_IN_ESTUARIES))
    return Comparison([(point, last.get(point.pk)) for point in stations], rows)


def _compared(parameter: Parameter, cells: Sequence[Evaluation | None], in_estuary: bool) -> ComparedRow:
    upper, lower = (cells[0], cells[-1]) if len(cells) > 1 else (None, None)
    limit = next((cell.limit for cell in cells if cell and cell.limit), None)
    as_reported = not (upper and lower) or _unit(upper) == _unit(lower)
    if as_reported or _limit_unit(upper) == _limit_unit(lower) != ("", ""):
        difference = indices.difference(_measured(upper, as_reported), _measured(lower, as_reported))
    else:
        difference = indices.Difference(unknown=Unknown.UNIT)
    direction = ""
    if limit and limit.kind in (LimitKind.RANGE, LimitKind.DEVIATION):
        # More or less of pH or warmth is neither better nor worse, and a share of it says nothing.
        difference = replace(difference, share=None)
    elif difference.amount:
        rises = difference.amount > 0
        worse = rises is not (limit is not None and limit.kind == LimitKind.MIN)
        direction = "worse" if worse else "better"
    return ComparedRow(parameter, cells, difference, direction, limit.allowed if limit else "", in_estuary)


def _unit(cell: Evaluation) -> tuple[str, str]:
    return cell.result.unit, cell.result.expressed_as


def _limit_unit(cell: Evaluation | None) -> tuple[str, str]:
    """The unit that the result was converted into; empty when it was not."""
    if cell is None or cell.limit is None or cell.converted_value is None:
        return "", ""
    return cell.limit.unit, cell.limit.expressed_as


def _measured(cell: Evaluation | None, as_reported: bool) -> tuple[str, Decimal] | None:
    """The qualifier and the value, as the laboratory wrote it or in the unit of the limit."""
    if cell is None:
        return None
    value = cell.result.value if as_reported or cell.converted_value is None else cell.converted_value
    return cell.result.qualifier, value


def months_with_samples(samples: QuerySet[Sample]) -> list[date]:
    """The months in which samples were taken, newest first."""
    days = samples.filter(taken_at__isnull=False).order_by().dates("taken_at", "month")
    return sorted(days, reverse=True)


@dataclass(frozen=True)
class Lines:
    """One parameter month by month at several stations; a non-detect is a gap, never a number."""

    labels: Sequence[str]
    series: Sequence[charts.Series]
    upper: Decimal | None = None
    lower: Decimal | None = None
    unit: str = ""


def monthly_lines(
    samples: QuerySet[Sample], stations: Sequence[DischargePoint], parameter: Parameter, end: date
) -> Lines:
    """The twelve months up to the one of `end`, the last sample of a month counts; one query."""
    months = [first_of_month(end, back) for back in range(MONTHS_DRAWN - 1, -1, -1)]
    found: dict[tuple[int, date], Decimal | None] = {}
    limit = None
    taken = samples.filter(taken_between(months[0], last_of_month(end)), point__in=stations)
    rows = Evaluation.objects.filter(is_current=True, result__sample__in=taken, result__parameter=parameter)
    for row in rows.select_related("result__sample", "limit").order_by("result__sample__taken_at", "pk"):
        month = first_of_month(timezone.localdate(row.result.sample.taken_at))
        measured = _measured(row, as_reported=False) if row.result.qualifier == Qualifier.EQUAL else None
        found[row.result.sample.point_id, month] = measured[1] if measured else None
        limit = row.limit or limit
    return Lines(
        labels=[queries.short_month(month) for month in months],
        series=[charts.Series(point.code, [found.get((point.pk, month)) for month in months]) for point in stations],
        upper=limit.maximum if limit and limit.kind != LimitKind.DEVIATION else None,
        lower=limit.minimum if limit else None,
        unit=str(limit.get_unit_display()) if limit else str(parameter.get_unit_display()),
    )


@dataclass(frozen=True)
class IndexLine:
    """The status index of one sample as a report prints it, stored or counted anew by another method."""

    sample: Sample
    value: Decimal | None
    status: str
    withheld: str
    parameters: Sequence[str]
    exceeding: Sequence[Evaluation] = ()
    names: Sequence[str] = ()  # of the parameters, for people

    @property
    def label(self) -> str:
        return str(IndexStatus(self.status).label) if self.status else str(Withheld(self.withheld).label)

    @property
    def tone(self) -> str:
        return INDEX_TONES[IndexStatus(self.status)] if self.status else "neutral"


@dataclass(frozen=True)
class StationStoret:
    """STORET of a station over a year: None without a value to count."""

    storet: indices.Storet | None
    samples_count: int


@dataclass
class StationReport:
    """What one station contributes to the report of a quarter."""

    point: DischargePoint
    lines: list[IndexLine] = field(default_factory=list)
    storet: StationStoret | None = None

    @property
    def storet_words(self) -> str:
        """The class as a letter with its meaning; a dash without one."""
        found = self.storet.storet if self.storet else None
        return str(StoretClass(found.status).label) if found else formats.DASH

    @property
    def worst(self) -> IndexLine | None:
        known = [line for line in self.lines if line.value is not None]
        return max(known, key=lambda line: line.value or Decimal(0), default=None)


@dataclass(frozen=True)
class QuarterReport:
    """The river quality of one quarter with the rules it was made by."""

    start: date
    end: date
    method: str
    stations: Sequence[StationReport]
    status_rule: AssessmentRule | None
    storet_rule: AssessmentRule | None
    ika: queries.Ika
    trend: queries.IkaTrend
    samples_count: int


def quarter_of(day: date) -> tuple[date, date]:
    """The first and last day of the quarter."""
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return start, last_of_month(date(day.year, start.month + 2, 1))


def quarter_report(samples: QuerySet[Sample], start: date, end: date, method: str = "") -> QuarterReport:
    """Every monitored station in the quarter; `method` counts the pollution index anew by another named method.

    STORET takes the twelve months up to the end of the quarter, since three samples are no series.
    """
    known_rules = queries.assessment_rules()
    status_rule = queries.rule_in_force(known_rules, AssessmentKind.STATUS, end)
    storet_rule = queries.rule_in_force(known_rules, AssessmentKind.STORET, end)
    year = list(
        queries.river_samples()
        .filter(pk__in=samples.filter(taken_between(first_of_month(end, 11), end)).values("pk"))
        .order_by("taken_at", "pk")
    )
    quarter = [sample for sample in year if timezone.localdate(sample.taken_at) >= start]
    results = _results_of(year)
    inputs = _inputs(year, results, status_rule)
    reports = {point.pk: StationReport(point) for point in stations_in_order(DischargePoint.objects.all())}
    for line in _lines(quarter, inputs, status_rule, method):
        if line.sample.point_id in reports:
            reports[line.sample.point_id].lines.append(line)
    groups = dict(Parameter.objects.values_list("code", "group"))
    for point, report in reports.items():
        own = [sample for sample in year if sample.point_id == point]
        report.storet = _storet([inputs[sample.pk] for sample in own], groups, storet_rule)
    return QuarterReport(
        start=start,
        end=end,
        method=method or (status_rule.method if status_rule else ""),
        stations=list(reports.values()),
        status_rule=status_rule,
        storet_rule=storet_rule,
        ika=queries.ika(samples, start, end),
        trend=queries.ika_trend(samples, end),
        samples_count=len(quarter),
    )


def index_by_every_method(sample: Sample, rule: AssessmentRule, methods: Sequence[str]) -> list[tuple[str, Any]]:
    """The index of one sample counted by each method from the same results, for comparison."""
    inputs = _inputs([sample], _results_of([sample]), rule)[sample.pk]
    return [(method, indices.pollution_index(inputs, queries.settings_of(rule, method))) for method in methods]


def station_history(samples: QuerySet[Sample], point: DischargePoint, at_most: int = 24) -> list[IndexEvaluation]:
    """The last status indices of a station, oldest first."""
    rows = queries.listed_indices(samples.filter(point=point))[:at_most]
    return list(reversed(rows))


def last_indices(samples: QuerySet[Sample], stations: Sequence[DischargePoint]) -> dict[int, IndexEvaluation]:
    """The newest status index of each station; one query."""
    rows = (
        queries.listed_indices(samples.filter(point__in=stations))
        .order_by("sample__point_id", "-sample__taken_at", "-pk")
        .distinct("sample__point_id")
    )
    return {row.sample.point_id: row for row in rows}


@dataclass
class WaterState:
    """The stations of one water with their newest index, from upstream to downstream."""

    water: WaterBody
    stations: list[tuple[DischargePoint, IndexEvaluation | None]] = field(default_factory=list)

    @property
    def known(self) -> list[tuple[DischargePoint, IndexEvaluation]]:
        return [(point, index) for point, index in self.stations if index and index.value is not None]

    @property
    def worst(self) -> tuple[DischargePoint, IndexEvaluation] | None:
        return max(self.known, key=lambda pair: pair[1].value or Decimal(0), default=None)

    @property
    def worst_value(self) -> Decimal:
        """The index of the worst station; below every index while there is none."""
        return self.worst[1].value or Decimal(0) if self.worst else Decimal(-1)

    @property
    def grows_worse(self) -> bool | None:
        """Whether the last station is worse than the first; None while either has no index."""
        first, last = (self.stations[0][1], self.stations[-1][1]) if len(self.stations) > 1 else (None, None)
        if first is None or last is None or first.value is None or last.value is None:
            return None
        return last.value > first.value


def by_water(stations: Sequence[DischargePoint], last: dict[int, IndexEvaluation]) -> list[WaterState]:
    """The waters with stations, the worst first; those without an index last."""
    found: dict[int, WaterState] = {}
    for point in stations:
        if point.water_body:
            state = found.setdefault(point.water_body.pk, WaterState(point.water_body))
            state.stations.append((point, last.get(point.pk)))
    return sorted(found.values(), key=lambda one: (-one.worst_value, one.water.name))


def exceeding_of(samples: Sequence[Sample]) -> dict[int, list[Evaluation]]:
    """The results over their limit by sample, also of samples whose index meets."""
    found: dict[int, list[Evaluation]] = defaultdict(list)
    rows = Evaluation.objects.filter(is_current=True, verdict=Verdict.EXCEEDS, result__sample__in=samples)
    for row in rows.select_related("result__parameter", "limit").order_by("result__parameter__display_order"):
        found[row.result.sample_id].append(row)
    return found


def _results_of(samples: Sequence[Sample]) -> dict[int, list[Result]]:
    results: dict[int, list[Result]] = defaultdict(list)
    rows = Result.objects.filter(sample__in=samples).select_related("parameter")
    for result in rows.order_by("parameter__display_order", "pk"):
        results[result.sample_id].append(result)
    return results


def _inputs(
    samples: Sequence[Sample], results: dict[int, list[Result]], rule: AssessmentRule | None
) -> dict[int, list[indices.Input]]:
    if rule is None:
        return {sample.pk: [] for sample in samples}
    book = limit_book()
    return {
        sample.pk: queries.inputs_of(sample, results[sample.pk], book, queries.class_of(sample, rule))
        for sample in samples
    }


def _lines(
    samples: Sequence[Sample], inputs: dict[int, list[indices.Input]], rule: AssessmentRule | None, method: str
) -> list[IndexLine]:
    exceeding = exceeding_of(samples)
    names = {one.code: str(one) for one in Parameter.objects.all()}
    if method and rule is not None:
        settings = queries.settings_of(rule, method)
        counted = ((sample, indices.pollution_index(inputs[sample.pk], settings)) for sample in samples)
        return [
            IndexLine(
                sample=sample,
                value=found.value,
                status=found.band.status if found.band else "",
                withheld=found.withheld,
                parameters=[share.source.parameter for share in found.counted],
                exceeding=exceeding[sample.pk],
                names=[names[share.source.parameter] for share in found.counted],
            )
            for sample, found in counted
        ]
    stored = IndexEvaluation.objects.filter(is_current=True, kind=AssessmentKind.STATUS, sample__in=samples)
    by_sample = {sample.pk: sample for sample in samples}
    return [
        IndexLine(
            sample=by_sample[row.sample_id],
            value=row.value,
            status=row.status,
            withheld=row.withheld,
            parameters=[share["parameter"] for share in row.shares if share["index"] is not None],
            exceeding=exceeding[row.sample_id],
            names=[
                names.get(share["parameter"], share["parameter"]) for share in row.shares if share["index"] is not None
            ],
        )
        for row in stored.order_by(F("sample__taken_at"), "sample_id")
    ]


def _storet(
    per_sample: Sequence[Sequence[indices.Input]], groups: dict[str, str], rule: AssessmentRule | None
) -> StationStoret:
    """The score over these samples; what an index leaves out is left out here too."""
    if rule is None:
        return StationStoret(None, len(per_sample))
    values: dict[str, list[Decimal]] = defaultdict(list)
    bounds: dict[str, tuple[Decimal | None, Decimal | None]] = {}
    for inputs in per_sample:
        for one in inputs:
            if one.value is None or indices.why_left_out(one):
                continue
            value = indices.stand_in(one.value, one.qualifier, rule.non_detect)
            if one.kind == LimitKind.DEVIATION:
                value = abs(value - (one.air_temperature_c or Decimal(0)))
            values[one.parameter].append(value)
            bounds[one.parameter] = (one.minimum, one.maximum)
    series = [indices.StoretSeries(code, groups[code], found, *bounds[code]) for code, found in values.items()]
    return StationStoret(indices.storet(series, rule.storet_counts) if series else None, len(per_sample))
