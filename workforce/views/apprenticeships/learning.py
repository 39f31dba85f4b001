"""What is recorded of the learning: the logbook on a phone, the agreement, levels, allowance, outcomes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, downloads
from workforce import permissions
from workforce.actions import Refused
from workforce.actions import apprenticeships as actions
from workforce.documents import agreements
from workforce.forms.apprenticeships import learning as forms
from workforce.models import Placement
from workforce.queries import apprenticeship as queries
from workforce.rules import apprenticeship as rules
from workforce.views.apprenticeships.placements import crumbs, placement_or_404
from workforce.views.people import PAGE_SIZE


@access.signed_in
@require_safe
@never_cache
def placement_log(request, public_id):
    """The logbook of a placement, for staff and for the workshop."""
    found = placement_or_404(request, public_id)
    page = Paginator(found.log_entries.select_related("step"), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {
        "placement": found,
        "page": page,
        "may_log": permissions.may_keep_log(request.user, found) and found.state in rules.LEARNING,
        "sees_placement": permissions.may_read_placements(request.user),
        "agreement": getattr(found, "agreement", None),
    }
    return render(request, "workforce/placement_log.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
@never_cache
def log_new(request, public_id):
    """Write a day into the logbook, on a phone."""
    found = placement_or_404(request, public_id)
    if not permissions.may_keep_log(request.user, found):
        raise Http404
    log_url = reverse("workforce:placement-log", args=[found.public_id])
    form = forms.LogForm(request.POST or None, placement=found, today=timezone.localdate())
    act = actions.record_log
    if (
        request.method == "POST"
        and form.is_valid()
        and _tried(request, form, act, placement=found, **form.cleaned_data)
    ):
        messages.success(request, _("Catatan tersimpan."))
        return redirect(log_url)
    context = {
        "title": _("Catat hari ini"),
        "lead": found.name,
        "form": form,
        "cancel_url": log_url,
        "crumbs": [(_("Buku magang"), log_url)],
    }
    return render(request, "components/form_page.html", context)


def _tried(request, form, act: Callable[..., object], **facts: Any) -> bool:
    """Do it; a refusal becomes an error of the form."""
    try:
        act(**facts, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def _page(request, found: Placement, title: str, form, note: str = ""):
    context = {
        "title": title,
        "lead": found.name,
        "form": form,
        "note": note,
        "cancel_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "components/form_page.html", context)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def agreement_edit(request, public_id):
    """Enter the agreement, hand it in, endorse it."""
    found = placement_or_404(request, public_id)
    today = timezone.localdate()
    known = getattr(found, "agreement", None)
    initial = {
        "from_on": found.started_on or found.cohort.starts_on,
        "until_on": found.planned_until or found.cohort.ends_on,
        "allowance_idr": found.cohort.allowance_idr,
        "theory_percent": found.cohort.theory_percent,
        "signer_name": found.host.owner_name if found.host else "",
    }
    form = forms.AgreementForm(
        request.POST or None, instance=known, initial=None if known else initial, limits=queries.limits_on(today),
        today=today,
    )  # fmt: skip
    act = actions.save_agreement
    if request.method == "POST" and form.is_valid() and _tried(request, form, act, placement=found, facts=form.facts()):
        messages.success(request, _("Perjanjian disimpan."))
        return redirect(found)
    return _page(request, found, _("Perjanjian pemagangan"), form)


@access.signed_in
@require_safe
@never_cache
def agreement_pdf(request, public_id):
    """The agreement as PDF to be signed."""
    found = placement_or_404(request, public_id)
    agreement = getattr(found, "agreement", None)
    if agreement is None:
        raise Http404
    content = agreements.agreement_pdf(found, agreement, at=timezone.now())
    return downloads.pdf_file(f"perjanjian-magang-{found.number}", content)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def assessment_new(request, public_id):
    """Record how well a step is mastered."""
    found = placement_or_404(request, public_id)
    form = forms.AssessmentForm(request.POST or None, placement=found, today=timezone.localdate())
    act = actions.assess
    if (
        request.method == "POST"
        and form.is_valid()
        and _tried(request, form, act, placement=found, **form.cleaned_data)
    ):
        messages.success(request, _("Penilaian disimpan."))
        return redirect(found)
    return _page(request, found, _("Nilai satu proses"), form)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def payment_new(request, public_id):
    """Record the allowance of a month."""
    found = placement_or_404(request, public_id)
    form = forms.PaymentForm(request.POST or None, initial={"paid_on": timezone.localdate()})
    act = actions.record_payment
    if (
        request.method == "POST"
        and form.is_valid()
        and _tried(request, form, act, placement=found, **form.cleaned_data)
    ):
        messages.success(request, _("Uang saku dicatat."))
        return redirect(found)
    return _page(request, found, _("Catat uang saku"), form)


@access.needs("workforce.record_placement")
@require_http_methods(["GET", "POST"])
def outcome_new(request, public_id, months: int):
    """Record what became of somebody 3, 6 or 12 months later."""
    found = placement_or_404(request, public_id)
    if months not in rules.OUTCOME_MONTHS or found.state not in rules.FINISHED:
        raise Http404
    form = forms.OutcomeForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        facts = {"placement": found, "months": months, **form.cleaned_data}
        if _tried(request, form, actions.record_outcome, **facts):
            messages.success(request, _("Hasil dicatat."))
            return redirect(found)
    return _page(request, found, _("Hasil %(months)s bulan sesudah magang") % {"months": months}, form)
