"""Input about sensor stations: how the list is narrowed, and which span of rows is not counted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wastewater.choices.sensors import StationStatus
from wastewater.forms.fields import WORKING_HOURS_HELP, MomentField
from wastewater.forms.filters import ALL, DistrictField


class StationFilter(forms.Form):
    """What the list of stations can be narrowed by."""

    cari = forms.CharField(label=_("Cari uid, nama, titik atau pemiliknya"), required=False, max_length=80)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *StationStatus.choices])
    kecamatan = DistrictField()


class ExclusionForm(forms.Form):
    """From when until before when, and why."""

    starts_at = MomentField(label=_("Mulai"), help_text=WORKING_HOURS_HELP)
    ends_at = MomentField(label=_("Sampai sebelum"), help_text=WORKING_HOURS_HELP)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        help_text=_("Misalnya kalibrasi tanpa kode, atau sensor kotor. Tercatat dalam riwayat."),
    )

    def clean(self):
        given = super().clean() or self.cleaned_data
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and starts >= ends:
            self.add_error("ends_at", _("Akhir rentang harus sesudah awalnya."))
        return given


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(label=_("Alasan"), max_length=250, help_text=_("Tercatat dalam riwayat."))
