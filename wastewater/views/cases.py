"""Enforcement: the cases, one case with its whole story, and every step of a decision."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads
from batikportal.models import Enterprise
from wastewater import permissions
from wastewater.actions import enforcement as actions
from wastewater.choices.enforcement import CaseState, FindingState
from wastewater.forms import enforcement as forms
from wastewater.models import (
    EnforcementCase,
    EnforcementDecision,
    Finding,
    Milestone,
    TreatmentPlant,
)
from wastewater.queries import cases as queries
from wastewater.queries import supervision
from wastewater.rules import enforcement as rules
from wastewater.views.enforcement_steps import form_page, tried, visible_case, visible_cases
from wastewater.views.lists import chosen_in, page_of

GET_POST = ["GET", "POST"]


def _all_visible(user):
    """For figures: leaders count all cases, and read none."""
    if permissions.may_read_inspections(user):
        return EnforcementCase.objects.visible_to(user)
    return EnforcementCase.objects.all()


def _found(request):
    form = forms.CaseFilter(request.GET or None)
    return form, queries.found_cases(_all_visible(request.user), **chosen_in(form))


@access.needs("wastewater.view_enforcementcase")
@require_safe
def case_list(request):
    """How many cases are open and closed, and for those who inspect which ones."""
    form, rows = _found(request)
    may_read = permissions.may_read_inspections(request.user)
    listed = queries.listed_cases(rows, timezone.localdate()) if may_read else rows.none()
    everything = _all_visible(request.user)
    context = {
        "filter": form,
        "page": page_of(request, listed.order_by("-opened_on", "-pk")),
        "open_count": queries.open_cases(everything).count(),
        "closed_count": everything.filter(state=CaseState.CLOSED).count(),
        "may_read": may_read,
    }
    return render(request, "wastewater/case_list.html", context)


@access.needs("wastewater.record_inspection")
@require_safe
def case_export(request):
    _form, rows = _found(request)
    header = [_("Nomor"), _("Usaha atau IPAL"), _("Kelurahan"), _("Kecamatan"), _("Perkara"), _("Dibuka"),
              _("Keadaan"), _("Akhir perkara"), _("Temuan"), _("Keputusan"), _("Perintah lewat tenggat")]  # fmt: skip
    lines = (
        [row.number, row.subject.name, row.ward.name, row.ward.parent.name, row.title, row.opened_on,
         row.get_state_display(), row.get_outcome_display(), row.findings_count,
         "; ".join(f"{one} ({one.get_state_display()})" for one in row.decisions.all()), row.overdue_count]
        for row in queries.listed_cases(rows, timezone.localdate()).order_by("pk").iterator(chunk_size=500)
    )  # fmt: skip
    return downloads.csv_file("perkara-penegakan", header, lines)


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def case_new(request):
    """A case on upheld findings; `?temuan=` is the one it starts from, others of the same firm may join."""
    asked = get_object_or_404(Finding.objects.visible_to(request.user), public_id=request.GET.get("temuan"))
    findings = Finding.objects.visible_to(request.user).filter(
        enterprise=asked.enterprise_id,
        plant=asked.plant_id,
        state=FindingState.DECIDED,
        outcome__in=rules.STANDING_OUTCOMES,
    )
    initial = {"title": asked.title, "findings": [asked.public_id]}
    form = forms.CaseForm(request.POST or None, findings=findings, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: actions.open_case(**form.cleaned_data, by=request.user, at=timezone.now()))
        if made:
            messages.success(request, _("Perkara dibuka. Susun keputusannya, atau catat pembinaan."))
            return redirect(made)
    return form_page(request, form, _("Buka perkara"), asked.subject.name, asked.get_absolute_url())


@access.needs("wastewater.record_inspection")
@require_safe
def case(request, public_id):
    """The whole story of a case: findings, coaching, decisions, orders, objections, schedule."""
    found = visible_case(request, public_id)
    today, user = timezone.localdate(), request.user
    late_days = int(supervision.settings_on(today)["milestone_late_days"])
    findings = list(found.findings.order_by("pk"))
    is_open = found.state == CaseState.OPEN
    context = {
        "case": found,
        "findings": findings,
        "decisions": [_shown(one, user, today) for one in queries.decisions_of(found)],
        "coaching": queries.coaching_of(found),
        "milestones": [
            (one, rules.days_late(one.due_on, one.done_on, today), late_days) for one in found.milestones.all()
        ],
        "stands": any(finding.stands for finding in findings),
        "may_record": is_open and permissions.may_record_enforcement(user),
        "may_approve": is_open and permissions.may_approve_enforcement(user),
    }
    return render(request, "wastewater/case.html", context)


def _shown(decision: EnforcementDecision, user, today) -> dict[str, object]:
    """A decision with its orders, how late they are, and the steps that are possible now."""
    record, approve = permissions.may_record_enforcement(user), permissions.may_approve_enforcement(user)
    running = decision.state in rules.RUNNING
    items = [
        (item, rules.days_late(item.deadline, item.done_on if item.verified_at else None, today))
        for item in decision.items.all()
    ]
    waiting = [(item, late) for item, late in items if not item.verified_at]
    return {
        "decision": decision,
        "items": items,
        "may_edit": decision.state == "drafted" and record,
        "may_approve": decision.state == "drafted" and approve and decision.created_by_id != user.pk,
        "may_serve": decision.state == "approved" and approve,
        "may_force": decision.state == "served" and approve,
        "may_follow": running and record,
        "may_meet": decision.state in ("in_force", "breached") and approve and not waiting,
        "may_breach": decision.state == "in_force" and record and any(late for _item, late in waiting),
        "may_escalate": decision.state == "breached" and record,
        "may_lift": decision.state not in rules.ENDED and approve,
        "may_object": running and record,
    }


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def milestone_new(request, public_id):
    found = visible_case(request, public_id)
    form = forms.MilestoneForm(request.POST or None)
    return _case_step(request, found, form, _("Tambah tahap perbaikan"), actions.add_milestone, _("Tahap ditambahkan."))


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def milestone_reach(request, public_id):
    rows = Milestone.objects.filter(case__in=visible_cases(request)).select_related("case")
    found = get_object_or_404(rows, public_id=public_id)
    form = forms.ReachForm(request.POST or None, initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: actions.reach_milestone(milestone=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Tahap dicatat tercapai."))
            return redirect(found.case)
    return form_page(request, form, _("Tahap tercapai"), found.text, found.case.get_absolute_url(), found.case)


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def case_close(request, public_id):
    found = visible_case(request, public_id)
    form = forms.CloseCaseForm(request.POST or None)
    return _case_step(request, found, form, _("Tutup perkara"), actions.close_case, _("Perkara ditutup."))


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def coaching_new(request, public_id):
    """Coaching about a finding, before any sanction."""
    found = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related("enterprise", "plant"), public_id=public_id
    )
    subject: Enterprise | TreatmentPlant = found.subject
    form = forms.CoachingForm(request.POST or None, initial={"held_on": timezone.localdate(), "topic": found.title})
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: actions.record_coaching(
                subject=subject, finding=found, **form.cleaned_data, by=request.user, at=timezone.now()
            ),
        )
        if made:
            messages.success(request, _("Pembinaan dicatat."))
            return redirect(found)
    return form_page(request, form, _("Catat pembinaan"), str(found), found.get_absolute_url())


def _case_step(request, found: EnforcementCase, form, title: str, action, done: str):
    def write():
        return action(case=found, **form.cleaned_data, by=request.user, at=timezone.now())

    if request.method == "POST" and form.is_valid() and tried(form, write):
        messages.success(request, done)
        return redirect(found)
    return form_page(request, form, title, str(found), found.get_absolute_url(), found)
