"""What somebody was paid and for how much work: the same questions for the public translator and for the registry."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from batikportal import formats
from batikportal.choices import AreaLevel
from batikportal.forms.enterprises import RupiahField
from batikportal.forms.figure_field import FigureField
from batikportal.models import Area
from workforce.choices import PayPeriod, PieceUnit, WageEvidence
from workforce.forms.fields import DayField
from workforce.models import ProcessStep
from workforce.queries.wages import WageFilter
from workforce.rules import wages as rules

EARLIEST = date(2010, 1, 1)
MOST_PIECES = 100_000
# A larger pay of one person is a slip of the keyboard.
MOST_IDR = 1_000_000_000


class WageFactsForm(forms.Form):
    """Raw facts of a pay; the gross pay may be left out when pieces and rate tell it."""

    period = forms.ChoiceField(
        label=_("Upah ini untuk berapa lama?"),
        choices=PayPeriod.choices,
        initial=PayPeriod.WEEK,
        widget=forms.RadioSelect,
    )
    pieces = FigureField(
        label=_("Banyaknya yang selesai"),
        places=2,
        minimum=0,
        maximum=MOST_PIECES,
        help_text=_("Untuk borongan. Kosongkan bila upah tidak dihitung per potong."),
    )
    unit = forms.ChoiceField(label=_("Dihitung per"), choices=PieceUnit.choices, initial=PieceUnit.PIECE)
    rate_idr = RupiahField(
        label=_("Upah per potong, kodi, atau meter (rupiah)"), help_text=_("Misalnya 30.000. Angka saja.")
    )
    gross_idr = RupiahField(
        label=_("Upah seluruhnya sebelum potongan (rupiah)"),
        help_text=_("Boleh kosong bila banyaknya dan upah per potong sudah diisi."),
    )
    deductions_idr = RupiahField(
        label=_("Potongan (rupiah)"), help_text=_("Malam, minyak, pinjaman, dan lainnya. Kosongkan bila tidak ada.")
    )
    days = forms.IntegerField(
        label=_("Hari kerja dalam masa itu"),
        min_value=1,
        max_value=366,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    week_days = forms.IntegerField(
        label=_("Biasanya berapa hari kerja seminggu?"),
        required=False,
        min_value=1,
        max_value=7,
        help_text=_("Hanya untuk borongan atau upah beberapa hari."),
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    hours_per_day = FigureField(
        label=_("Jam kerja sehari"),
        unit=_("jam"),
        places=2,
        minimum=0,
        maximum=24,
        help_text=_("Tanpa istirahat. Bila kosong, upah setara penuh waktu tidak dapat dihitung."),
    )
    observed_on = DayField(label=_("Tanggal upah diterima"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        kwargs["initial"] = {"observed_on": today} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_observed_on(self) -> date:
        day = self.cleaned_data["observed_on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        if day < EARLIEST:
            raise forms.ValidationError(_("Isi tanggal sejak tahun 2010."))
        return day

    def clean_hours_per_day(self) -> Decimal | None:
        hours = self.cleaned_data["hours_per_day"]
        if hours == 0:
            raise forms.ValidationError(_("Jam kerja tidak mungkin 0. Kosongkan bila tidak tahu."))
        return hours

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_time(data)
        if not self.errors.keys() & {"pieces", "rate_idr", "gross_idr", "deductions_idr"}:
            self._clean_money(data)
        return data

    def _clean_time(self, data: dict[str, Any]) -> None:
        period, days = data.get("period"), data.get("days")
        if period and days and days > rules.MOST_DAYS[period]:
            self.add_error(
                "days", _("Hari kerja dalam masa itu paling banyak %(days)s.") % {"days": rules.MOST_DAYS[period]}
            )
        if period == PayPeriod.BATCH:
            if not data.get("week_days") and "week_days" not in self.errors:
                self.add_error("week_days", _("Isi biasanya berapa hari kerja seminggu, 1 sampai 7."))
        else:
            data["week_days"] = None

    def _clean_money(self, data: dict[str, Any]) -> None:
        pieces, rate, gross = data.get("pieces") or None, data.get("rate_idr") or None, data.get("gross_idr")
        if pieces and not rate and not gross:
            self.add_error("rate_idr", _("Isi upah per potong, kodi, atau meter."))
        elif rate and not pieces:
            self.add_error("pieces", _("Isi berapa potong, kodi, atau meter yang selesai."))
        elif not gross and not pieces:
            self.add_error("gross_idr", _("Isi upah seluruhnya, atau banyaknya dan upah per potong."))
        else:
            data["pieces"], data["rate_idr"] = (pieces, rate) if rate else (None, None)
            by_piece = rules.piece_pay(pieces, Decimal(rate)) if pieces and rate else Decimal(0)
            if gross and gross < by_piece:
                words = {"pay": formats.rupiah(by_piece)}
                self.add_error(
                    "gross_idr",
                    _("Lebih kecil dari banyaknya × upah per potong, yaitu %(pay)s. Perbaiki salah satunya.") % words,
                )
            pay, deductions = (
                Decimal(gross) if gross else by_piece.quantize(Decimal(1)),
                data.get("deductions_idr") or 0,
            )
            if pay > MOST_IDR:
                self.add_error("gross_idr", _("Upah ini terlalu besar. Periksa lagi angkanya."))
            elif deductions > pay:
                self.add_error("deductions_idr", _("Potongan lebih besar dari upah. Periksa lagi angkanya."))
            data["gross_idr"], data["deductions_idr"] = pay, Decimal(deductions)

    def facts(self) -> rules.WageFacts:
        """The cleaned facts as the rules take them."""
        data = self.cleaned_data
        return rules.WageFacts(
            gross_idr=data["gross_idr"],
            period=data["period"],
            days=data["days"],
            hours_per_day=data["hours_per_day"],
            week_days=data["week_days"],
            deductions_idr=data["deductions_idr"],
        )


class TranslatorForm(WageFactsForm):
    """The public translator: the facts, and the step if the range of the same work is wanted."""

    step = forms.ModelChoiceField(
        label=_("Pekerjaan"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        required=False,
        empty_label=_("Tidak dipilih"),
        help_text=_("Bila dipilih, upah Anda disandingkan dengan upah pekerjaan yang sama."),
    )
    field_order = ["step"]


class WageObservationForm(WageFactsForm):
    """An observed wage of one worker."""

    step = forms.ModelChoiceField(
        label=_("Proses"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        empty_label=_("Pilih"),
    )
    evidence = forms.ChoiceField(label=_("Dasar"), choices=[("", _("Pilih")), *WageEvidence.choices])
    field_order = ["step", "evidence"]

    def observed(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        rate = data["rate_idr"]
        return {
            "facts": self.facts(),
            "step": data["step"],
            "observed_on": data["observed_on"],
            "pieces": data["pieces"],
            "unit": data["unit"],
            "rate_idr": None if rate is None else Decimal(rate),
            "evidence": data["evidence"],
        }


class WageRemovalForm(forms.Form):
    """Why an observation is taken out."""

    reason = forms.CharField(label=_("Alasan"), min_length=5, max_length=200)


class WageFilterForm(forms.Form):
    """What narrows the list of observed wages."""

    cari = forms.CharField(label=_("Cari nama"), required=False, max_length=80)
    proses = forms.ModelChoiceField(
        label=_("Proses"),
        queryset=ProcessStep.objects.order_by("position"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    kecamatan = forms.ModelChoiceField(
        label=_("Kecamatan"),
        queryset=Area.objects.filter(level=AreaLevel.DISTRICT, valid_until__isnull=True).order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Semua"),
    )
    umk = forms.ChoiceField(
        label=_("Terhadap UMK"),
        required=False,
        choices=[
            ("", _("Semua")),
            ("earned", _("Penghasilan sebulan di bawah UMK")),
            ("full_time", _("Setara penuh waktu di bawah UMK")),
        ],
    )
    dasar = forms.ChoiceField(label=_("Dasar"), required=False, choices=[("", _("Semua")), *WageEvidence.choices])

    def wanted(self) -> WageFilter:
        """The filter as a query takes it; what cannot be read narrows nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return WageFilter(
            text=data.get("cari", ""),
            step=data.get("proses"),
            area=data.get("kecamatan"),
            evidence=data.get("dasar", ""),
            below=data.get("umk", ""),
        )
