"""Forms about one's own account: profile, e-mail address, activation with a slip."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from batikportal import accounts
from batikportal.models import Enterprise, User

PASSWORD_HELP = _("Paling sedikit 10 tanda. Tiga kata yang tidak berhubungan mudah diingat dan sulit ditebak.")


def code_input(**attrs: str) -> forms.TextInput:
    """An input for a code of digits: number keys on a phone, filled in by the phone where it can."""
    return forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short", "spellcheck": "false"} | attrs
    )


def password_input(autocomplete: str) -> forms.PasswordInput:
    """A password input; static/js/password.js adds a button that shows what is typed."""
    words = {"data-show": _("Tampilkan"), "data-hide": _("Sembunyikan")}
    return forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "medium", "data-password": ""} | words)


class SignupExtras(forms.Form):
    """What sign-up asks besides phone and password."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    field_order = ["full_name", "phone", "password1"]

    def signup(self, request, user) -> None:
        """Asked for by allauth; the adapter has saved everything already."""


class ProfileForm(forms.Form):
    """One's own name, and whether messages may come by WhatsApp."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone_is_whatsapp = forms.BooleanField(
        label=_("Nomor HP saya memakai WhatsApp"),
        required=False,
        help_text=_("Bila tidak, pesan dikirim lewat SMS."),
    )


class EmailForm(forms.Form):
    """A new e-mail address; the password proves that it is really the owner who changes it."""

    email = forms.EmailField(label=_("Surel baru"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(label=_("Kata sandi sekarang"), strip=False, widget=password_input("current-password"))

    def __init__(self, *args, user: User, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if email == self.user.email:
            raise forms.ValidationError(_("Surel ini sudah tercatat pada akun Anda."))
        return email

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("Kata sandi tidak cocok."))
        return ""


class EmailCodeForm(forms.Form):
    """The code that was sent to the new e-mail address."""

    code = forms.CharField(label=_("Kode 6 angka"), max_length=20, widget=code_input())

    def clean_code(self) -> str:
        return re.sub(r"[\s\-]", "", self.cleaned_data["code"])


class ActivationForm(forms.Form):
    """Phone, code of the slip, and the first password. The phone is left out when the slip's QR code told it."""

    phone = accounts.LocalPhoneField(help_text=_("Nomor yang Anda berikan kepada petugas."))
    code = forms.CharField(
        label=_("Kode pada lembar"),
        error_messages={"required": _("Isi kode 12 tanda yang tercetak pada lembar.")},
        max_length=30,
        help_text=_("12 tanda, misalnya ABCD-EFGH-JKLM. Huruf besar atau kecil sama saja."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "medium"}
        ),
    )
    password = forms.CharField(
        label=_("Buat kata sandi"), strip=False, help_text=PASSWORD_HELP, widget=password_input("new-password")
    )

    def __init__(self, *args, user: User | None, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        if user is not None:
            del self.fields["phone"]

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    @property
    def chosen_phone(self) -> str:
        """The phone of the slip, or the one typed in."""
        return (self.user.phone or "") if self.user else self.cleaned_data["phone"]


class SlipForm(forms.Form):
    """For whom an officer opens an account, and which enterprise it shall own."""

    full_name = forms.CharField(
        label=_("Nama lengkap pemilik akun"),
        max_length=120,
        help_text=_("Seperti pada KTP."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = accounts.LocalPhoneField(
        label=_("Nomor HP pemilik akun"), help_text=_("Dipakai untuk masuk. Bacakan ulang nomornya.")
    )
    enterprise = forms.CharField(
        label=_("Nomor registrasi usaha"),
        required=False,
        max_length=20,
        help_text=_("Contoh: PKL-000123. Bila diisi, akun ini menjadi pemilik usaha itu di portal."),
        widget=forms.TextInput(attrs={"class": "medium", "autocapitalize": "characters", "autocomplete": "off"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_enterprise(self) -> Enterprise | None:
        text = self.cleaned_data["enterprise"].strip().upper()
        if not text:
            return None
        number = f"PKL-{int(text):06d}" if re.fullmatch(r"\d{1,9}", text, re.ASCII) else text
        found = Enterprise.objects.visible_to(self.user).registered().filter(registration_number=number).first()
        if found is None:
            raise forms.ValidationError(_("Tidak ada usaha dengan nomor registrasi %(number)s.") % {"number": number})
        return found
