"""Names of the states of a craft and of the risk that a step is lost."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CraftStatus(TextChoices):
    """What a panel says of a step of the craft, after the scale of the Heritage Crafts red list."""

    VIABLE = "viable", _("Lestari")
    ENDANGERED = "endangered", _("Terancam")
    CRITICAL = "critical", _("Kritis")
    EXTINCT = "extinct", _("Tidak ada lagi di kota")


class KnowledgeRisk(TextChoices):
    """What the count of masters says of a step; a panel judges apart from it."""

    RED = "red", _("Merah: kurang dari tiga orang mahir")
    AMBER = "amber", _("Kuning: tiga orang, atau kurang dari tiga dalam sepuluh tahun")
    GREEN = "green", _("Hijau: cukup orang mahir")
    UNKNOWN = "unknown", _("Belum dapat dikatakan: keahlian belum dicatat")
