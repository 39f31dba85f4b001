"""The public form that asks: would this laboratory result pass?"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from wastewater import rules
from wastewater.choices import Arrangement, Medium, Process, RiverClass, Unit
from wastewater.forms.fields import CensoredField, DayField, FigureField, UnitField
from wastewater.models import Parameter, Result


class CheckForm(forms.Form):
    """The circumstances, and a line per parameter; a line left empty was not analysed."""

    medium: Medium
    taken_on = DayField(label=_("Tanggal pengambilan"), help_text=_("Menentukan aturan mana yang berlaku."))

    def __init__(self, *args, parameters: list[Parameter], today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.parameters, self.today = parameters, today
        self.fields["taken_on"].initial = today
        self.circumstance_names = list(self.fields)
        for parameter in parameters:
            self._add_line(parameter)

    def _add_line(self, parameter: Parameter) -> None:
        minimum = None if parameter.unit == Unit.CELSIUS else 0
        line = {
            "hasil": CensoredField(label=_("Hasil"), minimum=minimum),
            "satuan": UnitField(parameter.unit, parameter.expressed_as, label=_("Satuan")),
        }
        for name, field in line.items():
            field.widget.attrs["aria-label"] = f"{field.label} {parameter}"
            field.label = f"{field.label} {parameter}"
            self.fields[f"{name}-{parameter.code}"] = field

    def circumstances(self) -> list[BoundField]:
        """The fields that stand above the lines."""
        return [self[name] for name in self.circumstance_names]

    def lines(self, expected: bool) -> Iterator[tuple[Parameter, list[BoundField]]]:
        for parameter in self.parameters:
            if (self.medium in parameter.expected_in) == expected:
                yield parameter, [self[f"hasil-{parameter.code}"], self[f"satuan-{parameter.code}"]]

    def expected_lines(self):
        return self.lines(True)

    def other_lines(self):
        return self.lines(False)

    def other_lines_open(self) -> bool:
        """Whether a folded line holds a figure or an error, so that it must not stay hidden."""
        return any(fields[0].value() or fields[0].errors for _parameter, fields in self.other_lines())

    def clean_taken_on(self) -> date:
        day = self.cleaned_data["taken_on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal pengambilan masih di depan. Periksa tanggalnya."))
        return day

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for parameter in self.parameters:
            result = cleaned.get(f"hasil-{parameter.code}")
            if result is not None and parameter.unit == Unit.PH and result.value > 14:
                self.add_error(f"hasil-{parameter.code}", _("pH harus antara 0 dan 14."))
        if not self.errors and not self.results():
            self.add_error(None, _("Belum ada hasil. Isi sedikitnya satu parameter."))
        return cleaned

    def results(self) -> list[Result]:
        """The filled lines as results that nobody saves."""
        found = []
        for parameter in self.parameters:
            result = self.cleaned_data.get(f"hasil-{parameter.code}")
            if result is None:
                continue
            unit, expressed_as = self.cleaned_data[f"satuan-{parameter.code}"]
            found.append(
                Result(
                    parameter=parameter,
                    qualifier=result.qualifier,
                    value=result.value,
                    unit=unit,
                    expressed_as=expressed_as,
                )
            )
        return found

    def air_temperature(self) -> Decimal | None:
        return self.cleaned_data.get("air_temperature_c")

    def water_use(self) -> Decimal | None:
        return self.cleaned_data.get("water_use_m3_per_ton") or None


class EffluentCheckForm(CheckForm):
    """Water that leaves a workshop or its own treatment unit."""

    medium = Medium.EFFLUENT
    discharge_m3_per_day = FigureField(
        label=_("Debit air limbah"),
        unit="m³/hari",
        places=2,
        minimum=Decimal("0.01"),
        maximum=1_000_000,
        help_text=_("Rata-rata per hari. Kosongkan bila belum tahu."),
    )
    process = forms.ChoiceField(
        label=_("Proses yang dibuang"),
        required=False,
        choices=[
            ("", _("Semua proses lewat satu saluran")),
            *((one.value, one.label) for one in Process if one != Process.INTEGRATED),
        ],
    )
    water_use_m3_per_ton = FigureField(
        label=_("Air limbah per ton produk"),
        unit="m³/ton",
        places=2,
        minimum=0,
        maximum=100_000,
        help_text=_("Hanya untuk menilai beban (kg/ton). Boleh kosong."),
    )
    # The temperature limit of the older standard is a deviation from the air.
    air_temperature_c = FigureField(label=_("Suhu udara"), unit="°C", places=1, minimum=5, maximum=60)

    def given(self) -> rules.Circumstances:
        return rules.Circumstances(
            medium=Medium.EFFLUENT,
            on=self.cleaned_data["taken_on"],
            discharge_m3_per_day=self.cleaned_data["discharge_m3_per_day"],
            arrangement=Arrangement.OWN,
            process=self.cleaned_data["process"],
        )


class RiverCheckForm(CheckForm):
    """Water of a river or canal."""

    medium = Medium.RIVER
    river_class = forms.ChoiceField(
        label=_("Kelas air"),
        choices=RiverClass.choices,
        initial=RiverClass.II,
        help_text=_("Sungai tanpa penetapan dinilai sebagai kelas II."),
    )
    air_temperature_c = FigureField(
        label=_("Suhu udara"),
        unit="°C",
        places=1,
        minimum=5,
        maximum=60,
        help_text=_("Diperlukan untuk menilai suhu air sungai."),
    )

    def given(self) -> rules.Circumstances:
        return rules.Circumstances(
            medium=Medium.RIVER, on=self.cleaned_data["taken_on"], river_class=self.cleaned_data["river_class"]
        )


FORMS: dict[str, type[EffluentCheckForm] | type[RiverCheckForm]] = {
    "limbah": EffluentCheckForm,
    "sungai": RiverCheckForm,
}
