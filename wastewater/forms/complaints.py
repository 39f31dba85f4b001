"""Forms of residents about a complaint: where, what, how to reach them; a reply; opening it again."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from batikportal import phones
from batikportal.choices import AreaLevel
from batikportal.models import Area
from wastewater.actions.complaints import Contact
from wastewater.choices.complaints import IntakeChannel, Smell, TimeOfDay, WaterColour
from wastewater.forms.fields import DayField
from wastewater.models.complaints import Complaint, ComplaintCategory
from wastewater.rules import complaints as rules

TIMING_SALT = "wastewater.complaints.started"
# A person needs longer to read the first page, and does not come back to it after a day.
SHORTEST, LONGEST = timedelta(seconds=2), timedelta(days=1)
LONGEST_TEXT = 3000


def timing_token(at: datetime) -> str:
    """Says when the form was handed out; signed, so that it cannot be made up."""
    return signing.dumps(at.timestamp(), salt=TIMING_SALT)


class WardField(forms.ModelChoiceField):
    """A kelurahan, or that nobody knows."""

    def __init__(self, **kwargs: Any):
        wards = Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True).select_related("parent")
        kwargs.setdefault("label", _("Kelurahan"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("empty_label", _("Saya tidak tahu kelurahannya"))
        super().__init__(queryset=wards.order_by("name"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.parent.name})"


class CategoryField(forms.ModelChoiceField):
    """What it is about, with a word of help to each choice."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            queryset=ComplaintCategory.objects.filter(is_active=True),
            **{"label": _("Apa yang Anda laporkan?"), "empty_label": None, "widget": forms.RadioSelect} | kwargs,
        )

    def label_from_instance(self, obj: Any) -> Any:
        if not obj.help_text:
            return obj.name
        return format_html('{}<br><span class="small muted">{}</span>', obj.name, obj.help_text)


class PositionField(forms.DecimalField):
    """A coordinate that the map writes; without JavaScript it stays empty."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, max_digits=12, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        try:
            found = super().clean(value)
        except ValidationError:
            return None
        return None if found is None else found.quantize(Decimal("0.00001"))


class WhereForm(forms.Form):
    """Step 1: on the map, by kelurahan and description, or "I do not know exactly"."""

    latitude = PositionField()
    longitude = PositionField()
    ward = WardField()
    location_text = forms.CharField(
        label=_("Letaknya dengan kata-kata"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya nama jalan, jembatan, musala, atau sungainya."),
    )
    is_outside_city = forms.BooleanField(
        label=_("Letaknya di luar Kota Pekalongan, misalnya di Kabupaten Pekalongan"), required=False
    )
    mulai = forms.CharField(required=False, widget=forms.HiddenInput)
    situs_web = forms.CharField(
        label=_("Kosongkan kolom ini"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, at: datetime, checks_timing: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.at = at
        self.checks_timing = checks_timing
        if not checks_timing:
            del self.fields["mulai"], self.fields["situs_web"]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is None or longitude is None:
            cleaned["latitude"] = cleaned["longitude"] = latitude = None
        elif not rules.is_in_region(latitude, longitude):
            self.add_error(None, _("Titik itu jauh dari Pekalongan. Pilih titik di kota atau sekitarnya."))
        if latitude is None and not cleaned.get("ward") and not (cleaned.get("location_text") or "").strip():
            self.add_error("location_text", _("Pilih kelurahan, tandai di peta, atau tulis letaknya sebisanya."))
        if self.checks_timing:
            self._refuse_machines(cleaned)
        return cleaned

    def _refuse_machines(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("situs_web"):
            self.add_error(None, _("Kosongkan kolom tersembunyi, lalu kirim lagi."))
            return
        try:
            started = signing.loads(cleaned.get("mulai") or "", salt=TIMING_SALT, max_age=LONGEST)
        except signing.BadSignature:
            self.add_error(None, _("Formulir ini sudah terlalu lama terbuka. Isian Anda masih ada; kirim sekali lagi."))
            return
        if self.at.timestamp() - started < SHORTEST.total_seconds():
            self.add_error(None, _("Terlalu cepat bagi kami. Tunggu dua detik, lalu kirim sekali lagi."))

    def facts(self) -> dict[str, Any]:
        """The answers as a draft keeps them."""
        chosen = self.cleaned_data
        return {
            "latitude": str(chosen["latitude"]) if chosen["latitude"] is not None else None,
            "longitude": str(chosen["longitude"]) if chosen["longitude"] is not None else None,
            "ward": chosen["ward"].pk if chosen["ward"] else None,
            "location_text": chosen["location_text"],
            "is_outside_city": chosen["is_outside_city"],
        }


def _swatches() -> list[tuple[str, Any]]:
    """The colours, each with its sample; the word says the same."""
    return [
        (value, format_html('<span class="dye dye-{}" aria-hidden="true"></span>{}', value or "unknown", label))
        for value, label in [*WaterColour.choices[1:], WaterColour.choices[0]]
    ]


class WhatForm(forms.Form):
    """Step 2: what, when, the colour, the smell, a photo."""

    category = CategoryField()
    description = forms.CharField(
        label=_("Ceritakan singkat"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Tidak perlu menyebut nama Anda. Petugas saja yang membaca tulisan ini."),
    )
    happened_on = DayField(label=_("Tanggal kejadian"), required=False, help_text=_("Kosongkan bila tidak tahu."))
    time_of_day = forms.ChoiceField(
        label=_("Waktu"), required=False, choices=[*TimeOfDay.choices[1:], TimeOfDay.choices[0]]
    )
    colour = forms.ChoiceField(label=_("Warna air"), required=False, widget=forms.RadioSelect)
    smell = forms.ChoiceField(label=_("Bau"), required=False, choices=[*Smell.choices[1:], Smell.choices[0]])
    photo = forms.FileField(
        label=_("Foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "Paling besar 10 MB. Keterangan tersembunyi di dalam foto, seperti letak dan jenis ponsel, kami buang. "
            "Foto tidak ditampilkan kepada umum."
        ),
    )

    def __init__(self, *args: Any, today, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today
        colour: Any = self.fields["colour"]
        colour.choices = _swatches()
        self.fields["colour"].widget.attrs["class"] = "swatches"
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day and day > self.today:
            raise ValidationError(_("Tanggal kejadian masih di depan. Periksa tanggalnya."))
        if day and day < self.today - timedelta(days=3 * 365):
            raise ValidationError(_("Tanggal itu lebih dari tiga tahun lalu. Periksa tahunnya."))
        return day

    def facts(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        return {
            "category": chosen["category"].pk,
            "description": chosen["description"],
            "happened_on": chosen["happened_on"].isoformat() if chosen["happened_on"] else None,
            "time_of_day": chosen["time_of_day"],
            "colour": chosen["colour"],
            "smell": chosen["smell"],
        }


class ContactForm(forms.Form):
    """Step 3: nothing, or a way to reach the reporter."""

    name = forms.CharField(label=_("Nama"), required=False, max_length=100)
    phone = forms.CharField(
        label=_("Nomor HP"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label=_("Surel"), required=False, max_length=150)
    wants_messages = forms.BooleanField(
        label=_("Kabari saya lewat pesan, dan hubungi saya bila perlu"),
        required=False,
        help_text=_("Kami mengirim nomor, tautan rahasia dan setiap kabar penting ke nomor HP atau surel ini."),
    )

    def clean_phone(self):
        text = self.cleaned_data["phone"].strip()
        return phones.parse(text) if text else ""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        has_address = cleaned.get("phone") or cleaned.get("email")
        if cleaned.get("wants_messages") and not has_address and "phone" not in self.errors:
            self.add_error("phone", _("Tulis nomor HP atau surel agar petugas dapat menghubungi Anda."))
        return cleaned

    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "phone", "email", "wants_messages")})


class IntakeForm(ContactForm, WhatForm, WhereForm):
    """An officer takes down what somebody tells: the three steps on one page."""

    field_order = ["channel", "national_number", "category", "description", "ward", "location_text", "latitude",
                   "longitude", "is_outside_city", "happened_on", "time_of_day", "colour", "smell", "photo", "name",
                   "phone", "email", "wants_messages"]  # fmt: skip
    channel = forms.ChoiceField(label=_("Masuk lewat"), choices=IntakeChannel.choices[1:])
    national_number = forms.CharField(label=_("Nomor SP4N-LAPOR!"), required=False, max_length=40)

    def __init__(self, *args: Any, at: datetime, today, **kwargs: Any):
        super().__init__(*args, at=at, today=today, checks_timing=False, **kwargs)
        self.fields["category"].label = _("Tentang apa?")
        self.fields["description"].help_text = _("Tulis apa yang diceritakan, tanpa nama pelapor.")

    def clean_national_number(self):
        number = self.cleaned_data["national_number"].strip()
        if number and Complaint.objects.filter(national_number=number).exists():
            raise ValidationError(_("Nomor SP4N-LAPOR! ini sudah tercatat pada laporan lain."))
        return number


class FindForm(forms.Form):
    """Which public complaints a resident looks for."""

    nomor = forms.CharField(
        label=_("Nomor laporan"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"class": "medium", "inputmode": "numeric"}),
    )
    kategori = forms.ModelChoiceField(
        label=_("Kategori"),
        queryset=ComplaintCategory.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    kelurahan = WardField(to_field_name="code", empty_label=_("Semua"))


class ReplyForm(forms.Form):
    """The reporter's answer to a question."""

    text = forms.CharField(label=_("Jawaban Anda"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))


class ReopenByReporterForm(forms.Form):
    """Why the reporter is not content."""

    reason = forms.CharField(
        label=_("Apa yang belum beres?"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
