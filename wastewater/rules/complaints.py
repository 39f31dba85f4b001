"""Complaints: the one table of moves, routing, distances, what the public may see of a place, and the stages."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from wastewater.choices.complaints import ComplaintState, HandoverState

_S = ComplaintState

COMPLAINT_TRANSITIONS: dict[str, tuple[str, ...]] = {
    _S.RECEIVED: (_S.TRIAGED, _S.JOINED, _S.REJECTED),
    _S.TRIAGED: (_S.ASSIGNED, _S.IN_FIELD, _S.WAITING, _S.EXTERNAL, _S.ANSWERED, _S.JOINED, _S.REJECTED),
    _S.ASSIGNED: (_S.IN_FIELD, _S.WAITING, _S.EXTERNAL, _S.ANSWERED, _S.JOINED, _S.REJECTED),
    _S.IN_FIELD: (_S.ASSIGNED, _S.WAITING, _S.EXTERNAL, _S.ANSWERED, _S.JOINED, _S.REJECTED),
    _S.WAITING: (_S.TRIAGED, _S.ASSIGNED, _S.IN_FIELD, _S.EXTERNAL, _S.REOPENED, _S.ANSWERED, _S.JOINED, _S.REJECTED),
    _S.EXTERNAL: (_S.ASSIGNED, _S.IN_FIELD, _S.WAITING, _S.ANSWERED),
    _S.ANSWERED: (_S.CLOSED, _S.REOPENED),
    _S.CLOSED: (_S.REOPENED,),
    _S.REOPENED: (_S.ASSIGNED, _S.IN_FIELD, _S.WAITING, _S.EXTERNAL, _S.ANSWERED),
    # Joined by mistake: it becomes a case of its own again.
    _S.JOINED: (_S.TRIAGED,),
    _S.REJECTED: (_S.REOPENED,),
}
HANDOVER_TRANSITIONS: dict[str, tuple[str, ...]] = {
    HandoverState.OFFERED: (HandoverState.ACCEPTED, HandoverState.DECLINED, HandoverState.WITHDRAWN),
    HandoverState.ACCEPTED: (),
    HandoverState.DECLINED: (),
    HandoverState.WITHDRAWN: (),
}

# Somebody still owes an answer.
OPEN_STATES: tuple[str, ...] = (
    _S.RECEIVED, _S.TRIAGED, _S.ASSIGNED, _S.IN_FIELD, _S.WAITING, _S.EXTERNAL, _S.REOPENED
)  # fmt: skip
# From here a question may be asked, and the case goes back there when it is answered.
MAY_ASK: tuple[str, ...] = (_S.TRIAGED, _S.ASSIGNED, _S.IN_FIELD, _S.EXTERNAL, _S.REOPENED)
# The reporter may ask for the case to be opened again.
MAY_REOPEN: tuple[str, ...] = (_S.ANSWERED, _S.CLOSED, _S.REJECTED)
# The reporter may say whether the answer helped.
MAY_RATE: tuple[str, ...] = (_S.ANSWERED, _S.CLOSED)

NEARBY_PUBLIC_M = 250
NEARBY_STAFF_M = 1000
# Public positions lie on a grid of about 220 m.
PUBLIC_GRID_DEGREES = Decimal("0.002")
# A ward whose centre is farther away than this is no guess for a point.
FARTHEST_WARD_M = 1500
# Where a position can be: the city with its neighbours up and down the rivers.
LATITUDES = (Decimal("-7.25"), Decimal("-6.75"))
LONGITUDES = (Decimal("109.40"), Decimal("109.95"))

# Which way the four public steps go.
PUBLIC_STEPS: tuple[tuple[str, ...], ...] = (
    (_S.RECEIVED,),
    (_S.TRIAGED, _S.ASSIGNED),
    (_S.IN_FIELD, _S.WAITING, _S.EXTERNAL, _S.REOPENED),
    (_S.ANSWERED, _S.CLOSED),
)


@dataclass(frozen=True)
class Route:
    """What one routing rule asks of a complaint (None = anything), and the number of the rule."""

    number: int
    category: int | None = None
    area: int | None = None
    outside_city: bool | None = None


def first_route(
    routes: Iterable[Route], *, category: int, areas: Sequence[int | None], outside_city: bool
) -> Route | None:
    """The first rule that fits a complaint of this category at this place; ``areas`` are its ward and district."""
    for route in routes:
        if route.category is not None and route.category != category:
            continue
        if route.area is not None and route.area not in areas:
            continue
        if route.outside_city is not None and route.outside_city != outside_city:
            continue
        return route
    return None


def distance_m(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Metres between two points some kilometres apart (equirectangular, mean radius 6,371,008.8 m)."""
    middle = math.radians((latitude + other_latitude) / 2)
    east = math.radians(other_longitude - longitude) * math.cos(middle)
    north = math.radians(other_latitude - latitude)
    return 6_371_008.8 * math.hypot(east, north)


def degrees_around(latitude: float, metres: float) -> tuple[Decimal, Decimal]:
    """Half the height and half the width in degrees of a box that holds the circle."""
    height = metres / 111_000
    width = height / max(0.1, math.cos(math.radians(latitude)))
    return Decimal(str(round(height, 6))), Decimal(str(round(width, 6)))


def public_position(latitude: Decimal, longitude: Decimal) -> tuple[Decimal, Decimal]:
    """The nearest crossing of the public grid: near enough for a map, too far off for a house."""

    def on_grid(value: Decimal) -> Decimal:
        steps = (value / PUBLIC_GRID_DEGREES).to_integral_value(ROUND_HALF_EVEN)
        return steps * PUBLIC_GRID_DEGREES

    return on_grid(latitude), on_grid(longitude)


def is_in_region(latitude: Decimal, longitude: Decimal) -> bool:
    """Whether a position lies in the city or near it."""
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]


def public_step(state: str) -> int:
    """The number of the public step, from 0; a rejected case stands at the second."""
    return next((number for number, states in enumerate(PUBLIC_STEPS) if state in states), 1)


def fill(text: str, values: dict[str, str]) -> str:
    """A response template with its fixed placeholders replaced; any other brace stays as it is."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


@dataclass(frozen=True)
class LeadFacts:
    """What a discharger upstream noted of the days around a complaint, and how far it is along the water."""

    dyes_match: bool
    produced: bool
    was_idle: bool
    along_m: int | None


def lead_order(facts: LeadFacts) -> tuple[int, bool, int]:
    """A fitting dye first, then other production, then silence, which says nothing, then idle days; nearest first."""
    group = 0 if facts.dyes_match else 1 if facts.produced else 3 if facts.was_idle else 2
    return group, facts.along_m is None, facts.along_m or 0
