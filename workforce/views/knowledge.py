"""Knowledge at risk: every step with its masters by area, one step with its wards and judgements."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads, formats
from workforce import permissions, standings
from workforce.actions import Refused
from workforce.actions import knowledge as actions
from workforce.choices.knowledge import KnowledgeRisk
from workforce.forms.knowledge import CraftAssessmentForm, KnowledgeFilter
from workforce.models import ProcessStep
from workforce.queries import knowledge as queries
from workforce.queries.projection import MissingAssumption

FIGURES = "workforce.view_figures"
JUDGE = "workforce.record_craftassessment"


def _asked(request) -> tuple[KnowledgeFilter, list[standings.StepLine]]:
    sees_people = permissions.may_see_people(request.user)
    form = KnowledgeFilter(request.GET, today=timezone.localdate(), sees_people=sees_people)
    found = queries.knowledge(form.on(), form.value("kecamatan"))
    return form, standings.step_lines(found, queries.districts(), sees_people)


@access.needs(FIGURES)
@require_safe
def knowledge(request):
    """Every step: masters by district, their ages, years left, learners, and what the panel says."""
    context: dict[str, object] = {"sees_people": permissions.may_see_people(request.user)}
    try:
        form, lines = _asked(request)
    except MissingAssumption:
        return render(request, "workforce/knowledge.html", context | {"is_missing": True})
    context |= {
        "filter": form,
        "on": form.on(),
        "area": form.value("kecamatan"),
        "lines": lines,
        "districts": [] if form.value("kecamatan") else [standings.short_name(one) for one in queries.districts()],
        "red_count": sum(line.risk == KnowledgeRisk.RED for line in lines),
        "amber_count": sum(line.risk == KnowledgeRisk.AMBER for line in lines),
        "unknown_count": sum(line.risk == KnowledgeRisk.UNKNOWN for line in lines),
    }
    return render(request, "workforce/knowledge.html", context)


@access.needs(FIGURES)
@require_safe
def knowledge_export(request):
    """The same as CSV."""
    _form, lines = _asked(request)
    head = [_("Kode"), _("Proses"), _("Orang mahir"), _("Median umur"), _("Tahun tersisa, rata-rata"),
            _("Kurang dari tiga dalam (tahun)"), _("Belajar"), _("Risiko"), _("Status panel"),
            _("Kelengkapan")]  # fmt: skip
    rows = [
        [line.step.code, line.step.name, line.masters, formats.number(line.median_age, 1) if line.median_age else "",
         formats.number(line.years_left, 1) if line.years_left is not None else "", line.until_few, line.learners,
         line.risk_label, line.assessment.get_status_display() if line.assessment else "",
         formats.per_cent(line.completeness)]
        for line in lines
    ]  # fmt: skip
    return downloads.csv_file("pengetahuan-berisiko", head, rows)


@access.needs(FIGURES)
@require_safe
def knowledge_step(request, code):
    """One step: masters by ward, and every judgement of the panel."""
    step = get_object_or_404(ProcessStep, code=code)
    today = timezone.localdate()
    one = next(found for found in queries.knowledge(today) if found.step.pk == step.pk)
    sees_people = permissions.may_see_people(request.user)
    context = {
        "line": standings.step_lines([one], queries.districts(), sees_people)[0],
        "wards": standings.ward_lines(one, queries.ward_names(one.by_ward())) if sees_people else [],
        "ages": standings.age_chart(one, sees_people),
        "assessments": queries.assessments_of(step),
        "sees_people": sees_people,
        "may_judge": request.user.has_perm(JUDGE),
        "today": today,
    }
    return render(request, "workforce/knowledge_step.html", context)


@access.needs(JUDGE)
@require_http_methods(["GET", "POST"])
def knowledge_assess(request, code):
    """Record what the panel says of a step."""
    step = get_object_or_404(ProcessStep, code=code)
    step_url = reverse("workforce:knowledge-step", args=[step.code])
    form = CraftAssessmentForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.assess_craft(step=step, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("Penilaian panel dicatat."))
            return redirect(step_url)
    context = {
        "title": _("Catat penilaian panel"),
        "lead": step.name,
        "note": _("Penilaian tidak dapat diubah sesudah dicatat; yang baru berdiri di sampingnya."),
        "form": form,
        "cancel_url": step_url,
        "crumbs": [(_("Pengetahuan berisiko"), reverse("workforce:knowledge")), (step.name, step_url)],
    }
    return render(request, "components/form_page.html", context)
