"""River stations on the map, coloured by the status of their pollution index."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus
from batikportal.contracts import Layer, Place, Scope
from wastewater.choices import SampleState
from wastewater.choices.indices import IndexStatus
from wastewater.models import DischargePoint, Sample
from wastewater.queries import river_quality as quality
from wastewater.queries.samples import taken_between

_STATUS: dict[str, str] = {
    IndexStatus.MEETS: "good",
    IndexStatus.LIGHT: "warning",
    IndexStatus.MODERATE: "bad",
    IndexStatus.HEAVY: "bad",
    IndexStatus.VERY_HEAVY: "bad",
}


def read_stations(scope: Scope) -> Sequence[Place]:
    """Stations by the index of their last published sample of the period."""
    points = DischargePoint.objects.filter(scope.ward_filter("ward"), latitude__isnull=False)
    stations = quality.stations_in_order(points)
    published = Sample.objects.filter(taken_between(scope.period.start, scope.period.end), state=SampleState.PUBLISHED)
    last = quality.last_indices(published, stations)
    places = []
    for point in stations:
        found = last.get(point.pk)
        words = [formats.short_day(found.sample.taken_at) if found else "", *_estimated(point)]
        places.append(
            Place(
                name=point.name,
                latitude=point.latitude or 0,
                longitude=point.longitude or 0,
                url=reverse("wastewater:station", args=[point.public_id]),
                value=_value(found),
                status=_STATUS.get(found.status, "unknown") if found else "unknown",
                note=" · ".join(filter(None, words)),
            )
        )
    return places


def _estimated(point: DischargePoint) -> list[str]:
    return [_("letak perkiraan")] if point.location_estimated else []


def _value(found) -> str:
    if found is None:
        return _("belum ada data")
    if found.value is None:
        return str(found.get_withheld_display())
    return f"{found.get_status_display()} ({formats.number(found.value, 2)})"


LAYERS = [
    Layer(
        code="wastewater.river_index",
        title=gettext_lazy("Status mutu sungai (indeks pencemaran)"),
        focus=Focus.WASTE,
        read=read_stations,
    ),
]
