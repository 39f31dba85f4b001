"""Names of the kinds around the projection of the craft."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectionMethod(TextChoices):
    """How a stock is carried forward; `rules.projection` has the formulas."""

    M0 = "m0", _("M0: per umur satu tahunan (dianjurkan)")
    M1 = "m1", _("M1: per kelompok lima tahun, untuk data berkelompok")


class ExitCause(TextChoices):
    """Why people leave the craft, as the projection counts it."""

    LEAVE = "leave", _("Keluar karena alasan lain")
    DEATH = "death", _("Meninggal dunia")
    RETIRE = "retire", _("Berhenti karena usia")


class ProjectionCase(TextChoices):
    """The three courses of a scenario, none of them a forecast."""

    LOW = "low", _("Rendah")
    BASE = "base", _("Dasar")
    HIGH = "high", _("Tinggi")


class RateBasis(TextChoices):
    """What a yearly rate rests on."""

    MEASURED = "measured", _("diukur dari pendataan")
    POOLED = "pooled", _("diukur, digabung dengan umur tetangganya")
    ASSUMED = "assumed", _("asumsi")
    RULE = "rule", _("aturan: belum berhenti karena usia di bawah 50 tahun")
