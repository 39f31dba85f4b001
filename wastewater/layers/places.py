"""Places of wastewater on the map: river points and plants for everybody, outlets of enterprises for staff."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus
from batikportal.contracts import Layer, Place, Scope
from wastewater import queries, rules
from wastewater.choices import PlantStatus, SampleState, SampleVerdict
from wastewater.models import DischargePoint, Sample
from wastewater.queries import plant_logs
from wastewater.rules import plants as plant_rules

_STATUS: dict[str, str] = {
    SampleVerdict.EXCEEDS: "bad",
    SampleVerdict.UNDECIDED: "warning",
    SampleVerdict.MEETS: "good",
    SampleVerdict.NOT_GRADED: "unknown",
}
_PLANT_STATUS: dict[str, str] = {
    PlantStatus.OPERATING: "good",
    PlantStatus.DEGRADED: "warning",
    PlantStatus.STOPPED: "bad",
}


def _note(estimated: bool, *more: str) -> str:
    return " · ".join(filter(None, [*more, _("letak perkiraan") if estimated else ""]))


def _points_as_places(points: QuerySet[DischargePoint], samples: QuerySet[Sample], *, public: bool) -> Sequence[Place]:
    places = []
    for point in queries.points_with_last_sample(points.filter(latitude__isnull=False), samples).order_by("code"):
        verdict = queries.last_verdict(point)
        taken = formats.short_day(point.last_taken_at) if point.last_taken_at else _("belum ada data")
        target = point.water_body if public and point.water_body else point
        places.append(
            Place(
                name=point.name,
                latitude=point.latitude,
                longitude=point.longitude,
                url=target.get_absolute_url(),
                value=str(SampleVerdict(verdict).label) if point.last_taken_at else _("belum ada data"),
                status=_STATUS[verdict],
                note=_note(point.location_estimated, taken),
            )
        )
    return places


def read_river_points(scope: Scope) -> Sequence[Place]:
    """River points by their last published sample of the period."""
    samples = Sample.objects.filter(
        queries.taken_between(scope.period.start, scope.period.end), state=SampleState.PUBLISHED
    )
    points = DischargePoint.objects.filter(scope.ward_filter("ward"), water_body__isnull=False, is_active=True)
    return _points_as_places(points, samples, public=True)


def read_outlets(scope: Scope) -> Sequence[Place]:
    """Outlets of enterprises and plants by their last verified sample of the period."""
    samples = Sample.objects.filter(
        queries.taken_between(scope.period.start, scope.period.end), state__in=rules.COUNTED
    )
    points = DischargePoint.objects.filter(scope.ward_filter("ward"), kind="effluent", is_active=True)
    return _points_as_places(points, samples, public=False)


def _use(plant: Any) -> str:
    share = plant_rules.utilisation(plant.inflow_m3_per_day, plant.capacity_m3_per_day)
    return "" if share is None else _("dipakai %(share)s%%") % {"share": formats.number(share, 0)}


def read_plants(scope: Scope) -> Sequence[Place]:
    """Plants by how they work, with their latest stated capacity and how much of it the recent inflow uses."""
    plants = plant_logs.plants_with_operation(scope.today).filter(scope.ward_filter("ward"), latitude__isnull=False)
    return [
        Place(
            name=plant.name,
            latitude=plant.latitude,
            longitude=plant.longitude,
            url=plant.get_absolute_url(),
            value=_("kapasitas belum diterbitkan")
            if plant.capacity_m3_per_day is None
            else _("%(capacity)s m³/hari") % {"capacity": formats.number(plant.capacity_m3_per_day)},
            status=_PLANT_STATUS.get(plant.status, "unknown"),
            note=_note(plant.location_estimated, str(plant.get_status_display()), _use(plant)),
        )
        for plant in plants
    ]


LAYERS = [
    Layer(
        code="wastewater.rivers",
        title=gettext_lazy("Titik pantau sungai"),
        focus=Focus.WASTE,
        read=read_river_points,
    ),
    Layer(code="wastewater.plants", title=gettext_lazy("IPAL"), focus=Focus.WASTE, read=read_plants),
    Layer(
        code="wastewater.outlets",
        title=gettext_lazy("Outlet usaha dan IPAL"),
        focus=Focus.WASTE,
        read=read_outlets,
        permission="wastewater.view_any_sample",
    ),
]
