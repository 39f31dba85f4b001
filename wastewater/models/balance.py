"""What the balance sheet reckons with and is compared to: dated factors with a span, and published figures."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats
from batikportal.models import Area
from wastewater.choices import Confidence
from wastewater.choices.balance import FactorCode, FigureKind
from wastewater.models.overlaps import never_overlap
from wastewater.models.plants import TreatmentPlant


@audit.tracked
class BalanceFactor(models.Model):
    """A factor from a day on: the likely value, the lowest and the highest, and where they come from."""

    code = models.CharField(_("angka baku"), max_length=24, choices=FactorCode)
    low = models.DecimalField(_("paling rendah"), max_digits=10, decimal_places=3)
    central = models.DecimalField(_("yang dipakai"), max_digits=10, decimal_places=3)
    high = models.DecimalField(_("paling tinggi"), max_digits=10, decimal_places=3)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    basis = models.CharField(_("dasar dan sumber"), max_length=300)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("angka baku neraca")
        verbose_name_plural = _("angka baku neraca")
        ordering = ["code", "-effective_from"]
        constraints = [
            never_overlap(
                "balance_factor_once_at_a_time",
                texts=("code",),
                dates=("effective_from", "effective_until"),
                message=_("Angka baku ini sudah ada pada masa itu. Akhiri dahulu yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="balance_factor_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(low__gt=0, central__gte=F("low"), high__gte=F("central")),
                name="balance_factor_span_in_order",
                violation_error_message=_("Isi lebih dari nol, dan urut: paling rendah, yang dipakai, paling tinggi."),
            ),
            models.CheckConstraint(
                condition=~Q(code=FactorCode.COD_REMOVAL_PER_CENT) | Q(high__lte=100),
                name="balance_factor_share_within_whole",
                violation_error_message=_("Persen paling tinggi 100."),
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="balance_factor_has_basis"),
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())

    @property
    def in_words(self) -> str:
        """3,4 (3,3 sampai 4,7)."""
        words = {"low": formats.number(self.low), "high": formats.number(self.high)}
        return f"{formats.number(self.central)} ({_('%(low)s sampai %(high)s') % words})"


@audit.tracked
class PublishedFigure(models.Model):
    """A figure that somebody published. Sources disagree, so each stays with its source, and none is the truth."""

    kind = models.CharField(_("isi angka"), max_length=13, choices=FigureKind)
    value = models.DecimalField(_("angka"), max_digits=15, decimal_places=2)
    value_high = models.DecimalField(
        _("sampai"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Isi bila sumber menyebut rentang."),
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wilayah"),
        help_text=_("Kosong berarti seluruh kota."),
    )
    plant = models.ForeignKey(
        TreatmentPlant, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("IPAL")
    )
    stated_on = models.DateField(_("tanggal sumber"))
    date_is_approximate = models.BooleanField(_("tanggal kira-kira"), default=False)
    origin = models.CharField(_("sumber"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("angka terbitan")
        verbose_name_plural = _("angka terbitan")
        ordering = ["kind", "-stated_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "origin", "area", "plant"],
                nulls_distinct=False,
                name="published_figure_once_per_source",
                violation_error_message=_("Angka ini dari sumber yang sama sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(value_high__isnull=True) | Q(value_high__gt=F("value"))),
                name="published_figure_in_order",
                violation_error_message=_("Angka tidak boleh negatif, dan akhir rentang harus lebih besar."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=FigureKind.TREATED_SHARE)
                | (Q(value__lte=100) & (Q(value_high__isnull=True) | Q(value_high__lte=100))),
                name="published_figure_share_within_whole",
                violation_error_message=_("Persen paling tinggi 100."),
            ),
            models.CheckConstraint(condition=~Q(origin=""), name="published_figure_has_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.in_words} ({self.origin})"

    @property
    def in_words(self) -> str:
        if self.value_high is None:
            return formats.number(self.value)
        return f"{formats.number(self.value)}–{formats.number(self.value_high)}"
