"""Reports of workers about their workplace, without name, and the words exchanged.

Not in the audit trail: what must be erased may not be copied into a history that never forgets. Words are encrypted, so
that no search, export or copy of the database shows them.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import states
from batikportal.encryption import EncryptedTextField
from batikportal.models import Area, Enterprise
from workforce.choices.voice import VoiceState, VoiceTopic
from workforce.rules import voice as rules


class VoiceReport(models.Model):
    """One report, found by its number and the hash of a secret that only the reporter holds."""

    number = models.CharField(_("nomor"), max_length=12, unique=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    topic = models.CharField(_("tentang"), max_length=10, choices=VoiceTopic)
    ward = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelurahan")
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("usaha")
    )
    workplace = EncryptedTextField(_("tempat kerja"), null=True, blank=True)
    state = models.CharField(_("keadaan"), max_length=8, choices=VoiceState, default=VoiceState.RECEIVED)
    received_at = models.DateTimeField(_("diterima pada"))
    delete_on = models.DateField(_("dihapus pada"))

    class Meta:
        verbose_name = _("suara pekerja")
        verbose_name_plural = _("suara pekerja")
        default_permissions = ()
        permissions = [
            ("read_voice", "Can read anonymous reports of workers"),
            ("answer_voice", "Can answer anonymous reports of workers"),
        ]
        ordering = ["-received_at", "-pk"]
        triggers = [states.guard("state", rules.VOICE_TRANSITIONS)]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("workforce:voice", args=[self.number])


class VoiceMessage(models.Model):
    """Words of the reporter (`by` empty) or of the office."""

    report = models.ForeignKey(VoiceReport, on_delete=models.CASCADE, related_name="messages")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    text = EncryptedTextField(_("tulisan"))
    at = models.DateTimeField(_("pada"))

    class Meta:
        verbose_name = _("tulisan suara pekerja")
        verbose_name_plural = _("tulisan suara pekerja")
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.report)
