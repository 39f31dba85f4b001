"""Enforcement: the cases, one case with its whole story, and every step of a decision."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads
from batikportal.actions.files import FileRefused, store
from batikportal.choices import FileKind
from batikportal.models import Enterprise
from wastewater import permissions
from wastewater.actions import enforcement as actions
from wastewater.choices.enforcement import CaseState, FindingState
from wastewater.documents.enforcement import decision_pdf
from wastewater.forms import enforcement as forms
from wastewater.models import (
    Coaching,
    EnforcementCase,
    EnforcementDecision,
    Finding,
    Milestone,
    Objection,
    OrderedItem,
    TreatmentPlant,
)
from wastewater.queries import cases as queries
from wastewater.queries import supervision
from wastewater.rules import enforcement as rules
from wastewater.views.lists import chosen_in, page_of

GET_POST = ["GET", "POST"]
EVIDENCE = (FileKind.IMAGE, FileKind.PDF)


def _all_visible(user):
    """For figures: leaders count all cases, and read none."""
    if permissions.may_read_inspections(user):
        return EnforcementCase.objects.visible_to(user)
    return EnforcementCase.objects.all()


def _found(request):
    form = forms.CaseFilter(request.GET or None)
    return form, queries.found_cases(_all_visible(request.user), **chosen_in(form))


def _case(request, public_id) -> EnforcementCase:
    seen = EnforcementCase.objects.visible_to(request.user).select_related("enterprise", "plant", "ward__parent")
    return get_object_or_404(seen, public_id=public_id)


def _staff_cases(request):
    """Cases that an officer may handle; what owners see is reached through their own pages."""
    return EnforcementCase.objects.visible_to(request.user)


def _decision(request, public_id) -> EnforcementDecision:
    rows = EnforcementDecision.objects.filter(case__in=_staff_cases(request))
    return get_object_or_404(rows.select_related("case__enterprise", "case__plant", "case__ward"), public_id=public_id)


def _item(request, public_id) -> OrderedItem:
    rows = OrderedItem.objects.filter(decision__case__in=_staff_cases(request))
    return get_object_or_404(rows.select_related("decision__case"), public_id=public_id)


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
        made = _tried(form, lambda: actions.open_case(**form.cleaned_data, by=request.user, at=timezone.now()))
        if made:
            messages.success(request, _("Perkara dibuka. Susun keputusannya, atau catat pembinaan."))
            return redirect(made)
    return _form_page(request, form, _("Buka perkara"), asked.subject.name, asked.get_absolute_url())


@access.needs("wastewater.record_inspection")
@require_safe
def case(request, public_id):
    """The whole story of a case: findings, coaching, decisions, orders, objections, schedule."""
    found = _case(request, public_id)
    today, user = timezone.localdate(), request.user
    late_days = int(supervision.settings_on(today)["milestone_late_days"])
    findings = list(found.findings.order_by("pk"))
    is_open = found.state == CaseState.OPEN
    context = {
        "case": found,
        "findings": findings,
        "decisions": [_shown(one, user, today) for one in queries.decisions_of(found)],
        "coaching": _coaching_of(found),
        "milestones": [
            (one, rules.days_late(one.due_on, one.done_on, today), late_days) for one in found.milestones.all()
        ],
        "stands": any(finding.stands for finding in findings),
        "may_record": is_open and permissions.may_record_enforcement(user),
        "may_approve": is_open and permissions.may_approve_enforcement(user),
    }
    return render(request, "wastewater/case.html", context)


def _coaching_of(found: EnforcementCase):
    return Coaching.objects.filter(
        Q(enterprise=found.enterprise_id, enterprise__isnull=False) | Q(plant=found.plant_id, plant__isnull=False)
    ).order_by("held_on")


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
def decision_new(request, public_id):
    found = _case(request, public_id)
    form = _decision_form(request, forms.DecisionForm)
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: actions.draft_decision(case=found, draft=form.draft(), by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Konsep keputusan disimpan. Orang lain yang menyetujuinya."))
            return redirect(found)
    return _form_page(request, form, _("Susun keputusan"), str(found), found.get_absolute_url(), found)


def _decision_form(request, kind):
    today = timezone.localdate()
    settings = supervision.settings_on(today)
    due = today + timedelta(days=int(settings["warning_days"]))
    return kind(request.POST or None, articles=supervision.articles_on(today), initial={"due_on": due})


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def decision_order(request, public_id):
    found = _decision(request, public_id)
    form = forms.OrderForm(request.POST or None, findings=found.case.findings.all())
    if request.method == "POST" and form.is_valid():
        order = actions.Order(**form.cleaned_data)
        if _tried(form, lambda: actions.add_order(decision=found, order=order, by=request.user, at=timezone.now())):
            messages.success(request, _("Perintah ditambahkan."))
            return redirect(found.case)
    return _of_decision(request, form, _("Tambah perintah"), found)


@access.needs("wastewater.record_enforcement")
@require_POST
def order_remove(request, public_id):
    found = _item(request, public_id)
    return _pressed(
        request,
        found.decision.case,
        lambda: actions.remove_order(item=found, by=request.user, at=timezone.now()),
        _("Perintah dihapus dari konsep."),
    )


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def decision_approve(request, public_id):
    found = _decision(request, public_id)
    initial = {"decree_on": timezone.localdate(), "fine_idr": found.fine_idr}
    form = forms.ApproveForm(request.POST or None, initial=initial)
    done = _("Keputusan disetujui. Sampaikan kepada usaha.")
    return _decision_step(request, found, form, _("Setujui keputusan"), actions.approve_decision, done)


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def decision_serve(request, public_id):
    found = _decision(request, public_id)
    form = forms.ServeForm(request.POST or None, initial={"served_on": timezone.localdate()})
    done = _("Penyampaian dicatat; pemilik usaha diberi tahu.")
    return _decision_step(request, found, form, _("Sampaikan keputusan"), actions.serve_decision, done)


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def decision_force(request, public_id):
    found = _decision(request, public_id)
    form = forms.InForceForm(request.POST or None, initial={"in_force_on": timezone.localdate()})
    return _decision_step(request, found, form, _("Berlakukan"), actions.put_in_force, _("Keputusan berlaku."))


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def decision_meet(request, public_id):
    found = _decision(request, public_id)
    form = forms.NoteForm(request.POST or None)
    done = _("Keputusan dicatat sudah dipenuhi.")
    return _decision_step(request, found, form, _("Sudah dipenuhi"), actions.end_met, done)


@access.needs("wastewater.record_enforcement")
@require_POST
def decision_breach(request, public_id):
    found = _decision(request, public_id)
    return _pressed(
        request,
        found.case,
        lambda: actions.record_breach(decision=found, by=request.user, at=timezone.now()),
        _("Dicatat: tidak dipenuhi. Langkah berikutnya dipilih orang."),
    )


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def decision_escalate(request, public_id):
    """A heavier decision, chosen by a person."""
    found = _decision(request, public_id)
    form = _decision_form(request, forms.EscalateForm)
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: actions.escalate(
                decision=found,
                draft=form.draft(),
                note=form.cleaned_data["note"],
                by=request.user,
                at=timezone.now(),
            ),
        )
        if made:
            messages.success(request, _("Keputusan ditingkatkan; konsep yang lebih berat menunggu persetujuan."))
            return redirect(found.case)
    return _of_decision(request, form, _("Tingkatkan keputusan"), found)


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def decision_lift(request, public_id):
    found = _decision(request, public_id)
    form = forms.LiftForm(request.POST or None)
    done = _("Keputusan dicabut; tidak ada lagi yang diminta karenanya.")
    return _decision_step(request, found, form, _("Cabut keputusan"), actions.lift, done)


@access.signed_in
@require_safe
def decision_letter(request, public_id):
    """The letter as PDF: for those who inspect, and once served for its owner."""
    if permissions.may_read_inspections(request.user):
        found = _decision(request, public_id)
    else:
        known = queries.known_decisions(Enterprise.objects.owned_by(request.user))
        found = get_object_or_404(known, public_id=public_id)
    name = f"{found.kind}-{found.case.number}-{found.pk}"
    return downloads.pdf_file(name, decision_pdf(found, at=timezone.now()))


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def order_done(request, public_id):
    found = _item(request, public_id)
    form = forms.DoneForm(request.POST or None, request.FILES or None, initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _tried(form, lambda: _done(request, found, form)):
        messages.success(request, _("Pelaksanaan dicatat. Periksa buktinya."))
        return redirect(found.decision.case)
    return _of_decision(request, form, _("Catat pelaksanaan perintah"), found.decision)


def _done(request, found: OrderedItem, form):
    cleaned = dict(form.cleaned_data)
    file = _stored(request, cleaned.pop("file"), found.decision.case.enterprise)
    return actions.record_done(item=found, **cleaned, file=file, by=request.user, at=timezone.now())


def _stored(request, upload, enterprise):
    if not upload:
        return None
    return store(upload=upload, kinds=EVIDENCE, by=request.user, at=timezone.now(), enterprise=enterprise)


@access.needs("wastewater.record_enforcement")
@require_POST
def order_verify(request, public_id):
    found = _item(request, public_id)
    return _pressed(
        request,
        found.decision.case,
        lambda: actions.verify_item(item=found, by=request.user, at=timezone.now()),
        _("Pelaksanaan sudah diperiksa."),
    )


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def order_extend(request, public_id):
    found = _item(request, public_id)
    form = forms.ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: actions.extend_item(item=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Tenggat diperpanjang."))
            return redirect(found.decision.case)
    return _of_decision(request, form, _("Perpanjang tenggat"), found.decision)


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def objection_new(request, public_id):
    found = _decision(request, public_id)
    form = forms.ObjectionForm(
        request.POST or None, request.FILES or None, initial={"submitted_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid() and _tried(form, lambda: _object(request, found, form)):
        messages.success(request, _("Keberatan dicatat."))
        return redirect(found.case)
    return _of_decision(request, form, _("Catat keberatan"), found)


def _object(request, found: EnforcementDecision, form, **more):
    cleaned = dict(form.cleaned_data) | more
    file = _stored(request, cleaned.pop("file"), found.case.enterprise)
    return actions.record_objection(decision=found, **cleaned, file=file, by=request.user, at=timezone.now())


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def objection_decide(request, public_id):
    rows = Objection.objects.filter(decision__case__in=_staff_cases(request)).select_related("decision__case")
    found = get_object_or_404(rows, public_id=public_id)
    form = forms.DecideObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: actions.decide_objection(objection=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Keberatan diputus."))
            return redirect(found.decision.case)
    return _of_decision(request, form, _("Putuskan keberatan"), found.decision)


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def milestone_new(request, public_id):
    found = _case(request, public_id)
    form = forms.MilestoneForm(request.POST or None)
    return _case_step(request, found, form, _("Tambah tahap perbaikan"), actions.add_milestone, _("Tahap ditambahkan."))


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def milestone_reach(request, public_id):
    rows = Milestone.objects.filter(case__in=_staff_cases(request)).select_related("case")
    found = get_object_or_404(rows, public_id=public_id)
    form = forms.ReachForm(request.POST or None, initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: actions.reach_milestone(milestone=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Tahap dicatat tercapai."))
            return redirect(found.case)
    return _form_page(request, form, _("Tahap tercapai"), found.text, found.case.get_absolute_url(), found.case)


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def case_close(request, public_id):
    found = _case(request, public_id)
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
        made = _tried(
            form,
            lambda: actions.record_coaching(
                subject=subject, finding=found, **form.cleaned_data, by=request.user, at=timezone.now()
            ),
        )
        if made:
            messages.success(request, _("Pembinaan dicatat."))
            return redirect(found)
    return _form_page(request, form, _("Catat pembinaan"), str(found), found.get_absolute_url())


@access.owner
@require_safe
def own_decision(request, public_id):
    """A decision as its owner reads it: what is ordered until when, and how to object."""
    found = get_object_or_404(queries.known_decisions(request.enterprises), public_id=public_id)
    today = timezone.localdate()
    running = found.state in rules.RUNNING
    context = {
        "decision": found,
        "articles": found.articles.all(),
        "items": found.items.all(),
        "objections": found.objections.all(),
        "is_running": running,
        "may_object": running
        and found.objection_due_on is not None
        and today <= found.objection_due_on
        and not any(one.outcome == "waiting" for one in found.objections.all()),
    }
    return render(request, "wastewater/own_decision.html", context)


@access.owner
@require_http_methods(GET_POST)
def own_objection(request, public_id):
    found = get_object_or_404(queries.known_decisions(request.enterprises), public_id=public_id)
    form = forms.OwnObjectionForm(request.POST or None, request.FILES or None)
    back = reverse("wastewater:own-decision", args=[found.public_id])
    if (
        request.method == "POST"
        and form.is_valid()
        and _tried(form, lambda: _object(request, found, form, submitted_on=timezone.localdate()))
    ):
        messages.success(request, _("Keberatan Anda sudah diterima dinas."))
        return redirect(back)
    return _form_page(request, form, _("Ajukan keberatan"), str(found), back, is_owner=True)


@access.owner
@require_http_methods(GET_POST)
def own_order_done(request, public_id):
    found = get_object_or_404(queries.orders_of_owner(request.enterprises), public_id=public_id)
    form = forms.DoneForm(request.POST or None, request.FILES or None, initial={"done_on": timezone.localdate()})
    back = reverse("wastewater:own-decision", args=[found.decision.public_id])
    if request.method == "POST" and form.is_valid() and _tried(form, lambda: _done(request, found, form)):
        messages.success(request, _("Laporan Anda sudah diterima dinas; petugas memeriksanya."))
        return redirect(back)
    return _form_page(request, form, _("Laporkan pelaksanaan"), found.text, back, is_owner=True)


def _tried(form, action):
    """What the action returns; its refusal becomes an error of the form and None."""
    try:
        return action()
    except (actions.EnforcementRefused, FileRefused) as refusal:
        form.add_error(None, str(refusal))
        return None


def _pressed(request, found: EnforcementCase, action, done: str):
    """A step without a form."""
    try:
        action()
        messages.success(request, done)
    except actions.EnforcementRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def _decision_step(request, found: EnforcementDecision, form, title: str, action, done: str):
    def write():
        return action(decision=found, **form.cleaned_data, by=request.user, at=timezone.now())

    if request.method == "POST" and form.is_valid() and _tried(form, write):
        messages.success(request, done)
        return redirect(found.case)
    return _of_decision(request, form, title, found)


def _case_step(request, found: EnforcementCase, form, title: str, action, done: str):
    def write():
        return action(case=found, **form.cleaned_data, by=request.user, at=timezone.now())

    if request.method == "POST" and form.is_valid() and _tried(form, write):
        messages.success(request, done)
        return redirect(found)
    return _form_page(request, form, title, str(found), found.get_absolute_url(), found)


def _of_decision(request, form, title: str, found: EnforcementDecision):
    return _form_page(request, form, title, str(found), found.case.get_absolute_url(), found.case)


def _form_page(
    request, form, title: str, lead: str, back: str, found: EnforcementCase | None = None, is_owner: bool = False
):
    if is_owner:
        crumbs = [(_("Temuan dan tanggapan"), reverse("wastewater:own-finding-list"))]
    else:
        crumbs = [
            (_("Pengawasan"), reverse("wastewater:inspection-list")),
            (_("Perkara"), reverse("wastewater:case-list")),
        ]
    if found is not None:
        crumbs.append((found.number, found.get_absolute_url()))
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit_label": _("Kirim") if is_owner else _("Simpan"),
        "cancel_url": back,
        "crumbs": crumbs,
    }
    return render(request, "components/form_page.html", context)
