"""The logbook, the agreement, assessments, allowance and outcomes."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.forms.enterprises import RupiahField
from batikportal.forms.figure_field import FigureField
from workforce.choices.apprenticeship import LogKind, OutcomeWork
from workforce.choices.skills import SkillLevel
from workforce.forms.apprenticeships.cohorts import MOST_ALLOWANCE_IDR
from workforce.forms.fields import DayField
from workforce.models import Placement, PlacementAgreement, ProcessStep
from workforce.rules import apprenticeship as rules
from workforce.rules.retention import months_after


def _learned(field: forms.Field, placement: Placement) -> None:
    cast(forms.ModelChoiceField, field).queryset = ProcessStep.objects.filter(
        pk__in=placement.placement_steps.values("step")
    ).order_by("position")


def step_field(label: Any, **kwargs: Any) -> forms.ModelChoiceField:
    """One step of those that are learned in a placement."""
    return forms.ModelChoiceField(label=label, queryset=ProcessStep.objects.none(), to_field_name="code", **kwargs)


class LogForm(forms.Form):
    """One day, on a phone."""

    on = DayField(label=_("Tanggal"))
    kind = forms.ChoiceField(
        label=_("Kehadiran"), choices=LogKind.choices, initial=LogKind.PRESENT, widget=forms.RadioSelect
    )
    tasks = forms.CharField(
        label=_("Hari ini mengerjakan apa?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    step = step_field(_("Proses"), required=False, empty_label=_("Tidak dipilih"))
    hours = FigureField(label=_("Berapa jam?"), unit=_("jam"), places=1, minimum=0, maximum=24)
    mentor_note = forms.CharField(label=_("Catatan pembimbing"), max_length=300, required=False)

    def __init__(self, *args: Any, placement: Placement, today: date, **kwargs: Any) -> None:
        self.today = today
        kwargs["initial"] = {"on": today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        _learned(self.fields["step"], placement)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("on") and data["on"] > self.today:
            self.add_error("on", _("Tanggal ini belum tiba."))
        if data.get("kind") == LogKind.PRESENT:
            if not data.get("tasks"):
                self.add_error("tasks", _("Tulis apa yang dikerjakan."))
            if data.get("hours") == 0:
                self.add_error("hours", _("Jam tidak mungkin 0. Kosongkan bila tidak tahu."))
        elif data.get("kind"):
            data["step"] = data["hours"] = None
        return data


class AgreementForm(forms.ModelForm):
    """What the agreement must hold (Permenaker 6/2020 art. 10), and its way to the endorsement."""

    signed_on = DayField(label=_("Ditandatangani"))
    from_on = DayField(label=_("Berlaku sejak"))
    until_on = DayField(label=_("Berlaku sampai"))
    allowance_idr = RupiahField(label=_("Uang saku sebulan (rupiah)"), required=True)
    hours_per_day = FigureField(label=_("Jam sehari"), unit=_("jam"), places=1, minimum=0, maximum=24, required=True)
    submitted_on = DayField(label=_("Diserahkan ke Dinperinaker"), required=False)
    endorsed_on = DayField(label=_("Disahkan"), required=False)

    class Meta:
        model = PlacementAgreement
        fields = (
            "number",
            "signed_on",
            "signer_name",
            "from_on",
            "until_on",
            "allowance_idr",
            "days_per_week",
            "hours_per_day",
            "theory_percent",
            "insured_by",
            "submitted_on",
            "endorsed_on",
            "endorsement_number",
        )

    def __init__(self, *args: Any, limits: rules.Limits, today: date, **kwargs: Any) -> None:
        self.limits, self.today = limits, today
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("signed_on", "submitted_on", "endorsed_on"):
            if data.get(name) and data[name] > self.today:
                self.add_error(name, _("Tanggal ini belum tiba."))
        self._clean_span(data.get("from_on"), data.get("until_on"))
        if data.get("days_per_week") is not None and not 1 <= data["days_per_week"] <= 7:
            self.add_error("days_per_week", _("Isi 1 sampai 7."))
        if data.get("hours_per_day") == 0:
            self.add_error("hours_per_day", _("Jam tidak mungkin 0."))
        if (data.get("allowance_idr") or 0) > MOST_ALLOWANCE_IDR:
            self.add_error("allowance_idr", _("Uang saku ini terlalu besar. Periksa lagi angkanya."))
        self._clean_theory(data.get("theory_percent"))
        self._clean_way(data)
        return data

    def _clean_span(self, start: date | None, end: date | None) -> None:
        if start is None or end is None:
            return
        longest = self.limits.longest_months
        if end <= start:
            self.add_error("until_on", _("Akhir perjanjian mendahului mulainya."))
        elif longest is not None and end > months_after(start, longest):
            self.add_error("until_on", _("Pemagangan paling lama %(months)s bulan.") % {"months": longest})

    def _clean_theory(self, theory: int | None) -> None:
        least, most = self.limits.theory_least, self.limits.theory_most
        if theory is not None and least is not None and most is not None and not least <= theory <= most:
            words = {"least": int(least), "most": int(most)}
            self.add_error("theory_percent", _("Bagian teori antara %(least)s dan %(most)s persen.") % words)

    def _clean_way(self, data: dict[str, Any]) -> None:
        signed, handed, endorsed = (data.get(name) for name in ("signed_on", "submitted_on", "endorsed_on"))
        if signed and handed and handed < signed:
            self.add_error("submitted_on", _("Perjanjian diserahkan setelah ditandatangani."))
        if endorsed and not handed:
            self.add_error("submitted_on", _("Isi kapan perjanjian diserahkan."))
        if endorsed and handed and endorsed < handed:
            self.add_error("endorsed_on", _("Pengesahan mendahului penyerahan."))
        if bool(endorsed) != bool(data.get("endorsement_number")):
            self.add_error("endorsement_number", _("Isi tanggal dan nomor pengesahan, atau kosongkan keduanya."))

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AssessmentForm(forms.Form):
    """How well one step is mastered."""

    step = step_field(_("Proses"), empty_label=_("Pilih"))
    level = forms.TypedChoiceField(label=_("Tingkat"), choices=SkillLevel.choices, coerce=int, widget=forms.RadioSelect)
    assessed_on = DayField(label=_("Dinilai pada"))
    assessor = forms.CharField(label=_("Penilai"), max_length=120)
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(self, *args: Any, placement: Placement, today: date, **kwargs: Any) -> None:
        mentor = placement.mentor.name if placement.mentor else ""
        kwargs["initial"] = {"assessed_on": today, "assessor": mentor} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        _learned(self.fields["step"], placement)


class PaymentForm(forms.Form):
    """The allowance of a month."""

    month = forms.DateField(
        label=_("Bulan"),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(attrs={"type": "month", "class": "medium"}, format="%Y-%m"),
        help_text=_("Tahun dan bulan, misalnya 2026-03."),
    )
    amount_idr = RupiahField(label=_("Dibayar (rupiah)"), required=True)
    paid_on = DayField(label=_("Tanggal dibayar"))
    evidence = forms.CharField(label=_("Bukti"), max_length=120, required=False)

    def clean_amount_idr(self) -> int:
        amount = self.cleaned_data["amount_idr"]
        if not amount:
            raise forms.ValidationError(_("Isi jumlah yang dibayar."))
        if amount > MOST_ALLOWANCE_IDR:
            raise forms.ValidationError(_("Uang saku ini terlalu besar. Periksa lagi angkanya."))
        return amount


class OutcomeForm(forms.Form):
    """What somebody does now."""

    work = forms.ChoiceField(label=_("Sekarang bekerja apa?"), choices=OutcomeWork.choices, widget=forms.RadioSelect)
    asked_on = DayField(label=_("Ditanyakan pada"))
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)
