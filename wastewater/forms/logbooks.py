"""Forms of the discharge logbook, the suction truck and their lists."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from batikportal.imports.parsing import numbers
from wastewater.actions.discharge_logs import Note, Volume
from wastewater.choices.discharge_logs import (
    Auxiliary,
    ColourByEye,
    Destination,
    DyeClass,
    Incident,
    LogProcess,
    PhMethod,
    Product,
    QuantityUnit,
    TreatmentChemical,
    TruckState,
    VolumeMethod,
)
from wastewater.forms.fields import DayField, FigureField, MomentField
from wastewater.forms.filters import ALL, DistrictField
from wastewater.models import DischargeLog, SuctionTruck, TruckRequest
from wastewater.rules import discharge_logs as rules


def _optional(choices) -> list[tuple[str, object]]:
    return [("", "–"), *choices.choices]


class WholeField(FigureField):
    """Whole litres or rupiah: here 1.500 has one meaning only."""

    def __init__(self, **kwargs):
        options: dict[str, Any] = {"unit": "L", "minimum": 0, "maximum": 5_000_000}
        super().__init__(**options | kwargs)

    def read(self, text: str) -> Decimal | None:
        found = numbers.parse_integer(text, self.column)
        return None if found is None else Decimal(found)


class SubmissionForm(forms.Form):
    """A form that carries its own number, so that sending it twice stores once."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4


class LogForm(SubmissionForm):
    """One batch or day. The volume is given one way: litres, a meter, or a tank."""

    day = DayField(label=_("Tanggal"))
    process = forms.ChoiceField(label=_("Proses"), choices=[("", _("Pilih proses")), *LogProcess.choices])
    destination = forms.ChoiceField(
        label=_("Air limbah dibuang ke"),
        choices=[("", _("Pilih tujuan")), *Destination.choices],
        error_messages={"required": _("Pilih ke mana air limbahnya dibuang.")},
    )
    estimate_l = WholeField(
        label=_("Air limbah, perkiraan"), help_text=_("Punya meter air atau bak? Isi salah satunya saja di bawah.")
    )
    meter_start_m3 = FigureField(label=_("Meter awal"), unit="m³", places=3, minimum=0, maximum=9_999_999)
    meter_end_m3 = FigureField(label=_("Meter akhir"), unit="m³", places=3, minimum=0, maximum=9_999_999)
    tank_l = WholeField(label=_("Isi bak bila penuh"), minimum=1, maximum=1_000_000)
    tank_fills = FigureField(
        label=_("Berapa kali penuh"), places=2, minimum=0, maximum=500, help_text=_("Setengah bak: 0,5.")
    )
    dye_class = forms.ChoiceField(label=_("Jenis pewarna"), required=False, choices=_optional(DyeClass))
    product = forms.ChoiceField(label=_("Produk"), required=False, choices=_optional(Product))
    quantity = FigureField(label=_("Jumlah kain"), places=1, minimum=0, maximum=1_000_000)
    quantity_unit = forms.ChoiceField(
        label=_("Satuan kain"), required=False, choices=QuantityUnit.choices, initial=QuantityUnit.PIECE
    )
    batch = forms.CharField(label=_("Kelompok atau giliran kerja"), required=False, max_length=40)
    auxiliaries = forms.MultipleChoiceField(
        label=_("Bahan pembantu"), required=False, choices=Auxiliary.choices, widget=forms.CheckboxSelectMultiple
    )
    water_in_l = WholeField(label=_("Air bersih yang dipakai"), minimum=1)
    ph = FigureField(label=_("pH"), places=2, minimum=0, maximum=14)
    ph_method = forms.ChoiceField(label=_("pH diukur dengan"), required=False, choices=_optional(PhMethod))
    temperature_c = FigureField(label=_("Suhu air"), unit="°C", places=1, minimum=0, maximum=110)
    colour = forms.ChoiceField(label=_("Warna air"), required=False, choices=_optional(ColourByEye))
    wax_kg = FigureField(label=_("Malam diambil kembali"), unit="kg", places=2, minimum=0, maximum=90_000)
    sludge_kg = FigureField(label=_("Lumpur"), unit="kg", places=2, minimum=0, maximum=900_000)
    treatment_chemicals = forms.MultipleChoiceField(
        label=_("Bahan kimia IPAL"),
        required=False,
        choices=TreatmentChemical.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    chemicals_g_per_l = FigureField(label=_("Dosis bahan kimia"), unit="g/L", places=2, minimum=0, maximum=9_000)
    incident = forms.ChoiceField(label=_("Kejadian"), required=False, choices=_optional(Incident))
    photo = forms.FileField(
        label=_("Foto"), required=False, widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})
    )
    kept_photo = forms.UUIDField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label=_("Catatan"), required=False, max_length=300)
    reason = forms.CharField(
        label=_("Alasan koreksi"), max_length=250, required=False, help_text=_("Tercatat dan terbaca petugas.")
    )

    REQUIRED = ("day", "process", "destination", "estimate_l")
    METER = ("meter_start_m3", "meter_end_m3")
    TANK = ("tank_l", "tank_fills")
    COLUMNS = (
        "dye_class",
        "product",
        "quantity",
        "quantity_unit",
        "batch",
        "auxiliaries",
        "water_in_l",
        "ph",
        "ph_method",
        "temperature_c",
        "colour",
        "wax_kg",
        "sludge_kg",
        "treatment_chemicals",
        "chemicals_g_per_l",
        "incident",
        "note",
    )
    # What a new line takes over from an old one; figures of the day itself are noted anew.
    TEMPLATE = (
        "process",
        "destination",
        "dye_class",
        "product",
        "quantity",
        "quantity_unit",
        "batch",
        "auxiliaries",
        "treatment_chemicals",
        "chemicals_g_per_l",
        "tank_l",
    )

    def _bound(self, names) -> list[BoundField]:
        return [self[name] for name in names]

    def required_fields(self) -> list[BoundField]:
        return self._bound(self.REQUIRED)

    def meter_fields(self) -> list[BoundField]:
        return self._bound(self.METER)

    def tank_fields(self) -> list[BoundField]:
        return self._bound(self.TANK)

    def more_fields(self) -> Iterator[BoundField]:
        return (self[name] for name in (*self.COLUMNS[:-1], "photo", "note"))

    def _filled(self, names) -> bool:
        """Whether a folded part holds something, so that it must not stay hidden."""
        plain = {"quantity_unit"}
        return any(self[name].errors or (name not in plain and self[name].value()) for name in names)

    def meter_open(self) -> bool:
        return self._filled(self.METER)

    def tank_open(self) -> bool:
        return self._filled(self.TANK)

    def more_open(self) -> bool:
        return self._filled((*self.COLUMNS, "photo"))

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        self._check_pairs(cleaned)
        if not {"estimate_l", *self.METER, *self.TANK} & set(self.errors):
            self._check_volume(cleaned)
        return cleaned

    def _check_pairs(self, cleaned) -> None:
        if cleaned.get("ph") is not None and not cleaned.get("ph_method"):
            self.add_error("ph_method", _("Pilih alat ukur pH."))
        if cleaned.get("ph") is None:
            cleaned["ph_method"] = ""
        if cleaned.get("quantity") == 0:
            self.add_error("quantity", _("Jumlah harus lebih dari nol; kosongkan bila tidak dihitung."))
        if cleaned.get("quantity") is None:
            cleaned["quantity_unit"] = ""
        elif not cleaned.get("quantity_unit"):
            self.add_error("quantity_unit", _("Pilih satuan kain."))

    def _check_volume(self, cleaned) -> None:
        ways = [
            name
            for name, fields in (
                ("estimate_l", ("estimate_l",)),
                ("meter_start_m3", self.METER),
                ("tank_fills", ("tank_fills",)),
            )
            if any(cleaned.get(field) is not None for field in fields)
        ]
        if not ways:
            self.add_error("estimate_l", _("Isi banyaknya air limbah: perkiraan, meter, atau isi bak. Tidak ada: 0."))
        elif len(ways) > 1:
            self.add_error(ways[0], _("Volume diisi dengan dua cara. Kosongkan salah satunya."))
        elif ways[0] == "meter_start_m3":
            self._check_meter(cleaned.get("meter_start_m3"), cleaned.get("meter_end_m3"))
        elif ways[0] == "tank_fills":
            if not cleaned.get("tank_l"):
                self.add_error("tank_l", _("Isi berapa liter bak bila penuh."))
            if not cleaned.get("tank_fills"):
                self.add_error("tank_fills", _("Isi berapa kali bak penuh, lebih dari nol."))

    def _check_meter(self, start: Decimal | None, end: Decimal | None) -> None:
        if start is None:
            self.add_error("meter_start_m3", _("Isi angka meter awal."))
        elif end is None:
            self.add_error("meter_end_m3", _("Isi angka meter akhir."))
        elif end < start:
            self.add_error(
                "meter_end_m3", _("Meter akhir lebih kecil daripada awal. Bila meter diganti, isi perkiraan saja.")
            )

    def _volume(self) -> Volume:
        cleaned = self.cleaned_data
        if cleaned["estimate_l"] is not None:
            return Volume(VolumeMethod.ESTIMATE, cleaned["estimate_l"])
        if cleaned["meter_end_m3"] is not None:
            method, names = VolumeMethod.METER, self.METER
        else:
            method, names = VolumeMethod.TANK, self.TANK
        figures = {name: cleaned[name] for name in names}
        return Volume(method, rules.volume_l(method, **figures), **figures)

    def entry(self) -> Note:
        """The cleaned input as the action wants it."""
        cleaned = self.cleaned_data
        return Note(
            day=cleaned["day"],
            process=cleaned["process"],
            destination=cleaned["destination"],
            volume=self._volume(),
            more={name: cleaned[name] for name in self.COLUMNS},
        )

    @classmethod
    def from_line(cls, line: DischargeLog) -> dict[str, object]:
        """The whole line as initial values, to correct it."""
        values = {name: getattr(line, name) for name in (*cls.COLUMNS, *cls.METER, *cls.TANK, "day", "process")}
        values |= {"destination": line.destination}
        if line.volume_method == VolumeMethod.ESTIMATE:
            values["estimate_l"] = line.volume_l
        return values

    @classmethod
    def from_template(cls, line: DischargeLog) -> dict[str, object]:
        """What a new line begins with: the habits of an old one; its meter's end is the new beginning."""
        values = {name: getattr(line, name) for name in cls.TEMPLATE}
        return values | {"meter_start_m3": line.meter_end_m3}


class IdleForm(SubmissionForm):
    """A day on which nothing was made."""

    day = DayField(label=_("Tidak produksi pada"))
    reason = forms.CharField(label=_("Alasan koreksi"), max_length=250, required=False)


class WithdrawForm(forms.Form):
    """Why a line is taken out."""

    reason = forms.CharField(label=_("Alasan dibatalkan"), max_length=250, help_text=_("Tercatat dan terbaca petugas."))


class LogbookFilter(forms.Form):
    """What the list of logbooks can be narrowed by."""

    cari = forms.CharField(label=_("Cari nama usaha atau nomor registrasi"), required=False, max_length=80)
    bulan = forms.DateField(
        label=_("Bulan"), required=False, input_formats=["%Y-%m"], widget=forms.TextInput(attrs={"type": "month"})
    )
    kecamatan = DistrictField()
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ALL,
            ("open", _("Belum dikirim")),
            ("empty", _("Belum ada catatan")),
            ("sent", _("Dikirim")),
            ("deadline", _("Ditutup karena batas waktu")),
        ],
    )
    wajib = forms.BooleanField(label=_("Hanya yang wajib"), required=False)
    tanpa_olah = forms.BooleanField(label=_("Hanya yang membuang tanpa diolah"), required=False)


class TruckFilter(forms.Form):
    """What the board of the suction truck can be narrowed by."""

    cari = forms.CharField(label=_("Cari nama usaha atau nomor registrasi"), required=False, max_length=80)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("Yang masih terbuka")), *TruckState.choices]
    )
    kecamatan = DistrictField()


class TruckRequestForm(SubmissionForm):
    """An owner asks for the truck."""

    wanted_on = DayField(label=_("Diminta datang tanggal"))
    volume_m3 = FigureField(
        label=_("Perkiraan isi bak"), unit="m³", places=2, minimum=Decimal("0.01"), maximum=999, required=True
    )
    has_holding_tank = forms.TypedChoiceField(
        label=_("Punya bak penampung?"),
        choices=[("ya", _("Ya")), ("tidak", _("Tidak"))],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
    )
    access_note = forms.CharField(
        label=_("Jalan masuk dan letak bak"),
        max_length=250,
        required=False,
        help_text=_("Misalnya: gang selebar truk, bak di belakang rumah."),
    )


class ScheduleForm(forms.Form):
    """Which truck comes, and when."""

    truck = forms.ModelChoiceField(
        label=_("Truk"), queryset=SuctionTruck.objects.filter(is_active=True), empty_label=_("Pilih truk")
    )
    visit_at = MomentField(label=_("Datang pada"), help_text=_("Jam setempat (WIB)."))
    visit_until = MomentField(label=_("Perkiraan selesai"))

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("visit_at"), cleaned.get("visit_until")
        if isinstance(since, datetime) and isinstance(until, datetime) and until <= since:
            self.add_error("visit_until", _("Perkiraan selesai harus sesudah jam datang."))
        return cleaned


class VisitForm(forms.Form):
    """What the crew brings back."""

    done_on = DayField(label=_("Diangkut pada"))
    taken_m3 = FigureField(
        label=_("Volume diangkut"), unit="m³", places=2, minimum=Decimal("0.01"), maximum=999, required=True
    )
    hours = FigureField(label=_("Lama"), unit="jam", places=2, minimum=Decimal("0.01"), maximum=99, required=True)
    cost_idr = WholeField(
        label=_("Biaya"),
        unit="Rp",
        maximum=100_000_000,
        help_text=_("Kosongkan untuk menghitung dari tarif: jam × tarif per jam."),
    )
    receipt_number = forms.CharField(label=_("Nomor bukti bayar"), max_length=60, required=False)
    receipt = forms.FileField(
        label=_("Foto bukti bayar"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )

    def clean_cost_idr(self) -> int | None:
        cost = self.cleaned_data["cost_idr"]
        return None if cost is None else int(cost)

    @staticmethod
    def from_request(request: TruckRequest, today: date) -> dict[str, object]:
        return {"done_on": today, "taken_m3": request.volume_m3}


class ReasonForm(forms.Form):
    """Why a request ends without a visit."""

    reason = forms.CharField(label=_("Alasan"), max_length=250, help_text=_("Terbaca oleh pemilik usaha dan petugas."))
