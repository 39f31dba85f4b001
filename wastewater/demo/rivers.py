"""Where the demo's river points stand on the reaches that every portal starts with."""

import random

from batikportal.choices import Source
from wastewater.choices import PointKind
from wastewater.demo.places import public_id
from wastewater.models import DischargePoint, ReachSite
from wastewater.queries.rivers import place_on_water


def make_sites(rng: random.Random, points: list[DischargePoint]) -> None:
    """Each river point at the nearest place of its water, marked as an estimate."""
    rows = []
    for point in points:
        if point.kind != PointKind.RECEIVING or point.latitude is None or point.longitude is None:
            continue
        place = place_on_water(latitude=point.latitude, longitude=point.longitude, water=point.water_body)
        if place and place.at_m is not None:
            rows.append(
                ReachSite(
                    public_id=public_id(rng),
                    point=point,
                    reach_id=place.reach_id,
                    distance_m=round(place.at_m),
                    source=Source.SEED,
                )
            )
    ReachSite.objects.bulk_create(rows)
