"""Plants: the public list and page, what staff see beside it, permits, and the limit of mixed inflow."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, charts, formats
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.dashboard import periods
from wastewater import forms, permissions, queries
from wastewater.actions import plants as actions
from wastewater.forms import plants as plant_forms
from wastewater.models import PlantLog, SludgeEntry, TreatmentPlant
from wastewater.queries import plant_loads, plant_logs, plant_settings, sludge
from wastewater.rules import plants as rules
from wastewater.views.lists import chosen_in
from wastewater.views.places import SAMPLES_SHOWN, samples_seen_by

CHART_DAYS = 90


@access.public
@require_safe
def plant_list(request):
    form = forms.PlantFilter(request.GET or None)
    today = timezone.localdate()
    plants = queries.found_plants(plant_logs.plants_with_operation(today), **chosen_in(form))
    rows = list(plants)
    for plant in rows:
        plant.utilisation = rules.utilisation(plant.inflow_m3_per_day, plant.capacity_m3_per_day)
    context = {
        "filter": form,
        "plants": rows,
        "totals": queries.totals_of(rows),
        "is_staff": permissions.may_see_plant_logs(request.user),
        "recent_days": plant_logs.RECENT_DAYS,
    }
    return render(request, "wastewater/plant_list.html", context)


@access.public
@require_safe
def plant(request, public_id):
    """One plant: every published capacity with its source, its units and permits; for staff how it works."""
    today = timezone.localdate()
    found = get_object_or_404(plant_logs.plants_with_operation(today), public_id=public_id)
    user = request.user
    samples = samples_seen_by(user).filter(point__plant=found, taken_at__isnull=False)
    context = {
        "plant": found,
        "capacities": queries.capacities_of(found),
        "units": found.units.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today)).order_by("position"),
        "permits": found.permits.select_related("file").order_by("kind", "-issued_on"),
        "may_add_permit": permissions.may_add_permit(user),
        "connections": queries.connections_of(found, today) if user.has_perm("wastewater.view_connection") else None,
        "points": found.points.filter(is_active=True).order_by("code"),
        "samples": queries.listed_samples(samples).order_by(*queries.NEWEST_FIRST)[:SAMPLES_SHOWN],
        "is_staff": permissions.may_see_samples(user),
        "today": today,
        "operation": _operation(user, found, today) if permissions.may_see_plant_logs(user) else None,
    }
    return render(request, "wastewater/plant.html", context)


def _operation(user, plant: Any, today: date) -> dict[str, Any]:
    """How the plant works: use of its capacities, removal, last log, sludge, and three charts."""
    logs = plant_logs.recent_logs(plant, today, CHART_DAYS)
    pairs = plant_loads.load_pairs(periods.usual(today).start, today, Q(point__plant=plant), ["COD"])
    entries = list(sludge.on_store(SludgeEntry.objects.visible_to(user).filter(plant=plant)))
    allowed = plant_settings.ph_range_on(today)
    last = logs[max(logs)] if logs else None
    removal = rules.portfolio(plant_loads.known_sides(pairs, "COD"))
    store_due_on = next((entry.due_on for entry in entries if entry.due_on), None)
    return {
        "inflow": _shown(plant.inflow_m3_per_day),
        "recent_days": plant_logs.RECENT_DAYS,
        **_use("design", rules.utilisation(plant.inflow_m3_per_day, plant.design_m3_per_day)),
        **_use("current", rules.utilisation(plant.inflow_m3_per_day, plant.current_m3_per_day)),
        "removal": _shown(removal.removal if removal else None),
        "removal_count": removal.count if removal else 0,
        "pairs_count": len(pairs),
        **_last_log(plant, last, today, allowed),
        "store_kg": sum((entry.left_kg for entry in entries), Decimal(0)) if entries else None,
        "store_note": _("batas simpan terdekat %(day)s") % {"day": formats.short_day(store_due_on)}
        if store_due_on
        else "",
        "store_tone": "bad" if store_due_on and store_due_on < today else "",
        "may_record_log": permissions.may_record_plant_log(user, plant),
        "charts": [
            _flow_chart(plant, logs, today),
            _ph_chart(logs, today, allowed),
            load_chart(plant_loads.loads_by_month(pairs, "COD", today), "COD"),
        ],
    }


def _shown(value: Decimal | None) -> str | None:
    """A figure with one decimal; None stays no data."""
    return None if value is None else formats.number(value, 1)


def _use(name: str, per_cent: Decimal | None) -> dict[str, Any]:
    tone = "bad" if per_cent is not None and per_cent > rules.FULL else ""
    return {f"of_{name}": _shown(per_cent), f"of_{name}_tone": tone}


def _last_log(plant: Any, last: PlantLog | None, today: date, allowed: plant_settings.PhRange | None) -> dict[str, Any]:
    """The day of the last log, how long ago that is, and its outlet pH."""
    if plant.last_log_on is None:
        return {"last_log": None, "last_log_note": "", "last_log_tone": ""}
    ago = (today - plant.last_log_on).days
    note = _("hari ini") if ago == 0 else ngettext("%(days)s hari lalu", "%(days)s hari lalu", ago) % {"days": ago}
    is_fine = allowed.holds(last.ph_out) if last and allowed else None
    if last and last.ph_out is not None:
        note = f"{note}; pH {formats.number(last.ph_out)}"
    if is_fine is False:
        note = _("%(note)s, di luar batas") % {"note": note}
    return {
        "last_log": formats.short_day(plant.last_log_on),
        "last_log_note": note,
        "last_log_tone": "bad" if is_fine is False else "",
    }


def _days(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in range(CHART_DAYS - 1, -1, -1)]


def _values(logs: dict[date, PlantLog], today: date, name: str) -> list[Decimal | None]:
    return [getattr(logs[day], name) if day in logs else None for day in _days(today)]


def _flow_chart(plant: Any, logs: dict[date, PlantLog], today: date) -> charts.Chart:
    """Flow of the last 90 days; a missing day is a gap."""
    capacity = plant.capacity_m3_per_day
    return charts.line(
        title=_("Debit 90 hari terakhir"),
        labels=[date_format(day, "j M") for day in _days(today)],
        series=[
            charts.Series(_("Masuk"), _values(logs, today, "inflow_m3")),
            charts.Series(_("Keluar"), _values(logs, today, "outflow_m3")),
        ],
        unit=_("m³/hari"),
        limit=None if capacity is None else charts.Limit(capacity, _("Kapasitas")),
    )


def _ph_chart(logs: dict[date, PlantLog], today: date, allowed: plant_settings.PhRange | None) -> charts.Chart:
    """pH of the last 90 days; the limits are about the outlet."""
    return charts.line(
        title=_("pH 90 hari terakhir"),
        labels=[date_format(day, "j M") for day in _days(today)],
        series=[
            charts.Series(_("Inlet"), _values(logs, today, "ph_in"), limited=False),
            charts.Series(_("Outlet"), _values(logs, today, "ph_out")),
        ],
        limit=charts.Limit(allowed.maximum, _("Paling tinggi")) if allowed else None,
        lower=charts.Limit(allowed.minimum, _("Paling rendah")) if allowed else None,
        note=allowed.legal_basis if allowed else "",
    )


def load_chart(months: list[plant_loads.MonthOfLoads], code: str) -> charts.Chart:
    """Mean load in and out of the sampled days of each month."""
    return charts.columns(
        title=_("Beban %(parameter)s per bulan") % {"parameter": code},
        labels=[month.short_label for month in months],
        series=[
            charts.Series(_("Masuk"), [month.load_in for month in months]),
            charts.Series(_("Keluar"), [month.load_out for month in months]),
        ],
        unit=_("kg/hari"),
        note=_("Rata-rata hari yang disampel. Bulan tanpa pasangan sampel kosong, bukan nol."),
    )


@access.needs("wastewater.add_plantpermit")
@require_http_methods(["GET", "POST"])
def permit_new(request, public_id):
    """Record a permit with its validity and its file."""
    plants = TreatmentPlant.objects.within_reach_of(request.user, "wastewater.add_plantpermit")
    found = get_object_or_404(plants, public_id=public_id)
    form = plant_forms.PermitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _record_permit(request, found, dict(form.cleaned_data))
            messages.success(request, _("Izin disimpan."))
            return redirect(found)
        except (actions.PermitRefused, FileRefused) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "title": _("Tambah izin IPAL"),
        "lead": found.name,
        "submit_label": _("Simpan izin"),
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "components/form_page.html", context)


def _record_permit(request, found: TreatmentPlant, data: dict[str, Any]) -> None:
    upload, file = data.pop("file"), None
    if upload:
        file = store(
            upload=upload, kinds=(FileKind.PDF, FileKind.IMAGE), by=request.user, at=timezone.now(), enterprise=None
        )
    actions.record_permit(plant=found, permit=actions.Permit(**data), file=file, by=request.user)


@access.public
@require_safe
def mixed_limit(request):
    """The limit of a plant that takes textile and domestic wastewater together; nothing is stored."""
    form = plant_forms.MixedLimitForm(request.GET or None)
    limit = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        limit = rules.mixed_limit([(data["c1"], data["q1"]), (data["c2"], data["q2"])])
    return render(request, "wastewater/mixed_limit.html", {"form": form, "limit": limit})


def crumbs(found: TreatmentPlant) -> list[tuple[str, str]]:
    """The way back from a page below a plant."""
    return [
        (_("Limbah batik"), reverse("wastewater:index")),
        (_("IPAL"), reverse("wastewater:plant-list")),
        (found.name, found.get_absolute_url()),
    ]
