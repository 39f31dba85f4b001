"""Reporting and completing incidents at work."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel, Sex
from batikportal.models import Area
from workforce.choices.safety import ClaimState, IncidentAgent, IncidentKind, IncidentSeverity, Treatment
from workforce.forms.fields import DayField
from workforce.models import ProcessStep
from workforce.queries.safety import IncidentFilter

YES_NO = [("", _("Tidak tahu")), ("True", _("Ya")), ("False", _("Tidak"))]


class IncidentForm(forms.Form):
    """What happened; short enough for a phone, and without anybody's name."""

    kind = forms.ChoiceField(label=_("Apa yang terjadi?"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    agent = forms.ChoiceField(label=_("Karena apa?"), choices=IncidentAgent.choices, widget=forms.RadioSelect)
    severity = forms.TypedChoiceField(
        label=_("Seberapa parah?"), choices=IncidentSeverity.choices, coerce=int, widget=forms.RadioSelect
    )
    occurred_at = forms.DateTimeField(
        label=_("Kapan?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    step = forms.ModelChoiceField(
        label=_("Saat mengerjakan apa?"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        required=False,
        empty_label=_("Tidak tahu atau lainnya"),
    )
    lost_days = forms.IntegerField(
        label=_("Hari kerja hilang"),
        required=False,
        min_value=0,
        max_value=3660,
        help_text=_("Kosongkan bila belum tahu."),
    )
    ppe_worn = forms.TypedChoiceField(
        label=_("Alat pelindung dipakai?"),
        choices=YES_NO,
        required=False,
        coerce=lambda text: text == "True",
        empty_value=None,
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)

    def clean_occurred_at(self) -> datetime:
        moment = self.cleaned_data["occurred_at"]
        if moment > self.at:
            raise forms.ValidationError(_("Waktu ini belum tiba."))
        if moment.year < timezone.localdate(self.at).year - 10:
            raise forms.ValidationError(_("Isi waktu dalam sepuluh tahun terakhir."))
        return moment

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        severity = data.get("severity")
        if data.get("kind") == IncidentKind.NEAR_MISS and severity:
            self.add_error("severity", _("Hampir celaka berarti tidak ada yang cedera."))
        if data.get("lost_days") is not None and severity is not None and severity < IncidentSeverity.LOST_DAYS:
            self.add_error("lost_days", _("Isi hanya bila ada hari kerja yang hilang."))
        return data


class StaffIncidentForm(IncidentForm):
    """The same for the office, which names the ward and the place."""

    ward = forms.ModelChoiceField(
        label=_("Kelurahan"),
        queryset=Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True).order_by("name"),
        empty_label=_("Pilih"),
    )
    place = forms.CharField(
        label=_("Tempat"), required=False, max_length=150, help_text=_("Misalnya: rumah pekerja. Tanpa nama orang.")
    )


class CompletionForm(forms.Form):
    """The report on paper, and what was done about the cause."""

    form_number = forms.CharField(label=_("Nomor formulir 3 KK2 A"), required=False, max_length=60)
    reported_on = DayField(label=_("Diterima pada"), required=False)
    corrective_action = forms.CharField(
        label=_("Tindakan perbaikan"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    close = forms.BooleanField(label=_("Kejadian selesai, tutup"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("form_number")) != bool(data.get("reported_on")) and not self.errors:
            self.add_error("form_number", _("Isi nomor formulir bersama tanggalnya."))
        return data


class InjuryForm(forms.Form):
    """Health details."""

    sex = forms.ChoiceField(label=_("Jenis kelamin"), required=False, choices=[("", _("Tidak tahu")), *Sex.choices])
    age = forms.IntegerField(label=_("Umur"), required=False, min_value=10, max_value=100)
    body_part = forms.CharField(label=_("Bagian tubuh"), max_length=80)
    injury = forms.CharField(label=_("Cedera atau penyakit"), max_length=150)
    treatment = forms.ChoiceField(label=_("Pengobatan"), choices=Treatment.choices)
    claim = forms.ChoiceField(label=_("Klaim JKK"), choices=ClaimState.choices, initial=ClaimState.NO)


class IncidentFilterForm(forms.Form):
    """What narrows the list."""

    jenis = forms.ChoiceField(label=_("Kejadian"), required=False, choices=[("", _("Semua")), *IncidentKind.choices])
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Semua")), ("open", _("Belum selesai")), ("unreported", _("Formulir belum diterima"))],
    )
    kecamatan = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Area.objects.filter(level=AreaLevel.DISTRICT, valid_until__isnull=True).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    sampai = DayField(label=_("Cedera setahun sampai"), required=False)

    def wanted(self) -> IncidentFilter:
        """The filter as a query takes it."""
        data = self.cleaned_data if self.is_valid() else {}
        return IncidentFilter(data.get("jenis", ""), data.get("keadaan", ""), data.get("kecamatan"), data.get("sampai"))
