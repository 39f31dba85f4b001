"""Figures set by regulation or decree, each with its dates and its legal basis; never a constant in code."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce.choices import Confidence


@audit.tracked
class ReferenceSeries(models.Model):
    """What a figure means: the city minimum wage, the poverty line, a premium rate."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    title = models.CharField(_("nama"), max_length=120)
    unit = models.CharField(_("satuan"), max_length=40)
    description = models.CharField(_("penjelasan"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        verbose_name = _("jenis angka rujukan")
        verbose_name_plural = _("jenis angka rujukan")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title


@audit.tracked
class ReferenceFigure(Entity):
    """One value of a series for a time. Two values of a series never hold on the same day."""

    series = models.ForeignKey(
        ReferenceSeries, on_delete=models.PROTECT, related_name="figures", verbose_name=_("jenis angka")
    )
    value = models.DecimalField(_("nilai"), max_digits=18, decimal_places=4)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200, blank=True)
    source_text = models.CharField(_("sumber"), max_length=200, blank=True)
    confidence = models.CharField(_("kepastian"), max_length=10, choices=Confidence, default=Confidence.TO_CONFIRM)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("angka rujukan")
        verbose_name_plural = _("angka rujukan")
        ordering = ["series", "-valid_from"]
        constraints = [
            ExclusionConstraint(
                name="referencefigure_one_value_a_day",
                expressions=[
                    (
                        Func(
                            F("series"),
                            F("series"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_until"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Sudah ada angka yang berlaku pada masa itu. Akhiri yang lama dahulu."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="referencefigure_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} – {self.valid_from:%d-%m-%Y}"
