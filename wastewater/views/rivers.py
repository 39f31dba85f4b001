"""The network of rivers: what lies upstream of a station, for staff who follow a trace."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, downloads
from batikportal.models import Enterprise
from wastewater.choices.rivers import InflowBasis
from wastewater.models import DischargePoint
from wastewater.queries import rivers as queries
from wastewater.views.lists import PAGE_SIZE


def _upstream(request, public_id):
    """The station, its place, and the dischargers above it that the user may see."""
    seen = DischargePoint.objects.visible_to(request.user).select_related("water_body", "receiving_water")
    point = get_object_or_404(seen, public_id=public_id)
    place = queries.place_of(point)
    found = queries.dischargers_upstream(place, day=timezone.localdate()) if place else []
    allowed = set(
        Enterprise.objects.visible_to(request.user)
        .filter(pk__in=[one.enterprise.pk for one in found if one.enterprise])
        .values_list("pk", flat=True)
    )
    shown = [one for one in found if one.enterprise is None or one.enterprise.pk in allowed]
    return point, place, shown, len(found) - len(shown)


@access.needs("wastewater.view_connection")
@require_safe
def point_upstream(request, public_id):
    """Stations and registered dischargers whose water comes to this point, nearest first."""
    point, place, shown, hidden_count = _upstream(request, public_id)
    context = {
        "point": point,
        "place": place,
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "hidden_count": hidden_count,
        "stations": queries.stations_upstream(place) if place else [],
        "bases": dict(InflowBasis.choices),
    }
    return render(request, "wastewater/point_upstream.html", context)


@access.needs("wastewater.view_connection")
@require_safe
def point_upstream_export(request, public_id):
    point, _place, shown, _hidden = _upstream(request, public_id)
    header = [_("Sumber"), _("Kode titik"), _("IPAL"), _("Ruas masuk"), _("Jarak menurut aliran (m)"),
              _("Jarak ke badan air (m)"), _("Dasar")]  # fmt: skip
    bases = dict(InflowBasis.choices)
    lines = (
        [one.enterprise or one.plant or "", one.point.code if one.point else "", one.plant or "", one.reach,
         "" if one.along_m is None else one.along_m, "" if one.aside_m is None else one.aside_m, bases[one.basis]]
        for one in shown
    )  # fmt: skip
    return downloads.csv_file(f"hulu-{point.code.lower()}", header, lines)
