"""How django-allauth signs people up and in: by phone or e-mail, with codes that go through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.forms import CharField, TextInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import NumberParseException

from batikportal import actions, rules
from batikportal.models import User


def parse_phone(text: str) -> str:
    """The E.164 form of a phone number as people write it; ValidationError if it is none."""
    try:
        number = PhoneNumber.from_string(rules.normalise_phone(text), region="ID")
    except NumberParseException:
        number = None
    if number is None or not number.is_valid():
        raise ValidationError(_("Nomor HP tidak dikenali. Contoh: 0812-3456-7890."), code="invalid_phone")
    return str(number.as_e164)


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


class AccountAdapter(DefaultAccountAdapter):
    """Phone numbers live on the user; messages are outbox rows, so a rolled-back sign-up sends nothing."""

    def phone_form_field(self, **kwargs):
        kwargs.pop("label", None)
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
        return (found[0], found[1] is not None) if found else None

    def set_phone_verified(self, user, phone: str) -> None:
        User.objects.filter(pk=user.pk, phone=phone).update(phone_verified_at=timezone.now())

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).order_by("-phone_verified_at").first()

    def send_verification_code_sms(self, user, phone: str, code: str, **kwargs) -> None:
        actions.outbox.queue(
            template="phone_code", to=phone, context={"code": code}, by=None, at=timezone.now(), is_secret=True
        )

    def send_account_already_exists_sms(self, phone: str) -> None:
        actions.outbox.queue(template="phone_known", to=phone, context={}, by=None, at=timezone.now())

    def send_unknown_account_sms(self, phone: str, **kwargs) -> None:
        actions.outbox.queue(template="phone_unknown", to=phone, context={}, by=None, at=timezone.now())
