"""The plant simulator: list, a new scenario with its preview, one scenario, comparison, CSV and PDF, archive."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, documents, downloads, formats
from batikportal.models import Enterprise
from wastewater.actions import scenarios as actions
from wastewater.documents import scenarios as words
from wastewater.forms import scenarios as forms
from wastewater.models import PlantScenario
from wastewater.queries import balance as balances
from wastewater.queries import scenarios as queries
from wastewater.views.lists import chosen_in, page_of

VIEW, PLAN = "wastewater.view_plantscenario", "wastewater.plan_plantscenario"
FEWEST, MOST = 2, 4


@access.needs(VIEW)
@require_safe
def scenario_list(request):
    """Saved scenarios, the newest first; two to four of them can be ticked and compared."""
    form = forms.ScenarioFilter(request.GET or None)
    rows = queries.found_scenarios(PlantScenario.objects.visible_to(request.user), **chosen_in(form))
    page = page_of(request, rows)
    context = {
        "filter": form,
        "page": page,
        "results": queries.listed_results(page),
        "may_plan": request.user.has_perm(PLAN),
        "most": MOST,
    }
    return render(request, "wastewater/scenario_list.html", context)


@access.needs(PLAN)
@require_http_methods(["GET", "POST"])
def scenario_new(request):
    """Reckon first, then save; a copy starts with the figures of another scenario."""
    origin = _copied(request)
    initial = forms.initial_of(origin) if origin else {"kind": "new_plant", "reach": "radius"}
    form = forms.ScenarioForm(request.POST or None, initial=initial, user=request.user, copied_from=origin)
    draft = None
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.draft_scenario(plan=form.plan, today=timezone.localdate())
            if "simpan" in request.POST:
                saved = actions.save_scenario(draft=draft, by=request.user)
                messages.success(request, _("Skenario tersimpan dengan semua asumsinya."))
                return redirect(saved)
        except actions.ScenarioRefused as refusal:
            form.add_error(None, str(refusal))
    results = [draft.result] if draft else []
    context = {
        "form": form,
        "origin": origin,
        "draft": draft,
        "lines": words.result_lines(results) if draft else [],
        "figures": [one for one in balances.published_figures() if one.kind in ("investment", "operation")],
        "remarks": words.remarks(),
    }
    return render(request, "wastewater/scenario_new.html", context)


def _copied(request) -> PlantScenario | None:
    asked = request.GET.get("salin", "")
    if not asked:
        return None
    return get_object_or_404(_seen(request), public_id=_known_id(asked))


def _known_id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error


def _seen(request):
    return PlantScenario.objects.visible_to(request.user).select_related("plant", "ward")


@access.needs(VIEW)
@require_safe
def scenario(request, public_id):
    """One scenario: what it comes to, what it rests on, and the enterprises it reaches."""
    found = get_object_or_404(_seen(request), public_id=public_id)
    results = queries.compared(PlantScenario.objects.filter(pk=found.pk))
    page = page_of(request, found.enterprises.order_by("distance_m", "enterprise"))
    seen = Enterprise.objects.visible_to(request.user).select_related("ward")
    context = {
        "scenario": found,
        "result": results[0],
        "lines": words.result_lines(results),
        "assumptions": words.assumption_lines(results),
        "remarks": words.remarks(),
        "page": page,
        "rows": _with_enterprises(page, seen),
        "may_plan": request.user.has_perm(PLAN),
    }
    return render(request, "wastewater/scenario.html", context)


def _with_enterprises(rows, seen) -> list:
    known = seen.in_bulk([row.enterprise_id for row in rows])
    return [(row, known.get(row.enterprise_id)) for row in rows]


@access.needs(VIEW)
@require_safe
def scenario_enterprises(request, public_id):
    found = get_object_or_404(_seen(request), public_id=public_id)
    header = [_("Nomor registrasi"), _("Usaha"), _("Kelurahan"), _("Jarak (m)"), _("Letak perkiraan"),
              _("Dasar volume"), _("Paling rendah (m³/hari)"), _("Volume (m³/hari)"),
              _("Paling tinggi (m³/hari)")]  # fmt: skip
    rows = list(found.enterprises.order_by("distance_m", "enterprise"))
    seen = Enterprise.objects.visible_to(request.user).select_related("ward")
    lines = (
        [one.registration_number if one else "", one.name if one else "", one.ward.name if one else "",
         row.distance_m, _("ya") if row.location_estimated else _("tidak"), row.get_source_display(),
         formats.number(row.low_m3_per_day, 3), formats.number(row.m3_per_day, 3),
         formats.number(row.high_m3_per_day, 3)]
        for row, one in _with_enterprises(rows, seen)
    )  # fmt: skip
    return downloads.csv_file("usaha-dalam-skenario", header, lines)


def _chosen(request) -> list[queries.Result]:
    """The scenarios of the address, at most four; 404 when one of them is unknown or out of reach."""
    asked = list(dict.fromkeys(_known_id(text) for text in request.GET.getlist("s")))
    if len(asked) > MOST:
        return []
    seen = PlantScenario.objects.visible_to(request.user).filter(public_id__in=asked)
    results = {one.scenario.public_id: one for one in queries.compared(seen)}
    if len(results) != len(asked):
        raise Http404
    return [results[one] for one in asked]


@access.needs(VIEW)
@require_safe
def scenario_compare(request):
    """Two to four scenarios side by side."""
    results = _chosen(request)
    if not FEWEST <= len(results) <= MOST:
        messages.error(request, _("Centang dua sampai empat skenario untuk dibandingkan."))
        return redirect("wastewater:scenario-list")
    context = {
        "results": results,
        "lines": words.result_lines(results),
        "assumptions": words.assumption_lines(results),
        "remarks": words.remarks(),
    }
    return render(request, "wastewater/scenario_compare.html", context)


@access.needs(VIEW)
@require_safe
def scenario_pdf(request):
    results = _chosen(request)
    if not results:
        raise Http404
    content = documents.pdf("balance", words.scenario_facts(results), at=timezone.now())
    return downloads.pdf_file("rencana-ipal", content)


@access.needs(VIEW)
@require_safe
def scenario_export(request):
    results = _chosen(request)
    if not results:
        raise Http404
    header = [_("Angka")]
    for one in results:
        header += [one.scenario.name, _("Rentang")]
    lines = (
        [line.label, *(text for cell in line.cells for text in (cell.text, cell.span))]
        for line in (*words.result_lines(results), *words.assumption_lines(results))
    )
    return downloads.csv_file("rencana-ipal", header, lines)


@access.needs(PLAN)
@require_POST
def scenario_archive(request, public_id):
    found = get_object_or_404(_seen(request), public_id=public_id)
    actions.archive_scenario(scenario=found, by=request.user, at=timezone.now())
    messages.success(request, _("Skenario diarsipkan. Isinya tetap dapat dibaca."))
    return redirect("wastewater:scenario-list")


@access.needs(PLAN)
@require_POST
def scenario_restore(request, public_id):
    found = get_object_or_404(_seen(request), public_id=public_id)
    try:
        actions.restore_scenario(scenario=found, by=request.user, at=timezone.now())
        messages.success(request, _("Skenario dikembalikan ke daftar."))
    except actions.ScenarioRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("wastewater:scenario", args=[public_id]))
