"""Forms about duties: filters, handing in, waiving, the sampling plan, the status board."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from wastewater.choices import PointKind
from wastewater.choices.duties import ComplianceLevel, ObligationState
from wastewater.forms.fields import DayField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.models import DutyKind
from wastewater.rules import duties

_STATES = [
    ALL,
    ("late", _("Terlambat, belum diterima")),
    ("soon", _("Jatuh tempo dalam tujuh hari")),
    *ObligationState.choices,
    ("received_late", _("Diterima terlambat")),
]


class ObligationFilter(forms.Form):
    """What the list of obligations can be narrowed by."""

    cari = forms.CharField(label=_("Cari usaha, IPAL atau kode titik"), required=False, max_length=80)
    jenis = forms.ModelChoiceField(
        label=_("Kewajiban"),
        queryset=DutyKind.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=_STATES)
    kecamatan = DistrictField()
    dari = DayField(label=_("Jatuh tempo sejak"), required=False)
    sampai = DayField(label=_("Jatuh tempo sampai"), required=False)

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if chosen.get("dari") and chosen.get("sampai") and chosen["dari"] > chosen["sampai"]:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal mulai."))
        return chosen


class HandInForm(forms.Form):
    """A report as a file; an officer also says on which day it came."""

    upload = forms.FileField(
        label=_("Laporan (PDF atau foto)"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
        help_text=_("Paling besar 10 MB."),
    )

    def __init__(self, *args, with_day: bool, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        if with_day:
            self.fields["received_on"] = DayField(label=_("Diterima pada"), initial=today)


class PlanFilter(forms.Form):
    """Which part of the plan is shown and generated."""

    tahun = forms.IntegerField(label=_("Tahun"), required=False, min_value=2020, max_value=2100)
    cari = forms.CharField(label=_("Cari titik, usaha, IPAL atau sungai"), required=False, max_length=80)
    kecamatan = DistrictField()
    jenis = forms.ChoiceField(label=_("Jenis titik"), required=False, choices=[ALL, *PointKind.choices])


class GenerateForm(forms.Form):
    """The months for which samples are planned."""

    dari = DayField(label=_("Masa yang mulai sejak"))
    sampai = DayField(label=_("Masa yang mulai sampai"))

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        first, last = chosen.get("dari"), chosen.get("sampai")
        if first and last and first > last:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal mulai."))
        elif first and last and (last - first).days > 366:
            self.add_error("sampai", _("Paling lama satu tahun sekali rencana."))
        return chosen


class BoardFilter(forms.Form):
    """What the status board can be narrowed by."""

    cari = forms.CharField(label=_("Cari usaha atau IPAL"), required=False, max_length=80)
    kecamatan = DistrictField()
    jenis = forms.ChoiceField(
        label=_("Siapa"), required=False, choices=[ALL, ("enterprise", _("Pelaku usaha")), ("plant", _("IPAL"))]
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[ALL, *ComplianceLevel.choices])
    triwulan = forms.CharField(
        label=_("Status pada triwulan"), required=False, help_text=_("Misalnya 2026-T3. Kosong berarti yang terakhir.")
    )
    diam = forms.BooleanField(label=_("Hanya yang belum melapor"), required=False)

    def clean_triwulan(self):
        code = self.cleaned_data["triwulan"].strip().upper()
        if code and duties.quarter_from_code(code) is None:
            raise forms.ValidationError(_("Tulis tahun dan triwulan, misalnya 2026-T3."))
        return code
