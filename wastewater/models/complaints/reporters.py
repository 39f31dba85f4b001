"""Who reported, apart from what was reported, and only if they chose to say so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal.encryption import EncryptedTextField
from wastewater.models.complaints.cases import Complaint

_KNOWN = Q(name__isnull=False) | Q(phone__isnull=False) | Q(email__isnull=False)


class Reporter(models.Model):
    """Contact data that a reporter gave, encrypted. An anonymous complaint has no such row.

    Not in the audit trail: what must be erased may not be copied into a history that never forgets. Readings are
    logged (`audit.read`), and the erasure leaves a line in the case's timeline.
    """

    complaint = models.OneToOneField(
        Complaint, on_delete=models.CASCADE, related_name="reporter_row", verbose_name=_("pengaduan")
    )
    name = EncryptedTextField(_("nama"), null=True, blank=True, head=1, tail=0)
    phone = EncryptedTextField(_("nomor HP"), null=True, blank=True)
    email = EncryptedTextField(_("surel"), null=True, blank=True, head=1, tail=4)
    wants_messages = models.BooleanField(_("boleh dihubungi"), default=False)
    given_at = models.DateTimeField(_("diberikan pada"))
    anonymise_on = models.DateField(_("dihapus pada"), null=True, blank=True)
    anonymised_at = models.DateTimeField(_("sudah dihapus pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("pelapor")
        verbose_name_plural = _("pelapor")
        # No view_reporter: leaders hold every view_ of this app, and none of them may see who complained.
        default_permissions = ()
        permissions = [("read_reporter", "Can read who reported, with a stated purpose")]
        indexes = [
            models.Index(fields=["anonymise_on"], condition=Q(anonymised_at__isnull=True), name="reporter_to_anonymise")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=False, wants_messages=False) & ~_KNOWN
                | Q(anonymised_at__isnull=True) & _KNOWN,
                name="reporter_is_known_or_erased",
            ),
            models.CheckConstraint(
                condition=Q(wants_messages=False) | Q(phone__isnull=False) | Q(email__isnull=False),
                name="reporter_messages_need_an_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.complaint)
