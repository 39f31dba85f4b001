"""Demo data of wastewater: the city's communal plants with their published capacities, and fictitious samples.

Names, capacities and sources of plants and the names of rivers are published facts. All that is measured is made up,
and every sample says so.
"""

import random
from datetime import datetime
from decimal import Decimal

from batikportal.models import Enterprise
from wastewater.demo import places, samples, sensors

TARGETS = {"wastewater.compliance": Decimal(70), "wastewater.treatment_use": Decimal(90)}


def seed(rng: random.Random, enterprises: list[Enterprise], at: datetime) -> None:
    """Plants, waters, points, connections, three years of samples, days of sensor rows; the same every time."""
    waters = places.make_waters(rng)
    plants = places.make_plants(rng, waters)
    places.make_connections(rng, plants, enterprises, at)
    points = places.make_points(rng, plants, waters, enterprises, at)
    samples.make_samples(rng, points, at)
    sensors.make_stations(rng, points, at)
