"""The database refuses half a position, half a range and half a span of time."""

import pytest
from django.db import IntegrityError, InternalError

from tests.factories import inspections as make
from tests.factories import portal
from tests.factories import wastewater as waste
from tests.raw_sql import sql
from wastewater import models

pytestmark = pytest.mark.django_db

AFTER, LATER = make.AFTER, make.LATER


@pytest.mark.parametrize("missing", ["latitude", "longitude"])
@pytest.mark.parametrize(
    ("made", "constraint"),
    [
        (waste.RiverPointFactory, "point_on_earth"),
        (waste.TreatmentPlantFactory, "plant_point_on_earth"),
        (lambda: portal.EnterpriseFactory(latitude=-6, longitude=109), "enterprise_point_on_earth"),
    ],
)
def test_half_a_position_is_refused(made, constraint, missing):
    row = made()
    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE {row._meta.db_table} SET {missing} = NULL WHERE id = %s", row.pk)


def test_half_a_position_of_a_site_or_a_reach_is_refused():
    site = models.SiteFacts.objects.get(inspection=make.ongoing())
    with pytest.raises(IntegrityError, match="site_point_on_earth"):
        sql("UPDATE wastewater_sitefacts SET latitude = -6 WHERE id = %s", site.pk)
    reach = models.Reach.objects.order_by("pk").first()
    for end in ("start", "end"):
        with pytest.raises(IntegrityError, match=f"reach_{end}_on_earth"):
            sql(f"UPDATE wastewater_reach SET {end}_latitude = -6, {end}_longitude = NULL WHERE id = %s", reach.pk)


def test_other_halves_are_refused_too():
    limit = models.Limit.objects.filter(kind="range").first()
    with pytest.raises(IntegrityError, match="limit_bounds_fit_kind"):
        sql("UPDATE wastewater_limit SET maximum = NULL WHERE id = %s", limit.pk)
    with pytest.raises((IntegrityError, InternalError), match="inspection_time_in_order"):
        sql("UPDATE wastewater_inspection SET ended_at = now() WHERE id = %s", make.planned().pk)
