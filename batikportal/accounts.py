"""How django-allauth signs people up and in: by phone or e-mail, with codes that go through the outbox."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.stages import PhoneVerificationStage
from allauth.core import context
from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.forms import CharField, TextInput
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import actions, encryption, phones
from batikportal.models import User

# Where allauth keeps the state of a password reset between two requests.
RESET_SESSION_KEY = "account_password_reset_verification"


def parse_phone(text: str) -> str:
    """The E.164 form of a phone number as people write it; ValidationError if it is none."""
    return phones.parse(text)


class LocalPhoneField(CharField):
    """A phone number, accepted in every way it is written in Indonesia."""

    widget = TextInput

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Nomor HP"))
        kwargs.setdefault("help_text", _("Contoh: 0812-3456-7890. Kode pemeriksaan dikirim ke nomor ini."))
        kwargs.setdefault("max_length", 25)
        kwargs["widget"] = TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "class": "medium"}
        )
        super().__init__(**kwargs)

    def clean(self, value):
        cleaned = super().clean(value)
        return parse_phone(cleaned) if cleaned else ""

    def prepare_value(self, value):
        return phones.shown(value) if isinstance(value, str) and value.startswith("+") else value


class PhoneStage(PhoneVerificationStage):
    """Asks for the code sent to the phone; people whom an administrator knows by e-mail alone are let through."""

    def handle(self):
        user = self.login.user
        if user is not None and not user.phone:
            return None, True
        try:
            return super().handle()
        except RateLimited:
            return respond_429(self.request), False


# What allauth tells people, in our words.
ERRORS = {
    "account_inactive": _("Akun ini sedang tidak aktif. Hubungi petugas."),
    "email_password_mismatch": _("Surel atau kata sandi tidak cocok. Periksa keduanya, atau pilih Lupa kata sandi."),
    "phone_password_mismatch": _("Nomor HP atau kata sandi tidak cocok. Periksa keduanya, atau pilih Lupa kata sandi."),
    "username_password_mismatch": _("Tulis nomor HP atau surel Anda, misalnya 0812-3456-7890."),
    "phone_taken": _("Nomor HP ini sudah dipakai akun lain."),
    "email_taken": _("Surel ini sudah dipakai akun lain."),
    "enter_current_password": _("Kata sandi sekarang tidak cocok."),
    "incorrect_password": _("Kata sandi tidak cocok."),
    "incorrect_code": _("Kode tidak cocok. Periksa pesan terakhir yang Anda terima."),
    "same_as_current": _("Nomor ini sama dengan nomor sekarang."),
    "too_many_login_attempts": _(
        "Terlalu banyak percobaan yang gagal. Tunggu lima menit, lalu coba lagi, atau pilih Lupa kata sandi."
    ),
    "rate_limited": _("Kode baru saja dikirim. Tunggu setengah menit, lalu minta lagi."),
    "unverified_primary_email": _("Surel utama harus diperiksa dahulu."),
    "cannot_remove_primary_email": _("Surel ini tidak dapat dihapus."),
}

# What the owner of an account is told about changes to it.
NOTICES = {
    "account/email/password_changed": _("Kata sandi akun Anda baru saja diubah."),
    "account/email/password_set": _("Kata sandi akun Anda baru saja dibuat."),
    "account/email/password_reset": _("Kata sandi akun Anda baru saja diganti lewat Lupa kata sandi."),
    "mfa/email/totp_activated": _("Verifikasi dua langkah akun Anda baru saja dinyalakan."),
    "mfa/email/totp_deactivated": _("Verifikasi dua langkah akun Anda baru saja dimatikan."),
    "mfa/email/recovery_codes_generated": _("Kode cadangan akun Anda baru saja dibuat ulang."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Phone numbers live on the user; messages are outbox rows, so a rolled-back sign-up sends nothing."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def phone_form_field(self, **kwargs):
        return LocalPhoneField(required=kwargs.get("required", True))

    def clean_phone(self, phone: str) -> str:
        return parse_phone(phone)

    def save_user(self, request, user, form, commit=True):
        # The database wants a phone or an e-mail from the first save on.
        user.phone = form.cleaned_data.get("phone") or None
        user.full_name = form.cleaned_data.get("full_name", "")
        user.email = form.cleaned_data.get("email") or None
        return super().save_user(request, user, form, commit)

    def populate_username(self, request, user):
        user.email = user.email or None

    def set_phone(self, user, phone: str, verified: bool) -> None:
        User.objects.filter(pk=user.pk).update(phone=phone, phone_verified_at=timezone.now() if verified else None)

    def get_phone(self, user) -> tuple[str, bool] | None:
        found = User.objects.filter(pk=user.pk, phone__isnull=False).values_list("phone", "phone_verified_at").first()
        return (str(found[0]), found[1] is not None) if found else None

    def set_phone_verified(self, user, phone: str) -> None:
        """The code was right: the phone is this user's, also when it is a new one."""
        User.objects.filter(pk=user.pk).update(phone=phone, phone_verified_at=timezone.now())

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def set_password(self, user, password: str) -> None:
        super().set_password(user, password)
        reset = self.request.session.get(RESET_SESSION_KEY) or {} if self.request else {}
        if reset.get("code_confirmed") and reset.get("email") == user.phone:
            # Whoever read the reset code on the phone has proved it: no second code at the log-in that follows.
            self.set_phone_verified(user, user.phone)

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.PhoneVerificationStage": "batikportal.accounts.PhoneStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request) -> str:
        return resolve_url("start")

    def get_signup_redirect_url(self, request) -> str:
        return resolve_url("workspace")

    def get_password_change_redirect_url(self, request) -> str:
        return resolve_url("profile")

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Not again within minutes of the log-in itself, so that setting up the second factor asks nothing twice."""
        request = context.request
        records = get_authentication_records(request, request.user)
        fresh = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        if any(record["method"] in ("password", "password_reset") and record["at"] > fresh for record in records):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """One limit per account: allauth leaves the phone out, so that all phones together would share one."""
        return next((str(credentials[name]) for name in ("phone", "email", "username") if credentials.get(name)), "")

    def send_verification_code_sms(self, user, phone: str, code: str, **kwargs) -> None:
        actions.outbox.queue(
            template="phone_code", to=phone, context={"code": code}, by=None, at=timezone.now(), is_secret=True
        )

    def send_account_already_exists_sms(self, phone: str) -> None:
        actions.outbox.queue(template="phone_known", to=phone, context={}, by=None, at=timezone.now())

    def send_unknown_account_sms(self, phone: str, **kwargs) -> None:
        actions.outbox.queue(template="phone_unknown", to=phone, context={}, by=None, at=timezone.now())

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Every mail of allauth as an outbox row; ``email`` may be a phone, since passwords are reset by phone too."""
        code = context.get("code", "")
        actions.outbox.queue(
            template="account_" + template_prefix.rsplit("/", 1)[-1],
            to=email,
            context={"code": code},
            by=None,
            at=timezone.now(),
            is_secret=bool(code),
        )

    def send_notification_mail(self, template_prefix: str, user, context=None, email=None) -> None:
        """Tell the owner of an account what was changed, by phone or e-mail (ASVS 6.3.7)."""
        if template_prefix in NOTICES:
            actions.outbox.queue(
                template="account_notice",
                to=user,
                context={"what": NOTICES[template_prefix]},
                by=None,
                at=timezone.now(),
            )


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of the second factor lie encrypted in the database; staff cannot switch it off."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Pegawai wajib memakai verifikasi dua langkah. Bila ganti HP, mintalah administrator melepasnya."
        ),
        "incorrect_code": ERRORS["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def get_totp_label(self, user) -> str:
        return user.email or phones.shown(user.phone)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (settings.STAFF_SECOND_FACTOR and authenticator.user.is_staff_member)


def rotate_second_factors() -> int:
    """Re-encrypt second-factor secrets that an older key holds; returns how many there were."""
    stale = 0
    for authenticator in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk"):
        for name in ("secret", "seed"):
            token = authenticator.data.get(name)
            if token and not encryption.is_current(token):
                authenticator.data[name] = encryption.rotate(token)
                authenticator.save(update_fields=["data"])
                stale += 1
    return stale
