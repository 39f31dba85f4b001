"""A worker's own page, opened with the code of her card and a second answer: her data, her consents, her requests.

Whoever holds card and answer sees the page for a quarter of an hour. Nothing of it stands in an address.
"""

from datetime import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from batikportal import access, encryption, rate_limits
from workforce import actions, queries, rules
from workforce.actions import Refused
from workforce.actions import cards as card_actions
from workforce.choices.cards import CardUseKind
from workforce.forms.own import CardForm, WorkerRequestForm
from workforce.models import Consent, WageObservation, WorkerCard
from workforce.queries import skills as skill_queries
from workforce.queries.wages import WageFilter, wages_matching
from workforce.rules.cards import normalised_code, written_code
from workforce.views.wages import read_again

CARD, CODE = "worker_card", "worker_card_code"
QUARTER_HOUR = 900
TRIES = 10


@access.public
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def own_open(request):
    """Code and second answer. A code that came with the QR leaves the address at once."""
    if code := request.GET.get("kode"):
        request.session[CODE] = normalised_code(code)[:20]
        return redirect("workforce:own-open")
    now = timezone.now()
    held = request.session.get(CODE, "")
    form = CardForm(request.POST or None, initial={"code": written_code(held) if held else ""})
    if request.method == "POST" and form.is_valid():
        if not rate_limits.take(request, "worker-card", limit=TRIES, seconds=QUARTER_HOUR, at=now):
            form.add_error(None, _("Terlalu banyak percobaan. Coba lagi seperempat jam lagi."))
        else:
            try:
                card = card_actions.open_by_card(**form.cleaned_data, at=now)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                request.session.pop(CODE, None)
                request.session.cycle_key()
                request.session[CARD] = {"card": card.pk, "at": now.isoformat()}
                return redirect("workforce:own")
    return render(request, "workforce/own/open.html", {"form": form})


def _card(request) -> WorkerCard | None:
    """The card that this browser opened within the last quarter of an hour, if it is still valid."""
    held = request.session.get(CARD)
    now = timezone.now()
    if not held or (now - datetime.fromisoformat(held["at"])).total_seconds() > QUARTER_HOUR:
        request.session.pop(CARD, None)
        return None
    request.session[CARD] = {**held, "at": now.isoformat()}
    return WorkerCard.objects.filter(pk=held["card"], revoked_at__isnull=True).select_related("person__ward").first()


@access.public
@require_safe
@never_cache
def own(request):
    """What the office knows about the holder of the card."""
    card = _card(request)
    if card is None:
        return redirect("workforce:own-open")
    person, today = card.person, timezone.localdate()
    periods = list(person.coverage_periods.all())
    consents = list(queries.consents_of(person))
    context = {
        "person": person,
        "born": person.birth_on.year if person.birth_on else person.birth_year,
        "phone": encryption.mask(person.phone, head=3, tail=3) if person.phone else "",
        "engagements": queries.engagements_of(person),
        "coverage_state": rules.coverage_state(periods, today),
        "active_periods": [period for period in periods if rules.is_active_on(period, today)],
        "standing": [one for one in consents if one.withdrawn_at is None],
        "withdrawn": [one for one in consents if one.withdrawn_at is not None],
        "wages": [
            (one, *read_again(one))
            for one in wages_matching(WageObservation.objects.filter(person=person), WageFilter())
        ],
        "skills": skill_queries.skills_of(person).filter(until_on__isnull=True),
        "certificates": person.certificates.select_related("scheme"),
        "uses": card.uses.all()[:5],
        "requests": person.requests.order_by("-asked_at", "-pk"),
        "today": today,
    }
    return render(request, "workforce/own/own.html", context)


@access.public
@require_http_methods(["GET", "POST"])
@never_cache
def own_withdraw(request, public_id):
    """The holder withdraws a consent; it ends at once."""
    card = _card(request)
    if card is None:
        return redirect("workforce:own-open")
    consent = get_object_or_404(Consent.objects.filter(person=card.person), public_id=public_id)
    if request.method == "POST":
        now = timezone.now()
        try:
            actions.withdraw_consent(consent=consent, by=None, at=now)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            card_actions.use_card(card=card, kind=CardUseKind.WITHDREW, at=now)
            messages.success(request, _("Persetujuan ditarik. Mulai sekarang data Anda tidak dipakai untuk itu."))
        return redirect("workforce:own")
    context = {
        "title": _("Tarik persetujuan?"),
        "question": consent.get_purpose_display(),
        "consequences": [
            _("Mulai sekarang data Anda tidak dipakai untuk ini."),
            _("Anda boleh setuju lagi kapan saja, di kantor atau lewat kader."),
        ],
        "submit_label": _("Ya, tarik"),
        "cancel_url": reverse("workforce:own"),
    }
    return render(request, "components/confirm_page.html", context)


@access.public
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def own_ask(request):
    """The holder asks the office to correct or delete her data."""
    card = _card(request)
    if card is None:
        return redirect("workforce:own-open")
    form = WorkerRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if rate_limits.take(request, "worker-request", limit=TRIES, seconds=QUARTER_HOUR, at=now):
            card_actions.ask_by_card(card=card, **form.cleaned_data, at=now)
            messages.success(request, _("Permintaan terkirim. Jawabannya akan tampil di halaman ini."))
            return redirect("workforce:own")
        form.add_error(None, _("Terlalu banyak permintaan. Coba lagi seperempat jam lagi."))
    context = {
        "title": _("Minta bantuan kantor"),
        "form": form,
        "submit_label": _("Kirim"),
        "cancel_url": reverse("workforce:own"),
    }
    return render(request, "components/form_page.html", context)


@access.public
@require_POST
def own_leave(request):
    """Close the page, so that the next person at this phone sees nothing."""
    request.session.pop(CARD, None)
    messages.success(request, _("Halaman Anda ditutup."))
    return redirect("workforce:own-open")
