"""Reads about the city's areas."""

from typing import Any

from django.db.models import F

from batikportal.choices import AreaLevel
from batikportal.models import Area, AreaBoundary


def _in_force(level: str):
    return Area.objects.filter(level=level, valid_until__isnull=True).order_by("code")


def districts() -> list[Area]:
    """The kecamatan in force."""
    return list(_in_force(AreaLevel.DISTRICT))


def wards() -> list[Area]:
    """The kelurahan in force; ``boundary_source`` names the source of its boundary, None when none is loaded."""
    return list(_in_force(AreaLevel.WARD).annotate(boundary_source=F("boundary_row__source")))


def boundaries() -> dict[str, dict[str, Any]]:
    """The boundary of each kelurahan in force that has one, by code."""
    rows = AreaBoundary.objects.filter(area__level=AreaLevel.WARD, area__valid_until__isnull=True)
    return dict(rows.values_list("area__code", "geometry"))


def areas_in_force() -> list[Area]:
    """City, kecamatan and kelurahan."""
    return list(Area.objects.filter(valid_until__isnull=True).order_by("code"))
