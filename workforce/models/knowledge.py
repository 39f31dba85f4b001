"""What a panel says of a step of the craft, year by year."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal.models import Entity
from workforce.choices.knowledge import CraftStatus
from workforce.models.engagements import ProcessStep


class CraftAssessment(Entity):
    """One judgement of a panel, with its reasons. None is changed or removed; a later one stands beside it."""

    step = models.ForeignKey(ProcessStep, on_delete=models.PROTECT, related_name="+", verbose_name=_("proses"))
    on = models.DateField(_("tanggal penilaian"))
    status = models.CharField(_("status"), max_length=10, choices=CraftStatus)
    panel = models.CharField(
        _("jabatan anggota panel"),
        max_length=300,
        help_text=_("Jabatan, bukan nama orang. Misalnya: Kepala Dinperinaker, ketua paguyuban, pengelola museum."),
    )
    reasons = models.TextField(_("alasan"), max_length=2000)

    class Meta:
        verbose_name = _("penilaian status kerajinan")
        verbose_name_plural = _("penilaian status kerajinan")
        default_permissions = ()
        permissions = [("record_craftassessment", "Can record what a panel says of a step of the craft")]
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["step", "-on"])]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CraftStatus.values), name="craftassessment_status_known"),
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(panel=""), name="craftassessment_says_who_and_why"),
        ]
        triggers = [pgtrigger.Protect(name="judgements_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.step} – {self.get_status_display()}"
