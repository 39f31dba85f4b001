"""Where the demo's river points stand on the reaches that every portal starts with; tide and weather."""

import random
from datetime import datetime

from batikportal.choices import Source
from wastewater import rules
from wastewater.choices import PointKind
from wastewater.choices.rivers import Tide, Weather
from wastewater.demo.places import public_id
from wastewater.models import DischargePoint, ReachSite, RiverCondition
from wastewater.queries.indices import river_samples
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


def make_conditions(rng: random.Random, at: datetime) -> None:
    """Tide and weather of the samples whose results are still open; the others were frozen before they were noted."""
    rows = [
        RiverCondition(
            public_id=public_id(rng),
            sample=sample,
            tide=rng.choice([Tide.RISING, Tide.FALLING, Tide.LOW])
            if sample.point.position == "downstream"
            else Tide.NONE,
            weather=rng.choice([Weather.CLEAR, Weather.CLEAR, Weather.CLOUDY, Weather.AFTER_RAIN]),
            created_at=at,
            source=Source.SEED,
        )
        for sample in river_samples().filter(state__in=rules.OPEN_FOR_RESULTS).order_by("pk")
    ]
    RiverCondition.objects.bulk_create(rows)
