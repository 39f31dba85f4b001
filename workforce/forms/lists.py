"""What lists are narrowed by, and the search by NIK (posted, so that no NIK stands in an address)."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel
from batikportal.models import Area
from workforce import queries
from workforce.choices import AgeBand, CoverageState
from workforce.choices.skills import SkillLevel
from workforce.forms.fields import DayField, NikField
from workforce.models import ProcessStep
from workforce.rules.skills import MASTER

ALL = ("", _("Semua"))
COVERAGE_CHOICES = [(queries.GAP, _("Belum terlindungi JKK dan JKM")), *CoverageState.choices]


class AreaAndDayForm(forms.Form):
    """The district, and the day on which things are looked at."""

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

    def on(self) -> date:
        """The day chosen, or today; never a day to come."""
        chosen = self.cleaned_data.get("sampai") if self.is_valid() else None
        return min(chosen, self.today) if chosen else self.today

    def value(self, name: str) -> Any:
        """A cleaned value, or None when the form or the field is wrong."""
        return getattr(self, "cleaned_data", {}).get(name) if self.is_valid() else None


WHOLE = {
    "": _("Pekerja terdaftar"),
    "active": _("Pekerja aktif"),
    "ended": _("Sudah berhenti atau belum bekerja"),
}


class WorkerFilterForm(AreaAndDayForm):
    """Everything that narrows the list of workers."""

    cari = forms.CharField(label=_("Cari nama"), required=False, max_length=80)
    status = forms.ChoiceField(
        label=_("Status kerja"),
        required=False,
        choices=[ALL, ("active", _("Sedang bekerja")), ("ended", _("Sudah berhenti atau belum bekerja"))],
    )
    proses = forms.ModelChoiceField(
        label=_("Proses"),
        queryset=ProcessStep.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    menguasai = forms.ModelChoiceField(
        label=_("Menguasai proses"),
        queryset=ProcessStep.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    tingkat = forms.TypedChoiceField(
        label=_("Tingkat paling rendah"),
        required=False,
        choices=SkillLevel.choices[1:],
        coerce=int,
        initial=MASTER,
    )
    usaha = forms.CharField(label=_("Usaha"), required=False, max_length=80)
    perlindungan = forms.ChoiceField(label=_("Perlindungan"), required=False, choices=[ALL, *COVERAGE_CHOICES])
    umur = forms.ChoiceField(label=_("Umur"), required=False, choices=[ALL, *AgeBand.choices])
    nik = forms.ChoiceField(
        label=_("NIK"),
        required=False,
        choices=[ALL, ("check", _("Perlu diperiksa")), ("missing", _("Belum ada"))],
    )
    field_order = [
        "cari", "kecamatan", "status", "proses", "menguasai", "tingkat", "usaha", "perlindungan", "umur", "nik",
        "sampai",
    ]  # fmt: skip

    def __init__(self, data: Any, *, today: date, sees_coverage: bool, **kwargs: Any) -> None:
        super().__init__(data, today=today, **kwargs)
        if not sees_coverage:
            # Filtering by a hidden fact would tell it.
            del self.fields["perlindungan"]

    def wanted(self) -> queries.WorkerFilter:
        """The filter as a query takes it."""
        step, mastered = self.value("proses"), self.value("menguasai")
        return queries.WorkerFilter(
            on=self.on(),
            text=self.value("cari") or "",
            area=self.value("kecamatan"),
            step=step.code if step else "",
            mastered=mastered.code if mastered else "",
            level=self.value("tingkat") or MASTER,
            enterprise=self.value("usaha") or "",
            coverage=self.value("perlindungan") or "",
            age_band=self.value("umur") or "",
            work=self.value("status") or "",
            nik=self.value("nik") or "",
        )

    def whole_words(self) -> str:
        """Whom a figure of this filter is held against, for the heading of a column."""
        words = str(WHOLE[self.value("status") or ""])
        if (self.value("umur") or AgeBand.UNKNOWN) == AgeBand.UNKNOWN:
            return words
        return _("%(people)s yang umurnya diketahui") % {"people": words}

    def part_words(self) -> str:
        """Whom it counts; empty when it counts all of them."""
        return str(AgeBand(self.value("umur")).label) if self.value("umur") else ""


class CoverageFilterForm(AreaAndDayForm):
    """Which state of protection, where and when; the gap unless something else is asked for."""

    perlindungan = forms.ChoiceField(label=_("Perlindungan"), required=False, choices=COVERAGE_CHOICES)
    cari = forms.CharField(label=_("Cari nama"), required=False, max_length=80)
    field_order = ["perlindungan", "kecamatan", "sampai", "cari"]

    def wanted(self) -> queries.WorkerFilter:
        """Active workers in the chosen state."""
        return queries.WorkerFilter(
            on=self.on(),
            area=self.value("kecamatan"),
            text=self.value("cari") or "",
            coverage=self.value("perlindungan") or queries.GAP,
            work="active",
        )

    def whole_words(self) -> str:
        """Whom a figure of this filter is held against, for the heading of a column."""
        return str(WHOLE["active"])

    def part_words(self) -> str:
        """Whom it counts."""
        return str(dict(COVERAGE_CHOICES)[self.value("perlindungan") or queries.GAP])


class NikSearchForm(forms.Form):
    """A full NIK to look for."""

    nik = NikField(label=_("Cari dengan NIK lengkap"), error_messages={"required": _("Isi NIK 16 angka yang dicari.")})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(NikField, self.fields["nik"]).today = today
