"""Factories of the river network: a made-up river that runs straight north, 1,000 m per reach."""

from decimal import Decimal
from itertools import pairwise

import factory
from factory.django import DjangoModelFactory

from tests.factories import wastewater
from wastewater import models

# One kilometre as degrees of latitude and longitude, as the network's metres count them.
KM_NORTH = Decimal(1000) / Decimal(110584)
KM_EAST = Decimal(1000) / Decimal(110514)
WEST, SOUTH = Decimal("109.50000"), Decimal("-7.10000")


class ReachFactory(DjangoModelFactory):
    """A reach of one stated kilometre without places."""

    class Meta:
        model = models.Reach

    water_body = factory.SubFactory(wastewater.WaterBodyFactory)
    code = factory.Sequence(lambda n: f"ruas-{n}")
    sequence = 1
    from_place = "Jembatan atas"
    to_place = "Jembatan bawah"
    length_m = 1000
    origin = "Contoh"


class ReachLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.ReachLink

    upstream = factory.SubFactory(ReachFactory)
    downstream = factory.SubFactory(ReachFactory)
    origin = "Contoh"


class ReachSiteFactory(DjangoModelFactory):
    class Meta:
        model = models.ReachSite

    point = factory.SubFactory(wastewater.RiverPointFactory, water_body=factory.SelfAttribute("..reach.water_body"))
    reach = factory.SubFactory(ReachFactory)
    distance_m = 0


def at(*, km_north: float, km_east: float = 0) -> dict[str, Decimal]:
    """A point on the ground, in kilometres from the source of the made-up river."""
    return {
        "latitude": round(SOUTH + Decimal(str(km_north)) * KM_NORTH, 5),
        "longitude": round(WEST + Decimal(str(km_east)) * KM_EAST, 5),
    }


def line(start: dict[str, Decimal], end: dict[str, Decimal]) -> dict[str, Decimal]:
    """The ends of a reach."""
    return {f"start_{name}": value for name, value in start.items()} | {
        f"end_{name}": value for name, value in end.items()
    }


def river(reaches: int = 3, **water) -> list[models.Reach]:
    """A river of that many kilometres to the north, its reaches linked one after the other."""
    body = wastewater.WaterBodyFactory(**water)
    made = [
        ReachFactory(water_body=body, sequence=k + 1, **line(at(km_north=k), at(km_north=k + 1)))
        for k in range(reaches)
    ]
    for upper, lower in pairwise(made):
        ReachLinkFactory(upstream=upper, downstream=lower)
    return made
