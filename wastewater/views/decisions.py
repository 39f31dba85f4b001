"""Every step of a decision of the legal ladder, of its orders, and of objections against it."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, downloads, formats
from batikportal.models import Enterprise
from wastewater import permissions
from wastewater.actions import enforcement as actions
from wastewater.documents.enforcement import decision_pdf
from wastewater.forms import enforcement as forms
from wastewater.models import (
    EnforcementDecision,
    Objection,
    OrderedItem,
)
from wastewater.queries import cases as queries
from wastewater.queries import supervision
from wastewater.views.enforcement_steps import (
    decision_page,
    done,
    form_page,
    objected,
    pressed,
    tried,
    visible_case,
    visible_cases,
)

GET_POST = ["GET", "POST"]


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def decision_new(request, public_id):
    found = visible_case(request, public_id)
    form = _decision_form(request, forms.DecisionForm)
    last = queries.coaching_of(found).last()
    if last is not None:
        form.fields["without_coaching_reason"].help_text = _(
            "Pembinaan terakhir %(day)s. Isi hanya bila itu sudah lebih lama daripada aturan kerja dinas."
        ) % {"day": formats.day(last.held_on)}
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: actions.draft_decision(case=found, draft=form.draft(), by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Konsep keputusan disimpan. Orang lain yang menyetujuinya."))
            return redirect(found)
    return form_page(request, form, _("Susun keputusan"), str(found), found.get_absolute_url(), found)


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
        if tried(form, lambda: actions.add_order(decision=found, order=order, by=request.user, at=timezone.now())):
            messages.success(request, _("Perintah ditambahkan."))
            return redirect(found.case)
    return decision_page(request, form, _("Tambah perintah"), found)


@access.needs("wastewater.record_enforcement")
@require_POST
def order_remove(request, public_id):
    found = _item(request, public_id)
    return pressed(
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
    return pressed(
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
        made = tried(
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
    return decision_page(request, form, _("Tingkatkan keputusan"), found)


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
        known = queries.known_decisions(Enterprise.objects.known_to(request.user))
        found = get_object_or_404(known, public_id=public_id)
    name = f"{found.kind}-{found.case.number}-{found.pk}"
    return downloads.pdf_file(name, decision_pdf(found, at=timezone.now()))


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def order_done(request, public_id):
    found = _item(request, public_id)
    form = forms.DoneForm(request.POST or None, request.FILES or None, initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and tried(form, lambda: done(request, found, form)):
        messages.success(request, _("Pelaksanaan dicatat. Periksa buktinya."))
        return redirect(found.decision.case)
    return decision_page(request, form, _("Catat pelaksanaan perintah"), found.decision)


@access.needs("wastewater.record_enforcement")
@require_POST
def order_verify(request, public_id):
    found = _item(request, public_id)
    return pressed(
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
        made = tried(
            form,
            lambda: actions.extend_item(item=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Tenggat diperpanjang."))
            return redirect(found.decision.case)
    return decision_page(request, form, _("Perpanjang tenggat"), found.decision)


@access.needs("wastewater.record_enforcement")
@require_http_methods(GET_POST)
def objection_new(request, public_id):
    found = _decision(request, public_id)
    form = forms.ObjectionForm(
        request.POST or None, request.FILES or None, initial={"submitted_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid() and tried(form, lambda: objected(request, found, form)):
        messages.success(request, _("Keberatan dicatat."))
        return redirect(found.case)
    return decision_page(request, form, _("Catat keberatan"), found)


@access.needs("wastewater.approve_enforcement")
@require_http_methods(GET_POST)
def objection_decide(request, public_id):
    rows = Objection.objects.filter(decision__case__in=visible_cases(request)).select_related("decision__case")
    found = get_object_or_404(rows, public_id=public_id)
    form = forms.DecideObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: actions.decide_objection(objection=found, **form.cleaned_data, by=request.user, at=timezone.now()),
        )
        if made:
            messages.success(request, _("Keberatan diputus."))
            return redirect(found.decision.case)
    return decision_page(request, form, _("Putuskan keberatan"), found.decision)


def _item(request, public_id) -> OrderedItem:
    rows = OrderedItem.objects.filter(decision__case__in=visible_cases(request))
    return get_object_or_404(rows.select_related("decision__case"), public_id=public_id)


def _decision(request, public_id) -> EnforcementDecision:
    rows = EnforcementDecision.objects.filter(case__in=visible_cases(request))
    return get_object_or_404(rows.select_related("case__enterprise", "case__plant", "case__ward"), public_id=public_id)


def _decision_step(request, found: EnforcementDecision, form, title: str, action, done: str):
    def write():
        return action(decision=found, **form.cleaned_data, by=request.user, at=timezone.now())

    if request.method == "POST" and form.is_valid() and tried(form, write):
        messages.success(request, done)
        return redirect(found.case)
    return decision_page(request, form, title, found)
