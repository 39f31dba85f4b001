"""The forms of django-allauth in our words: signing up and in, codes, passwords, the second factor.

They stand apart from forms/accounts.py because allauth's own forms read that module while they are being loaded.
"""

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from batikportal import actions, phones
from batikportal.forms.accounts import PASSWORD_HELP, code_input, password_input

REMEMBER_SECONDS = 30 * 24 * 60 * 60


class AddressField(forms.CharField):
    """A phone number or an e-mail address, the two ways to name an account."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Nomor HP atau surel"))
        kwargs.setdefault("help_text", _("Contoh: 0812-3456-7890 atau nama@contoh.id"))
        kwargs.setdefault("max_length", 254)
        kwargs["widget"] = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        super().__init__(**kwargs)

    def clean(self, value) -> str:
        text = super().clean(value)
        if "@" in text:
            validate_email(text)
            return text.lower()
        return phones.parse(text) if text else ""


def ask_password(field: forms.Field, label, *, new: bool, help_text="") -> None:
    """Give one of allauth's password fields our label, help and input."""
    field.label = label
    field.help_text = help_text
    field.widget = password_input("new-password" if new else "current-password")
    field.widget.is_required = field.required


def ask_code(field: forms.Field, label, help_text="") -> None:
    """Give one of allauth's code fields our label, help and input."""
    field.label = label
    field.help_text = help_text
    field.widget = code_input(maxlength="40")
    field.widget.is_required = True


class LoginForm(account_forms.LoginForm):
    """Phone or e-mail, password, and whether this device is one's own."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        ask_password(self.fields["password"], _("Kata sandi"), new=False)
        self.fields["remember"].label = _("Tetap masuk di HP ini selama 30 hari")
        self.fields["remember"].help_text = _("Jangan dicentang pada HP atau komputer yang dipakai bersama.")
        self.order_fields(["login", "password", "remember"])

    def login(self, request, redirect_url=None):
        response = super().login(request, redirect_url=redirect_url)
        if self.cleaned_data.get("remember") and not self.user.is_staff_member:
            # Staff sessions end with the working day (SESSION_COOKIE_AGE), whatever was ticked.
            request.session.set_expiry(REMEMBER_SECONDS)
        return response


class SignupForm(account_forms.SignupForm):
    """Name, phone, password. A number that is known already gets the same pages, so that nobody can find out."""

    account_already_exists: bool
    field_order = ["full_name", "phone", "password1"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_password(self.fields["password1"], _("Buat kata sandi"), new=True, help_text=PASSWORD_HELP)

    def try_save(self, request):
        if self.account_already_exists and actions.accounts.forget_unfinished(phone=self.cleaned_data["phone"]):
            self.account_already_exists = False
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # takes as long as a real sign-up
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # Somebody else was a moment faster with the same number.
            self.account_already_exists = True
            return super().try_save(request)


class VerifyPhoneForm(account_forms.VerifyPhoneForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self.fields["code"], _("Kode 6 angka"))


class ChangePhoneForm(account_forms.ChangePhoneForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].label = _("Nomor HP baru")


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """One new password, typed once: it can be shown while typing, and reset by phone."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        ask_password(self.fields["oldpassword"], _("Kata sandi sekarang"), new=False)
        ask_password(self.fields["password1"], _("Kata sandi baru"), new=True, help_text=PASSWORD_HELP)


class SetPasswordForm(account_forms.SetPasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        ask_password(self.fields["password1"], _("Buat kata sandi"), new=True, help_text=PASSWORD_HELP)


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """Where to send the code: allauth knows e-mail addresses only, phones are added here."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        if "@" in address:
            return super().clean_email()
        user = get_adapter().get_user_by_phone(address)
        self.users = [user] if user and user.is_active else []
        return address


class ResetCodeForm(account_forms.ConfirmPasswordResetCodeForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self.fields["code"], _("Kode 6 angka"))


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        ask_password(self.fields["password1"], _("Kata sandi baru"), new=True, help_text=PASSWORD_HELP)


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_password(self.fields["password"], _("Kata sandi"), new=False)


class SecondFactorForm(factor_forms.AuthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_code(
            self.fields["code"],
            _("Kode dari aplikasi autentikator"),
            _("6 angka yang berganti setiap 30 detik. HP hilang? Tulis salah satu kode cadangan."),
        )


class SecondFactorAgainForm(factor_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self.fields["code"], _("Kode dari aplikasi autentikator"))


class ActivateSecondFactorForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self.fields["code"], _("Kode dari aplikasi"), _("6 angka yang sekarang tampak di aplikasi."))
