"""Where a volume of generated wastewater comes from, and how sure it is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VolumeSource(TextChoices):
    LOGBOOK = "logbook", _("Buku limbah")
    CONNECTION = "connection", _("Volume yang dinyatakan pada sambungan")
    FACTOR = "factor", _("Angka baku per usaha")
    NONE = "none", _("Tidak diketahui")


class VolumeConfidence(TextChoices):
    MEASURED = "measured", _("Diukur dengan meter atau bak, bulan lengkap")
    ESTIMATED = "estimated", _("Sebagian atau semua diperkirakan, bulan lengkap")
    PARTIAL = "partial", _("Ada hari tanpa catatan")
    DECLARED = "declared", _("Dinyatakan, bukan diukur")
    UNKNOWN = "unknown", _("Tidak ada angka")
