"""Reads about the targets of indicators."""

from django.db.models import Q

from batikportal.contracts import Scope
from batikportal.models import Target


def targets_for(scope: Scope) -> dict[str, Target]:
    """The target of each indicator in the year the period ends: the district's own, else the city's. One query."""
    areas = Q(area__isnull=True)
    if scope.area is not None:
        areas |= Q(area=scope.area)
    found = Target.objects.filter(areas, year=scope.period.end.year)
    # The city's come first, so that the district's take their place.
    return {target.indicator: target for target in sorted(found, key=lambda target: target.area_id is not None)}


def targets_by_area(indicator: str, year: int) -> dict[int | None, Target]:
    """The targets of one indicator in a year by area; None is the city."""
    return {target.area_id: target for target in Target.objects.filter(indicator=indicator, year=year)}
