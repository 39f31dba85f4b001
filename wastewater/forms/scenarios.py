"""Forms of the plant simulator: the list, and a scenario with its place, reach, capacity and costs."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.imports.parsing import Unreadable, numbers
from batikportal.models import Enterprise
from wastewater.actions.scenarios import Money, Plan
from wastewater.choices.scenarios import ScenarioKind, ScenarioReach
from wastewater.forms.complaints import WardField
from wastewater.forms.connections import PlantField
from wastewater.forms.fields import FigureField, written
from wastewater.forms.filters import ALL
from wastewater.models import PlantScenario
from wastewater.queries.scenarios import Place
from wastewater.rules import complaints as places
from wastewater.rules.scenarios import Span

LARGEST_LIST = 500
_MOST_IDR = 100_000_000_000_000


class ScenarioFilter(forms.Form):
    """What the list can be narrowed by."""

    cari = forms.CharField(label=gettext_lazy("Cari nama skenario"), required=False, max_length=80)
    jenis = forms.ChoiceField(label=gettext_lazy("Yang dibangun"), required=False, choices=[ALL, *ScenarioKind.choices])
    arsip = forms.BooleanField(label=gettext_lazy("Hanya yang diarsipkan"), required=False)


class CoordinateField(forms.DecimalField):
    """Latitude or longitude in degrees, with a point or a comma."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "text", "class": "short", "autocomplete": "off"})
        super().__init__(required=False, max_digits=8, decimal_places=5, widget=widget, **kwargs)

    def to_python(self, value):
        return super().to_python(str(value).strip().replace(",", ".") if value else value)


class WholeField(FigureField):
    """A whole number, in which a dot can only part thousands: 1.000 is a thousand."""

    def read(self, text: str):
        value = numbers.decimal_of(text, whole=True)
        if value is None:
            return None
        if value != value.to_integral_value():
            raise Unreadable(_("“%(text)s” harus bilangan bulat, tanpa koma.") % {"text": text[:40]})
        numbers.within(value, self.column)
        return value


class MoneyField(WholeField):
    """Whole rupiah."""

    def __init__(self, **kwargs):
        super().__init__(unit="Rp", places=0, minimum=0, maximum=_MOST_IDR, **kwargs)
        self.widget.attrs["class"] = "medium"


class ScenarioForm(forms.Form):
    """One scenario. Lowest and highest cost may stay empty; then the likely one is taken for certain."""

    name = forms.CharField(label=gettext_lazy("Nama skenario"), max_length=120)
    note = forms.CharField(
        label=gettext_lazy("Catatan"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Yang dibangun"), choices=ScenarioKind.choices, widget=forms.RadioSelect
    )
    plant = PlantField(
        label=gettext_lazy("IPAL yang ada"),
        required=False,
        empty_label=gettext_lazy("Pilih IPAL"),
        help_text=gettext_lazy("Hanya untuk sambungan. Yang dihitung adalah sisa kapasitasnya."),
    )
    ward = WardField(
        empty_label=gettext_lazy("Pilih kelurahan"),
        help_text=gettext_lazy("Untuk IPAL baru. Tanpa lintang dan bujur dipakai titik tengah kelurahan."),
    )
    latitude = CoordinateField(label=gettext_lazy("Lintang"), help_text=gettext_lazy("Misalnya -6,88869"))
    longitude = CoordinateField(label=gettext_lazy("Bujur"), help_text=gettext_lazy("Misalnya 109,67601"))
    reach = forms.ChoiceField(
        label=gettext_lazy("Usaha yang dijangkau"), choices=ScenarioReach.choices, widget=forms.RadioSelect
    )
    radius_m = WholeField(
        label=gettext_lazy("Jarak jangkauan"), unit=gettext_lazy("meter"), places=0, minimum=1, maximum=20_000
    )
    enterprises = forms.CharField(
        label=gettext_lazy("Nomor registrasi usaha, satu per baris"),
        required=False,
        max_length=LARGEST_LIST * 12,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Hanya untuk daftar usaha yang dipilih, misalnya PKL-000123."),
    )
    capacity_m3_per_day = FigureField(
        label=gettext_lazy("Kapasitas IPAL baru"), unit=gettext_lazy("m³/hari"), places=1, minimum=0, maximum=100_000
    )
    capacity_basis = forms.CharField(label=gettext_lazy("Sumber kapasitas"), required=False, max_length=250)
    investment_idr = MoneyField(label=gettext_lazy("Investasi"), required=True)
    investment_low_idr = MoneyField(label=gettext_lazy("Investasi paling rendah"))
    investment_high_idr = MoneyField(label=gettext_lazy("Investasi paling tinggi"))
    investment_basis = forms.CharField(label=gettext_lazy("Sumber biaya investasi"), max_length=250)
    operation_idr = MoneyField(label=gettext_lazy("Biaya operasi setahun"), required=True)
    operation_low_idr = MoneyField(label=gettext_lazy("Operasi paling rendah setahun"))
    operation_high_idr = MoneyField(label=gettext_lazy("Operasi paling tinggi setahun"))
    operation_basis = forms.CharField(label=gettext_lazy("Sumber biaya operasi"), max_length=250)
    life_years = forms.IntegerField(
        label=gettext_lazy("Umur (tahun)"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Investasi dibagi rata selama umur ini, tanpa bunga."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )

    def __init__(self, *args, user, copied_from: PlantScenario | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.copied_from = copied_from

    def clean_enterprises(self) -> list[Enterprise]:
        """The enterprises of the list; every line that names none is told."""
        wanted = list(dict.fromkeys(word.upper() for word in self.cleaned_data["enterprises"].split()))
        if len(wanted) > LARGEST_LIST:
            raise forms.ValidationError(_("Paling banyak %(most)s usaha."), params={"most": LARGEST_LIST})
        seen = Enterprise.objects.visible_to(self.user).filter(Q(registration_number__in=wanted))
        found = {one.registration_number: one for one in seen}
        unknown = [word for word in wanted if word not in found]
        if unknown:
            raise forms.ValidationError(
                _("Nomor ini tidak dikenal: %(unknown)s. Periksa ejaannya."),
                params={"unknown": ", ".join(unknown[:10])},
            )
        return list(found.values())

    def clean(self):
        given = super().clean() or self.cleaned_data
        kind, reach = given.get("kind"), given.get("reach")
        if kind == ScenarioKind.CONNECT:
            self._needs("plant", _("Pilih IPAL yang akan menerima sambungan."))
        if kind == ScenarioKind.NEW_PLANT:
            self._needs("capacity_m3_per_day", _("Isi kapasitas IPAL baru, lebih dari nol."))
            self._needs("capacity_basis", _("Tulis dari mana angka kapasitas ini."))
            has_place = given.get("ward") or any(given.get(axis) is not None for axis in ("latitude", "longitude"))
            if not has_place and not {"latitude", "longitude", "ward"} & set(self.errors):
                self.add_error("ward", _("Pilih kelurahan, atau isi lintang dan bujur."))
        if reach == ScenarioReach.RADIUS:
            self._needs("radius_m", _("Isi jarak jangkauan dalam meter."))
        if reach == ScenarioReach.LIST:
            self._needs("enterprises", _("Tulis sedikitnya satu nomor registrasi usaha."))
        self._place_is_whole(given)
        for what in ("investment", "operation"):
            self._in_order(given, what)
        return given

    def _needs(self, field: str, sentence: str) -> None:
        if not self.cleaned_data.get(field) and field not in self.errors:
            self.add_error(field, sentence)

    def _place_is_whole(self, given: dict[str, Any]) -> None:
        latitude, longitude = given.get("latitude"), given.get("longitude")
        if {"latitude", "longitude"} & set(self.errors):
            return
        if (latitude is None) != (longitude is None):
            self.add_error("longitude" if longitude is None else "latitude", _("Isi lintang dan bujur bersama-sama."))
        elif latitude is not None and longitude is not None and not places.is_in_region(latitude, longitude):
            self.add_error("latitude", _("Titik ini jauh di luar Kota Pekalongan. Periksa lintang dan bujurnya."))

    def _in_order(self, given: dict[str, Any], what: str) -> None:
        central = given.get(f"{what}_idr")
        if central is None:
            return
        low, high = given.get(f"{what}_low_idr"), given.get(f"{what}_high_idr")
        if low is not None and low > central:
            self.add_error(f"{what}_low_idr", _("Harus tidak lebih dari biaya yang dipakai."))
        if high is not None and high < central:
            self.add_error(f"{what}_high_idr", _("Harus tidak kurang dari biaya yang dipakai."))

    @property
    def plan(self) -> Plan:
        """What a valid form asks."""
        given = self.cleaned_data
        is_new = given["kind"] == ScenarioKind.NEW_PLANT
        has_point = is_new and given["latitude"] is not None
        return Plan(
            name=given["name"].strip(),
            note=given["note"].strip(),
            kind=given["kind"],
            reach=given["reach"],
            plant=None if is_new else given["plant"],
            ward=given["ward"] if is_new else None,
            place=Place(given["latitude"], given["longitude"]) if has_point else None,
            radius_m=int(given["radius_m"]) if given["reach"] == ScenarioReach.RADIUS else None,
            enterprises=given["enterprises"] if given["reach"] == ScenarioReach.LIST else (),
            capacity_m3_per_day=given["capacity_m3_per_day"] if is_new else None,
            capacity_basis=given["capacity_basis"].strip(),
            investment=self._money("investment"),
            operation=self._money("operation"),
            life_years=given["life_years"],
            copied_from=self.copied_from,
        )

    def _money(self, what: str) -> Money:
        given = self.cleaned_data
        central = Decimal(given[f"{what}_idr"])
        low, high = given[f"{what}_low_idr"], given[f"{what}_high_idr"]
        span = Span(central if low is None else Decimal(low), central, central if high is None else Decimal(high))
        return Money(span, given[f"{what}_basis"].strip())


def initial_of(scenario: PlantScenario) -> dict[str, Any]:
    """What the form of a copy starts with: everything but the name."""
    numbers = scenario.enterprises.order_by("distance_m").values_list("enterprise__registration_number", flat=True)
    return {
        "note": scenario.note,
        "kind": scenario.kind,
        "plant": scenario.plant,
        "ward": scenario.ward,
        "latitude": None if scenario.location_estimated or scenario.plant_id else written(scenario.latitude),
        "longitude": None if scenario.location_estimated or scenario.plant_id else written(scenario.longitude),
        "reach": scenario.reach,
        "radius_m": scenario.radius_m,
        "enterprises": "\n".join(numbers) if scenario.reach == ScenarioReach.LIST else "",
        "capacity_m3_per_day": scenario.capacity_m3_per_day.normalize() if not scenario.plant_id else None,
        "capacity_basis": scenario.capacity_basis if not scenario.plant_id else "",
        "investment_idr": scenario.investment_idr,
        "investment_low_idr": scenario.investment_low_idr,
        "investment_high_idr": scenario.investment_high_idr,
        "investment_basis": scenario.investment_basis,
        "operation_idr": scenario.operation_idr_per_year,
        "operation_low_idr": scenario.operation_low_idr_per_year,
        "operation_high_idr": scenario.operation_high_idr_per_year,
        "operation_basis": scenario.operation_basis,
        "life_years": scenario.life_years,
    }
