"""The form of one day at a plant, made for a phone: short fields, with what was read the last time beside them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from batikportal import formats
from wastewater.actions.plant_logs import DayEntry
from wastewater.choices.plants import DowntimeCause, FlowMethod
from wastewater.forms.fields import FigureField
from wastewater.models import Chemical, PlantLog

_SHOWN_BESIDE = ("ph_in", "ph_out", "meter_in", "meter_out", "inflow_m3", "outflow_m3")
_TYPED = (FlowMethod.MEASURED, FlowMethod.ESTIMATE)


def _flow(label) -> FigureField:
    return FigureField(label=label, unit="m³/hari", places=2, minimum=0, maximum=100_000)


class PlantLogForm(forms.Form):
    """What was read on one day. Empty means not read; it is never taken for zero."""

    ph_in = FigureField(label=_("pH inlet"), places=2, minimum=0, maximum=14)
    ph_out = FigureField(label=_("pH outlet"), places=2, minimum=0, maximum=14)
    meter_in = FigureField(label=_("Angka meter inlet"), unit="m³", places=2, minimum=0, maximum=9_999_999_999)
    inflow_m3 = _flow(_("Air masuk, bila tanpa meter"))
    inflow_estimated = forms.BooleanField(label=_("Air masuk ditaksir"), required=False)
    meter_out = FigureField(label=_("Angka meter outlet"), unit="m³", places=2, minimum=0, maximum=9_999_999_999)
    outflow_m3 = _flow(_("Air keluar, bila tanpa meter"))
    outflow_estimated = forms.BooleanField(label=_("Air keluar ditaksir"), required=False)
    downtime_hours = FigureField(
        label=_("IPAL berhenti"),
        unit=_("jam"),
        places=1,
        minimum=0,
        maximum=24,
        help_text=_("Tulis 0 bila tidak berhenti; kosongkan bila tidak diketahui."),
    )
    downtime_cause = forms.ChoiceField(
        label=_("Sebab berhenti"), required=False, choices=[("", _("Tidak berhenti")), *DowntimeCause.choices]
    )
    operator_name = forms.CharField(label=_("Petugas IPAL"), required=False, max_length=120)
    note = forms.CharField(
        label=_("Kejadian dan catatan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya bau, busa, banjir, perbaikan."),
    )

    def __init__(self, *args, log: PlantLog | None, before: PlantLog | None, day: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.chemicals = list(Chemical.objects.filter(is_active=True))
        for chemical in self.chemicals:
            self.fields[f"kg-{chemical.code}"] = FigureField(
                label=chemical.name, unit="kg", places=2, minimum=0, maximum=100_000
            )
        if log is not None:
            self._fill(log)
        elif before is not None:
            self.initial["operator_name"] = before.operator_name
        if before is not None:
            self._show_beside(before, day)

    def _fill(self, log: PlantLog) -> None:
        plain = (
            "ph_in",
            "ph_out",
            "meter_in",
            "meter_out",
            "downtime_hours",
            "downtime_cause",
            "operator_name",
            "note",
        )
        self.initial.update({name: getattr(log, name) for name in plain})
        for flow in ("inflow", "outflow"):
            # A volume that follows from the meter is not typed: it would stand when the meter is corrected.
            if getattr(log, f"{flow}_method") in _TYPED:
                self.initial[f"{flow}_m3"] = getattr(log, f"{flow}_m3")
                self.initial[f"{flow}_estimated"] = getattr(log, f"{flow}_method") == FlowMethod.ESTIMATE
        self.initial.update({f"kg-{dose.chemical.code}": dose.kg for dose in log.doses.all()})

    def _show_beside(self, before: PlantLog, day: date) -> None:
        """The last figures as help, so that a slip is noticed; they are never filled in as if read again."""
        ago = (day - before.day).days
        when = gettext("Kemarin") if ago == 1 else formats.short_day(before.day)
        for name in _SHOWN_BESIDE:
            value = getattr(before, name)
            if value is not None:
                self.fields[name].help_text = f"{when}: {formats.number(value)}"
        for dose in before.doses.all():
            field = self.fields.get(f"kg-{dose.chemical.code}")
            if field is not None:
                field.help_text = f"{when}: {formats.number(dose.kg)} kg"

    def chemical_fields(self) -> Iterator[BoundField]:
        return (self[f"kg-{chemical.code}"] for chemical in self.chemicals)

    def has_chemicals(self) -> bool:
        """Whether a dose is filled in, wrong, or was given the last time; then the list stands open."""
        fields = list(self.chemical_fields())
        return any(bound.value() or bound.errors or bound.help_text for bound in fields)

    def clean(self):
        data = super().clean() or self.cleaned_data
        hours, cause = data.get("downtime_hours"), data.get("downtime_cause")
        if hours and not cause:
            self.add_error("downtime_cause", _("Pilih sebab IPAL berhenti."))
        if cause and not hours and "downtime_hours" not in self.errors:
            self.add_error("downtime_hours", _("Tulis berapa jam IPAL berhenti."))
        for flow in ("inflow", "outflow"):
            if data.get(f"{flow}_estimated") and data.get(f"{flow}_m3") is None and f"{flow}_m3" not in self.errors:
                self.add_error(f"{flow}_m3", _("Tulis taksirannya, atau hapus tanda taksiran."))
        return data

    def entry(self, day: date) -> DayEntry:
        """The cleaned input as the action wants it."""
        data = self.cleaned_data
        return DayEntry(
            day=day,
            **{name: data[name] for name in ("ph_in", "ph_out", "meter_in", "meter_out", "inflow_m3", "outflow_m3")},
            inflow_method=self._method("inflow"),
            outflow_method=self._method("outflow"),
            downtime_hours=data["downtime_hours"],
            downtime_cause=data["downtime_cause"],
            operator_name=data["operator_name"],
            note=data["note"],
            doses={one.pk: kg for one in self.chemicals if (kg := self._kg(one)) is not None},
        )

    def _method(self, flow: str) -> str:
        if self.cleaned_data[f"{flow}_m3"] is None:
            return ""
        return FlowMethod.ESTIMATE if self.cleaned_data[f"{flow}_estimated"] else FlowMethod.MEASURED

    def _kg(self, chemical: Chemical) -> Decimal | None:
        return self.cleaned_data[f"kg-{chemical.code}"] or None
