"""Agencies of a case, from passing on to handover; and an officer taking down what somebody tells."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core import signing
from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from batikportal import access
from wastewater.actions import complaints as actions
from wastewater.choices.complaints import HandlingState, HandoverState
from wastewater.forms import complaint_steps as forms
from wastewater.forms.complaints import IntakeForm
from wastewater.models.complaints import AgencyHandling, Complaint, ComplaintDraft, Handover
from wastewater.queries.complaints import cases
from wastewater.views.complaint_cases import crumbs
from wastewater.views.complaint_filing import own_page, receipt, stored_photo

INTAKE_SALT = "wastewater.complaints.intake"

# The address word of a step, the state it needs, its form, its action and its title.
PART_STEPS: dict[str, tuple[str, type[Form], Callable[..., Any], Any]] = {
    "teruskan": (HandlingState.WAITING, forms.ForwardForm, actions.record_forwarding, gettext_lazy("Catat penerusan")),
    "terima": (
        HandlingState.WAITING,
        forms.AcceptanceForm,
        actions.record_acceptance,
        gettext_lazy("Catat penerimaan instansi"),
    ),
    "kabar": (HandlingState.ACTIVE, forms.PartForm, actions.finish_part, gettext_lazy("Kabar dari instansi")),
}


@access.needs("wastewater.handle_complaint")
@require_http_methods(["GET", "POST"])
def complaint_part(request, public_id, step: str):
    """One step of one agency's part."""
    if step not in PART_STEPS:
        raise Http404
    state, form_class, action, title = PART_STEPS[step]
    seen = Complaint.objects.visible_to(request.user)
    rows = AgencyHandling.objects.select_related("agency", "complaint")
    part = get_object_or_404(rows, public_id=public_id, complaint__in=seen)
    if part.state != state:
        messages.warning(request, _("Langkah ini tidak tersedia lagi. Keadaan laporan sudah berubah."))
        return redirect(part.complaint)
    today = timezone.localdate()
    form = form_class(request.POST or None, initial={"forwarded_on": today, "accepted_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            action(handling=part, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Bagian %(agency)s diperbarui.") % {"agency": part.agency})
            return redirect(part.complaint)
        except actions.ComplaintRefused as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, form, part.complaint, title, part.agency.name)


@access.needs("wastewater.handle_complaint")
@require_http_methods(["GET", "POST"])
def handover_decide(request, public_id):
    """The receiver's answer: given by its own people, or noted from its letter."""
    handover = _handover(request, public_id)
    form = forms.DecisionForm(
        request.POST or None,
        is_external=handover.receiver.is_external,
        initial={"decided_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_handover(handover=handover, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Keputusan penerima dicatat."))
            return redirect(handover.complaint)
        except actions.ComplaintRefused as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, form, handover.complaint, _("Keputusan serah terima"), str(handover))


@access.needs("wastewater.handle_complaint")
@require_POST
def handover_withdraw(request, public_id):
    handover = _handover(request, public_id)
    try:
        actions.withdraw_handover(handover=handover, by=request.user, at=timezone.now())
        messages.success(request, _("Penawaran serah terima dibatalkan."))
    except actions.ComplaintRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(handover.complaint)


def _handover(request, public_id) -> Handover:
    seen = Complaint.objects.visible_to(request.user)
    rows = Handover.objects.select_related("sender", "receiver", "complaint")
    return get_object_or_404(rows, public_id=public_id, complaint__in=seen, state=HandoverState.OFFERED)


def _form_page(request, form, complaint: Complaint, title, lead: str):
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit_label": _("Simpan"),
        "cancel_url": complaint.get_absolute_url(),
        "crumbs": crumbs(complaint),
    }
    return render(request, "components/form_page.html", context)


@access.needs("wastewater.record_complaint")
@never_cache
@require_http_methods(["GET", "POST"])
def complaint_new(request):
    """Taken down by an officer: the same door, promise and routing as the public form."""
    now = timezone.now()
    nonce = secrets.token_urlsafe(24)
    if request.method == "POST":
        try:
            nonce = signing.loads(request.POST.get("kunci_isian", ""), salt=INTAKE_SALT, max_age=24 * 3600)
        except signing.BadSignature:
            messages.warning(request, _("Formulir ini sudah terlalu lama terbuka. Periksa isiannya, lalu kirim lagi."))
            return _intake_page(request, IntakeForm(request.POST, at=now, today=timezone.localdate()), nonce, None)
    form = IntakeForm(request.POST or None, request.FILES or None, at=now, today=timezone.localdate())
    draft = cases.draft_by_secret(actions.hash_of(nonce))
    if request.method == "POST":
        form.is_valid()
        known = cases.by_secret(actions.hash_of(nonce))
        draft = draft if known else _with_photo(request, form, nonce, draft, now)
        made = known or (None if form.errors else _taken_down(request, form, nonce, draft, now))
        if made:
            return receipt(request, made, nonce, is_staff=True)
    return _intake_page(request, form, nonce, draft)


def _with_photo(
    request, form: IntakeForm, nonce: str, draft: ComplaintDraft | None, now: datetime
) -> ComplaintDraft | None:
    """The picture waits in a draft, for a day at most, so that another field in error does not lose it."""
    photo = stored_photo(request, form, by=request.user)
    forget = "hapus_foto" in request.POST and photo is None
    if photo is None and (draft is None or not forget):
        return draft
    kept = draft or actions.start_draft(secret=nonce, facts={}, at=now)
    return actions.keep_draft(draft=kept, facts={}, photo=photo, forget_photo=forget)


def _taken_down(request, form: IntakeForm, nonce: str, draft: ComplaintDraft | None, now: datetime) -> Complaint | None:
    answers = form.cleaned_data
    names = ("category", "description", "happened_on", "time_of_day", "colour", "smell", "ward", "is_outside_city",
             "latitude", "longitude", "location_text")  # fmt: skip
    try:
        return actions.file_complaint(
            report=actions.Report(**{name: answers[name] for name in names}),
            secret=nonce,
            contact=form.contact(),
            photos=[draft.photo] if draft and draft.photo else [],
            draft=draft,
            link=own_page(request, nonce),
            channel=answers["channel"],
            national_number=answers["national_number"],
            by=request.user,
            at=now,
        )
    except actions.ComplaintRefused as refusal:
        form.add_error(None, str(refusal))
    return None


def _intake_page(request, form: IntakeForm, nonce: str, draft: ComplaintDraft | None):
    context = {
        "form": form,
        "draft": draft,
        "intake_token": signing.dumps(nonce, salt=INTAKE_SALT),
        "cancel_url": reverse("wastewater:complaint-list"),
        "crumbs": crumbs(),
    }
    return render(request, "wastewater/complaint_new.html", context)
