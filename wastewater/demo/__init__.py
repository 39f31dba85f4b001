"""Demo data of wastewater: the city's communal plants with their published capacities, and fictitious samples.

Names, capacities and sources of plants and the names of rivers are published facts. All that is measured is made up,
and every sample says so.
"""

import random
from datetime import datetime
from decimal import Decimal

from batikportal.models import Enterprise
from wastewater.demo import corrections, places, rivers, samples

TARGETS = {"wastewater.compliance": Decimal(70), "wastewater.treatment_use": Decimal(90)}


def seed(rng: random.Random, enterprises: list[Enterprise], at: datetime) -> None:
    """Plants, points, connections, and three years of samples up to `at`; the same for the same arguments."""
    waters = places.known_waters()
    plants = places.make_plants(rng, waters)
    places.make_connections(rng, plants, enterprises, at)
    points = places.make_points(rng, plants, waters, enterprises, at)
    samples.make_samples(rng, points, at)
    corrections.make_corrections(at)
    rivers.make_sites(rng, points)
