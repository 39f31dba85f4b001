"""Corrections of results that are already verified."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CorrectionState(TextChoices):
    REQUESTED = "requested", _("Menunggu keputusan")
    APPLIED = "applied", _("Diterapkan")
    REFUSED = "refused", _("Ditolak")
