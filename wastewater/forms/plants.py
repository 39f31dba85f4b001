"""Forms about a plant: its permits, the parameter of a chart, and the limit of mixed inflow."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wastewater.choices.plants import PermitKind
from wastewater.forms.fields import DayField, FigureField


class PermitForm(forms.Form):
    """A permit or certificate with its validity."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=PermitKind.choices)
    number = forms.CharField(label=_("Nomor"), max_length=80)
    issuer = forms.CharField(label=_("Penerbit"), max_length=120, required=False)
    issued_on = DayField(label=_("Tanggal terbit"), required=False)
    valid_until = DayField(label=_("Berlaku sampai"), required=False, help_text=_("Kosong berarti tanpa batas waktu."))
    permitted_m3_per_day = FigureField(
        label=_("Debit yang diizinkan"), unit="m³/hari", places=2, minimum=0, maximum=1_000_000
    )
    file = forms.FileField(
        label=_("Berkas (PDF atau foto)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )
    note = forms.CharField(label=_("Catatan"), required=False, max_length=200)

    def clean_permitted_m3_per_day(self):
        return self.cleaned_data["permitted_m3_per_day"] or None

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("issued_on") and data.get("valid_until") and data["valid_until"] < data["issued_on"]:
            self.add_error("valid_until", _("Akhir masa berlaku harus sesudah tanggal terbit."))
        return data


class MixedLimitForm(forms.Form):
    """Two kinds of wastewater that enter one plant: what each may contain, and how much flows."""

    c1 = FigureField(label=_("Baku mutu air limbah tekstil"), unit="mg/L", minimum=0, maximum=100_000, required=True)
    q1 = FigureField(label=_("Debit air limbah tekstil"), unit="m³/hari", minimum=0, maximum=100_000, required=True)
    c2 = FigureField(label=_("Baku mutu air limbah domestik"), unit="mg/L", minimum=0, maximum=100_000, required=True)
    q2 = FigureField(label=_("Debit air limbah domestik"), unit="m³/hari", minimum=0, maximum=100_000, required=True)

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("q1") == 0 and data.get("q2") == 0:
            self.add_error("q1", _("Sedikitnya satu debit harus lebih dari nol."))
        return data
