"""Forms about corrections of verified results: the filter of the list, the request, the decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.imports.contract import Censored
from wastewater import rules
from wastewater.actions.corrections import Figure
from wastewater.choices import Impossible
from wastewater.choices.corrections import CorrectionState
from wastewater.forms.fields import CensoredField, FigureField, UnitField
from wastewater.forms.filters import ALL
from wastewater.models import Result


class CorrectionFilter(forms.Form):
    """What the list of corrections can be narrowed by."""

    cari = forms.CharField(label=_("Cari sampel atau titik"), required=False, max_length=80)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *CorrectionState.choices])


class CorrectionForm(forms.Form):
    """The figure as it should be, why, and what proves it."""

    figure = CensoredField(
        label=_("Hasil yang benar"), required=True, help_text=_("Tulis tanda < di depan batas deteksi, misalnya <0,01.")
    )
    detection_limit = FigureField(label=_("Batas deteksi"), minimum=0, help_text=_("Kosongkan bila tidak disebut."))
    reason = forms.CharField(
        label=_("Alasan koreksi"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: salah ketik, laboratorium menerbitkan perbaikan laporan. Terlihat pada sampel."),
    )
    evidence = forms.FileField(
        label=_("Bukti (PDF atau foto)"),
        help_text=_("Misalnya perbaikan laporan hasil uji atau surat laboratorium."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
        error_messages={"required": _("Lampirkan buktinya.")},
    )
    field_order = ("figure", "unit", "detection_limit", "reason", "evidence")

    def __init__(self, *args, result: Result, **kwargs):
        stored = {
            "figure": Censored(result.qualifier, result.value),
            "unit": (result.unit, result.expressed_as),
            "detection_limit": result.detection_limit,
        }
        super().__init__(*args, **{**kwargs, "initial": stored})
        parameter = result.parameter
        self.fields["unit"] = UnitField(parameter.unit, parameter.expressed_as, label=_("Satuan"))
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        wanted = cleaned.get("figure")
        wrong = wanted and "unit" in cleaned and rules.impossible(wanted.value, cleaned["unit"][0])
        if wrong:
            self.add_error("figure", Impossible(wrong).label)
        return cleaned

    def wanted(self) -> Figure:
        """The cleaned input as the action wants it."""
        figure, (unit, expressed_as) = self.cleaned_data["figure"], self.cleaned_data["unit"]
        return Figure(
            value=figure.value,
            qualifier=figure.qualifier,
            unit=unit,
            expressed_as=expressed_as,
            detection_limit=self.cleaned_data["detection_limit"] or None,
        )


class ApplyForm(forms.Form):
    """An optional word with the agreement."""

    note = forms.CharField(label=_("Keterangan (boleh kosong)"), max_length=500, required=False)


class RefuseForm(forms.Form):
    """Why the figure stays."""

    note = forms.CharField(
        label=_("Alasan penolakan"), max_length=500, help_text=_("Terlihat oleh yang mengajukan koreksi.")
    )
