"""How laboratories measure: the methods in use, and what each laboratory is accredited for and able to tell."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from wastewater.choices import Confidence
from wastewater.models.overlaps import never_overlap
from wastewater.models.samples import Laboratory
from wastewater.models.standards import Parameter


@audit.tracked
class AnalysisMethod(models.Model):
    """A standard method of one parameter, its typical limit in the parameter's own unit, and how long water keeps."""

    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="+", verbose_name=_("parameter"))
    method = models.CharField(_("metode"), max_length=80)
    quantification_limit = models.DecimalField(
        _("batas kuantifikasi lazim"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    holding_hours = models.DecimalField(
        _("lama simpan paling lama (jam)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    preservation = models.CharField(_("pengawetan"), max_length=120, blank=True)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    basis = models.CharField(_("sumber"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("metode uji")
        verbose_name_plural = _("metode uji")
        ordering = ["parameter__display_order", "method"]
        constraints = [
            never_overlap(
                "analysis_method_once_at_a_time",
                numbers=("parameter_id",),
                texts=("method",),
                dates=("effective_from", "effective_until"),
                message=_("Metode ini sudah ada untuk masa yang sama. Akhiri dahulu baris yang lama."),
            ),
            models.CheckConstraint(
                condition=(Q(quantification_limit__isnull=True) | Q(quantification_limit__gt=0))
                & (Q(holding_hours__isnull=True) | Q(holding_hours__gt=0)),
                name="analysis_method_figures_positive",
                violation_error_message=_("Batas dan lama simpan harus lebih dari nol; kosongkan bila belum tahu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parameter}: {self.method}"


@audit.tracked
class LabMethod(Entity):
    """How one laboratory measures one parameter in a period, down to which figure, and whether it is accredited for it.

    Both limits are in the parameter's own unit and substance.
    """

    laboratory = models.ForeignKey(
        Laboratory, on_delete=models.PROTECT, related_name="methods", verbose_name=_("laboratorium")
    )
    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="+", verbose_name=_("parameter"))
    method = models.CharField(_("metode"), max_length=80)
    detection_limit = models.DecimalField(
        _("batas deteksi (MDL)"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    quantification_limit = models.DecimalField(
        _("batas kuantifikasi (LoQ)"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    is_accredited = models.BooleanField(_("dalam lingkup akreditasi"), default=True)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("metode laboratorium")
        verbose_name_plural = _("metode laboratorium")
        ordering = ["laboratory", "parameter__display_order", "-valid_from"]
        constraints = [
            never_overlap(
                "lab_method_once_at_a_time",
                numbers=("laboratory_id", "parameter_id"),
                dates=("valid_from", "valid_until"),
                message=_("Laboratorium ini sudah punya metode parameter itu pada masa yang sama. Akhiri yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="lab_method_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=(Q(detection_limit__isnull=True) | Q(detection_limit__gt=0))
                & (Q(quantification_limit__isnull=True) | Q(quantification_limit__gt=0)),
                name="lab_method_limits_positive",
                violation_error_message=_("Batas harus lebih dari nol; kosongkan bila belum diketahui."),
            ),
            models.CheckConstraint(
                condition=Q(detection_limit__isnull=True)
                | Q(quantification_limit__isnull=True)
                | Q(detection_limit__lte=F("quantification_limit")),
                name="lab_method_detects_below_quantifying",
                violation_error_message=_("Batas deteksi tidak boleh di atas batas kuantifikasi."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="lab_method_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.laboratory}, {self.parameter}: {self.method}"
