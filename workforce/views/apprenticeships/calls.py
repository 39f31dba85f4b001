"""What everybody may see of apprenticeship: open calls, the application form, and one's own application by its link."""

import base64
import secrets

from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, rate_limits
from workforce.actions import Refused
from workforce.actions import apprenticeships as actions
from workforce.choices.apprenticeship import PlacementState
from workforce.forms.apprenticeships.placements import ApplicationForm
from workforce.models import Cohort, Placement
from workforce.queries import apprenticeship as queries

SALT = "workforce.apprenticeship.application"
FORM_SECONDS = 24 * 3600
HOUR = 3600
# A cadre may fill the form for a whole neighbourhood behind one address.
APPLICATIONS_AN_HOUR = 20


@access.public
@require_safe
def call_list(request):
    """Open calls, the one that closes first on top."""
    return render(request, "workforce/call_list.html", {"calls": queries.open_calls(timezone.localdate())})


def _secret(token: str) -> str | None:
    """The secret of the application that this form becomes, the same when it is sent twice; None if the form is not
    ours or too old."""
    try:
        nonce = signing.loads(token, salt=SALT, max_age=FORM_SECONDS)
    except signing.BadSignature:
        return None
    return base64.urlsafe_b64encode(salted_hmac(SALT, nonce, algorithm="sha256").digest()[:24]).decode()


@access.public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def call_apply(request, public_id):
    """The form of a call; afterwards the number and the secret link, shown once."""
    now = timezone.now()
    today = timezone.localdate(now)
    calls = Cohort.objects.published().select_related("programme").prefetch_related("steps")
    cohort = get_object_or_404(calls, public_id=public_id)
    form = ApplicationForm(request.POST or None, cohort=cohort, today=today)
    token = request.POST.get("isian") or signing.dumps(secrets.token_urlsafe(18), salt=SALT)
    if request.method == "POST" and form.is_valid():
        secret = _secret(token)
        if secret is None:
            form.add_error(None, _("Isian ini sudah terlalu lama terbuka. Kirim sekali lagi."))
            token = signing.dumps(secrets.token_urlsafe(18), salt=SALT)
        elif not rate_limits.take(request, "apprentice-apply", limit=APPLICATIONS_AN_HOUR, seconds=HOUR, at=now):
            form.add_error(None, _("Terlalu banyak pendaftaran dari sambungan ini. Coba lagi sejam lagi."))
        else:
            try:
                actions.apply(
                    cohort=cohort, facts=form.facts(), steps=form.cleaned_data["steps"], secret=secret, at=now
                )
            except Refused as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                return redirect(f"{reverse('workforce:application')}?kunci={secret}&baru=1")
    context = {"cohort": cohort, "form": form, "token": token, "is_open": cohort.is_open_on(today)}
    return render(request, "workforce/call_apply.html", context)


@access.public
@never_cache
@require_safe
def application(request):
    """The applicant's own page; the key comes as a parameter, so that no log of paths keeps it."""
    key = request.GET.get("kunci", "")
    rows = queries.detailed(Placement.objects.all())
    found = rows.filter(applicant__token_hash=actions.hash_of(key)).first() if key else None
    context = {"placement": found, "key": key, "is_new": request.GET.get("baru") == "1"}
    if found:
        context["link"] = request.build_absolute_uri(f"{reverse('workforce:application')}?kunci={key}")
        context["stages"] = stages(found)
    return render(request, "workforce/application.html", context, status=404 if key and not found else 200)


def stages(placement: Placement) -> list[dict[str, object]]:
    """The way of a placement as the component shows it."""
    order = (
        (PlacementState.APPLIED, placement.applied_on),
        (PlacementState.OFFERED, placement.offered_on),
        (PlacementState.TRIAL, placement.trial_on),
        (PlacementState.ACTIVE, placement.started_on),
        (PlacementState.COMPLETED, placement.ended_on),
    )
    reached = max(number for number, (_state, day) in enumerate(order) if day)
    over = placement.state in (PlacementState.COMPLETED, PlacementState.CONVERTED)
    dropped = placement.state == PlacementState.DROPPED
    if dropped:
        reached = max(number for number, (_state, day) in enumerate(order[:-1]) if day)
    found: list[dict[str, object]] = []
    for number, (state, day) in enumerate(order):
        stage = "done" if number < reached or (over and number == reached) else "todo"
        if number == reached and not over:
            stage = "stopped" if dropped else "current"
        skipped = number < reached and day is None
        found.append(
            {
                "label": state.label,
                "state": stage,
                "note": _("dilewati") if skipped else placement.get_state_display() if number == reached else "",
            }
        )
    return found
