"""Names of the states that a list of certificates is narrowed to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificateState(TextChoices):
    """Where a certificate stands on a day."""

    VALID = "valid", _("Masih berlaku")
    EXPIRING = "expiring", _("Berakhir dalam 180 hari, belum diperbarui")
    EXPIRED = "expired", _("Sudah berakhir, belum diperbarui")
