"""What may harm people at a step of the craft, and what protects them: dated reference rows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce.choices import Confidence
from workforce.choices.hazards import HazardKind
from workforce.models.engagements import ProcessStep


@audit.tracked
class StepHazard(Entity):
    """A hazard at one step, or at every step; officers date out what no longer holds."""

    step = models.ForeignKey(
        ProcessStep,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proses"),
        help_text=_("Kosong berarti semua proses."),
    )
    kind = models.CharField(_("jenis bahaya"), max_length=8, choices=HazardKind)
    hazard = models.CharField(_("bahaya"), max_length=150)
    harm = models.CharField(_("akibat yang mungkin"), max_length=150)
    controls = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("pencegahan"),
        help_text=_("Pisahkan dengan koma."),
    )
    basis = models.CharField(_("dasar"), max_length=200)
    confidence = models.CharField(_("kepastian"), max_length=10, choices=Confidence, default=Confidence.TO_CONFIRM)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("bahaya kerja")
        verbose_name_plural = _("bahaya kerja")
        ordering = [F("step__position").asc(nulls_last=True), "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "hazard", "valid_from"],
                nulls_distinct=False,
                name="stephazard_once_a_day",
                violation_error_message=_("Bahaya ini sudah dicatat dengan tanggal mulai yang sama."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="stephazard_in_order",
                violation_error_message=_("Tanggal akhir mendahului tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=~Q(hazard="") & ~Q(harm="") & ~Q(basis="") & Q(controls__len__gte=1),
                name="stephazard_is_told",
            ),
        ]

    def __str__(self) -> str:
        return self.hazard
