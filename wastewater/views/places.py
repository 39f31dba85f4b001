"""Points and waters. Waters are public; points are not."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, charts
from wastewater import forms, permissions, queries
from wastewater.choices import SampleState
from wastewater.models import DischargePoint, Sample, SensorStation, WaterBody
from wastewater.queries.rivers import reaches_of
from wastewater.views.lists import chosen_in, page_of

SAMPLES_SHOWN = 12


def samples_seen_by(user):
    """What the user may see, else what is published."""
    if permissions.may_see_samples(user):
        return Sample.objects.visible_to(user)
    return Sample.objects.filter(state=SampleState.PUBLISHED)


@access.needs("wastewater.view_dischargepoint")
@require_safe
def point_list(request):
    form = forms.PointFilter(request.GET or None)
    points = queries.found_points(DischargePoint.objects.visible_to(request.user), **chosen_in(form))
    rows = queries.points_with_last_sample(points, samples_seen_by(request.user)).order_by("code")
    return render(request, "wastewater/point_list.html", {"filter": form, "page": page_of(request, rows)})


@access.signed_in
@require_safe
def point(request, public_id):
    """One point: its facts, the trend of one parameter against its limit, the last samples."""
    seen = DischargePoint.objects.visible_to(request.user).select_related(
        "enterprise", "plant", "water_body", "receiving_water", "ward__parent"
    )
    found = get_object_or_404(seen, public_id=public_id)
    samples = Sample.objects.visible_to(request.user).filter(point=found)
    parameters = queries.measured_parameters(samples)
    chosen = next((one for one in parameters if one.code == request.GET.get("parameter")), None)
    chosen = chosen or next((one for one in parameters if one.code == "COD"), None) or next(iter(parameters), None)
    context = {
        "point": found,
        "samples": queries.listed_samples(samples).order_by(*queries.NEWEST_FIRST)[:SAMPLES_SHOWN],
        "parameters": parameters,
        "parameter": chosen,
        "chart": _trend_chart(found, chosen, queries.series(samples, chosen)) if chosen else None,
        "may_record": permissions.may_record_sample(request.user) and found.is_active,
        "is_staff": permissions.may_see_samples(request.user),
        "stations": SensorStation.objects.visible_to(request.user).filter(point=found),
        "may_trace": request.user.has_perm("wastewater.view_connection"),
    }
    return render(request, "wastewater/point.html", context)


def _trend_chart(point: DischargePoint, parameter, series: queries.Series) -> charts.Chart:
    """The last measurements of one parameter; a non-detect is drawn as a gap and stands in the table of samples."""
    limit = None
    if series.limit is not None:
        limit = charts.Limit(series.limit, str(_("Baku mutu")))
    return charts.line(
        title=_("%(parameter)s di %(point)s") % {"parameter": parameter, "point": point.code},
        labels=series.labels,
        series=[charts.Series(str(parameter), series.values)],
        unit=parameter.unit,
        limit=limit,
    )


@access.public
@require_safe
def water_list(request):
    points = DischargePoint.objects.filter(water_body__isnull=False, is_active=True)
    rows = queries.points_with_last_sample(points, samples_seen_by(request.user)).order_by("water_body__name", "code")
    context = {"waters": queries.water_bodies_with_points(), "points": rows}
    return render(request, "wastewater/water_list.html", context)


@access.public
@require_safe
def water(request, public_id):
    """One river or canal: its class, its points with the last verdict, and what exceeded last."""
    found = get_object_or_404(WaterBody.objects.select_related("flows_into"), public_id=public_id)
    samples = samples_seen_by(request.user).filter(point__water_body=found)
    points = queries.points_with_last_sample(found.points.filter(is_active=True), samples).order_by("code")
    context = {
        "water": found,
        "points": points,
        "reaches": reaches_of(found),
        "exceedances": queries.last_exceedances(samples),
        "standards": queries.standards_of(found, timezone.localdate()),
        "is_staff": permissions.may_see_samples(request.user),
    }
    return render(request, "wastewater/water.html", context)
