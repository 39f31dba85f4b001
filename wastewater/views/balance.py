"""The treatment-gap balance sheet for staff: all wards, one ward with the rows behind its figures, CSV and PDF."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, documents, downloads, formats
from batikportal.models import Enterprise
from wastewater import queries as all_queries
from wastewater.choices.balance import FigureKind
from wastewater.choices.volumes import VolumeSource
from wastewater.documents.balance import balance_facts
from wastewater.forms.balance import BalanceFilter
from wastewater.models import Connection
from wastewater.queries import balance as queries
from wastewater.views.lists import PAGE_SIZE

PERMISSION = "wastewater.view_dischargelog"
# Nothing known comes last, whichever way the list is sorted.
_SORTED_BY: dict[str, Callable[[queries.WardBalance], Decimal | int | None]] = {
    "dihasilkan": lambda one: one.sums.generated,
    "dikumpulkan": lambda one: one.sums.collected,
    "diolah": lambda one: one.sums.treated,
    "selisih": lambda one: one.sums.gap,
    "bagian": lambda one: one.sums.coverage,
    "usaha": lambda one: one.sums.enterprises,
}


def _asked(request) -> tuple[BalanceFilter, queries.Balance]:
    """The form and the balance of its period, as far as the reader's area and choice reach."""
    form = BalanceFilter(request.GET or None)
    period = form.period
    found = queries.balance(period.start, period.end).within(request.user.areas_for(PERMISSION))
    return form, found.within([form.district] if form.district else None)


def _sorted(request, wards: list[queries.WardBalance]) -> list[queries.WardBalance]:
    asked = request.GET.get("urut", "")
    if asked.removeprefix("-") == "kelurahan":
        return sorted(wards, key=lambda one: one.ward.name, reverse=asked.startswith("-"))
    key = _SORTED_BY.get(asked.removeprefix("-"))
    if key is None:
        return wards
    known = [one for one in wards if key(one) is not None]
    known.sort(key=lambda one: (key(one), one.ward.name), reverse=asked.startswith("-"))
    return known + [one for one in wards if key(one) is None]


def _figures(found: queries.Balance) -> list[dict[str, Any]]:
    """Published figures by kind, each kind beside what the portal reckons itself."""
    groups: dict[str, list] = {}
    for figure in queries.published_figures():
        groups.setdefault(figure.kind, []).append(figure)
    return [
        {"label": FigureKind(kind).label, "rows": rows, "own": queries.own_figure(kind, found)}
        for kind, rows in groups.items()
    ]


@access.needs(PERMISSION)
@require_safe
def balance(request):
    """Every ward, the districts and the city, with what was published elsewhere side by side."""
    form, found = _asked(request)
    sees_all = request.user.areas_for(PERMISSION) is None and form.district is None
    context = {
        "filter": form,
        "found": found,
        "wards": _sorted(request, found.wards),
        "whole": found.whole,
        "sees_all": sees_all,
        "figures": _figures(found) if sees_all else [],
        "capacities": all_queries.published_capacities() if sees_all else [],
        "factors": queries.factors_on(found.end),
    }
    return render(request, "wastewater/balance.html", context)


def _export_row(place: list[str], sums) -> list[str]:
    volumes = (sums.generated, sums.generated_low, sums.generated_high, sums.measured, sums.noted, sums.declared,
               sums.factor, sums.collected, sums.treated, sums.treated_by_log, sums.treated_by_own_plant,
               sums.treated_declared, sums.gap, sums.untreated)  # fmt: skip
    return [
        *place,
        formats.number(sums.enterprises),
        formats.number(sums.own_count),
        *("" if volume is None else formats.number(volume, 3) for volume in volumes),
        formats.number(sums.unknown_months),
        sums.last_on.isoformat() if sums.last_on else "",
    ]


@access.needs(PERMISSION)
@require_safe
def balance_export(request):
    _form, found = _asked(request)
    header = [_("Sejak"), _("Sampai"), _("Tingkat"), _("Kode wilayah"), _("Wilayah"), _("Usaha"),
              _("Usaha dengan angka sendiri"), _("Dihasilkan (m³)"), _("Dihasilkan, paling rendah (m³)"),
              _("Dihasilkan, paling tinggi (m³)"), _("Diukur (m³)"),
              _("Dicatat dengan perkiraan atau tidak lengkap (m³)"), _("Dinyatakan (m³)"),
              _("Ditaksir dengan angka baku (m³)"), _("Dikumpulkan (m³)"), _("Diolah (m³)"),
              _("Diolah menurut catatan IPAL (m³)"), _("Diolah di IPAL sendiri menurut buku limbah (m³)"),
              _("Diolah menurut pernyataan (m³)"), _("Belum terbukti diolah (m³)"), _("Pasti tanpa diolah (m³)"),
              _("Bulan usaha tanpa angka"), _("Data terakhir")]  # fmt: skip
    dates = [found.start.isoformat(), found.end.isoformat()]
    lines = [_export_row([*dates, _("Kelurahan"), one.ward.code, one.ward.name], one.sums) for one in found.wards]
    lines += [
        _export_row([*dates, _("Kecamatan"), one.district.code, one.district.name], one.sums) for one in found.districts
    ]
    if found.unknown_origin:
        lines.append(_export_row([*dates, "", "", _("Asal tidak tercatat")], found.unknown_origin))
    lines.append(_export_row([*dates, _("Jumlah"), "", ""], found.whole))
    return downloads.csv_file(f"neraca-air-limbah-{found.start}-{found.end}", header, lines)


@access.needs(PERMISSION)
@require_safe
def balance_pdf(request):
    form, found = _asked(request)
    sees_all = request.user.areas_for(PERMISSION) is None and form.district is None
    facts = balance_facts(
        found,
        factors=queries.factors_on(found.end),
        figures=list(queries.published_figures()) if sees_all else [],
        capacities=list(all_queries.published_capacities()) if sees_all else [],
    )
    content = documents.pdf("balance", facts, at=timezone.now())
    return downloads.pdf_file(f"neraca-air-limbah-{found.start}-{found.end}", content)


@access.needs(PERMISSION)
@require_safe
def balance_ward(request, code):
    """One ward: the enterprises, connections and plants of which its figures are made."""
    form, found = _asked(request)
    place = next((one for one in found.wards if one.ward.code == code), None)
    if place is None:
        raise Http404
    rows = queries.enterprise_balances(found, [place.ward])
    chosen = request.GET.get("dasar", "")
    if chosen in VolumeSource.values:
        rows = [row for row in rows if chosen in row.sources]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    seen = Enterprise.objects.visible_to(request.user).in_bulk([row.enterprise_id for row in page])
    sent: dict[int, Decimal] = {}
    for one in found.own:
        if one.ward_id == place.ward.pk:
            for plant, volume in one.to_plants.items():
                sent[plant or 0] = sent.get(plant or 0, Decimal(0)) + volume
    context = {
        "filter": form,
        "found": found,
        "place": place,
        "page": page,
        "rows": [(row, seen.get(row.enterprise_id)) for row in page],
        "sources": VolumeSource.choices,
        "source_names": dict(VolumeSource.choices),
        "chosen": chosen,
        "plants": [(one, sent[one.volume.plant.pk]) for one in found.plants if one.volume.plant.pk in sent],
        "sent_nowhere": sent.get(0),
        "trucks": sum((one.truck_m3 for one in found.own if one.ward_id == place.ward.pk), Decimal(0)),
        "factors": queries.factors_on(found.end),
        "sees_connections": request.user.has_perm("wastewater.view_connection"),
        "connections_count": Connection.objects.visible_to(request.user)
        .filter(enterprise__ward=place.ward, valid_from__lte=found.end)
        .exclude(valid_until__lt=found.start)
        .count(),
    }
    return render(request, "wastewater/balance_ward.html", context)
