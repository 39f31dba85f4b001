"""Yearly probabilities of leaving the craft, from events and person-years where there are enough, else assumptions.

Plain Python: no database, no clock. A rate is events per person-year; its probability is 1 - exp(-rate), so that the
three causes together lose as many as were counted. Bounds are Byar's approximation of the exact Poisson limits (95 %).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workforce.rules.projection import GROUPS, OLD_FROM, WIDTH, Numbers, Risks

LEAVE, DEATH, RETIRE = "leave", "death", "retire"
CAUSES = (LEAVE, DEATH, RETIRE)
MEASURED, POOLED, ASSUMED, RULE = "measured", "pooled", "assumed", "rule"

# Fewer person-years tell nothing about a group; its neighbours join, at most two on each side.
ENOUGH_PERSON_YEARS = 20
MOST_NEIGHBOURS = 2
Z = 1.959963984540054


@dataclass(frozen=True)
class Exposure:
    """What was seen of one age group: years that people were at work, and how many went, by cause; `unknown`: nobody
    knows why, which is counted as leaving, and not at all where the outlook is good."""

    person_years: float = 0.0
    leave: int = 0
    death: int = 0
    retire: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Rate:
    """A yearly probability with its bounds, and what it rests on: the ages pooled, their years and events."""

    low: float
    base: float
    high: float
    basis: str
    first_age: int
    last_age: int
    person_years: float = 0.0
    events: int = 0


def probability(events: float, person_years: float) -> float:
    """The share of people to whom it happens within a year, at so many events per person-year."""
    return 1 - math.exp(-events / person_years)


def poisson_bounds(events: int) -> tuple[float, float]:
    """95 % limits of a count of events (Byar): zero events may have been up to about 3.7."""
    more = events + 1
    high = more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3
    if not events:
        return 0.0, high
    return max(0.0, events * (1 - 1 / (9 * events) - Z / (3 * math.sqrt(events))) ** 3), high


def last_age_of(place: int) -> int:
    """The last age of a group; the open one ends nowhere, so its first age is given."""
    return GROUPS[place] if place == len(GROUPS) - 1 else GROUPS[place] + WIDTH - 1


def _events(cause: str, place: int) -> Callable[[Exposure], int]:
    """How many events of a cause count in a group: stopping because of age below 50 is leaving."""
    if cause == LEAVE and GROUPS[place] < OLD_FROM:
        return lambda seen: seen.leave + seen.retire
    return lambda seen: getattr(seen, cause)


def rates(
    seen: Sequence[Exposure], assumed: Mapping[str, Numbers], spread: float, measured: bool = True
) -> dict[str, list[Rate]]:
    """Rates by cause and group: measured ones where 20 person-years stand behind, alone or with neighbours; otherwise
    the assumption, plus and minus `spread` (0.2: a fifth)."""
    return {
        cause: [_rate(cause, place, seen, assumed[cause][place], spread, measured) for place in range(len(GROUPS))]
        for cause in CAUSES
    }


def _rate(cause: str, place: int, seen: Sequence[Exposure], assumption: float, spread: float, measured: bool) -> Rate:
    if cause == RETIRE and GROUPS[place] < OLD_FROM:
        return Rate(0.0, 0.0, 0.0, RULE, GROUPS[place], last_age_of(place))
    found = _measured(cause, place, seen) if measured else None
    if found:
        return found
    low, high = max(0.0, assumption * (1 - spread)), min(1.0, assumption * (1 + spread))
    return Rate(low, assumption, high, ASSUMED, GROUPS[place], last_age_of(place))


def _measured(cause: str, place: int, seen: Sequence[Exposure]) -> Rate | None:
    # Below 50 nobody retires by rule, so both sides of that age are never pooled for what depends on it.
    split = GROUPS.index(OLD_FROM)
    first_of_side, end_of_side = (0, split) if place < split else (split, len(GROUPS))
    for width in range(MOST_NEIGHBOURS + 1):
        first, end = max(first_of_side, place - width), min(end_of_side, place + width + 1)
        pool = seen[first:end]
        years = sum(one.person_years for one in pool)
        if years < ENOUGH_PERSON_YEARS:
            continue
        count = _events(cause, place)
        events = sum(count(one) for one in pool)
        unknown = sum(one.unknown for one in pool) if cause == LEAVE else 0
        low, _high = poisson_bounds(events)
        _low, high = poisson_bounds(events + unknown)
        return Rate(
            low=probability(low, years),
            base=probability(events + unknown, years),
            high=probability(high, years),
            basis=POOLED if width else MEASURED,
            first_age=GROUPS[first],
            last_age=last_age_of(end - 1),
            person_years=years,
            events=events + unknown,
        )
    return None


def risks(found: Mapping[str, Sequence[Rate]], bound: str = "base") -> Risks:
    """The risks at one bound of the rates: "low", "base" or "high"."""
    leave, death, retire = (tuple(getattr(rate, bound) for rate in found[cause]) for cause in CAUSES)
    return Risks(leave, death, retire)
