"""Fields that several forms share."""

from datetime import date

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

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
