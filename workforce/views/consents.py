"""Consents: recording, withdrawing, and confirming that use has stopped."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access
from workforce import actions, forms, queries
from workforce.choices import ConsentPurpose
from workforce.models import Consent
from workforce.queries.apprenticeship import placement_waiting
from workforce.views.people import PAGE_SIZE, person_or_404


def _consent_or_404(request, public_id) -> Consent:
    found = Consent.objects.visible_to(request.user).select_related("person", "text")
    return get_object_or_404(found, public_id=public_id)


@access.needs("workforce.record_consent")
@require_http_methods(["GET", "POST"])
def consent_new(request, public_id, purpose):
    """Read the words aloud, then record who consented and who heard it."""
    if purpose not in ConsentPurpose.values:
        raise Http404
    person = person_or_404(request, public_id)
    person_url = reverse("workforce:worker", args=[person.public_id])
    form = forms.ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            actions.record_consent(
                person=person, purpose=purpose, **form.cleaned_data, given_at=now, by=request.user, at=now
            )
        except actions.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Persetujuan dicatat."))
            placement = placement_waiting(person) if purpose == ConsentPurpose.APPRENTICESHIP else None
            return redirect(placement or person_url)
    context = {"person": person, "form": form, "text": queries.newest_text(purpose), "person_url": person_url}
    return render(request, "workforce/consent_form.html", context)


@access.needs("workforce.record_consent")
@require_http_methods(["GET", "POST"])
def consent_withdraw(request, public_id):
    """End a consent at once."""
    consent = _consent_or_404(request, public_id)
    person_url = reverse("workforce:worker", args=[consent.person.public_id])
    if request.method == "POST":
        try:
            actions.withdraw_consent(consent=consent, by=request.user, at=timezone.now())
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Persetujuan ditarik. Pemakaian harus berhenti dalam 3 × 24 jam."))
        return redirect(person_url)
    context = {
        "title": _("Tarik persetujuan"),
        "question": f"{consent.person.name} · {consent.get_purpose_display()}",
        "consequences": [
            _("Portal berhenti memakai data untuk tujuan ini saat itu juga."),
            _("Pemakaian di luar portal (poster, daftar yang sudah dikirim) harus dihentikan dalam 3 × 24 jam."),
            _("Persetujuan baru dapat diberikan kapan saja."),
        ],
        "submit_label": _("Tarik persetujuan"),
        "cancel_url": person_url,
        "danger": True,
    }
    return render(request, "components/confirm_page.html", context)


@access.needs("workforce.record_consent")
@require_POST
def consent_stopped(request, public_id):
    """Confirm that use outside the portal has stopped."""
    consent = _consent_or_404(request, public_id)
    actions.confirm_stopped(consent=consent, by=request.user, at=timezone.now())
    messages.success(request, _("Penghentian pemakaian dicatat."))
    return redirect("workforce:worker", consent.person.public_id)


@access.needs("workforce.view_consent")
@require_safe
def withdrawn_list(request):
    """Withdrawn consents whose use must still be confirmed as stopped, the most urgent first."""
    waiting = queries.consents_to_stop().filter(pk__in=Consent.objects.visible_to(request.user).order_by().values("pk"))
    page = Paginator(waiting.select_related("person"), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "workforce/withdrawn_list.html", {"page": page, "now": timezone.now()})
