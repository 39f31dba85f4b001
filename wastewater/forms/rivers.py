"""Forms of the river pages: what lists and reports are narrowed by, and the two small calculators."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wastewater.choices.indices import AssessmentKind, IndexMethod, IndexStatus
from wastewater.forms.fields import DayField, FigureField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.models import WaterBody
from wastewater.queries.indices import WITHHELD

_LARGE = 1_000_000


class IndexFilter(forms.Form):
    """What the list of indices can be narrowed by."""

    untuk = forms.ChoiceField(
        label=_("Indeks"),
        required=False,
        choices=[("", AssessmentKind.STATUS.label), (AssessmentKind.IKA.value, AssessmentKind.IKA.label)],
    )
    badan_air = forms.ModelChoiceField(
        label=_("Badan air"),
        queryset=WaterBody.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    titik = forms.CharField(
        label=_("Kode titik"), required=False, max_length=30, widget=forms.TextInput(attrs={"class": "medium"})
    )
    dari = DayField(label=_("Diambil sejak"), required=False)
    sampai = DayField(label=_("Diambil sampai"), required=False)
    kecamatan = DistrictField()
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[ALL, *IndexStatus.choices, (WITHHELD, _("Tidak dihitung"))]
    )

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if chosen.get("dari") and chosen.get("sampai") and chosen["dari"] > chosen["sampai"]:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal mulai."))
        return chosen


class ReportForm(forms.Form):
    """Which quarter, and by which reading of the pollution index."""

    field_order = ["triwulan", "metode"]
    metode = forms.ChoiceField(
        label=_("Cara hitung indeks pencemaran"),
        required=False,
        choices=[("", _("Menurut aturan yang berlaku")), *IndexMethod.choices],
    )

    def __init__(self, *args, quarters: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["triwulan"] = forms.ChoiceField(label=_("Triwulan"), required=False, choices=quarters)
        self.order_fields(self.field_order)


class MixingForm(forms.Form):
    """Two waters that meet: flows in one unit, concentrations in mg/L."""

    debit_sungai = FigureField(label=_("Debit sungai"), unit="m³/s", minimum=0, maximum=_LARGE, required=True)
    kadar_sungai = FigureField(label=_("Kadar di sungai"), unit="mg/L", minimum=0, maximum=_LARGE, required=True)
    debit_buangan = FigureField(label=_("Debit buangan"), unit="m³/s", minimum=0, maximum=_LARGE, required=True)
    kadar_buangan = FigureField(label=_("Kadar buangan"), unit="mg/L", minimum=0, maximum=_LARGE, required=True)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        flows = cleaned.get("debit_sungai"), cleaned.get("debit_buangan")
        if None not in flows and not any(flows):
            self.add_error("debit_sungai", _("Isi debit sungai atau debit buangan lebih dari nol."))
        return cleaned


class IklhForm(forms.Form):
    """The three indices that make the IKLH of a city."""

    ika = FigureField(label=_("IKA (kualitas air)"), minimum=0, maximum=100, required=True)
    iku = FigureField(label=_("IKU (kualitas udara)"), minimum=0, maximum=100, required=True)
    ikl = FigureField(label=_("IKL (kualitas lahan)"), minimum=0, maximum=100, required=True)
