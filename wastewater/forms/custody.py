"""Forms of the chain of custody: bottles, hand-overs on a phone, starts of analyses, the filter of the list."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wastewater.actions.custody import MOST_PER_KIND, Step
from wastewater.choices.custody import Condition, CustodyStep, Whereabouts
from wastewater.forms.fields import WORKING_HOURS_HELP, DayField, FigureField, MomentField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.models import ContainerKind, Laboratory, Parameter, SampleContainer
from wastewater.queries.custody import HeldParameter


class CustodyFilter(forms.Form):
    """What the list of chains can be narrowed by."""

    cari = forms.CharField(label=_("Cari nomor, kode label, titik atau pemiliknya"), required=False, max_length=80)
    letak = forms.ChoiceField(label=_("Letak sampel"), required=False, choices=[ALL, *Whereabouts.choices])
    laboratorium = forms.ModelChoiceField(
        label=_("Laboratorium"),
        queryset=Laboratory.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    kecamatan = DistrictField()
    dari = DayField(label=_("Diambil sejak"), required=False)
    sampai = DayField(label=_("Diambil sampai"), required=False)
    lama = forms.BooleanField(label=_("Hanya yang lama simpannya terlampaui"), required=False)

    def clean(self):
        chosen = super().clean() or self.cleaned_data
        if chosen.get("dari") and chosen.get("sampai") and chosen["dari"] > chosen["sampai"]:
            self.add_error("sampai", _("Tanggal akhir harus sesudah tanggal mulai."))
        return chosen


class ContainersForm(forms.Form):
    """Which bottles a sample gets, and which laboratory they go to."""

    laboratory = forms.ModelChoiceField(
        label=_("Laboratorium tujuan"),
        queryset=Laboratory.objects.filter(is_active=True),
        empty_label=_("Pilih laboratorium"),
        help_text=_("Hanya laboratorium ini yang dapat membuka sampelnya."),
    )

    def __init__(self, *args, kinds: Sequence[ContainerKind], **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            names = ", ".join(str(parameter) for parameter in kind.parameters.all())
            self.fields[f"wadah-{kind.code}"] = forms.IntegerField(
                label=_("%(name)s, %(volume)s mL") % {"name": kind.name, "volume": kind.volume_ml},
                help_text=f"{kind.get_material_display()} · {kind.preservation} · {names}",
                required=False,
                min_value=0,
                max_value=MOST_PER_KIND,
                widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
            )

    def counts(self) -> dict[ContainerKind, int]:
        """How many bottles of each chosen kind."""
        chosen = {kind: self.cleaned_data.get(f"wadah-{kind.code}") or 0 for kind in self.kinds}
        return {kind: count for kind, count in chosen.items() if count}


class StepForm(forms.Form):
    """What every step notes: when, and a word about it."""

    step = CustodyStep.PRESERVED
    title = _("Catat pengawetan")

    happened_at = MomentField(label=_("Terjadi pada"), help_text=WORKING_HOURS_HELP)
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def __init__(self, *args, bottles: Sequence[SampleContainer], laboratories, **kwargs):
        super().__init__(*args, **kwargs)
        if container := self.fields.get("container"):
            container.choices = [("", _("Semua wadah")), *((one.code, str(one)) for one in bottles)]  # type: ignore[attr-defined]
        if laboratory := self.fields.get("laboratory"):
            laboratory.queryset = laboratories  # type: ignore[attr-defined]
        self.bottles = {one.code: one for one in bottles}

    def noted(self) -> Step:
        """The cleaned input as the action wants it."""
        facts = {
            name: self.cleaned_data[name]
            for name in ("happened_at", "from_name", "to_name", "place", "temperature_c", "condition", "note")
            if name in self.cleaned_data
        }
        return Step(step=self.step, container=self.bottles.get(self.cleaned_data.get("container") or ""), **facts)


def _temperature() -> FigureField:
    return FigureField(
        label=_("Suhu kotak pendingin"),
        unit="°C",
        places=1,
        minimum=-20,
        maximum=60,
        help_text=_("Kosongkan bila tidak diukur."),
    )


class PreserveForm(StepForm):
    """What was added to the bottles, or how they were cooled."""

    container = forms.ChoiceField(label=_("Wadah"), required=False)
    note = forms.CharField(
        label=_("Pengawetan yang dilakukan"), max_length=300, help_text=_("Misalnya: H2SO4 sampai pH 1,8; didinginkan.")
    )
    field_order = ("container", "note", "happened_at")


class HandForm(StepForm):
    """From one person to the next on the way."""

    step = CustodyStep.HANDED
    title = _("Serahkan ke pembawa")
    from_name = forms.CharField(label=_("Yang menyerahkan"), max_length=120)
    to_name = forms.CharField(
        label=_("Yang membawa"), max_length=120, help_text=_("Nama petugas, atau jasa kirim dengan nomor resinya.")
    )
    place = forms.CharField(label=_("Tempat"), max_length=120, required=False)
    temperature_c = _temperature()
    condition = forms.ChoiceField(
        label=_("Keadaan wadah"), required=False, choices=[("", _("Tidak dicatat")), *Condition.choices]
    )
    field_order = ("from_name", "to_name", "happened_at", "place", "temperature_c", "condition", "note")


class ReceiveForm(StepForm):
    """The laboratory takes over."""

    step = CustodyStep.RECEIVED
    title = _("Terima di laboratorium")
    laboratory = forms.ModelChoiceField(label=_("Laboratorium"), queryset=Laboratory.objects.none(), empty_label=None)
    lab_number = forms.CharField(
        label=_("Nomor laboratorium"), max_length=60, required=False, help_text=_("Kosongkan bila belum diberi nomor.")
    )
    from_name = forms.CharField(label=_("Yang menyerahkan"), max_length=120)
    to_name = forms.CharField(label=_("Penerima di laboratorium"), max_length=120)
    place = forms.CharField(label=_("Tempat"), max_length=120, required=False)
    temperature_c = _temperature()
    condition = forms.ChoiceField(
        label=_("Keadaan wadah"),
        choices=[("", _("Pilih keadaannya")), *Condition.choices],
        error_messages={"required": _("Pilih keadaan wadah saat diterima.")},
    )
    field_order = (
        "laboratory", "from_name", "to_name", "happened_at", "temperature_c", "condition", "lab_number", "place",
        "note",
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("condition") == Condition.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Tulis keadaannya."))
        return cleaned


class RejectForm(StepForm):
    """The laboratory refuses the sample or one bottle."""

    step = CustodyStep.REJECTED
    title = _("Tolak")
    container = forms.ChoiceField(label=_("Wadah"), required=False)
    condition = forms.ChoiceField(
        label=_("Keadaan wadah"), required=False, choices=[("", _("Tidak dicatat")), *Condition.choices]
    )
    note = forms.CharField(label=_("Alasan ditolak"), max_length=300)
    field_order = ("container", "condition", "note", "happened_at")


# The address word of a step and its form.
STEP_FORMS: dict[str, type[StepForm]] = {
    "awetkan": PreserveForm,
    "serahkan": HandForm,
    "terima": ReceiveForm,
    "tolak": RejectForm,
}


class WithdrawForm(forms.Form):
    """Why a step is struck out."""

    reason = forms.CharField(label=_("Alasan dibatalkan"), max_length=250)


class StartsForm(forms.Form):
    """When the laboratory began with each parameter; an empty line is left as it is."""

    def __init__(self, *args, held: Sequence[HeldParameter], **kwargs):
        super().__init__(*args, **kwargs)
        self.parameters = [one.parameter for one in held]
        for one in held:
            self.fields[one.parameter.code] = MomentField(
                label=str(one.parameter),
                required=False,
                initial=one.started_at and timezone.localtime(one.started_at),
                help_text=_("Lama simpan paling lama %(hours)s jam.") % {"hours": f"{one.kept.allowed_hours:g}"}
                if one.kept.allowed_hours
                else "",
            )

    def starts(self) -> dict[Parameter, datetime]:
        return {one: self.cleaned_data[one.code] for one in self.parameters if self.cleaned_data.get(one.code)}
