"""Participation before the portal: imported history, so that rotation does not start at zero."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Enterprise, Entity
from marketing.choices import ProgrammeKind


@audit.tracked
class PastParticipation(Entity):
    """An enterprise took part in an activity that was not run through the portal."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    kind = models.CharField(_("jenis kegiatan"), max_length=20, choices=ProgrammeKind)
    title = models.CharField(_("nama kegiatan"), max_length=150)
    held_on = models.DateField(_("tanggal mulai"))
    note = models.CharField(_("keterangan"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("keikutsertaan terdahulu")
        verbose_name_plural = _("keikutsertaan terdahulu")
        permissions = [("import_participation", "Can import history of participants")]
        indexes = [models.Index(fields=["enterprise", "-held_on"])]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "kind", "title", "held_on"], name="past_participation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} – {self.title}"
