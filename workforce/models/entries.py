"""What a cadre is entering or entered today; the answers wait encrypted and go when the day ends."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.encryption import EncryptedTextField
from batikportal.models import Entity
from workforce.models.people import Person


@audit.tracked(exclude=["answers", "card_code"])
class CadreEntry(Entity):
    """One registration in small steps: first the answers, then the person and, until midnight, the code of the card."""

    answers = EncryptedTextField(_("jawaban"), null=True, editable=False, head=0, tail=0)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, editable=False, related_name="+", verbose_name=_("pekerja")
    )
    card_code = EncryptedTextField(_("kode kartu"), null=True, editable=False, head=0, tail=0)
    done_at = models.DateTimeField(_("selesai pada"), null=True, editable=False)

    class Meta:
        verbose_name = _("isian kader")
        verbose_name_plural = _("isian kader")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["created_by", "done_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["created_by"], condition=Q(done_at__isnull=True), name="cadreentry_one_open_per_cadre"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, person__isnull=True, card_code__isnull=True, answers__isnull=False)
                | Q(done_at__isnull=False, person__isnull=False, answers__isnull=True),
                name="cadreentry_answers_or_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or _("belum selesai"))
