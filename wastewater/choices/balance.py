"""What published figures are about, and which factors the balance sheet and the plant simulator reckon with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FigureKind(TextChoices):
    """What a published figure says. The unit stands in the name, so that figures of one kind can be compared."""

    GENERATED = "generated", _("Air limbah dihasilkan (m³/hari)")
    TREATED = "treated", _("Air limbah diolah (m³/hari)")
    TREATED_SHARE = "treated_share", _("Bagian yang diolah (%)")
    ENTERPRISES = "enterprises", _("Banyaknya usaha batik")
    INVESTMENT = "investment", _("Biaya membangun IPAL (rupiah)")
    OPERATION = "operation", _("Biaya operasi IPAL (rupiah per tahun)")


class FactorCode(TextChoices):
    """A factor with its likely value and the span in which it lies."""

    ENTERPRISE_M3_PER_DAY = "enterprise_m3_per_day", _("Air limbah satu usaha yang tidak punya angka (m³/hari)")
    COD_IN_MG_PER_L = "cod_in_mg_per_l", _("COD air limbah yang masuk IPAL (mg/L)")
    COD_REMOVAL_PER_CENT = "cod_removal_per_cent", _("COD yang disisihkan IPAL (%)")


class Knowledge(TextChoices):
    """How it is known how much was generated, surest first."""

    MEASURED = "measured", _("diukur")
    NOTED = "noted", _("dicatat")
    DECLARED = "declared", _("dinyatakan")
    FACTOR = "factor", _("ditaksir")
