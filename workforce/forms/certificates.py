"""Recording a certificate, taking a wrong one out, and narrowing their list."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel
from batikportal.models import Area
from workforce.choices.certificates import CertificateState
from workforce.forms.fields import DayField
from workforce.models import CompetencyScheme
from workforce.queries.certificates import CertificateFilter
from workforce.rules import certificates as rules

ALL = ("", _("Semua"))


class CertificateForm(forms.Form):
    """What stands on the paper, and the paper itself."""

    scheme = forms.ModelChoiceField(
        label=_("Skema"), queryset=CompetencyScheme.objects.filter(is_offered=True), to_field_name="code",
        empty_label=_("Pilih"),
    )  # fmt: skip
    level = forms.CharField(
        label=_("Jenjang"), required=False, max_length=40, help_text=_("Bila tertulis, misalnya KKNI II.")
    )
    body = forms.CharField(label=_("Lembaga penerbit"), max_length=120, help_text=_("Misalnya: LSP Batik."))
    number = forms.CharField(label=_("Nomor sertifikat"), max_length=60)
    issued_on = DayField(label=_("Tanggal terbit"))
    valid_until = DayField(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Kosongkan bila tidak tertulis: dihitung tiga tahun sejak terbit."),
    )
    upload = forms.FileField(
        label=_("Foto atau berkas sertifikat"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("Foto atau PDF, paling besar 10 MB."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_issued_on(self) -> date:
        day = self.cleaned_data["issued_on"]
        if not date(1990, 1, 1) <= day <= self.today:
            raise forms.ValidationError(_("Isi tanggal antara tahun 1990 dan hari ini."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        issued, last = data.get("issued_on"), data.get("valid_until")
        if issued and last and last <= issued:
            self.add_error("valid_until", _("Tanggal berakhir harus sesudah tanggal terbit."))
        return data

    def facts(self) -> dict[str, Any]:
        """What the action takes besides the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "upload"}


class CertificateRemovalForm(forms.Form):
    """Why a certificate is taken out."""

    reason = forms.CharField(label=_("Alasan"), min_length=5, max_length=200)


class CertificateFilterForm(forms.Form):
    """What narrows the list of certificates."""

    cari = forms.CharField(label=_("Cari nama atau nomor"), required=False, max_length=80)
    skema = forms.ModelChoiceField(
        label=_("Skema"), queryset=CompetencyScheme.objects.all(), to_field_name="code", required=False,
        empty_label=_("Semua"),
    )  # fmt: skip
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ALL, *CertificateState.choices])
    berakhir = forms.ChoiceField(label=_("Berakhir pada triwulan"), required=False)
    kecamatan = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Area.objects.filter(level=AreaLevel.DISTRICT, valid_until__isnull=True).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    sampai = DayField(label=_("Keadaan per tanggal"), required=False)

    def __init__(self, data: Any, *, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(data, **kwargs)
        first = today.replace(year=today.year - 1)
        quarters: Any = self.fields["berakhir"]
        quarters.choices = [ALL, *((one, quarter_words(one)) for one in rules.quarters_from(first, 17))]

    def on(self) -> date:
        """The day chosen, or today; never a day to come."""
        chosen = self.cleaned_data.get("sampai") if self.is_valid() else None
        return min(chosen, self.today) if chosen else self.today

    def wanted(self) -> CertificateFilter:
        """The filter as a query takes it; what cannot be read narrows nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return CertificateFilter(
            on=self.on(),
            text=data.get("cari", ""),
            area=data.get("kecamatan"),
            scheme=data.get("skema"),
            state=data.get("keadaan", ""),
            quarter=data.get("berakhir", ""),
        )


def quarter_words(quarter: str) -> str:
    """`2026-4` as people read it."""
    year, number = quarter.split("-")
    return str(_("Triwulan %(number)s %(year)s") % {"number": number, "year": year})
