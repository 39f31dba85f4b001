"""River quality for everybody: the state in plain words, stations, indices, upstream against downstream, calculators.

The public sees what is published; staff also what was verified in their area.
"""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, charts, downloads, formats
from wastewater.choices.indices import AssessmentKind, IklhClass, IndexMethod
from wastewater.forms.rivers import IklhForm, IndexFilter, MixingForm
from wastewater.models import DischargePoint, IndexEvaluation, Parameter, WaterBody
from wastewater.queries import indices as queries
from wastewater.queries import river_quality as quality
from wastewater.queries.samples import measured_parameters
from wastewater.rules import indices
from wastewater.views.lists import chosen_in, page_of

MONTHS_OFFERED = 36


@access.public
@require_safe
def river_state(request):
    """The last status of every station in plain words, and the IKA of the last twelve months."""
    samples = queries.samples_read_by(request.user)
    today = timezone.localdate()
    stations = quality.stations_in_order(DischargePoint.objects.all())
    last = quality.last_indices(samples, stations)
    year = queries.ika(samples, quality.first_of_month(today, 11), today)
    context = {
        "waters": quality.by_water(stations, last),
        "ika": year,
        "chart": ika_chart(queries.ika_trend(samples, today)),
        "is_staff": request.user.has_perm("wastewater.view_sample"),
    }
    return render(request, "wastewater/river_state.html", context)


def ika_chart(trend: queries.IkaTrend) -> charts.Chart:
    """One line per rule, so that two methods never look like one history."""
    return charts.line(
        title=_("IKA per bulan"),
        labels=trend.labels,
        series=[charts.Series(rule.name, values) for rule, values in trend.lines],
        note=_("Skala 10 sampai 70 menurut PermenLHK 27/2021; makin tinggi makin baik. Satu garis satu cara hitung."),
    )


@access.public
@require_safe
def station(request, public_id):
    """One station: its index over time, what exceeded in each sample, and where it stands on the water."""
    point = get_object_or_404(
        DischargePoint.objects.filter(water_body__isnull=False).select_related(
            "water_body", "ward__parent", "site__reach"
        ),
        public_id=public_id,
    )
    samples = queries.samples_read_by(request.user).filter(point=point)
    history = quality.station_history(samples, point)
    exceeding = quality.exceeding_of([row.sample for row in history])
    lines = [(row, exceeding[row.sample_id]) for row in reversed(history)]
    context = {
        "point": point,
        "site": getattr(point, "site", None),
        "lines": lines,
        "chart": _history_chart(point, history),
        "may_see_point": request.user.has_perm("wastewater.view_dischargepoint"),
        "tones": indices_tones(history),
    }
    return render(request, "wastewater/river_station.html", context)


def indices_tones(history: list[IndexEvaluation]) -> str:
    """The tone of the newest index, for the head of the page."""
    return history[-1].tone if history else "neutral"


def _history_chart(point: DischargePoint, history: list[IndexEvaluation]) -> charts.Chart:
    labels = [queries.short_month(timezone.localdate(row.sample.taken_at)) for row in history]
    methods = {row.method: str(row.get_method_display()) for row in history}
    series = [
        charts.Series(name, [row.value if row.method == method else None for row in history])
        for method, name in methods.items()
    ]
    return charts.line(
        title=_("Indeks pencemaran di %(point)s") % {"point": point.code},
        labels=labels,
        series=series,
        limit=charts.Limit(1, str(_("Batas memenuhi"))),
    )


@access.public
@require_safe
def sample_index(request, public_id):
    """How the index of one sample came about: every parameter's share, what was left out, and the other methods."""
    sample = get_object_or_404(
        queries.river_samples().filter(pk__in=queries.samples_read_by(request.user).values("pk")), public_id=public_id
    )
    found = list(
        IndexEvaluation.objects.filter(sample=sample, is_current=True).select_related("rule").order_by("-kind")
    )
    names = {one.code: str(one) for one in Parameter.objects.all()}
    status = next((one for one in found if one.kind == AssessmentKind.STATUS), None)
    rule = next((one for one in queries.assessment_rules() if status and one.pk == status.rule_id), None)
    context = {
        "sample": sample,
        "point": sample.point,
        "condition": getattr(sample, "river_condition", None),
        "indices": [(one, _shares(one, names)) for one in found],
        "exceeding": quality.exceeding_of([sample])[sample.pk],
        "methods": [
            (IndexMethod(method).label, index.value, index.band)
            for method, index in (quality.index_by_every_method(sample, rule, IndexMethod.values) if rule else [])
        ],
        "older_count": IndexEvaluation.objects.filter(sample=sample, is_current=False).count(),
        "may_see_sample": request.user.has_perm("wastewater.view_sample"),
    }
    return render(request, "wastewater/sample_index.html", context)


def _shares(found: IndexEvaluation, names: dict[str, str]) -> list[dict]:
    """The stored shares as the page prints them."""
    return [
        share
        | {"name": names.get(share["parameter"], share["parameter"]), "why": queries.left_out_words(share),
           "over": share["ratio"] is not None and float(share["ratio"]) > 1}
        for share in found.shares
    ]  # fmt: skip


@access.needs("wastewater.view_sample")
@require_safe
def index_list(request):
    """The indices behind the figures."""
    form, rows = _found_indices(request)
    return render(request, "wastewater/index_list.html", {"filter": form, "page": page_of(request, rows)})


@access.needs("wastewater.view_sample")
@require_safe
def index_export(request):
    _form, rows = _found_indices(request)
    header = [_("Kode titik"), _("Badan air"), _("Diambil pada"), _("Nomor laboratorium"), _("Indeks"), _("Status"),
              _("Cara hitung"), _("Aturan"), _("Kelas air"), _("Parameter dihitung"), _("Parameter"),
              _("Tidak dihitung karena"), _("Versi")]  # fmt: skip
    lines = (
        [row.sample.point.code, row.sample.point.water_body, formats.short_day(row.sample.taken_at),
         row.sample.lab_number, "" if row.value is None else formats.number(row.value, 4), row.get_status_display(),
         row.get_method_display(), row.rule.name, row.river_class, row.parameters_count,
         " ".join(share["parameter"] for share in row.shares if share["index"] is not None),
         row.get_withheld_display(), row.engine_version]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("indeks-sungai", header, lines)


def _found_indices(request):
    form = IndexFilter(request.GET or None)
    return form, queries.found_indices(queries.samples_read_by(request.user), **chosen_in(form))


def _water_and_month(request, public_id) -> tuple[WaterBody, list[date], date]:
    """The water, the months that have samples, and the one that was asked for, else the newest."""
    water = get_object_or_404(WaterBody, public_id=public_id)
    samples = queries.samples_read_by(request.user).filter(point__water_body=water)
    months = quality.months_with_samples(samples)[:MONTHS_OFFERED]
    asked = request.GET.get("bulan", "")
    chosen = next((month for month in months if month.strftime("%Y-%m") == asked), None)
    return water, months, chosen or (months[0] if months else timezone.localdate())


@access.public
@require_safe
def water_comparison(request, public_id):
    """Upstream against downstream for every parameter in one month, and one parameter over twelve months."""
    water, months, month = _water_and_month(request, public_id)
    samples = queries.samples_read_by(request.user).filter(point__water_body=water)
    found = quality.comparison(water, samples, month)
    parameters = [row.parameter for row in found.rows] or measured_parameters(samples)
    chosen = next((one for one in parameters if one.code == request.GET.get("parameter")), None)
    chosen = chosen or next((one for one in parameters if one.code == "COD"), None) or next(iter(parameters), None)
    stations = [point for point, _sample in found.stations]
    context = {
        "water": water,
        "months": months,
        "month": month,
        "comparison": found,
        "parameters": parameters,
        "parameter": chosen,
        "chart": _comparison_chart(quality.monthly_lines(samples, stations, chosen, month), chosen) if chosen else None,
    }
    return render(request, "wastewater/water_comparison.html", context)


def _comparison_chart(lines: quality.Lines, parameter: Parameter) -> charts.Chart:
    name = str(_("Baku mutu"))
    return charts.line(
        title=str(parameter),
        labels=lines.labels,
        series=lines.series,
        unit=lines.unit,
        limit=None if lines.upper is None else charts.Limit(lines.upper, name),
        lower=None if lines.lower is None else charts.Limit(lines.lower, name),
        from_zero=True,
    )


@access.public
@require_safe
def water_comparison_export(request, public_id):
    water, _months, month = _water_and_month(request, public_id)
    samples = queries.samples_read_by(request.user).filter(point__water_body=water)
    found = quality.comparison(water, samples, month)
    header = [_("Parameter"), _("Baku mutu"), *(point.code for point, _sample in found.stations),
              _("Selisih hilir dan hulu"), _("Keterangan")]  # fmt: skip
    lines = (
        [row.parameter, row.limit, *(cell.result.reported if cell else "" for cell in row.cells),
         "" if row.difference.amount is None else formats.number(row.difference.amount), row.unknown]
        for row in found.rows
    )  # fmt: skip
    return downloads.csv_file(f"hulu-hilir-{water.code}-{month:%Y-%m}", header, lines)


@access.public
@require_safe
def river_tools(request):
    """Two small calculators that store nothing: the mixing of two waters, and the IKLH of the city."""
    asked = request.GET.get("hitung", "")
    if asked not in ("", "campuran", "iklh"):
        raise Http404
    today = timezone.localdate()
    year = queries.ika(queries.samples_read_by(request.user), quality.first_of_month(today, 11), today)
    rule = queries.rule_in_force(queries.assessment_rules(), AssessmentKind.IKLH, today)
    mixing = MixingForm(request.GET if asked == "campuran" else None)
    iklh = IklhForm(request.GET if asked == "iklh" else None, initial={"ika": year.value and round(year.value, 2)})
    context: dict[str, Any] = {"mixing": mixing, "iklh": iklh, "rule": rule, "mixed": None, "total": None}
    if mixing.is_bound and mixing.is_valid():
        context["mixed"] = indices.mixed_concentration(
            river_flow=mixing.cleaned_data["debit_sungai"],
            river_mg_per_l=mixing.cleaned_data["kadar_sungai"],
            effluent_flow=mixing.cleaned_data["debit_buangan"],
            effluent_mg_per_l=mixing.cleaned_data["kadar_buangan"],
        )
    if rule and iklh.is_bound and iklh.is_valid():
        context["total"], name = indices.environmental_quality_index(iklh.cleaned_data, queries.iklh_weights(rule))
        context["class_label"] = IklhClass(name).label
    return render(request, "wastewater/river_tools.html", context)
