"""What if: the assumptions of a scenario, its name, and the list of saved ones."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal.forms.figure_field import FigureField, written
from workforce.choices.projection import ProjectionMethod
from workforce.models import ProcessStep
from workforce.rules.scenarios import MOST_YEARS, SHARES, Plan


def _people(label, **more) -> FigureField:
    return FigureField(label=label, unit=_("orang"), places=1, minimum=0, maximum=100_000, required=True, **more)


def _per_cent(label, low: int = 0, high: int = 100, **more) -> FigureField:
    return FigureField(label=label, unit=_("%"), places=1, minimum=low, maximum=high, required=True, **more)


def _whole(label, low: int, high: int, **more) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=low, max_value=high, widget=widget, **more)


class PlanForm(forms.Form):
    """The assumptions of a scenario; their names are those of `rules.scenarios.Plan`."""

    step = forms.ModelChoiceField(
        label=_("Proses"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua proses"),
    )
    years = _whole(_("Berapa tahun ke depan"), 1, MOST_YEARS)
    intake = _people(
        _("Orang baru setahun"), help_text=_("Yang mulai belajar atau mulai bekerja, sebelum ada yang berhenti.")
    )
    retention = _per_cent(_("Yang bertahan 12 bulan"))
    direct_hires = _people(
        _("Perekrutan langsung yang bertahan"),
        help_text=_("Orang berpengalaman yang masuk setahun, di luar angka di atas."),
    )
    share_15 = _per_cent(_("Berumur 15–19"))
    share_20 = _per_cent(_("Berumur 20–24"))
    share_25 = _per_cent(_("Berumur 25–29"))
    share_30 = _per_cent(_("Berumur 30–34"))
    share_35 = _per_cent(_("Berumur 35–44"), help_text=_("Sisanya dihitung berumur 45–54."))
    retires_from = _whole(
        _("Mulai berhenti karena usia pada umur"), 45, 70, help_text=_("Angka rujukan mulai umur 50.")
    )
    leave_change = _per_cent(
        _("Keluar karena alasan lain berubah"),
        -100,
        300,
        help_text=_("−20 berarti seperlima lebih sedikit yang keluar."),
    )
    wage_change = _per_cent(_("Upah berubah"), -50, 200)
    wage_keeps = _per_cent(
        _("Tiap upah naik 10%, yang keluar berkurang"),
        help_text=_("Dugaan Anda; pengaruh upah belum pernah diukur di Pekalongan. 0 berarti tidak berpengaruh."),
    )
    wage_draws = _per_cent(_("Tiap upah naik 10%, orang baru bertambah"))
    uncertainty = _per_cent(
        _("Ketidakpastian asumsi"),
        help_text=_("Lebar jalur rendah dan tinggi untuk angka yang tidak terukur, misalnya 20 berarti ±20%."),
    )
    method = forms.ChoiceField(label=_("Cara menghitung"), choices=ProjectionMethod.choices)
    uses_assumptions = forms.BooleanField(label=_("Pakai asumsi saja, walaupun angka terukur cukup"), required=False)

    # The groups of the page: title, names of the fields, whether it begins open.
    GROUPS = (
        (_("Orang baru"), ("intake", "retention", "direct_hires", *SHARES), True),
        (_("Yang berhenti"), ("retires_from", "leave_change"), False),
        (_("Pengaruh upah"), ("wage_change", "wage_keeps", "wage_draws"), False),
        (_("Ketelitian dan cara"), ("uncertainty", "method", "uses_assumptions"), False),
    )

    @classmethod
    def initial_of(cls, plan: Plan, step: ProcessStep | None = None, is_measured: bool = True) -> dict[str, Any]:
        """The fields as they begin with a plan."""
        values = {
            name: Decimal(str(round(value, 1))) if isinstance(value, float) else value
            for name, value in asdict(plan).items()
        }
        figures = {name: Decimal(value) if isinstance(value, int) and name in cls._figures() else value
                   for name, value in values.items()}  # fmt: skip
        return {**figures, "step": step.code if step else "", "uses_assumptions": not is_measured}

    @classmethod
    def written(cls, plan: Plan, step: ProcessStep | None, is_measured: bool) -> dict[str, str]:
        """The same as an address of the page spells it."""
        values = cls.initial_of(plan, step, is_measured)
        uses_assumptions = {"uses_assumptions": "on"} if values.pop("uses_assumptions") else {}
        return uses_assumptions | {
            name: written(value) if isinstance(value, Decimal) else str(value) for name, value in values.items()
        }

    @classmethod
    def _figures(cls) -> set[str]:
        return {name for name, field in cls.base_fields.items() if isinstance(field, FigureField)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors.keys() & set(SHARES) and sum(data[name] for name in SHARES) > 100:
            self.add_error("share_15", _("Jumlah bagian umur lebih dari 100%. Kurangi salah satunya."))
        return data

    def plan(self) -> Plan:
        """The cleaned assumptions as the rules take them."""
        values: dict[str, Any] = {
            name: float(value) if isinstance(value, Decimal) else value
            for name, value in self.cleaned_data.items()
            if name in asdict(Plan())
        }
        return Plan(**values)

    def groups(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """The fields by group; a group with an error is open."""
        return [
            (title, [self[name] for name in names], opens or bool(self.errors.keys() & set(names)))
            for title, names, opens in self.GROUPS
        ]


class ScenarioNameForm(forms.Form):
    """Under which name a scenario is kept."""

    name = forms.CharField(label=_("Nama skenario"), max_length=120)
    note = forms.CharField(
        label=_("Catatan dan sumber asumsi"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ScenarioFilter(forms.Form):
    """What the list of saved scenarios is narrowed by."""

    cari = forms.CharField(label=_("Cari nama skenario"), required=False, max_length=80)
    arsip = forms.BooleanField(label=_("Hanya yang diarsipkan"), required=False)
