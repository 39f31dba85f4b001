"""Loads into and out of plants, from pairs of inlet and outlet samples with the flow of their day.

Pairing rule: a verified outlet sample goes with the nearest verified inlet sample of the same plant, of the same day or
at most so many days before it (setting), each inlet sample once. Each side's flow is the one noted while sampling, else
the daily log's, else the other side's. Results that are only known by their limit give no load.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from batikportal import formats
from wastewater import rules
from wastewater.choices import PointKind, Qualifier, Unit
from wastewater.choices.plants import FlowBasis, PairProblem, SettingCode
from wastewater.models import PlantLog, Result, Sample, TreatmentPlant
from wastewater.queries.plant_settings import setting_on
from wastewater.queries.samples import taken_between
from wastewater.rules import plants as plant_rules

CODES = ("COD", "BOD5", "TSS")
_EXACT = (Qualifier.EQUAL, Qualifier.ESTIMATED)


@dataclass(frozen=True)
class LoadPair:
    """One outlet sample with its inlet sample, for one parameter; either `sides` or a `problem`."""

    code: str
    plant: TreatmentPlant
    outlet: Sample
    inlet: Sample | None
    problem: str = ""
    sides: plant_rules.Sides | None = None
    basis_in: str = ""
    basis_out: str = ""

    @property
    def on(self) -> date:
        return timezone.localdate(self.outlet.taken_at)

    @property
    def problem_label(self) -> str:
        return str(PairProblem(self.problem).label) if self.problem else ""

    @property
    def basis_labels(self) -> list[str]:
        """Where the flows come from, once each."""
        return list(dict.fromkeys(str(FlowBasis(one).label) for one in (self.basis_in, self.basis_out) if one))


def load_pairs(start: date, end: date, condition: Q | None = None, codes: Sequence[str] = CODES) -> list[LoadPair]:
    """The pairs of the outlet samples taken in the period, by plant, day and parameter; five queries.

    `condition` is about the plant as a sample sees it (`point__plant…`).
    """
    within = int(setting_on(end, SettingCode.PAIRING_DAYS) or 0)
    samples = (
        Sample.objects.filter(
            taken_between(start - timedelta(days=within), end),
            condition or Q(),
            point__plant__isnull=False,
            state__in=rules.COUNTED,
        )
        .select_related("point__plant")
        .order_by("point__plant__name", "taken_at", "pk")
    )
    inlets: dict[int, list[Sample]] = defaultdict(list)
    outlets: dict[int, list[Sample]] = defaultdict(list)
    for sample in samples:
        plant_id = sample.point.plant_id or 0
        if sample.point.kind == PointKind.INFLUENT:
            inlets[plant_id].append(sample)
        elif sample.point.kind == PointKind.EFFLUENT and timezone.localdate(sample.taken_at) >= start:
            outlets[plant_id].append(sample)
    figures = _concentrations([one.pk for of in (inlets, outlets) for rows in of.values() for one in rows], codes)
    flows = _logged_flows(outlets, start - timedelta(days=within), end)
    found = []
    for plant_id, rows in outlets.items():
        by_id = {one.pk: one for one in inlets[plant_id]}
        matches = plant_rules.paired(_taken(by_id.values()), _taken(rows), within)
        for outlet in rows:
            inlet = by_id.get(matches.get(outlet.pk, 0))
            found += [_pair(code, outlet, inlet, figures, flows) for code in codes]
    return found


def _taken(samples: Iterable[Sample]) -> list[plant_rules.Taken]:
    return [plant_rules.Taken(one.pk, timezone.localdate(one.taken_at)) for one in samples]


# Concentration in mg/L, or the reason why there is none.
Figures = dict[tuple[int, str], Decimal | str]
Flows = dict[tuple[int, date], tuple[Decimal | None, Decimal | None]]


def _concentrations(samples: Sequence[int], codes: Sequence[str]) -> Figures:
    found: Figures = {}
    rows = Result.objects.filter(sample__in=samples, parameter__code__in=codes).select_related("parameter")
    for row in rows:
        key = row.sample_id, row.parameter.code
        if row.qualifier not in _EXACT:
            found[key] = PairProblem.CENSORED
            continue
        value = rules.convert(
            row.value,
            unit=row.unit,
            expressed_as=row.expressed_as,
            to_unit=Unit.MG_L,
            to_expressed_as=row.parameter.expressed_as,
        )
        found[key] = PairProblem.UNIT if value is None else value
    return found


def _logged_flows(plants: Iterable[int], start: date, end: date) -> Flows:
    rows = PlantLog.objects.filter(plant__in=list(plants), day__range=(start, end))
    return {
        (plant, day): (inflow, outflow)
        for plant, day, inflow, outflow in rows.values_list("plant", "day", "inflow_m3", "outflow_m3")
    }


def _pair(code: str, outlet: Sample, inlet: Sample | None, figures: Figures, flows: Flows) -> LoadPair:
    plant = outlet.point.plant
    assert plant is not None  # noqa: S101 - the query asks for points of plants
    if inlet is None:
        return LoadPair(code, plant, outlet, None, PairProblem.NO_INLET)
    before, after = figures.get((inlet.pk, code)), figures.get((outlet.pk, code))
    if before is None or after is None:
        return LoadPair(code, plant, outlet, inlet, PairProblem.NO_RESULT)
    if isinstance(before, str) or isinstance(after, str):
        return LoadPair(code, plant, outlet, inlet, str(before if isinstance(before, str) else after))
    flow_in, basis_in = _flow(inlet, 0, flows)
    flow_out, basis_out = _flow(outlet, 1, flows)
    both = plant_rules.both_flows(flow_in, flow_out)
    if both is None:
        return LoadPair(code, plant, outlet, inlet, PairProblem.NO_FLOW)
    sides = plant_rules.Sides(*both, before, after)
    return LoadPair(
        code,
        plant,
        outlet,
        inlet,
        plant_rules.problem_of(sides),
        sides,
        basis_in or FlowBasis.OTHER_SIDE,
        basis_out or FlowBasis.OTHER_SIDE,
    )


def _flow(sample: Sample, side: int, flows: Flows) -> tuple[Decimal | None, str]:
    if sample.flow_m3_per_day is not None:
        return sample.flow_m3_per_day, FlowBasis.SAMPLE
    logged = flows.get((sample.point.plant_id or 0, timezone.localdate(sample.taken_at)), (None, None))[side]
    return logged, "" if logged is None else FlowBasis.LOG


def known_sides(pairs: Iterable[LoadPair], code: str) -> list[plant_rules.Sides]:
    """The complete sides of one parameter."""
    return [pair.sides for pair in pairs if pair.code == code and pair.sides is not None and not pair.problem]


@dataclass(frozen=True)
class MonthOfLoads:
    """A month: mean load per sampled day in kg/day, and the removal of all its pairs; None where nothing is known."""

    first: date
    load_in: Decimal | None
    load_out: Decimal | None
    removal: Decimal | None

    @property
    def label(self) -> str:
        return formats.month(self.first)

    @property
    def short_label(self) -> str:
        """As it fits below a column: "Nov 26"."""
        return date_format(self.first, "M y")


def loads_by_month(pairs: Iterable[LoadPair], code: str, end: date, months: int = 12) -> list[MonthOfLoads]:
    """The months up to the end of the period, oldest first."""
    by_month: dict[tuple[int, int], list[plant_rules.Sides]] = defaultdict(list)
    for pair in pairs:
        if pair.code == code and pair.sides is not None and not pair.problem:
            by_month[pair.on.year, pair.on.month].append(pair.sides)
    rows = []
    for back in range(months - 1, -1, -1):
        number = end.year * 12 + end.month - 1 - back
        first = date(number // 12, number % 12 + 1, 1)
        whole = plant_rules.portfolio(by_month.get((first.year, first.month), []))
        if whole is None:
            rows.append(MonthOfLoads(first, None, None, None))
        else:
            mean_in, mean_out = whole.load_in / whole.count, whole.load_out / whole.count
            rows.append(MonthOfLoads(first, mean_in, mean_out, whole.removal))
    return rows
