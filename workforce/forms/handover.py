"""Plans of handover, candidates and milestones."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from batikportal.choices import AreaLevel
from batikportal.forms.enterprise_field import EnterpriseField
from batikportal.models import Area
from workforce.choices.handover import (
    CandidateRelation,
    HandoverKind,
    HandoverWish,
    MilestoneState,
    PlanState,
    Readiness,
    Willingness,
)
from workforce.forms.fields import DayField
from workforce.models import Person, ProcessStep, SuccessionPlan, SuccessorCandidate
from workforce.queries.handover import PlanFilter


class PlanFilterForm(forms.Form):
    """What narrows the list of plans."""

    cari = forms.CharField(label=_("Cari nama atau usaha"), required=False, max_length=80)
    jenis = forms.ChoiceField(
        label=_("Yang diserahkan"), required=False, choices=[("", _("Semua")), *HandoverKind.choices]
    )
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[("", _("Semua")), *PlanState.choices])
    kesiapan = forms.ChoiceField(label=_("Kesiapan"), required=False, choices=[("", _("Semua")), *Readiness.choices])
    kecamatan = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Area.objects.filter(level=AreaLevel.DISTRICT, valid_until__isnull=True).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    terlambat = forms.BooleanField(label=_("Ada langkah yang terlambat"), required=False)

    def wanted(self, today: date) -> PlanFilter:
        """The filter as a query takes it; what cannot be read narrows nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return PlanFilter(
            on=today,
            text=data.get("cari", ""),
            kind=data.get("jenis", ""),
            state=data.get("keadaan", ""),
            readiness=data.get("kesiapan", ""),
            area=data.get("kecamatan"),
            late=data.get("terlambat", False),
        )


class PlanForm(forms.Form):
    """What somebody hands over, to what end, and by when."""

    kind = forms.ChoiceField(label=_("Yang diserahkan"), choices=HandoverKind.choices, widget=forms.RadioSelect)
    enterprise = EnterpriseField(required=False, label=_("Usaha"))
    step = forms.ModelChoiceField(
        label=_("Proses yang diajarkan"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        required=False,
        empty_label=_("Tidak dipilih"),
    )
    wish = forms.ChoiceField(
        label=_("Keinginan"), choices=HandoverWish.choices, initial=HandoverWish.UNDECIDED, widget=forms.RadioSelect
    )
    wished_on = DayField(label=_("Disampaikan pada"))
    target_on = DayField(label=_("Ingin selesai pada"), required=False)
    note = forms.CharField(label=_("Catatan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, user, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        cast(EnterpriseField, self.fields["enterprise"]).user = user

    @classmethod
    def of(cls, plan: SuccessionPlan) -> dict[str, object]:
        """The initial values of a plan that is corrected."""
        return {
            "kind": plan.kind,
            "enterprise": plan.enterprise.registration_number if plan.enterprise else "",
            "step": plan.step.code if plan.step else "",
            "wish": plan.wish,
            "wished_on": plan.wished_on,
            "target_on": plan.target_on,
            "note": plan.note,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == HandoverKind.OWNER and not data.get("enterprise") and "enterprise" not in self.errors:
            self.add_error("enterprise", _("Pilih usaha yang diserahkan."))
        if data.get("kind") == HandoverKind.MASTER and not data.get("step") and "step" not in self.errors:
            self.add_error("step", _("Pilih proses yang diajarkan."))
        if data.get("wished_on") and data["wished_on"] > self.today:
            self.add_error("wished_on", _("Tanggal ini belum tiba."))
        if data.get("wished_on") and data.get("target_on") and data["target_on"] < data["wished_on"]:
            self.add_error("target_on", _("Tanggal selesai mendahului tanggal keinginan disampaikan."))
        return data

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CandidateForm(forms.Form):
    """Who could follow: one of those suggested, or a name."""

    person = forms.ModelChoiceField(
        label=_("Orang terdaftar"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Tidak ada di daftar; tulis namanya di bawah"),
        help_text=_("Orang di bawah 40 tahun yang diusulkan, yang paling cocok di atas."),
    )
    name = forms.CharField(label=_("Nama, bila belum terdaftar"), max_length=120, required=False)
    relation = forms.ChoiceField(label=_("Hubungan"), choices=CandidateRelation.choices, widget=forms.RadioSelect)
    willing = forms.ChoiceField(
        label=_("Kesediaan"), choices=Willingness.choices, initial=Willingness.UNKNOWN, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["person"]).queryset = people

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "person" not in self.errors and bool(data.get("person")) == bool(data.get("name")):
            self.add_error("name", _("Pilih orang terdaftar, atau tulis namanya; tidak keduanya."))
        return data


class WillingForm(forms.Form):
    """What a candidate said when asked."""

    willing = forms.ChoiceField(label=_("Kesediaan"), choices=Willingness.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)


class MilestoneForm(forms.Form):
    """A step of the plan with its day."""

    title = forms.CharField(label=_("Langkah"), max_length=120)
    due_on = DayField(label=_("Paling lambat"))


class MilestoneCloseForm(forms.Form):
    """A step is done, or will not be."""

    state = forms.ChoiceField(
        label=_("Hasil"),
        choices=[choice for choice in MilestoneState.choices if choice[0] != MilestoneState.PLANNED],
        initial=MilestoneState.DONE,
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Tanggal"))
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        kwargs["initial"] = {"on": today}
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return self.cleaned_data["on"]


class PlanMoveForm(forms.Form):
    """The day of a change of state; what the state needs comes with it."""

    on = DayField(label=_("Tanggal"))

    def __init__(self, *args: Any, today: date, plan: SuccessionPlan, **kwargs: Any) -> None:
        self.today = today
        kwargs["initial"] = {"on": today}
        super().__init__(*args, **kwargs)
        if "successor" in self.fields:
            cast(forms.ModelChoiceField, self.fields["successor"]).queryset = plan.candidates.all()

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return self.cleaned_data["on"]


class PlanStopForm(PlanMoveForm):
    """Why a plan is stopped."""

    reason = forms.CharField(label=_("Alasan"), min_length=5, max_length=300)


class PlanDoneForm(PlanMoveForm):
    """Who followed."""

    successor = forms.ModelChoiceField(
        label=_("Siapa yang meneruskan"),
        queryset=SuccessorCandidate.objects.none(),
        to_field_name="public_id",
        empty_label=_("Pilih"),
    )
