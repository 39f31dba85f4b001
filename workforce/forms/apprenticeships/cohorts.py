"""Programmes, calls, hosts, offers and the counts of the pipeline."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.forms.enterprise_field import EnterpriseField
from batikportal.forms.enterprises import RupiahField
from workforce.choices.apprenticeship import PipelineKind
from workforce.forms.fields import DayField
from workforce.models import ApprenticeshipProgramme, Cohort, PipelineActivity, ProcessStep
from workforce.rules import apprenticeship as rules
from workforce.rules.retention import months_after

MOST_ALLOWANCE_IDR = 10_000_000


def steps_field(label: Any, **kwargs: Any) -> forms.ModelMultipleChoiceField:
    """Steps of the craft as ticks, in working order."""
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=ProcessStep.objects.order_by("position"),
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


class ProgrammeForm(forms.ModelForm):
    """A programme."""

    class Meta:
        model = ApprenticeshipProgramme
        fields = ("title", "form", "organiser", "funding", "description")
        widgets = {"form": forms.RadioSelect, "description": forms.Textarea(attrs={"rows": 3})}

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CohortForm(forms.ModelForm):
    """A cohort; the limits of the regulation are those in force when it starts."""

    opens_on = DayField(label=_("Pendaftaran dibuka"))
    closes_on = DayField(label=_("Pendaftaran ditutup"))
    starts_on = DayField(label=_("Mulai magang"))
    ends_on = DayField(label=_("Akhir magang"))
    allowance_idr = RupiahField(label=_("Uang saku sebulan (rupiah)"), help_text=_("Kosongkan bila belum diputuskan."))
    steps = steps_field(_("Proses yang dipelajari"))
    requested_on = DayField(
        label=_("Permohonan penyelenggara diterima"),
        required=False,
        help_text=_("Lengkap dengan program, fasilitas, pembimbing, dan rancangan perjanjian."),
    )
    approved_on = DayField(label=_("Penyelenggaraan disetujui"), required=False)

    class Meta:
        model = Cohort
        fields = (
            "title",
            "opens_on",
            "closes_on",
            "starts_on",
            "ends_on",
            "seats",
            "steps",
            "allowance_idr",
            "theory_percent",
            "description",
            "requested_on",
            "approved_on",
        )
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, limits: rules.Limits, formal: bool, **kwargs: Any) -> None:
        self.limits, self.formal = limits, formal
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        allowance, seats = data.get("allowance_idr"), data.get("seats")
        if seats is not None and seats < 1:
            self.add_error("seats", _("Isi sedikitnya satu tempat."))
        if allowance and allowance > MOST_ALLOWANCE_IDR:
            self.add_error("allowance_idr", _("Uang saku ini terlalu besar. Periksa lagi angkanya."))
        days = [data.get(name) for name in ("opens_on", "closes_on", "starts_on", "ends_on")]
        if all(days):
            self._clean_days(*cast("list[date]", days))
        self._clean_theory(data.get("theory_percent"))
        return data

    def _clean_days(self, opens: date, closes: date, starts: date, ends: date) -> None:
        if closes < opens:
            self.add_error("closes_on", _("Pendaftaran ditutup sebelum dibuka."))
        if starts < opens:
            self.add_error("starts_on", _("Magang mulai sebelum pendaftaran dibuka."))
        if ends <= starts:
            self.add_error("ends_on", _("Akhir magang harus setelah mulainya."))
        longest = self.limits.longest_months
        if self.formal and longest is not None and ends > months_after(starts, longest):
            self.add_error("ends_on", _("Pemagangan paling lama %(months)s bulan.") % {"months": longest})

    def _clean_theory(self, theory: int | None) -> None:
        least, most = self.limits.theory_least, self.limits.theory_most
        if not self.formal or least is None or most is None:
            return
        if theory is not None and not least <= theory <= most:
            words = {"least": int(least), "most": int(most)}
            self.add_error("theory_percent", _("Bagian teori antara %(least)s dan %(most)s persen.") % words)

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name != "steps"}


class GroupForm(forms.Form):
    """A group of hosts."""

    name = forms.CharField(label=_("Nama kelompok"), max_length=120)
    coordinator = forms.CharField(
        label=_("Penyelenggara bersama"),
        max_length=120,
        required=False,
        help_text=_("Misalnya kampung batik, koperasi, LKP, BLK."),
    )


class MemberForm(forms.Form):
    """An enterprise that joins a group."""

    enterprise = EnterpriseField()
    from_on = DayField(label=_("Sejak"))

    def __init__(self, *args: Any, user, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(EnterpriseField, self.fields["enterprise"]).user = user


class HostOfferForm(forms.Form):
    """An owner offers places, on a phone."""

    seats = forms.IntegerField(
        label=_("Berapa orang bisa belajar di usaha Anda?"),
        min_value=1,
        max_value=50,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    steps = steps_field(_("Pekerjaan apa yang bisa diajarkan?"))
    mentor_name = forms.CharField(label=_("Siapa yang membimbing?"), max_length=120)
    note = forms.CharField(label=_("Catatan untuk petugas"), max_length=300, required=False)


class OfferAnswerForm(forms.Form):
    """What staff answer to an offer."""

    accept = forms.TypedChoiceField(
        label=_("Jawaban"),
        choices=[("ya", _("Diterima")), ("belum", _("Belum dapat diterima"))],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("Penjelasan untuk pemilik"), max_length=300)


class PipelineForm(forms.ModelForm):
    """A school or museum activity."""

    from_on = DayField(label=_("Dari"))
    until_on = DayField(label=_("Sampai"))

    class Meta:
        model = PipelineActivity
        fields = (
            "kind",
            "institution",
            "title",
            "from_on",
            "until_on",
            "participants",
            "institutions_count",
            "source_text",
        )
        help_texts = {"participants": _("Kosongkan bila tidak dihitung; kosong tidak sama dengan nol.")}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("from_on") and data["from_on"] > self.today:
            self.add_error("from_on", _("Tanggal ini belum tiba."))
        if data.get("from_on") and data.get("until_on") and data["until_on"] < data["from_on"]:
            self.add_error("until_on", _("Tanggal akhir mendahului tanggal mulai."))
        return data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PipelineFilterForm(forms.Form):
    """What narrows the list of activities."""

    jenis = forms.ChoiceField(
        label=_("Jenis lembaga"), required=False, choices=[("", _("Semua")), *PipelineKind.choices]
    )
    cari = forms.CharField(label=_("Cari lembaga atau kegiatan"), required=False, max_length=80)
