"""Names of the kinds of hazard at the steps of the craft."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HazardKind(TextChoices):
    """What a hazard comes from; heat and chemicals raise somebody on the gap list."""

    HEAT = "heat", _("Panas: malam, air mendidih, api")
    CHEMICAL = "chemical", _("Bahan kimia")
    FUME = "fume", _("Asap dan uap")
    POSTURE = "posture", _("Sikap kerja, beban, dan licin")
    FIRE = "fire", _("Kebakaran, gas, dan listrik")
