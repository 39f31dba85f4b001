"""What the lists of wastewater can be narrowed by; every field is optional and stands in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel
from batikportal.forms.imports import OfImport
from batikportal.models import Area
from wastewater.choices import PlantStatus, PointKind, SampleState, SampleVerdict, Verdict
from wastewater.forms.fields import DayField
from wastewater.models import Parameter, TreatmentPlant

ALL = ("", _("Semua"))


class DistrictField(forms.ModelChoiceField):
    """A district, named in the address by its code."""

    def __init__(self):
        super().__init__(
            label=_("Kecamatan"),
            queryset=Area.objects.filter(level=AreaLevel.DISTRICT).order_by("name"),
            to_field_name="code",
            required=False,
            empty_label=_("Semua"),
        )


class PeriodFilter(forms.Form):
    """Search, first and last day, district."""

    cari = forms.CharField(label=_("Cari nomor, titik, usaha, IPAL atau sungai"), required=False, max_length=80)
    dari = DayField(label=_("Diambil sejak"), required=False)
    sampai = DayField(label=_("Diambil sampai"), required=False)
    kecamatan = DistrictField()
    titik = forms.CharField(
        label=_("Kode titik"), required=False, max_length=30, widget=forms.TextInput(attrs={"class": "medium"})
    )

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if chosen.get("dari") and chosen.get("sampai") and chosen["dari"] > chosen["sampai"]:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal mulai."))
        return chosen


class SampleFilter(OfImport, PeriodFilter):
    """What the sample list can be narrowed by."""

    putusan = forms.ChoiceField(label=_("Putusan"), required=False, choices=[ALL, *SampleVerdict.choices])
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *SampleState.choices])


class ResultFilter(PeriodFilter):
    """What the list of judged results can be narrowed by."""

    parameter = forms.ModelChoiceField(
        label=_("Parameter"),
        queryset=Parameter.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    putusan = forms.ChoiceField(label=_("Putusan"), required=False, choices=[ALL, *Verdict.choices])
    jenis = forms.ChoiceField(label=_("Jenis titik"), required=False, choices=[ALL, *PointKind.choices])
    terhitung = forms.BooleanField(label=_("Hanya yang sudah diverifikasi atau diterbitkan"), required=False)
    lama = forms.BooleanField(label=_("Hanya yang lama simpannya terlampaui"), required=False)


class PointFilter(forms.Form):
    """What the list of points can be narrowed by."""

    cari = forms.CharField(label=_("Cari kode, nama titik atau pemiliknya"), required=False, max_length=80)
    kecamatan = DistrictField()
    jenis = forms.ChoiceField(label=_("Jenis titik"), required=False, choices=[ALL, *PointKind.choices])
    pemantauan = forms.ChoiceField(
        label=_("Pemantauan"),
        required=False,
        choices=[("", _("Masih dipantau")), ("berhenti", _("Tidak dipantau lagi"))],
    )


class PlantFilter(forms.Form):
    """What the list of plants can be narrowed by."""

    kecamatan = DistrictField()
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *PlantStatus.choices])
    beroperasi = forms.BooleanField(label=_("Hanya IPAL bersama yang beroperasi"), required=False)


class PlantLogFilter(OfImport, forms.Form):
    """What the list of logged days can be narrowed by."""

    ipal = forms.ModelChoiceField(
        label=_("IPAL"),
        queryset=TreatmentPlant.objects.order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    dari = DayField(label=_("Sejak hari"), required=False)
    sampai = DayField(label=_("Sampai hari"), required=False)

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if chosen.get("dari") and chosen.get("sampai") and chosen["dari"] > chosen["sampai"]:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal mulai."))
        return chosen
