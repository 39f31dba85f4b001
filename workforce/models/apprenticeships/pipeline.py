"""The mouth of the pipeline: school and museum activities, as simple dated counts with their source."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce.choices.apprenticeship import PipelineKind


@audit.tracked
class PipelineActivity(Entity):
    """So many people met batik in these days; `participants` None: nobody counted, which is not zero."""

    kind = models.CharField(_("jenis lembaga"), max_length=8, choices=PipelineKind)
    institution = models.CharField(_("lembaga"), max_length=120)
    title = models.CharField(_("kegiatan"), max_length=120)
    from_on = models.DateField(_("dari"))
    until_on = models.DateField(_("sampai"))
    participants = models.PositiveIntegerField(_("peserta"), null=True, blank=True)
    institutions_count = models.PositiveIntegerField(_("banyaknya lembaga yang ikut"), default=1)
    source_text = models.CharField(_("sumber angka"), max_length=200)

    class Meta:
        verbose_name = _("kegiatan pengenalan batik")
        verbose_name_plural = _("kegiatan pengenalan batik")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="pipelineactivity_in_order",
                violation_error_message=_("Tanggal akhir mendahului tanggal mulai."),
            ),
            models.CheckConstraint(condition=~Q(source_text=""), name="pipelineactivity_has_source"),
            models.CheckConstraint(condition=Q(institutions_count__gt=0), name="pipelineactivity_has_institution"),
            models.UniqueConstraint(
                fields=["institution", "title", "from_on"],
                name="pipelineactivity_once",
                violation_error_message=_("Kegiatan ini sudah dicatat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.institution}"
