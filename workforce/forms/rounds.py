"""Planning a round, choosing and judging people, and the purpose of a file with NIKs."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel
from batikportal.forms.enterprises import RupiahField
from batikportal.models import Area
from workforce.choices.rounds import EntryState, FundingProgramme, Verdict
from workforce.forms.fields import DayField
from workforce.models import CoverageRound, UploadTemplate
from workforce.queries.rounds import CandidateFilter
from workforce.rules import rounds as rules

MOST_PEOPLE = 100_000


class RoundForm(forms.Form):
    """A round as it is planned."""

    title = forms.CharField(label=_("Nama putaran"), max_length=120, help_text=_("Misalnya: Batik Berlian 2027 I."))
    programme = forms.ChoiceField(label=_("Program"), choices=FundingProgramme.choices)
    year = forms.IntegerField(
        label=_("Tahun anggaran"),
        min_value=2015,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    opens_on = DayField(label=_("Usulan dibuka"))
    closes_on = DayField(label=_("Usulan ditutup"))
    from_on = DayField(label=_("Dilindungi sejak"), help_text=_("Menentukan iuran yang berlaku."))
    until_on = DayField(label=_("Dilindungi sampai"), help_text=_("Hari terakhir yang iurannya dibayar."))
    quota = forms.IntegerField(
        label=_("Kuota (orang)"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    budget_per_month_idr = RupiahField(label=_("Anggaran sebulan (rupiah)"), required=True)

    def clean_budget_per_month_idr(self) -> Decimal:
        return Decimal(self.cleaned_data["budget_per_month_idr"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for first, last in (("opens_on", "closes_on"), ("from_on", "until_on"), ("closes_on", "until_on")):
            if data.get(first) and data.get(last) and data[last] < data[first]:
                self.add_error(last, _("Tanggal ini mendahului %(other)s.") % {"other": self.fields[first].label})
        return data

    @staticmethod
    def of(round_: CoverageRound) -> dict[str, Any]:
        """A round as the form shows it."""
        facts = {name: getattr(round_, name) for name in RoundForm.base_fields}
        return facts | {"budget_per_month_idr": int(round_.budget_per_month_idr)}


class CandidateFilterForm(forms.Form):
    """What narrows the ranked list."""

    syarat = forms.ChoiceField(label=_("Syarat"), required=False, choices=Verdict.choices)
    kelurahan = forms.ModelChoiceField(
        label=_("Kelurahan"),
        queryset=Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    cari = forms.CharField(label=_("Cari nama"), required=False, max_length=80)

    def wanted(self) -> CandidateFilter:
        """The filter as a query takes it."""
        data = self.cleaned_data if self.is_valid() else {}
        return CandidateFilter(
            verdict=data.get("syarat") or Verdict.ELIGIBLE.value,
            area=data.get("kelurahan"),
            text=data.get("cari", ""),
        )


class EntryFilterForm(forms.Form):
    """Which proposals of a round are listed."""

    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[("", _("Semua")), *EntryState.choices])
    cari = forms.CharField(label=_("Cari nama"), required=False, max_length=80)

    def value(self, name: str) -> str:
        return self.cleaned_data.get(name, "") if self.is_valid() else ""


class ReasonForm(forms.Form):
    """What is wrong."""

    reason = forms.CharField(
        label=_("Apa yang perlu diperbaiki?"),
        min_length=3,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """One decision for the people chosen."""

    outcome = forms.ChoiceField(
        label=_("Putusan"),
        choices=[(state.value, state.label) for state in rules.OUTCOMES],
        initial=EntryState.ACCEPTED,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Alasan"),
        required=False,
        max_length=300,
        help_text=_("Wajib bagi daftar tunggu dan yang tidak disetujui."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("outcome") in rules.NEEDS_REASON and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Tulis alasannya."))
        return data


class UploadFileForm(forms.Form):
    """Which columns, which kind of file, and what the NIKs are needed for."""

    template = forms.ModelChoiceField(
        label=_("Format"), queryset=UploadTemplate.objects.filter(is_active=True), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("Jenis berkas"), choices=[("xlsx", "XLSX"), ("csv", "CSV")], initial="xlsx", widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=_("Keperluan"), min_length=5, max_length=200, help_text=_("Dicatat bersama setiap NIK yang keluar.")
    )


def first_dates(today: date) -> dict[str, Any]:
    """A round of next year, open for the coming month."""
    next_year = today.year + 1
    return {
        "year": next_year,
        "opens_on": today,
        "from_on": date(next_year, 1, 1),
        "until_on": date(next_year, 12, 31),
        "programme": FundingProgramme.BERLIAN,
    }
