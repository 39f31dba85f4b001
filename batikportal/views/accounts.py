"""One's own account: profile, e-mail address; and taking over an account that an officer opened."""

import secrets

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from batikportal import access, actions, phones, qr_codes
from batikportal.actions.accounts import AccountRefused
from batikportal.forms.accounts import ActivationForm, EmailCodeForm, EmailForm, ProfileForm, SlipForm
from batikportal.models import ActivationSlip, Enterprise, EnterpriseMembership

# The proof of an e-mail address that is under way: address, code, time, wrong tries.
EMAIL_SESSION_KEY = "profile_email"
CODE_SECONDS = 600
CODE_TRIES = 3


@access.signed_in
@require_safe
def profile(request):
    user = request.user
    context = {
        "memberships": EnterpriseMembership.objects.filter(user=user, valid_until__isnull=True)
        .select_related("enterprise")
        .order_by("pk"),
        "assignments": user.assignments,
        "second_factor": Authenticator.objects.filter(user=user).exists(),
    }
    return render(request, "account/profile.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def profile_edit(request):
    user = request.user
    initial = {"full_name": user.full_name, "phone_is_whatsapp": user.phone_is_whatsapp}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.accounts.change_profile(user=user, **form.cleaned_data, by=user, at=timezone.now())
        messages.success(request, _("Profil disimpan."))
        return redirect("profile")
    context = {
        "title": _("Ubah profil"),
        "form": form,
        "submit_label": _("Simpan"),
        "cancel_url": reverse("profile"),
        "crumbs": [(_("Profil"), reverse("profile"))],
    }
    return render(request, "components/form_page.html", context)


@access.signed_in
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def profile_email(request):
    """Add or change the e-mail address: a code goes to the new one and must come back."""
    form = EmailForm(request.POST or None, user=request.user)
    if request.method == "POST":
        if not ratelimit.consume(request, action="manage_email", user=request.user):
            return ratelimit.respond_429(request)
        if form.is_valid():
            email, code = form.cleaned_data["email"], get_adapter(request).generate_email_verification_code()
            now = timezone.now()
            actions.accounts.send_email_code(user=request.user, email=email, code=code, at=now)
            request.session[EMAIL_SESSION_KEY] = {"email": email, "code": code, "at": now.timestamp(), "tries": 0}
            return redirect("profile-email-code")
    context = {
        "title": _("Ganti surel") if request.user.email else _("Tambah surel"),
        "lead": _("Kami mengirim kode 6 angka ke surel baru. Setelah itu Anda juga dapat masuk dengan surel."),
        "form": form,
        "submit_label": _("Kirim kode"),
        "cancel_url": reverse("profile"),
        "crumbs": [(_("Profil"), reverse("profile"))],
    }
    return render(request, "components/form_page.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def profile_email_code(request):
    now = timezone.now()
    state = request.session.get(EMAIL_SESSION_KEY)
    if not state or now.timestamp() - state["at"] > CODE_SECONDS or state["tries"] >= CODE_TRIES:
        request.session.pop(EMAIL_SESSION_KEY, None)
        messages.error(request, _("Kode sudah tidak berlaku. Minta kode baru."))
        return redirect("profile-email")
    form = EmailCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if secrets.compare_digest(form.cleaned_data["code"].encode(), state["code"].encode()):
            return _take_email(request, state["email"], now)
        request.session[EMAIL_SESSION_KEY] = state | {"tries": state["tries"] + 1}
        form.add_error("code", _("Kode tidak cocok. Periksa pesan terakhir yang Anda terima."))
    return render(request, "account/email_code.html", {"form": form, "email": state["email"]})


def _take_email(request, email: str, at):
    del request.session[EMAIL_SESSION_KEY]
    try:
        actions.accounts.change_email(user=request.user, email=email, by=request.user, at=at)
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Surel %(email)s tercatat.") % {"email": email})
    return redirect("profile")


@access.public
@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(["GET", "POST"])
def activation(request, public_id=None):
    """Take over an account with its slip; the address in the QR code names the slip, neither phone nor code."""
    slip = get_object_or_404(ActivationSlip.objects.select_related("user"), public_id=public_id) if public_id else None
    form = ActivationForm(request.POST or None, user=slip.user if slip else None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="activate", key=form.chosen_phone):
            return ratelimit.respond_429(request)
        try:
            user = actions.accounts.activate(
                phone=form.chosen_phone,
                code=form.cleaned_data["code"],
                password=form.cleaned_data["password"],
                at=timezone.now(),
            )
        except AccountRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Akun Anda aktif. Selamat datang, %(name)s.") % {"name": user})
            return perform_login(request, user, redirect_url=reverse("workspace"))
    context = {"form": form, "slip": slip, "phone": phones.masked(slip.user.phone) if slip else ""}
    return render(request, "account/activation.html", context)


@access.needs("batikportal.issue_slip")
@never_cache
@require_http_methods(["GET", "POST"])
def slip_issue(request):
    """Open an account for an owner; the slip is the answer itself, so that its code is stored nowhere."""
    form = SlipForm(request.POST or None, user=request.user, initial=_prefilled(request))
    if request.method == "POST" and form.is_valid():
        try:
            slip = actions.accounts.open_account(**form.cleaned_data, by=request.user, at=timezone.now())
        except AccountRefused as refusal:
            form.add_error("phone", str(refusal))
        else:
            url = request.build_absolute_uri(reverse("activation-slip", args=[slip.public_id]))
            context = {
                "slip": slip,
                "phone": phones.masked(slip.user.phone),
                "qr": qr_codes.data_uri(url),
                "address": request.build_absolute_uri(reverse("activation")).partition("://")[2],
            }
            return render(request, "account/slip.html", context)
    context = {
        "title": _("Buat akun untuk pemilik usaha"),
        "lead": _(
            "Untuk pemilik yang tidak dapat mendaftar sendiri. Anda mencetak lembar; kata sandi ia buat sendiri."
        ),
        "form": form,
        "submit_label": _("Buat lembar aktivasi"),
        "cancel_url": reverse("start"),
        "note": _("Periksa KTP orang di depan Anda. Kode hanya tampil sekali."),
    }
    return render(request, "components/form_page.html", context)


def _prefilled(request) -> dict[str, str]:
    """Coming from the page of an enterprise (``?usaha=PKL-000123``), its number, owner and phone are filled in."""
    number = request.GET.get("usaha", "")
    found = Enterprise.objects.visible_to(request.user).registered().filter(registration_number=number).first()
    if found is None:
        return {}
    return {"enterprise": found.registration_number, "full_name": found.owner_name, "phone": found.phone}
