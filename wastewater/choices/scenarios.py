"""What a scenario of the plant simulator does, and how its enterprises are chosen."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScenarioKind(TextChoices):
    NEW_PLANT = "new_plant", _("IPAL baru")
    CONNECT = "connect", _("Sambungan ke IPAL yang ada")


class ScenarioReach(TextChoices):
    """Which enterprises a scenario reaches."""

    RADIUS = "radius", _("Usaha dalam jarak tertentu")
    WARD = "ward", _("Semua usaha di kelurahannya")
    LIST = "list", _("Daftar usaha yang dipilih")
