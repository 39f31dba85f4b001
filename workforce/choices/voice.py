"""Names of what workers report about their workplace without saying who they are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VoiceTopic(TextChoices):
    """What it is about."""

    WAGE = "wage", _("Upah atau potongan")
    HOURS = "hours", _("Jam kerja atau hari libur")
    SAFETY = "safety", _("Keselamatan dan kesehatan")
    HARASSMENT = "harassment", _("Kekerasan atau pelecehan")
    CHILD = "child", _("Anak yang bekerja")
    INSURANCE = "insurance", _("Jaminan sosial")
    OTHER = "other", _("Lainnya")


class VoiceState(TextChoices):
    """Where a report stands."""

    RECEIVED = "received", _("Diterima")
    ANSWERED = "answered", _("Dijawab")
    CLOSED = "closed", _("Selesai")
