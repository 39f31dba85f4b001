"""The states of an import and the outcomes of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    UPLOADED = "uploaded", _("Menunggu pemeriksaan")
    CHECKING = "checking", _("Sedang diperiksa")
    CHECKED = "checked", _("Menunggu persetujuan Anda")
    APPLYING = "applying", _("Sedang disimpan")
    APPLIED = "applied", _("Selesai")
    FAILED = "failed", _("Gagal")
    CANCELLED = "cancelled", _("Dibatalkan")


class Outcome(TextChoices):
    NEW = "new", _("Baru")
    CHANGED = "changed", _("Berubah")
    SAME = "same", _("Tetap sama")
    REFUSED = "refused", _("Ditolak")
