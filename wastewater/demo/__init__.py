"""Demo data of wastewater: the city's communal plants with their published capacities, and fictitious samples.

Names, capacities and sources of plants and the names of rivers are published facts. All that is measured is made up,
and every sample says so.
"""

import random
from datetime import datetime
from decimal import Decimal

from django.db import connection

from batikportal.models import Enterprise
from wastewater.actions.indices import compute_all_indices
from wastewater.demo import (
    complaints,
    corrections,
    duties,
    links,
    logbooks,
    methods,
    places,
    plants,
    rivers,
    samples,
    scenarios,
    sensors,
    supervision,
)

TARGETS = {
    "wastewater.compliance": Decimal(70),
    "wastewater.treatment_use": Decimal(90),
    "wastewater.removal": Decimal(80),
    "wastewater.complaints_in_time": Decimal(95),
    "wastewater.complaint_days": Decimal(20),
    "wastewater.river_ika": Decimal(40),
}


def seed(rng: random.Random, enterprises: list[Enterprise], at: datetime) -> None:
    """Plants, points, connections, samples, logbooks and sensor rows up to `at`; the same for the same arguments."""
    waters = places.known_waters()
    built = places.make_plants(rng, waters)
    places.make_connections(rng, built, enterprises, at)
    points = places.make_points(rng, built, waters, enterprises, at)
    samples.make_samples(rng, points, at)
    with connection.cursor() as cursor:
        # Without fresh statistics the planner takes the tables for empty, and following violations takes a minute.
        cursor.execute("ANALYZE wastewater_sample, wastewater_result, wastewater_evaluation, wastewater_dischargepoint")
    corrections.make_corrections(at)
    methods.make_methods(random.Random("methods"))
    officer, head = samples.person("waste_officer"), samples.person("waste_head")
    duties.make_duties(rng, points, officer, head, at)
    logbooks.make_logbooks(rng, enterprises, samples.person("waste_head"), at)
    rivers.make_sites(rng, points)
    plants.make_operation(random.Random("operation"), built, at)
    complaints.make_complaints(rng, at)
    sensors.make_stations(rng, points, at)
    rivers.make_conditions(rng, at)
    compute_all_indices(at=at)
    supervision.make_supervision(rng, enterprises, list(built.values()), officer, head, at)
    links.make_links(enterprises, officer, head, at)
    scenarios.make_scenarios(random.Random("scenarios"), samples.person("planner"), at)
