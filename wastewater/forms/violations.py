"""Forms about violations: the filter of the list, recording one, ending one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.models import Enterprise
from wastewater.choices.duties import Resolution, ViolationKind, ViolationState
from wastewater.forms.fields import DayField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.models import TreatmentPlant
from wastewater.rules.obligations import BY_HAND

_RECORDED = (ViolationKind.UNPERMITTED, ViolationKind.SCHEDULE, ViolationKind.NARRATIVE)


class ViolationFilter(forms.Form):
    """What the list of violations can be narrowed by."""

    cari = forms.CharField(label=_("Cari usaha atau IPAL"), required=False, max_length=80)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False, choices=[ALL, *ViolationKind.choices])
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *ViolationState.choices])
    kecamatan = DistrictField()
    dari = DayField(label=_("Terjadi sejak"), required=False)
    sampai = DayField(label=_("Terjadi sampai"), required=False)

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if chosen.get("dari") and chosen.get("sampai") and chosen["dari"] > chosen["sampai"]:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal mulai."))
        return chosen


class OfSubjectForm(forms.Form):
    """A form that starts with one enterprise, by its registration number, or one plant."""

    enterprise = forms.ModelChoiceField(
        label=_("Nomor registrasi usaha"),
        help_text=_("Lihat nomornya pada daftar pelaku usaha. Kosongkan bila tentang IPAL."),
        queryset=Enterprise.objects.none(),
        to_field_name="registration_number",
        required=False,
        widget=forms.TextInput(attrs={"class": "medium", "autocapitalize": "characters"}),
        error_messages={"invalid_choice": _("Nomor registrasi tidak dikenal. Periksa pada daftar pelaku usaha.")},
    )
    plant = forms.ModelChoiceField(
        label=_("IPAL"), queryset=TreatmentPlant.objects.all(), required=False, empty_label=_("Bukan IPAL")
    )

    def __init__(self, *args, enterprises, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].queryset = enterprises  # type: ignore[attr-defined]  # a ModelChoiceField, see above

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if "enterprise" in self.errors:
            return chosen
        if bool(chosen.get("enterprise")) == bool(chosen.get("plant")):
            self.add_error("enterprise", _("Isi tepat satu: nomor registrasi usaha atau IPAL."))
        return chosen

    @property
    def subject(self) -> Enterprise | TreatmentPlant:
        return self.cleaned_data["enterprise"] or self.cleaned_data["plant"]


class ViolationForm(OfSubjectForm):
    """A violation that an officer saw."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=[(one.value, one.label) for one in _RECORDED])
    occurred_on = DayField(label=_("Terjadi pada"))
    description = forms.CharField(
        label=_("Uraian"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Apa yang terlihat, di mana, dan apa buktinya."),
    )  # fmt: skip


class ResolveForm(forms.Form):
    """How a violation ended."""

    how = forms.ChoiceField(
        label=_("Selesai karena"),
        choices=[(one.value, one.label) for one in BY_HAND],
        widget=forms.RadioSelect,
        initial=Resolution.CORRECTED,
    )
    note = forms.CharField(
        label=_("Keterangan"), max_length=250, help_text=_("Misalnya tanggal pemeriksaan dan apa yang diperbaiki.")
    )


class ReasonForm(forms.Form):
    """Why something is undone or forgiven; the reason stays in the history."""

    reason = forms.CharField(label=_("Alasan"), max_length=250, help_text=_("Tercatat dalam riwayat."))
