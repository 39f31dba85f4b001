"""What somebody has typed so far, kept on the server so that the form needs neither an account nor JavaScript."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from batikportal.models import StoredFile


class ComplaintDraft(models.Model):
    """Found by the hash of a token that only its writer holds; never contact data; gone after a day."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    started_at = models.DateTimeField(_("mulai"))
    facts = models.JSONField(_("isian"), default=dict)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("foto")
    )

    class Meta:
        verbose_name = _("rancangan pengaduan")
        verbose_name_plural = _("rancangan pengaduan")
        default_permissions = ()
        indexes = [models.Index(fields=["started_at"], name="complaint_draft_by_time")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"
