"""Fields that several forms share."""

from datetime import date

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from batikportal import rules as portal_rules
from batikportal.models import Enterprise, EnterpriseIdentifier
from workforce import rules


class DayField(forms.DateField):
    """A date chosen with the browser's own calendar."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class NikField(forms.CharField):
    """A full NIK as typed; answers a `rules.Nik` on a given day, or None. Never shown again after saving."""

    def __init__(self, *, today: date | None = None, **kwargs):
        self.today = today
        kwargs.setdefault("label", _("NIK"))
        kwargs.setdefault("max_length", 25)
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "class": "medium", "spellcheck": "false"}
            ),
        )
        super().__init__(**kwargs)

    def clean(self, value) -> rules.Nik | None:
        text = super().clean(value)
        if not text:
            return None
        if self.today is None:
            raise ImproperlyConfigured("The form sets the day of a NikField, since forms do not read the clock.")
        try:
            return rules.parse_nik(text, self.today)
        except rules.InvalidNik as problem:
            raise forms.ValidationError(str(problem), code=problem.code) from problem


class EnterpriseField(forms.CharField):
    """An enterprise by its local number, NIB or name; a name that fits several lists them with their numbers."""

    def __init__(self, *, user=None, **kwargs):
        self.user = user
        kwargs.setdefault("label", _("Usaha"))
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("help_text", _("Nomor registrasi (PKL-…), NIB, atau nama usaha yang terdaftar."))
        super().__init__(**kwargs)

    def clean(self, value) -> Enterprise | None:
        text = super().clean(value).strip()
        if not text:
            return None
        known = Enterprise.objects.visible_to(self.user).registered().select_related("ward")
        nib = EnterpriseIdentifier.objects.filter(
            enterprise=OuterRef("pk"), kind="nib", value=portal_rules.clean_number(text)
        )
        exact = list(known.filter(Q(registration_number__iexact=text) | Q(name__iexact=text) | Exists(nib))[:6])
        if len(exact) == 1:
            return exact[0]
        near = exact or list(known.filter(name__icontains=text).order_by("name")[:6])
        if not near:
            raise forms.ValidationError(_("Usaha ini belum terdaftar. Periksa ejaannya, atau isi kolom juragan."))
        names = "; ".join(f"{one.registration_number} {one.name} ({one.ward.name})" for one in near)
        raise forms.ValidationError(
            _("Tulis nomor registrasi dari salah satu usaha ini: %(names)s"), params={"names": names}
        )

    def prepare_value(self, value):
        return value.registration_number if isinstance(value, Enterprise) else value
