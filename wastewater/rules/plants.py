"""Plain arithmetic of plants: use of capacity, loads, removal by load, limits of mixed inflow, meters, sludge clocks.

Formulas: load kg/day = mg/L · m³/day ÷ 1000; removal = (load in − load out) ÷ load in; averages over plants are
weighted by flow (ΣQC/ΣQ), never means of percentages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from wastewater.choices.plants import DispatchState, FlowMethod, PairProblem
from wastewater.rules.verdicts import load_kg_per_day

DISPATCH_TRANSITIONS: dict[str, tuple[str, ...]] = {
    DispatchState.SENT: (DispatchState.RECEIVED, DispatchState.VOID),
    DispatchState.RECEIVED: (),
    DispatchState.VOID: (),
}


# Per cent of a capacity from which a plant is overloaded.
FULL = Decimal(100)


def utilisation(inflow_m3_per_day: Decimal | None, capacity_m3_per_day: Decimal | None) -> Decimal | None:
    """Per cent of the capacity that is used; None when either figure is unknown."""
    if inflow_m3_per_day is None or not capacity_m3_per_day:
        return None
    return 100 * inflow_m3_per_day / capacity_m3_per_day


@dataclass(frozen=True)
class Sides:
    """One day at one plant: flow in m³/day and concentration in mg/L on both sides."""

    flow_in: Decimal
    flow_out: Decimal
    mg_per_l_in: Decimal
    mg_per_l_out: Decimal

    @property
    def load_in(self) -> Decimal:
        return load_kg_per_day(self.mg_per_l_in, self.flow_in)

    @property
    def load_out(self) -> Decimal:
        return load_kg_per_day(self.mg_per_l_out, self.flow_out)

    @property
    def removed(self) -> Decimal:
        """kg/day; negative when the plant released more than it took in."""
        return self.load_in - self.load_out

    @property
    def removal(self) -> Decimal | None:
        """Per cent of the load that was removed."""
        return 100 * self.removed / self.load_in if self.load_in else None


@dataclass(frozen=True)
class Portfolio:
    """Several days or plants together: weighted concentrations (mg/L), loads (kg/day summed) and removal (%)."""

    count: int
    mg_per_l_in: Decimal
    mg_per_l_out: Decimal
    load_in: Decimal
    load_out: Decimal

    @property
    def removed(self) -> Decimal:
        return self.load_in - self.load_out

    @property
    def removal(self) -> Decimal | None:
        return 100 * self.removed / self.load_in if self.load_in else None


def portfolio(sides: Iterable[Sides]) -> Portfolio | None:
    """The flow-weighted sum; None when nothing is known or no water flowed."""
    known = list(sides)
    flow_in = sum((one.flow_in for one in known), Decimal(0))
    flow_out = sum((one.flow_out for one in known), Decimal(0))
    if not flow_in or not flow_out:
        return None
    load_in = sum((one.load_in for one in known), Decimal(0))
    load_out = sum((one.load_out for one in known), Decimal(0))
    return Portfolio(len(known), 1000 * load_in / flow_in, 1000 * load_out / flow_out, load_in, load_out)


def mixed_limit(parts: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The limit of mixed inflow from (limit in mg/L, flow in m³/day) of each part: Σ(Ci·Qi)/ΣQi.

    The approach of the integrated annex of Permen LH 5/2014; not matched with the text yet (confidence M).
    """
    flow = sum((one_flow for _limit, one_flow in parts), Decimal(0))
    return sum((limit * one_flow for limit, one_flow in parts), Decimal(0)) / flow if flow else None


@dataclass(frozen=True)
class Taken:
    """One sample of one side, for pairing; `id` is its key."""

    id: int
    on: date


def paired(inlets: Iterable[Taken], outlets: Iterable[Taken], within_days: int) -> dict[int, int]:
    """Outlet id → inlet id: to each outlet sample the nearest inlet sample not later than it and within the days.

    The same day comes first, then the day before and so on; an inlet sample belongs to one outlet sample at most, so
    that no load is counted twice.
    """
    free = sorted(inlets, key=lambda one: (one.on, one.id))
    pairs: dict[int, int] = {}
    for back in range(within_days + 1):
        for outlet in sorted(outlets, key=lambda one: (one.on, one.id)):
            if outlet.id in pairs:
                continue
            match = next((one for one in free if one.on == outlet.on - timedelta(days=back)), None)
            if match is not None:
                pairs[outlet.id] = match.id
                free.remove(match)
    return pairs


def both_flows(flow_in: Decimal | None, flow_out: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """The flows of both sides; one known side stands for the other, none known is no answer."""
    if flow_in is None:
        return None if flow_out is None else (flow_out, flow_out)
    return flow_in, flow_in if flow_out is None else flow_out


def problem_of(sides: Sides) -> str:
    """Why even complete sides give no removal; "" when they do."""
    return "" if sides.load_in else PairProblem.NO_LOAD


@dataclass(frozen=True)
class MeterReading:
    """What a flow meter showed (m³) at the end of a day."""

    on: date
    m3: Decimal


def metered_flow(before: MeterReading | None, now: MeterReading) -> tuple[Decimal, str] | None:
    """The volume per day (m³) since the reading before, and how it is known; None without one or when it ran backwards.

    With days between the two readings it is their mean, and says so.
    """
    if before is None or now.m3 < before.m3:
        return None
    days = (now.on - before.on).days
    volume = ((now.m3 - before.m3) / days).quantize(Decimal("0.01"))
    return volume, FlowMethod.METER if days == 1 else FlowMethod.METER_MEAN


def missing_days(first: date, last: date, logged: Iterable[date]) -> list[date]:
    """The days from first to last, both counted, that have no row."""
    known = set(logged)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day not in known]
