"""The outbox: every message to a person is a row first, so that it exists only if its cause was saved."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, rules, states
from batikportal.choices import Channel, MessageState
from batikportal.models.entity import Entity
from batikportal.models.people import User


@audit.tracked(exclude=["body", "address"])
class OutboxMessage(Entity):
    """A message to one recipient. The text is rendered when it is queued and never changed after."""

    recipient = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("penerima")
    )
    address = models.CharField(_("nomor atau surel tujuan"), max_length=254)
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel)
    template = models.CharField(_("templat"), max_length=60)
    subject = models.CharField(_("judul"), max_length=150)
    body = models.TextField(_("isi pesan"))
    is_secret = models.BooleanField(_("memuat kode rahasia"), default=False)
    is_private = models.BooleanField(
        _("hanya untuk penerimanya"),
        default=False,
        help_text=_("Tujuan dan isinya tidak ditampilkan kepada petugas, dan dihapus seminggu sesudah ditulis."),
    )
    state = models.CharField(
        _("status"), max_length=8, choices=MessageState, default=MessageState.QUEUED, editable=False
    )
    attempts_count = models.PositiveSmallIntegerField(_("jumlah percobaan"), default=0, editable=False)
    next_attempt_at = models.DateTimeField(_("percobaan berikutnya"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("terkirim pada"), null=True, blank=True, editable=False)
    error = models.CharField(_("galat terakhir"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("pesan keluar")
        verbose_name_plural = _("pesan keluar")
        permissions = [("send_outboxmessage", "Can copy and send")]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state=MessageState.QUEUED), name="outbox_waiting"),
            models.Index(fields=["-created_at"], name="outbox_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
                name="outbox_sent_has_time",
            )
        ]
        triggers = [states.guard("state", rules.MESSAGE_TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"
