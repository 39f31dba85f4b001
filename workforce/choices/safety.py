"""Names of what happens at work: kinds of incidents, what did it, how bad it was, and how it was treated."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class IncidentKind(TextChoices):
    """What happened."""

    ACCIDENT = "accident", _("Kecelakaan")
    DISEASE = "disease", _("Penyakit akibat kerja")
    NEAR_MISS = "near_miss", _("Hampir celaka")
    FIRE = "fire", _("Kebakaran atau ledakan")
    SPILL = "spill", _("Tumpahan bahan")


class IncidentAgent(TextChoices):
    """What did it."""

    HOT_WAX = "hot_wax", _("Malam panas")
    HOT_WATER = "hot_water", _("Air atau uap panas")
    CHEMICAL = "chemical", _("Bahan kimia")
    ELECTRICITY = "electricity", _("Listrik")
    GAS = "gas", _("Gas atau api")
    TOOL = "tool", _("Alat")
    LIFTING = "lifting", _("Mengangkat beban")
    OTHER = "other", _("Lainnya")


class IncidentSeverity(IntegerChoices):
    """How bad it was."""

    NONE = 0, _("Tidak ada yang cedera")
    FIRST_AID = 1, _("Cukup P3K")
    TREATED = 2, _("Berobat")
    LOST_DAYS = 3, _("Kehilangan hari kerja")
    DISABLED = 4, _("Cacat")
    DEAD = 5, _("Meninggal")


class Treatment(TextChoices):
    """Where somebody was treated."""

    NONE = "none", _("Tidak diobati")
    FIRST_AID = "first_aid", _("P3K di tempat")
    CLINIC = "clinic", _("Puskesmas atau klinik")
    HOSPITAL = "hospital", _("Rumah sakit")


class ClaimState(TextChoices):
    """Where a claim to JKK stands."""

    NO = "no", _("Tidak diajukan")
    FILED = "filed", _("Diajukan")
    PAID = "paid", _("Dibayar")
    REFUSED = "refused", _("Ditolak")
