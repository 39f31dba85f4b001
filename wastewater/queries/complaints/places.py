"""Where complaints are: the ward of a point, and open complaints near one."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from batikportal.choices import AreaLevel
from batikportal.models import Area
from wastewater.models.complaints import Complaint, ComplaintCategory
from wastewater.rules import complaints as rules

# Without a point only fresh complaints of the same ward are worth offering.
SAME_WARD_FOR = timedelta(days=30)
MOST_OFFERED = 5


def nearest_ward(latitude: Decimal, longitude: Decimal) -> Area | None:
    """The ward whose centre is nearest; None when even that is too far, so that the point lies outside the city."""
    wards = Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True).select_related("parent")

    def away(ward: Area) -> float:
        return rules.distance_m(float(latitude), float(longitude), float(ward.latitude), float(ward.longitude))

    nearest = min(wards, key=away, default=None)
    return nearest if nearest is not None and away(nearest) <= rules.FARTHEST_WARD_M else None


def within(
    complaints: QuerySet[Complaint], latitude: Decimal, longitude: Decimal, metres: float
) -> list[tuple[Complaint, float]]:
    """The complaints inside the circle with their distance in metres, nearest first; one query over a box."""
    high, wide = rules.degrees_around(float(latitude), metres)
    box = complaints.filter(
        latitude__range=(latitude - high, latitude + high), longitude__range=(longitude - wide, longitude + wide)
    )
    found = [
        (
            one,
            rules.distance_m(float(latitude), float(longitude), float(one.latitude or 0), float(one.longitude or 0)),
        )
        for one in box
    ]
    return sorted([pair for pair in found if pair[1] <= metres], key=lambda pair: pair[1])


def open_alike(
    *, category: ComplaintCategory, latitude: Decimal | None, longitude: Decimal | None, ward: Area | None, today: date
) -> Sequence[Complaint]:
    """Open public complaints of the same category within 250 m; without a point, fresh ones of the same ward."""
    rows = Complaint.objects.public().filter(category=category, state__in=rules.OPEN_STATES).select_related("category")
    if latitude is not None and longitude is not None:
        return [one for one, _away in within(rows, latitude, longitude, rules.NEARBY_PUBLIC_M)][:MOST_OFFERED]
    if ward is None:
        return []
    fresh = Q(received_at__date__gte=today - SAME_WARD_FOR)
    return list(rows.filter(fresh, ward=ward).order_by("-received_at")[:MOST_OFFERED])


def around(complaint: Complaint, seen: QuerySet[Complaint]) -> list[tuple[Complaint, float]]:
    """For staff: open complaints of any category within 1,000 m of this one."""
    if complaint.latitude is None or complaint.longitude is None:
        return []
    others = seen.filter(state__in=rules.OPEN_STATES).exclude(pk=complaint.pk).select_related("category")
    return within(others, complaint.latitude, complaint.longitude, rules.NEARBY_STAFF_M)[:10]


def alike_for_staff(complaint: Complaint, seen: QuerySet[Complaint]) -> list[tuple[Complaint, float | None]]:
    """Open complaints into which this one may go: those around it, then others of its kind in the same ward."""
    near: list[tuple[Complaint, float | None]] = list(around(complaint, seen.select_related("ward")))
    if complaint.ward_id is None:
        return near
    same = seen.filter(state__in=rules.OPEN_STATES, ward=complaint.ward_id, category=complaint.category_id)
    same = same.exclude(pk__in=[complaint.pk, *(one.pk for one, _away in near)]).select_related("category", "ward")
    return [*near, *((one, None) for one in same.order_by("-received_at")[:MOST_OFFERED])]
