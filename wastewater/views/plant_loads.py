"""Loads and removal: of one plant pair by pair, and of all plants together, weighted by flow."""

from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, downloads, formats
from batikportal.dashboard import periods
from wastewater.choices.plants import SettingCode
from wastewater.models import TreatmentPlant
from wastewater.queries import plant_loads, plant_settings
from wastewater.rules import plants as rules
from wastewater.views.plants import load_chart


def _code(request) -> str:
    asked = request.GET.get("parameter", "")
    return asked if asked in plant_loads.CODES else plant_loads.CODES[0]


def _pairs(found: TreatmentPlant, today: date, code: str) -> list[plant_loads.LoadPair]:
    pairs = plant_loads.load_pairs(periods.usual(today).start, today, Q(point__plant=found), [code])
    return sorted(pairs, key=lambda pair: pair.on, reverse=True)


@access.needs("wastewater.view_any_sample")
@require_safe
def plant_load_list(request, public_id):
    """The pairs of the last twelve months, each with its loads or the reason why there are none."""
    today = timezone.localdate()
    found = _plant(request, public_id)
    code = _code(request)
    pairs = _pairs(found, today, code)
    context = {
        "plant": found,
        "pairs": pairs,
        "code": code,
        "codes": plant_loads.CODES,
        "whole": rules.portfolio(plant_loads.known_sides(pairs, code)),
        "known_count": sum(not pair.problem for pair in pairs),
        "chart": load_chart(plant_loads.loads_by_month(pairs, code, today), code),
        "within_days": plant_settings.setting_on(today, SettingCode.PAIRING_DAYS),
    }
    return render(request, "wastewater/plant_load_list.html", context)


@access.needs("wastewater.view_any_sample")
@require_safe
def plant_load_export(request, public_id):
    found = _plant(request, public_id)
    code = _code(request)
    header = [_("Outlet diambil"), _("Inlet diambil"), _("Parameter"), _("Debit masuk (m³/hari)"),
              _("Debit keluar (m³/hari)"), _("Inlet (mg/L)"), _("Outlet (mg/L)"), _("Beban masuk (kg/hari)"),
              _("Beban keluar (kg/hari)"), _("Penyisihan (%)"), _("Dasar debit"),
              _("Alasan tidak dapat dihitung")]  # fmt: skip

    def line(pair: plant_loads.LoadPair) -> list[str]:
        inlet = timezone.localdate(pair.inlet.taken_at).isoformat() if pair.inlet else ""
        sides = pair.sides
        if sides is None:
            return [pair.on.isoformat(), inlet, pair.code, *([""] * 8), pair.problem_label]
        figures = (sides.flow_in, sides.flow_out, sides.mg_per_l_in, sides.mg_per_l_out, sides.load_in, sides.load_out)
        removal = "" if sides.removal is None else formats.number(sides.removal, 4)
        numbers = [formats.number(figure) for figure in figures]
        basis = "; ".join(pair.basis_labels)
        return [pair.on.isoformat(), inlet, pair.code, *numbers, removal, basis, pair.problem_label]

    pairs = _pairs(found, timezone.localdate(), code)
    return downloads.csv_file(f"beban-{found.code}-{code}", header, (line(pair) for pair in pairs))


def _plant(request, public_id) -> TreatmentPlant:
    plants = TreatmentPlant.objects.within_reach_of(request.user, "wastewater.view_any_sample")
    return get_object_or_404(plants, public_id=public_id)


@access.needs("wastewater.view_any_sample")
@require_safe
def plant_removal(request):
    """All plants of a period: each plant's own sum of pairs, and the portfolio, never a mean of percentages."""
    today = timezone.localdate()
    start, end = _period(request, today)
    code = _code(request)
    reach = TreatmentPlant.objects.within_reach_of(request.user, "wastewater.view_any_sample")
    pairs = plant_loads.load_pairs(start, end, Q(point__plant__in=reach), [code])
    by_plant: dict[int, list[plant_loads.LoadPair]] = {}
    for pair in pairs:
        by_plant.setdefault(pair.plant.pk, []).append(pair)
    rows = [
        (
            own[0].plant,
            rules.portfolio(plant_loads.known_sides(own, code)),
            len(own),
            sum(not one.problem for one in own),
        )
        for own in by_plant.values()
    ]
    context = {
        "rows": rows,
        "code": code,
        "codes": plant_loads.CODES,
        "start": start,
        "end": end,
        "whole": rules.portfolio(plant_loads.known_sides(pairs, code)),
        "pairs_count": len(pairs),
        "known_count": sum(not pair.problem for pair in pairs),
    }
    return render(request, "wastewater/plant_removal.html", context)


def _period(request, today: date) -> tuple[date, date]:
    """First and last day of the address; the last twelve months when they are missing or wrong."""
    usual = periods.usual(today)
    try:
        start = date.fromisoformat(request.GET.get("dari", ""))
        end = date.fromisoformat(request.GET.get("sampai", ""))
    except ValueError:
        return usual.start, usual.end
    return (start, end) if start <= end else (usual.start, usual.end)
