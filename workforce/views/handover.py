"""Handover: the list of plans with whom to ask, one plan with its candidates and milestones, and every step of it."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads
from workforce import permissions
from workforce.actions import Refused
from workforce.actions import handover as actions
from workforce.choices.handover import HandoverKind, MilestoneState, PlanState, Readiness
from workforce.forms import handover as forms
from workforce.models import HandoverMilestone, Person, SuccessionPlan, SuccessorCandidate
from workforce.queries import handover as queries
from workforce.queries import matching
from workforce.rules import handover as rules
from workforce.views.people import PAGE_SIZE, person_or_404


@dataclass(frozen=True)
class Move:
    """A change of state as people see it."""

    to: str
    form: type[forms.PlanMoveForm]
    label: object
    consequences: tuple[object, ...] = ()


MOVES: dict[str, Move] = {
    "jalankan": Move(PlanState.RUNNING, forms.PlanMoveForm, gettext_lazy("Mulai dijalankan")),
    "selesai": Move(
        PlanState.DONE,
        forms.PlanDoneForm,
        gettext_lazy("Selesai diserahkan"),
        (gettext_lazy("Rencana ditutup dengan nama penerusnya."),),
    ),
    "hentikan": Move(
        PlanState.STOPPED,
        forms.PlanStopForm,
        gettext_lazy("Hentikan"),
        (gettext_lazy("Rencana dapat dibuka lagi kapan saja."),),
    ),
    "buka-lagi": Move(PlanState.OPEN, forms.PlanMoveForm, gettext_lazy("Bicarakan lagi")),
}
# What usually lies between the wish and the handover, with days from the start; officers change it as they like.
USUAL_STEPS: dict[str, tuple[tuple[object, int], ...]] = {
    HandoverKind.OWNER: (
        (gettext_lazy("Bicara dengan calon penerus dan keluarga"), 30),
        (gettext_lazy("Penerus ikut menjalankan usaha"), 120),
        (gettext_lazy("Serah terima pelanggan, pemasok, dan pembukuan"), 240),
        (gettext_lazy("Izin, merek, dan rekening dialihkan"), 330),
    ),
    HandoverKind.MASTER: (
        (gettext_lazy("Bicara dengan calon penerus"), 30),
        (gettext_lazy("Mulai belajar bersama maestro"), 60),
        (gettext_lazy("Mengerjakan sendiri dengan bimbingan"), 180),
        (gettext_lazy("Dinilai mahir"), 365),
    ),
}


def plan_or_404(request, public_id) -> SuccessionPlan:
    """The plan, if the user may see it; everybody else gets the answer of one that does not exist."""
    plans = queries.with_progress(SuccessionPlan.objects.visible_to(request.user))
    return get_object_or_404(plans, public_id=public_id)


def _matching(request, today):
    form = forms.PlanFilterForm(request.GET)
    visible = SuccessionPlan.objects.visible_to(request.user)
    return form, queries.plans_matching(visible, form.wanted(today), request.GET.get("urut", ""))


@access.needs("workforce.read_successionplan")
@require_safe
@never_cache
def handover_list(request):
    """Plans by filter, and the oldest owners and masters for whom there is none."""
    today = timezone.localdate()
    form, plans = _matching(request, today)
    asked, total = matching.people_to_ask(Person.objects.visible_to(request.user), today)
    context = {
        "filter": form,
        "page": Paginator(plans, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "to_ask": asked,
        "to_ask_total": total,
        "heirs": queries.heir_readiness(today),
        "may_record": permissions.may_record_plans(request.user),
        "may_export": permissions.may_export_plans(request.user),
    }
    return render(request, "workforce/handover_list.html", context)


@access.needs("workforce.export_successionplan")
@require_safe
@never_cache
def handover_export(request):
    """The list as CSV; the download is logged."""
    _form, plans = _matching(request, timezone.localdate())
    rows = list(plans)
    actions.log_download(count=len(rows), columns=("person", "wish"), by=request.user, at=timezone.now())
    header = [
        _("Nama"), _("Yang diserahkan"), _("Usaha"), _("Proses"), _("Keinginan"), _("Disampaikan pada"),
        _("Ingin selesai pada"), _("Keadaan"), _("Kesiapan"), _("Penerus"),
    ]  # fmt: skip
    return downloads.csv_file("penerusan", header, (_csv_row(plan) for plan in rows))


def _csv_row(plan) -> list[object]:
    return [
        plan.person.name,
        plan.get_kind_display(),
        plan.enterprise.name if plan.enterprise else "",
        plan.step.name if plan.step else "",
        plan.get_wish_display(),
        plan.wished_on.isoformat(),
        plan.target_on.isoformat() if plan.target_on else "",
        plan.get_state_display(),
        Readiness(plan.readiness).label,
        str(plan.successor) if plan.successor else "",
    ]


@access.needs("workforce.record_successionplan")
@require_http_methods(["GET", "POST"])
def handover_new(request, public_id):
    """Begin a plan of a registered person."""
    person = person_or_404(request, public_id)
    initial = {name: request.GET[key] for name, key in (("kind", "jenis"), ("step", "proses")) if key in request.GET}
    if "usaha" in request.GET:
        initial["enterprise"] = request.GET["usaha"]
    return _plan_form(request, person, None, {"wished_on": timezone.localdate(), **initial})


@access.needs("workforce.record_successionplan")
@require_http_methods(["GET", "POST"])
def handover_edit(request, public_id):
    """Correct a plan."""
    plan = plan_or_404(request, public_id)
    return _plan_form(request, plan.person, plan, forms.PlanForm.of(plan))


def _plan_form(request, person: Person, plan: SuccessionPlan | None, initial: dict[str, object]):
    form = forms.PlanForm(request.POST or None, user=request.user, today=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.facts() | {"person": person}
        saved = _tried(request, form, lambda **who: actions.save_plan(facts=facts, plan=plan, **who))
        if saved:
            messages.success(request, _("Rencana disimpan."))
            return redirect(saved)
    back = plan.get_absolute_url() if plan else person.get_absolute_url()
    return _page(request, _("Rencana penerusan"), person.name, form, back)


def _tried(request, form, act):
    """What the action made; None when it refused, which becomes an error of the form."""
    try:
        return act(by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def _page(request, title: str, lead: str, form, back: str, note: str = ""):
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "note": note,
        "cancel_url": back,
        "crumbs": [(_("Rencana penerusan"), reverse("workforce:handover-list"))],
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.read_successionplan")
@require_safe
@never_cache
def handover(request, public_id):
    """One plan: who could follow, who is suggested, and the steps on the way."""
    plan = plan_or_404(request, public_id)
    today = timezone.localdate()
    may_record = permissions.may_record_plans(request.user)
    is_live = plan.state in rules.LIVE
    allowed = rules.PLAN_TRANSITIONS[plan.state]
    people = Person.objects.visible_to(request.user)
    context = {
        "plan": plan,
        "today": today,
        "candidates": queries.candidates_of(plan),
        "milestones": plan.milestones.all(),
        "suggestions": matching.successors_for(plan, people, today)[:8] if is_live else [],
        "moves": {slug: move for slug, move in MOVES.items() if move.to in allowed} if may_record else {},
        "may_record": may_record and is_live,
        "sees_people": permissions.may_see_people(request.user),
    }
    return render(request, "workforce/handover.html", context)


@access.needs("workforce.record_successionplan")
@require_http_methods(["GET", "POST"])
def handover_move(request, public_id, step: str):
    """Change the state of a plan."""
    plan = plan_or_404(request, public_id)
    move = MOVES.get(step)
    if move is None:
        raise Http404
    if move.to not in rules.PLAN_TRANSITIONS[plan.state]:
        messages.info(request, _("Langkah itu tidak dapat dilakukan sekarang. Ini keadaan terakhir."))
        return redirect(plan)
    form = move.form(request.POST or None, today=timezone.localdate(), plan=plan)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if _tried(request, form, lambda **who: actions.move_plan(plan=plan, to=move.to, **facts, **who)):
            messages.success(request, _("Tersimpan: %(step)s.") % {"step": move.label})
            return redirect(plan)
    context = {
        "title": move.label,
        "question": str(plan),
        "consequences": move.consequences,
        "form": form,
        "submit_label": move.label,
        "cancel_url": plan.get_absolute_url(),
        "crumbs": [
            (_("Rencana penerusan"), reverse("workforce:handover-list")),
            (plan.person.name, plan.get_absolute_url()),
        ],
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("workforce.record_successionplan")
@require_http_methods(["GET", "POST"])
def candidate_new(request, public_id):
    """Name somebody who could follow; those suggested can be chosen."""
    plan = plan_or_404(request, public_id)
    visible = Person.objects.visible_to(request.user)
    suggested = [one.person.pk for one in matching.successors_for(plan, visible, timezone.localdate())]
    chosen = visible.filter(public_id=request.GET["orang"]) if request.GET.get("orang") else visible.none()
    initial = {"person": request.GET.get("orang")}
    people = visible.filter(pk__in=[*suggested, *chosen.values_list("pk", flat=True)]).order_by("name", "pk")
    form = forms.CandidateForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if _tried(request, form, lambda **who: actions.add_candidate(plan=plan, **facts, **who)):
            messages.success(request, _("Calon penerus dicatat."))
            return redirect(plan)
    return _page(request, _("Calon penerus"), plan.person.name, form, plan.get_absolute_url())


@access.needs("workforce.record_successionplan")
@require_http_methods(["GET", "POST"])
def candidate_willing(request, public_id):
    """Record what a candidate said."""
    visible = SuccessionPlan.objects.visible_to(request.user)
    rows = SuccessorCandidate.objects.filter(plan__in=visible).select_related("plan__person", "person")
    candidate = get_object_or_404(rows, public_id=public_id)
    initial = {"willing": candidate.willing, "note": candidate.note}
    form = forms.WillingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if _tried(request, form, lambda **who: actions.set_willing(candidate=candidate, **facts, **who)):
            messages.success(request, _("Kesediaan dicatat."))
            return redirect(candidate.plan)
    return _page(request, _("Kesediaan calon"), str(candidate), form, candidate.plan.get_absolute_url())


@access.needs("workforce.record_successionplan")
@require_http_methods(["GET", "POST"])
def milestone_new(request, public_id):
    """A step of the plan with its day."""
    plan = plan_or_404(request, public_id)
    form = forms.MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = [(form.cleaned_data["title"], form.cleaned_data["due_on"])]
        if _tried(request, form, lambda **who: actions.add_milestones(plan=plan, steps=step, **who)):
            messages.success(request, _("Langkah ditambahkan."))
            return redirect(plan)
    return _page(request, _("Langkah baru"), plan.person.name, form, plan.get_absolute_url())


@access.needs("workforce.record_successionplan")
@require_POST
def milestones_usual(request, public_id):
    """Put the usual steps into a plan that has none."""
    plan = plan_or_404(request, public_id)
    today = timezone.localdate()
    steps = [(str(title), today + timedelta(days=days)) for title, days in USUAL_STEPS[plan.kind]]
    if not plan.milestones.exists():
        try:
            actions.add_milestones(plan=plan, steps=steps, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(plan)


@access.needs("workforce.record_successionplan")
@require_http_methods(["GET", "POST"])
def milestone_close(request, public_id):
    """A step is done, or will not be."""
    visible = SuccessionPlan.objects.visible_to(request.user)
    rows = HandoverMilestone.objects.filter(plan__in=visible).select_related("plan__person")
    milestone = get_object_or_404(rows, public_id=public_id)
    if milestone.state != MilestoneState.PLANNED:
        return redirect(milestone.plan)
    form = forms.MilestoneCloseForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if _tried(request, form, lambda **who: actions.close_milestone(milestone=milestone, **facts, **who)):
            messages.success(request, _("Langkah ditutup."))
            return redirect(milestone.plan)
    return _page(request, milestone.title, milestone.plan.person.name, form, milestone.plan.get_absolute_url())
