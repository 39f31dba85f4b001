"""The filters of the dashboard, its work list and the map: period, kecamatan, and whose work."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal import contracts
from batikportal.choices import Focus, Office, Severity
from batikportal.dashboard import periods
from batikportal.models import Area


def _day(label) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    wrong = {"invalid": _("%(label)s tidak dikenali. Tulis seperti 2026-01-31.") % {"label": label}}
    return forms.DateField(label=label, required=False, widget=widget, error_messages=wrong)


class ScopeForm(forms.Form):
    """Period and kecamatan. What is wrong is said, what is right still counts."""

    periode = forms.ChoiceField(
        required=False,
        choices=list(periods.NAMES.items()),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Periode itu tidak dikenal.")},
    )
    dari = _day(_("Dari tanggal"))
    sampai = _day(_("Sampai tanggal"))
    kecamatan = forms.ChoiceField(
        label=_("Kecamatan"), required=False, error_messages={"invalid_choice": _("Kecamatan itu tidak dikenal.")}
    )

    def __init__(self, *args, districts: Iterable[Area], today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.districts = {area.code: area for area in districts}
        names = [(code, area.name) for code, area in self.districts.items()]
        cast(forms.ChoiceField, self.fields["kecamatan"]).choices = [("", _("Seluruh kota")), *names]

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if not {"periode", "dari", "sampai"} & set(self.errors):
            try:
                given["periode"], given["period"] = periods.chosen(
                    given["periode"], given["dari"], given["sampai"], self.today
                )
            except periods.PeriodRefused as refusal:
                self.add_error(None, str(refusal))
        return given


class MapForm(ScopeForm):
    """The same on the map, where the chosen layer stays chosen."""

    lapis = forms.CharField(required=False, widget=forms.HiddenInput)


class WorkForm(ScopeForm):
    """The same on the work list, with focus, office, kind of work and severity."""

    fokus = forms.ChoiceField(label=_("Bidang"), required=False, choices=[("", _("Semua bidang")), *Focus.choices])
    kantor = forms.ChoiceField(label=_("Kantor"), required=False, choices=[("", _("Semua kantor")), *Office.choices])
    tingkat = forms.ChoiceField(
        label=_("Tingkat"), required=False, choices=[("", _("Semua tingkat")), *Severity.choices]
    )
    jenis = forms.ChoiceField(label=_("Jenis pekerjaan"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.show_kinds(contracts.contributions("alerts"))

    def show_kinds(self, rules: Iterable[contracts.AlertRule]) -> None:
        """Offer these rules only, by their title."""
        kinds = sorted(((rule.code, str(rule.title)) for rule in rules), key=lambda kind: kind[1])
        cast(forms.ChoiceField, self.fields["jenis"]).choices = [("", _("Semua jenis")), *kinds]
