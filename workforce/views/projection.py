"""What if: the page of a plan, saved scenarios, their runs, side by side, as CSV, and the back-test."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from batikportal import access, downloads
from workforce import outlooks, permissions
from workforce.actions import Refused
from workforce.actions import projection as actions
from workforce.forms.projection import PlanForm, ScenarioFilter, ScenarioNameForm
from workforce.models import ProcessStep, ProjectionRun, ProjectionScenario
from workforce.queries import projection as stocks
from workforce.queries import scenarios as queries
from workforce.views.people import PAGE_SIZE

FIGURES = "workforce.view_figures"
PLAN = "workforce.plan_projection"
FEWEST, MOST = 2, 4


@access.needs(FIGURES)
@require_safe
def projection(request):
    """A plan and what follows from it; without a question, the plan that the registry itself suggests."""
    return _plan_page(request, request.GET, ScenarioNameForm())


def _plan_page(request, data, naming, status: int = 200):
    today = timezone.localdate()
    step = ProcessStep.objects.filter(code=data.get("step", "")).first()
    suggestion = queries.suggested(today, step)
    form = PlanForm(data if "years" in data else None, initial=PlanForm.initial_of(suggestion.plan, step))
    context = {
        "form": form,
        "naming": naming,
        "suggestion": suggestion,
        "today": today,
        "may_plan": request.user.has_perm(PLAN),
        "scenario_count": ProjectionScenario.objects.visible_to(request.user).filter(archived_at=None).count(),
    }
    if not form.is_bound or form.is_valid():
        plan = form.plan() if form.is_bound else suggestion.plan
        is_measured = not (form.is_bound and form.cleaned_data["uses_assumptions"])
        try:
            context |= _shown_context(request, queries.worked_out(plan, step, is_measured, today))
        except stocks.MissingAssumption:
            context["is_missing"] = True
    return render(request, "workforce/projection.html", context, status=status)


def _shown_context(request, result) -> dict[str, object]:
    return {"shown": outlooks.shown(result, permissions.may_see_people(request.user)), "plan": result.plan}


@access.needs(PLAN)
@require_POST
def projection_save(request):
    """Keep the plan under a name, with its first run."""
    form, naming = PlanForm(request.POST), ScenarioNameForm(request.POST)
    if form.is_valid() and naming.is_valid():
        try:
            run = actions.save_scenario(
                **naming.cleaned_data,
                plan=form.plan(),
                step=form.cleaned_data["step"],
                is_measured=not form.cleaned_data["uses_assumptions"],
                on=timezone.localdate(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            naming.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Skenario tersimpan dengan semua asumsinya."))
            return redirect(run)
    return _plan_page(request, request.POST, naming, status=422)


@access.needs(FIGURES)
@require_safe
def projection_list(request):
    """Saved scenarios, newest first; two to four of them can be ticked and compared."""
    form = ScenarioFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.scenarios_found(
        ProjectionScenario.objects.visible_to(request.user), chosen.get("cari", ""), chosen.get("arsip", False)
    )
    context = {
        "filter": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "may_plan": request.user.has_perm(PLAN),
        "is_archive": chosen.get("arsip", False),
    }
    return render(request, "workforce/projection_list.html", context)


@access.needs(FIGURES)
@require_safe
def projection_run(request, public_id):
    """One run as it was kept, and once a year has passed, what came of it."""
    run = get_object_or_404(_seen(request), public_id=public_id)
    result = queries.read_back([run])[0]
    today = timezone.localdate()
    tested = queries.back_test(result, today)
    sees_people = permissions.may_see_people(request.user)
    context = {
        "run": run,
        "query": urlencode(PlanForm.written(result.plan, result.step, result.is_measured)),
        "assumptions": outlooks.assumption_lines([result]),
        "runs": run.scenario.runs.order_by("-on", "-pk"),
        "tested": tested,
        "tested_bands": outlooks.tested_bands(tested, sees_people) if tested else [],
        "may_plan": request.user.has_perm(PLAN),
        "today": today,
    }
    return render(request, "workforce/projection_run.html", context | _shown_context(request, result))


def _seen(request):
    return ProjectionRun.objects.visible_to(request.user).select_related("scenario__step", "created_by")


def _chosen(request) -> list[ProjectionRun]:
    """The runs of the address, in its order; 404 when one is unknown."""
    try:
        asked = list(dict.fromkeys(uuid.UUID(text) for text in request.GET.getlist("s")))
    except ValueError as error:
        raise Http404 from error
    found = {run.public_id: run for run in _seen(request).filter(public_id__in=asked[: MOST + 1])}
    if len(found) != len(asked[: MOST + 1]):
        raise Http404
    return [found[one] for one in asked[: MOST + 1]]


@access.needs(FIGURES)
@require_safe
def projection_compare(request):
    """Two to four runs side by side."""
    runs = _chosen(request)
    if not FEWEST <= len(runs) <= MOST:
        messages.error(request, _("Centang dua sampai empat skenario, lalu bandingkan."))
        return redirect("workforce:projection-list")
    results = queries.read_back(runs)
    sees_people = permissions.may_see_people(request.user)
    seen = [(run, outlooks.shown(result, sees_people)) for run, result in zip(runs, results, strict=True)]
    visible = [run for run, one in seen if one.bands is not None]
    shown = [one for _run, one in seen if one.bands is not None]
    names = [run.scenario.name for run in visible]
    context: dict[str, object] = {"runs": visible, "hidden": [run for run, one in seen if one.bands is None]}
    if visible:
        assumptions = outlooks.assumption_lines([one.result for one in shown])
        context["assumptions"] = outlooks.labelled(assumptions, names)
        context["lines"] = outlooks.labelled(outlooks.result_lines(shown), names)
        context["chart"] = outlooks.comparison_chart(names, shown)
    return render(request, "workforce/projection_compare.html", context)


@access.needs(FIGURES)
@require_safe
def projection_export(request):
    """The cells of one to four runs as CSV, as far as they may be shown to the reader."""
    runs = _chosen(request)
    if not runs or len(runs) > MOST:
        raise Http404
    sees_people = permissions.may_see_people(request.user)
    rows = []
    for run, result in zip(runs, queries.read_back(runs), strict=True):
        one = outlooks.shown(result, sees_people)
        if one.bands is not None:
            rows += outlooks.csv_rows(run.scenario.name, one)
    return downloads.csv_file("skenario-penerusan", outlooks.csv_head(), rows)


@access.needs(PLAN)
@require_POST
def projection_rerun(request, public_id):
    """Work a scenario out again on the registry of today; the runs before stay."""
    scenario = _scenario_or_404(request, public_id)
    try:
        run = actions.run_scenario(scenario=scenario, on=timezone.localdate(), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("workforce:projection-list")
    messages.success(request, _("Skenario dihitung lagi dengan data hari ini."))
    return redirect(run)


@access.needs(PLAN)
@require_POST
def projection_archive(request, public_id):
    """Take a scenario off the list."""
    actions.archive_scenario(scenario=_scenario_or_404(request, public_id), by=request.user, at=timezone.now())
    messages.success(request, _("Skenario diarsipkan. Hitungannya tetap tersimpan."))
    return redirect("workforce:projection-list")


@access.needs(PLAN)
@require_POST
def projection_restore(request, public_id):
    """Bring a scenario back to the list."""
    try:
        actions.restore_scenario(scenario=_scenario_or_404(request, public_id), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('workforce:projection-list')}?arsip=on")
    messages.success(request, _("Skenario dikembalikan ke daftar."))
    return redirect("workforce:projection-list")


def _scenario_or_404(request, public_id) -> ProjectionScenario:
    return get_object_or_404(ProjectionScenario.objects.visible_to(request.user), public_id=public_id)
