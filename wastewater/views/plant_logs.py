"""The daily log of plants: today's round over all plants, the sheet of a month, and the form of a day."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads, formats
from batikportal.imports.links import run_asked
from wastewater import permissions, queries
from wastewater.actions import plant_logs as actions
from wastewater.forms import plant_logs as forms
from wastewater.forms.filters import PlantLogFilter
from wastewater.models import PlantLog, TreatmentPlant
from wastewater.queries import plant_logs, plant_settings
from wastewater.views.lists import chosen_in, page_of
from wastewater.views.plants import crumbs


@access.needs("wastewater.view_plantlog")
@require_safe
def plant_log_list(request):
    """Every working plant with its last log, those without today's first: the round of a morning."""
    today = timezone.localdate()
    reach = TreatmentPlant.objects.within_reach_of(request.user, "wastewater.view_plantlog")
    plants = plant_logs.plants_with_operation(today).filter(pk__in=reach.values("pk"), status__in=queries.WORKING)
    rows = sorted(plants, key=lambda plant: (plant.last_log_on or date.min, plant.name))
    for plant in rows:
        plant.ago = (today - plant.last_log_on).days if plant.last_log_on else None
    context = {
        "plants": rows,
        "today": today,
        "may_record": permissions.may_record_plant_logs(request.user),
        "may_import": permissions.may_import_plant_log(request.user),
    }
    return render(request, "wastewater/plant_log_list.html", context)


LOG_SORTINGS = {
    "hari": ("day", "plant__name"),
    "-hari": ("-day", "plant__name"),
    "ipal": ("plant__name", "-day"),
    "-ipal": ("-plant__name", "-day"),
}


def _found_days(request):
    form = PlantLogFilter(request.GET or None, run=run_asked(request))
    rows = plant_logs.found_logs(PlantLog.objects.visible_to(request.user), **chosen_in(form))
    return form, rows.order_by(*LOG_SORTINGS.get(request.GET.get("urut", ""), LOG_SORTINGS["-hari"]))


@access.needs("wastewater.view_plantlog")
@require_safe
def plant_log_days(request):
    """Every day that was logged, of all plants: to search, and to see what one file brought."""
    form, rows = _found_days(request)
    return render(request, "wastewater/plant_log_days.html", {"filter": form, "page": page_of(request, rows)})


@access.needs("wastewater.view_plantlog")
@require_safe
def plant_log_days_export(request):
    """The same days as CSV; what was not read is empty."""
    _form, rows = _found_days(request)
    header = [_("IPAL"), _("Hari"), _("pH inlet"), _("pH outlet"), _("Air masuk (m³/hari)"), _("Air keluar (m³/hari)"),
              _("Berhenti (jam)"), _("Sebab berhenti"), _("Petugas IPAL"), _("Catatan")]  # fmt: skip
    lines = (
        [row.plant.name, row.day.isoformat(), row.ph_in, row.ph_out, row.inflow_m3, row.outflow_m3, row.downtime_hours,
         row.get_downtime_cause_display(), row.operator_name, row.note]
        for row in rows.iterator(chunk_size=1000)
    )  # fmt: skip
    return downloads.csv_file("catatan-ipal", header, lines)


def _plant(request, public_id, permission: str) -> TreatmentPlant:
    """The plant, if it lies in the user's area."""
    return get_object_or_404(TreatmentPlant.objects.within_reach_of(request.user, permission), public_id=public_id)


def _month(text: str, today: date) -> date:
    """The first day of the month that the address names; a wrong or coming one is this month."""
    try:
        first = date.fromisoformat(f"{text}-01") if len(text) == 7 else today.replace(day=1)
    except ValueError:
        first = today.replace(day=1)
    return min(first, today.replace(day=1))


@access.needs("wastewater.view_plantlog")
@require_safe
def plant_log_month(request, public_id):
    """The sheet of a month: one line per day, missing days shown as missing."""
    today = timezone.localdate()
    found = _plant(request, public_id, "wastewater.view_plantlog")
    first = _month(request.GET.get("bulan", ""), today)
    after = plant_logs.last_day_of(first) + timedelta(days=1)
    context = {
        "plant": found,
        "sheet": plant_logs.month_sheet(found, first, today),
        "before": first - timedelta(days=1),
        "after": after if after <= today else None,
        "today": today,
        "may_record": permissions.may_record_plant_log(request.user, found),
    }
    return render(request, "wastewater/plant_log_month.html", context)


@access.needs("wastewater.view_plantlog")
@require_safe
def plant_log_export(request, public_id):
    """The month as CSV; a missing day is an empty line with its date."""
    today = timezone.localdate()
    found = _plant(request, public_id, "wastewater.view_plantlog")
    sheet = plant_logs.month_sheet(found, _month(request.GET.get("bulan", ""), today), today)
    header = [_("Hari"), _("pH inlet"), _("pH outlet"), _("Angka meter inlet (m³)"), _("Air masuk (m³/hari)"),
              _("Cara ukur"), _("Angka meter outlet (m³)"), _("Air keluar (m³/hari)"), _("Cara ukur"),
              _("Berhenti (jam)"), _("Sebab"), _("Bahan kimia"), _("Catatan")]  # fmt: skip

    def number(value) -> str:
        return "" if value is None else formats.number(value)

    lines = (
        [one.day.isoformat(), *([""] * 11), _("tidak ada catatan")]
        if one.log is None
        else [one.day.isoformat(), number(one.log.ph_in), number(one.log.ph_out), number(one.log.meter_in),
              number(one.log.inflow_m3), one.log.get_inflow_method_display(), number(one.log.meter_out),
              number(one.log.outflow_m3), one.log.get_outflow_method_display(), number(one.log.downtime_hours),
              one.log.get_downtime_cause_display(), "; ".join(str(dose) for dose in one.log.doses.all()), one.log.note]
        for one in sheet.days
    )  # fmt: skip
    return downloads.csv_file(f"catatan-{found.code}-{sheet.first:%Y-%m}", header, lines)


@access.needs("wastewater.record_plantlog")
@require_http_methods(["GET", "POST"])
def plant_log_day(request, public_id, day: str):
    """The form of one day: new, or a correction whose old figures stay in the history."""
    found = _plant(request, public_id, "wastewater.record_plantlog")
    today = timezone.localdate()
    chosen = _day(day, today)
    log, before = plant_logs.log_of(found, chosen), plant_logs.log_before(found, chosen)
    posted = request.POST if request.method == "POST" else None
    form = forms.PlantLogForm(posted, log=log, before=before, day=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.record_day(plant=found, entry=form.entry(chosen), by=request.user, at=timezone.now())
            _say_what_was_saved(request, saved)
            return redirect(f"{reverse('wastewater:plant-log-month', args=[found.public_id])}?bulan={chosen:%Y-%m}")
        except actions.LogRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {
        "plant": found,
        "form": form,
        "log": log,
        "day": chosen,
        "day_before": chosen - timedelta(days=1),
        "day_after": chosen + timedelta(days=1) if chosen < today else None,
        "crumbs": crumbs(found),
    }
    return render(request, "wastewater/plant_log_day.html", context)


def _day(text: str, today: date) -> date:
    """The day of the address; a day to come or no day at all is not found."""
    try:
        chosen = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if chosen > today:
        raise Http404
    return chosen


def _say_what_was_saved(request, log) -> None:
    messages.success(request, _("Catatan %(day)s disimpan.") % {"day": formats.day(log.day)})
    allowed = plant_settings.ph_range_on(log.day)
    if allowed and allowed.holds(log.ph_out) is False:
        messages.warning(
            request,
            _("pH outlet %(value)s di luar %(low)s–%(high)s (%(basis)s). Periksa alat dan airnya.")
            % {
                "value": formats.number(log.ph_out),
                "low": formats.number(allowed.minimum),
                "high": formats.number(allowed.maximum),
                "basis": allowed.legal_basis,
            },
        )
