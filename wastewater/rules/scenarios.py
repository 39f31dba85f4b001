"""What a plant or new connections would buy: volume reached and treated, COD removed, cost per kilogram; plain Python.

Load: flow (m³/day) × concentration (mg/L) ÷ 1000 = kg/day. Costs are spread evenly over the life, without interest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

DAYS_PER_YEAR = 365
ZERO = Decimal(0)


class Span(NamedTuple):
    """A figure with the lowest and the highest value it may have."""

    low: Decimal
    central: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal) -> "Span":
        return cls(value, value, value)

    def plus(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.central + other.central, self.high + other.high)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


def total(spans: Iterable[Span]) -> Span:
    whole = Span.exactly(ZERO)
    for span in spans:
        whole = whole.plus(span)
    return whole


@dataclass(frozen=True)
class Assumptions:
    """All that a scenario rests on. Volumes are m³/day, money is rupiah; `city_*` is the balance before."""

    capacity_m3_per_day: Decimal
    reached_m3_per_day: Span
    cod_in_mg_per_l: Span
    removal_per_cent: Span
    investment_idr: Span
    operation_idr_per_year: Span
    life_years: int
    city_generated_m3_per_day: Span
    city_treated_m3_per_day: Decimal


@dataclass(frozen=True)
class Outcome:
    """What follows from the assumptions; a cost per kilogram or a coverage that cannot be told is None.

    Low and high take all uncertain figures together at their ends: the lowest cost per kilogram has the lowest cost and
    the highest load. The truth lies between unless an assumption is wrong.
    """

    treated_m3_per_day: Span
    beyond_m3_per_day: Span
    removed_kg_per_day: Span
    cost_idr_per_year: Span
    cost_idr_per_kg: Span | None
    coverage_before: Span | None
    coverage_after: Span | None
    use_of_capacity: Decimal


def outcome(given: Assumptions) -> Outcome:
    """Reckon a scenario."""
    reached = given.reached_m3_per_day
    treated = Span(*(min(volume, given.capacity_m3_per_day) for volume in reached))
    beyond = Span(*(volume - part for volume, part in zip(reached, treated, strict=True)))
    removed = Span(
        *(
            volume * concentration / 1000 * share / 100
            for volume, concentration, share in zip(treated, given.cod_in_mg_per_l, given.removal_per_cent, strict=True)
        )
    )
    cost = Span(
        *(
            investment / given.life_years + operation
            for investment, operation in zip(given.investment_idr, given.operation_idr_per_year, strict=True)
        )
    )
    return Outcome(
        treated_m3_per_day=treated,
        beyond_m3_per_day=beyond,
        removed_kg_per_day=removed,
        cost_idr_per_year=cost,
        cost_idr_per_kg=_per_kg(cost, removed),
        coverage_before=_coverage(given, Span.exactly(ZERO)),
        coverage_after=_coverage(given, treated),
        use_of_capacity=treated.central / given.capacity_m3_per_day,
    )


def _per_kg(cost: Span, removed: Span) -> Span | None:
    if not removed.low:
        return None
    return Span(
        cost.low / (removed.high * DAYS_PER_YEAR),
        cost.central / (removed.central * DAYS_PER_YEAR),
        cost.high / (removed.low * DAYS_PER_YEAR),
    )


def _coverage(given: Assumptions, added: Span) -> Span | None:
    """The share of the city's generated water that is treated. Generated and added volumes share one factor, so their
    ends belong together."""
    if not given.city_generated_m3_per_day.low:
        return None
    shares = [
        (given.city_treated_m3_per_day + more) / generated
        for generated, more in zip(given.city_generated_m3_per_day, added, strict=True)
    ]
    return Span(min(shares), shares[1], max(shares))


def served_count(volumes: Iterable[Decimal], capacity_m3_per_day: Decimal) -> int:
    """How many enterprises fit wholly into the capacity, in the given order (the nearest first)."""
    used, count = ZERO, 0
    for volume in volumes:
        used += volume
        if used > capacity_m3_per_day:
            break
        count += 1
    return count


def free_capacity(capacity_m3_per_day: Decimal | None, used_m3_per_day: Decimal | None) -> Decimal | None:
    """What a plant could still take; None when capacity or use is unknown, zero when it is full or overloaded."""
    if capacity_m3_per_day is None or used_m3_per_day is None:
        return None
    return max(ZERO, capacity_m3_per_day - used_m3_per_day)
