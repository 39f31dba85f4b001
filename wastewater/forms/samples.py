"""Forms about samples: planning, taking, handing to a laboratory, results, voiding."""

from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from batikportal.imports.contract import Censored
from wastewater import actions, rules
from wastewater.choices import Impossible
from wastewater.choices.rivers import Tide, Weather
from wastewater.forms.fields import WORKING_HOURS_HELP, CensoredField, DayField, FigureField, MomentField, UnitField
from wastewater.forms.point_field import PointField
from wastewater.models import Laboratory, Parameter, Sample

# A parameter with its four fields: result, unit, detection limit, method.
Line = tuple[Parameter, list[BoundField]]


class OfPoint(forms.Form):
    """A form that starts with the point."""

    point = PointField()

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["point"]
        assert isinstance(field, PointField)  # noqa: S101 - declared above
        field.offer(points.filter(is_active=True))


class PlanForm(OfPoint):
    """A sample for the plan."""

    planned_on = DayField(
        label=_("Rencana tanggal ambil"), error_messages={"required": _("Isi tanggal sampel akan diambil.")}
    )


NOT_NOTED = ("", _("Tidak dicatat"))


class TakingForm(forms.Form):
    """What is noted beside the water."""

    taken_at = MomentField(
        label=_("Diambil pada"),
        help_text=WORKING_HOURS_HELP,
        error_messages={"required": _("Isi tanggal dan jam air diambil.")},
    )
    sampler_name = forms.CharField(label=_("Petugas pengambil"), max_length=120, required=False)
    air_temperature_c = FigureField(
        label=_("Suhu udara"),
        unit="°C",
        places=1,
        minimum=5,
        maximum=60,
        help_text=_("Diperlukan untuk menilai suhu air sungai."),
    )
    flow_m3_per_day = FigureField(label=_("Debit saat itu"), unit="m³/hari", places=2, minimum=0, maximum=1_000_000)
    water_use_m3_per_ton = FigureField(
        label=_("Air limbah per ton produk"),
        unit="m³/ton",
        places=2,
        minimum=0,
        maximum=100_000,
        help_text=_("Diperlukan untuk menilai beban pencemar (kg/ton)."),
    )
    tide = forms.ChoiceField(
        label=_("Pasang surut"), required=False, choices=[NOT_NOTED, *Tide.choices], help_text=_("Untuk titik sungai.")
    )
    weather = forms.ChoiceField(label=_("Cuaca"), required=False, choices=[NOT_NOTED, *Weather.choices])
    note = forms.CharField(
        label=_("Catatan lapangan"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Warna dan bau air, atau hal lain yang terlihat."),
    )

    def clean_water_use_m3_per_ton(self):
        return self.cleaned_data["water_use_m3_per_ton"] or None

    def condition(self) -> tuple[str, str]:
        """Tide and weather; empty where not noted."""
        return self.cleaned_data["tide"], self.cleaned_data["weather"]

    def taking(self) -> actions.Taking:
        """The cleaned input as the action wants it."""
        names = ("taken_at", "sampler_name", "air_temperature_c", "flow_m3_per_day", "water_use_m3_per_ton", "note")
        return actions.Taking(**{name: self.cleaned_data[name] for name in names})


class NewSampleForm(TakingForm, OfPoint):
    """A sample that was taken without a plan."""

    field_order = ["point"]


class SendForm(forms.Form):
    """To which laboratory, and when."""

    laboratory = forms.ModelChoiceField(
        label=_("Laboratorium"), queryset=Laboratory.objects.filter(is_active=True), empty_label=_("Pilih laboratorium")
    )
    sent_on = DayField(label=_("Tanggal diserahkan"))
    lab_number = forms.CharField(
        label=_("Nomor laboratorium"), max_length=60, required=False, help_text=_("Kosongkan bila belum diberi nomor.")
    )
    told = forms.ModelChoiceField(queryset=Laboratory.objects.all(), required=False, widget=forms.HiddenInput)

    def sending(self) -> dict:
        """The cleaned input as the action wants it."""
        return {name: self.cleaned_data[name] for name in ("laboratory", "sent_on", "lab_number")}

    def must_tell(self) -> bool:
        """Whether the person has not yet been told what this laboratory cannot measure."""
        return self.cleaned_data["told"] != self.cleaned_data["laboratory"]

    def tell(self, message: str) -> None:
        """Show the message and take the next submit of the same laboratory as a yes."""
        laboratory = self.cleaned_data["laboratory"]
        answered = QueryDict(mutable=True)
        answered.update(self.data)
        answered["told"] = str(laboratory.pk)
        self.data = answered
        self.add_error("laboratory", message)


class VoidForm(forms.Form):
    """Why a sample is taken out of all figures."""

    reason = forms.CharField(
        label=_("Alasan digugurkan"), max_length=250, help_text=_("Tercatat dalam riwayat dan terlihat pada sampel.")
    )


class ResultsForm(forms.Form):
    """One line per parameter; a line without a result is a parameter that was not analysed."""

    laboratory = forms.ModelChoiceField(
        label=_("Laboratorium"),
        queryset=Laboratory.objects.filter(is_active=True),
        required=False,
        empty_label=_("Diukur sendiri di lapangan"),
    )
    lab_number = forms.CharField(label=_("Nomor laboratorium"), max_length=60, required=False)
    certificate = forms.FileField(
        label=_("Laporan hasil uji (PDF atau foto)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )

    def __init__(self, *args, sample: Sample, parameters: list[Parameter], **kwargs):
        super().__init__(*args, **kwargs)
        self.parameters = parameters
        self.medium = sample.point.medium
        self.fields["laboratory"].initial = sample.laboratory_id
        self.fields["lab_number"].initial = sample.lab_number
        stored = {result.parameter_id: result for result in sample.results.all()}
        for parameter in parameters:
            self._add_line(parameter, stored.get(parameter.pk))

    def _add_line(self, parameter: Parameter, stored) -> None:
        code = parameter.code
        line = {
            "hasil": CensoredField(label=_("Hasil"), initial=stored and Censored(stored.qualifier, stored.value)),
            "satuan": UnitField(
                parameter.unit,
                parameter.expressed_as,
                label=_("Satuan"),
                initial=stored and (stored.unit, stored.expressed_as),
            ),
            "batas": FigureField(label=_("Batas deteksi"), minimum=0, initial=stored and stored.detection_limit),
            "metode": forms.CharField(
                label=_("Metode"), required=False, max_length=80, initial=stored and stored.method
            ),
        }
        for name, field in line.items():
            # The cells of a line stand under the heading of their column; an error names the parameter as well.
            field.label = f"{field.label} {parameter}"
            field.widget.attrs["aria-label"] = field.label
            self.fields[f"{name}-{code}"] = field

    def expected_lines(self) -> Iterator[Line]:
        """The lines of the parameters that a monthly sample must carry."""
        return (self._line(parameter) for parameter in self.parameters if self.medium in parameter.expected_in)

    def other_lines(self) -> Iterator[Line]:
        return (self._line(parameter) for parameter in self.parameters if self.medium not in parameter.expected_in)

    def has_other_lines(self) -> bool:
        return any(self.medium not in parameter.expected_in for parameter in self.parameters)

    def other_lines_open(self) -> bool:
        """Whether a folded line holds a figure or an error, so that it must not stay hidden."""
        return any(fields[0].value() or fields[0].errors for _parameter, fields in self.other_lines())

    def _line(self, parameter: Parameter) -> Line:
        return parameter, [self[f"{name}-{parameter.code}"] for name in ("hasil", "satuan", "batas", "metode")]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.entries():
            self.add_error(None, _("Belum ada hasil. Isi sedikitnya satu parameter."))
        for parameter in self.parameters:
            result = cleaned.get(f"hasil-{parameter.code}")
            unit, _substance = cleaned.get(f"satuan-{parameter.code}") or (parameter.unit, "")
            wrong = result and rules.impossible(result.value, unit)
            if wrong:
                self.add_error(f"hasil-{parameter.code}", Impossible(wrong).label)
        return cleaned

    def entries(self) -> list[actions.Entry]:
        """The filled lines as the action wants them."""
        entries = []
        for parameter in self.parameters:
            code = parameter.code
            result = self.cleaned_data.get(f"hasil-{code}")
            if result is None:
                continue
            unit, expressed_as = self.cleaned_data[f"satuan-{code}"]
            entries.append(
                actions.Entry(
                    parameter=parameter,
                    value=result.value,
                    qualifier=result.qualifier,
                    unit=unit,
                    expressed_as=expressed_as,
                    detection_limit=self.cleaned_data[f"batas-{code}"] or None,
                    method=self.cleaned_data[f"metode-{code}"],
                )
            )
        return entries
