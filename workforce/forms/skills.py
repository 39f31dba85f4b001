"""Recording and ending a skill."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.choices.skills import SkillEnd, SkillEvidence, SkillLevel
from workforce.forms.fields import DayField
from workforce.models import ProcessStep
from workforce.rules import skills as rules


class SkillForm(forms.Form):
    """What somebody masters, since when, and who says so."""

    step = forms.ModelChoiceField(
        label=_("Proses"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        empty_label=_("Pilih"),
    )
    level = forms.TypedChoiceField(
        label=_("Tingkat"), choices=SkillLevel.choices, coerce=int, widget=forms.RadioSelect, initial=None
    )
    evidence = forms.ChoiceField(
        label=_("Dasar"), choices=SkillEvidence.choices, widget=forms.RadioSelect, initial=SkillEvidence.SELF
    )
    attested_by = forms.CharField(
        label=_("Menurut siapa"),
        required=False,
        max_length=120,
        help_text=_("Nama pembatik, juragan, atau lembaga. Kosongkan bila hanya pengakuan pekerja."),
    )
    from_on = DayField(label=_("Sejak"), help_text=_("Bila tanggalnya tidak diketahui, isi perkiraan."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_from_on(self) -> date:
        day = self.cleaned_data["from_on"]
        if not date(1930, 1, 1) <= day <= self.today:
            raise forms.ValidationError(_("Isi tanggal antara tahun 1930 dan hari ini."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        evidence, level, name = data.get("evidence"), data.get("level"), data.get("attested_by", "")
        if evidence and evidence != SkillEvidence.SELF and not name:
            self.add_error("attested_by", _("Tulis nama orang atau lembaga yang menyatakan."))
        elif evidence == SkillEvidence.SELF:
            data["attested_by"] = ""
        elif evidence == SkillEvidence.CERTIFICATE and level is not None and level < rules.INDEPENDENT:
            self.add_error("level", _("Sertifikat kompetensi berarti tingkat Mandiri atau lebih tinggi."))
        return data


class SkillEndForm(forms.Form):
    """Why a record of a skill ends."""

    reason = forms.ChoiceField(
        label=_("Alasan"),
        choices=[(one.value, one.label) for one in SkillEnd if one in rules.REASONS_TO_END],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Keterangan"), required=False, max_length=200)
