"""What the law asks: parameters, regulations, their standard sets, and the limits in them, each with validity dates."""

from datetime import date

from django.contrib.postgres.fields import ArrayField, DecimalRangeField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats
from wastewater.choices import (
    Arrangement,
    Confidence,
    DischargeClass,
    ExpressedAs,
    Jurisdiction,
    LimitKind,
    Medium,
    ParameterGroup,
    Process,
    RiverClass,
    Unit,
)
from wastewater.models.overlaps import never_overlap


@audit.tracked
class Parameter(models.Model):
    """Something a laboratory measures. Its unit is the one that a bare number is taken to be in."""

    code = models.CharField(_("kode"), max_length=10, unique=True)
    name = models.CharField(_("nama"), max_length=60, unique=True)
    name_en = models.CharField(_("nama Inggris"), max_length=60, blank=True)
    aliases = ArrayField(
        models.CharField(max_length=60), verbose_name=_("nama lain di lembar hasil"), default=list, blank=True
    )
    unit = models.CharField(_("satuan"), max_length=12, choices=Unit)
    expressed_as = models.CharField(_("dinyatakan sebagai"), max_length=4, choices=ExpressedAs, blank=True)
    group = models.CharField(_("kelompok"), max_length=10, choices=ParameterGroup)
    expected_in = ArrayField(
        models.CharField(max_length=8, choices=Medium),
        verbose_name=_("wajib ada pada pemantauan bulanan"),
        default=list,
        blank=True,
        help_text=_("Bila tidak ada di hasil uji, parameter ini dihitung sebagai tidak dilaporkan."),
    )
    display_order = models.PositiveSmallIntegerField(_("urutan tampil"), default=100)

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameter")
        ordering = ["display_order", "code"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


@audit.tracked
class Regulation(models.Model):
    """A law, regulation or by-law that sets limits."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    title = models.CharField(_("nama peraturan"), max_length=120, unique=True)
    subject = models.CharField(_("tentang"), max_length=250)
    issuer = models.CharField(_("penerbit"), max_length=120)
    url = models.URLField(_("alamat naskah"), blank=True)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.VERIFIED)
    note = models.TextField(_("catatan"), blank=True)

    class Meta:
        verbose_name = _("peraturan")
        verbose_name_plural = _("peraturan")
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="regulation_validity_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


# Which edge belongs to a class differs between regulations, so the range carries its own brackets.
DISCHARGE_SPAN = Func(
    F("discharge_from_m3_per_day"),
    F("discharge_until_m3_per_day"),
    Concat(
        Case(When(discharge_from_included=True, then=Value("[")), default=Value("(")),
        Case(When(discharge_until_included=True, then=Value("]")), default=Value(")")),
        output_field=models.CharField(),
    ),
    function="numrange",
    output_field=DecimalRangeField(),
)


@audit.tracked
class StandardSet(models.Model):
    """One column of a regulation's table: the limits for one medium, arrangement, discharge class or river class."""

    regulation = models.ForeignKey(
        Regulation, on_delete=models.PROTECT, related_name="sets", verbose_name=_("peraturan")
    )
    code = models.SlugField(_("kode"), max_length=40, unique=True)
    title = models.CharField(_("nama golongan"), max_length=120)
    jurisdiction = models.CharField(_("tingkat"), max_length=8, choices=Jurisdiction)
    medium = models.CharField(_("untuk"), max_length=8, choices=Medium)
    arrangement = models.CharField(
        _("sistem pengolahan"),
        max_length=10,
        choices=Arrangement,
        blank=True,
        help_text=_("Kosong berarti semua sistem."),
    )
    discharge_class = models.CharField(
        _("kelas debit"), max_length=1, choices=DischargeClass, blank=True, help_text=_("Kosong berarti semua debit.")
    )
    discharge_from_m3_per_day = models.DecimalField(
        _("debit dari (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    discharge_from_included = models.BooleanField(_("tepat pada batas bawah termasuk"), default=False)
    discharge_until_m3_per_day = models.DecimalField(
        _("debit sampai (m³/hari)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    discharge_until_included = models.BooleanField(_("tepat pada batas atas termasuk"), default=True)
    river_class = models.CharField(_("kelas sungai"), max_length=3, choices=RiverClass, blank=True)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.VERIFIED)
    note = models.TextField(_("catatan"), blank=True)

    class Meta:
        verbose_name = _("golongan baku mutu")
        verbose_name_plural = _("golongan baku mutu")
        ordering = ["-effective_from", "code"]
        constraints = [
            never_overlap(
                "standard_set_once_at_a_time",
                texts=("jurisdiction", "medium", "arrangement", "discharge_class", "river_class"),
                dates=("effective_from", "effective_until"),
                message=_("Golongan yang sama sudah ada pada masa itu. Akhiri dahulu masa berlaku golongan yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="standard_set_validity_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(medium=Medium.RIVER, discharge_class="", arrangement="") & ~Q(river_class="")
                | Q(medium=Medium.EFFLUENT, river_class=""),
                name="standard_set_class_fits_medium",
                violation_error_message=_(
                    "Air sungai memerlukan kelas sungai saja; air limbah tidak punya kelas sungai."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    discharge_class="", discharge_from_m3_per_day__isnull=True, discharge_until_m3_per_day__isnull=True
                )
                | ~Q(discharge_class="")
                & (Q(discharge_from_m3_per_day__isnull=False) | Q(discharge_until_m3_per_day__isnull=False)),
                name="standard_set_class_has_span",
                violation_error_message=_(
                    "Kelas debit memerlukan rentangnya (dari, sampai, atau keduanya). Tanpa kelas, kosongkan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(discharge_from_m3_per_day__isnull=True)
                | Q(discharge_until_m3_per_day__isnull=True)
                | Q(discharge_until_m3_per_day__gt=F("discharge_from_m3_per_day")),
                name="standard_set_span_in_order",
                violation_error_message=_("Debit sampai harus lebih besar daripada debit dari."),
            ),
            never_overlap(
                "standard_set_spans_apart",
                texts=("jurisdiction", "medium", "arrangement"),
                dates=("effective_from", "effective_until"),
                span=DISCHARGE_SPAN,
                condition=~Q(discharge_class=""),
                message=_("Rentang debit ini bertumpuk dengan kelas lain pada masa itu. Periksa batas kelasnya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.legal_basis} – {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:standard", args=[self.code])

    def is_in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_until is None or on <= self.effective_until)

    @property
    def discharge_span(self) -> str:
        """The discharges it is written for, as people write them: "> 100 dan < 1.000 m³/hari"; "" for all."""
        low, high = self.discharge_from_m3_per_day, self.discharge_until_m3_per_day
        parts = []
        if low is not None:
            parts.append(f"{'≥' if self.discharge_from_included else '>'} {formats.number(low)}")
        if high is not None:
            parts.append(f"{'≤' if self.discharge_until_included else '<'} {formats.number(high)}")
        if not parts:
            return ""
        return gettext("%(span)s m³/hari") % {"span": gettext(" dan ").join(parts)}


@audit.tracked
class Limit(models.Model):
    """What one set allows for one parameter: a concentration limit, or the load of one process step."""

    standard_set = models.ForeignKey(
        StandardSet, on_delete=models.PROTECT, related_name="limits", verbose_name=_("golongan baku mutu")
    )
    parameter = models.ForeignKey(
        Parameter, on_delete=models.PROTECT, related_name="limits", verbose_name=_("parameter")
    )
    process = models.CharField(
        _("proses"), max_length=12, choices=Process, blank=True, help_text=_("Kosong berarti semua proses.")
    )
    kind = models.CharField(_("jenis batas"), max_length=18, choices=LimitKind, default=LimitKind.MAX)
    minimum = models.DecimalField(_("paling rendah"), max_digits=14, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField(_("paling tinggi"), max_digits=14, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=12, choices=Unit)
    expressed_as = models.CharField(_("dinyatakan sebagai"), max_length=4, choices=ExpressedAs, blank=True)
    max_load_kg_per_ton = models.DecimalField(
        _("beban maksimum (kg/ton produk)"), max_digits=12, decimal_places=6, null=True, blank=True
    )
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.VERIFIED)

    class Meta:
        verbose_name = _("baku mutu")
        verbose_name_plural = _("baku mutu")
        ordering = ["standard_set", "parameter__display_order", "process", "effective_from"]
        constraints = [
            never_overlap(
                "limit_once_at_a_time",
                numbers=("standard_set", "parameter"),
                texts=("process",),
                dates=("effective_from", "effective_until"),
                message=_("Parameter ini sudah punya baku mutu pada masa itu. Akhiri dahulu masa berlaku yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="limit_validity_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[LimitKind.MAX, LimitKind.DEVIATION], minimum__isnull=True, maximum__isnull=False)
                | Q(kind=LimitKind.MIN, minimum__isnull=False, maximum__isnull=True)
                | Q(kind=LimitKind.RANGE, minimum__isnull=False, maximum__isnull=False, maximum__gt=F("minimum"))
                | Q(kind=LimitKind.ABSENT, minimum__isnull=True, maximum__isnull=True)
                | Q(kind=LimitKind.LOAD, minimum__isnull=True, maximum__isnull=True, max_load_kg_per_ton__isnull=False),
                name="limit_bounds_fit_kind",
                violation_error_message=_(
                    "Angka batas tidak cocok dengan jenisnya. Isi paling rendah, paling tinggi, atau keduanya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(max_load_kg_per_ton__isnull=True) | Q(max_load_kg_per_ton__gt=0), name="limit_load_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parameter} ({self.legal_basis})"

    @property
    def allowed(self) -> str:
        """What is allowed, as people write it: "≤ 125 mg/L", "6–9", "≥ 4 mg/L"."""
        unit = "" if self.unit in (Unit.PH, Unit.COUNT) else f" {self.get_unit_display()}"
        if self.expressed_as:
            unit += f" {self.get_expressed_as_display()}"
        if self.kind == LimitKind.RANGE:
            return f"{formats.number(self.minimum)}–{formats.number(self.maximum)}{unit}"
        if self.kind == LimitKind.MIN:
            return f"≥ {formats.number(self.minimum)}{unit}"
        if self.kind == LimitKind.DEVIATION:
            return gettext("selisih ≤ %(degrees)s °C dari suhu udara") % {"degrees": formats.number(self.maximum)}
        if self.kind == LimitKind.ABSENT:
            return gettext("nihil")
        return f"≤ {formats.number(self.maximum)}{unit}" if self.maximum is not None else formats.DASH
