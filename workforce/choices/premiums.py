"""Names of who pays a premium and of the classes of JKN."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PremiumPayer(TextChoices):
    """Whose money a premium is; the public budgets get no discount (PP 50/2025)."""

    WORKER = "worker", _("Pekerja sendiri")
    EMPLOYER = "employer", _("Pemberi kerja")
    CITY = "city", _("APBD Kota (a.l. Batik Berlian)")
    DBHCHT = "dbhcht", _("DBHCHT")
    PROVINCE = "province", _("APBD Provinsi")
    NATION = "nation", _("APBN")


class HealthClass(TextChoices):
    """How JKN of somebody on own account is paid."""

    THREE = "three", _("Mandiri kelas III")
    TWO = "two", _("Mandiri kelas II")
    ONE = "one", _("Mandiri kelas I")
    CITY = "city", _("Dibayar Pemerintah Kota")


class PremiumSegment(TextChoices):
    """Who somebody is to BPJS."""

    WAGE_EARNER = "pu", _("Penerima upah (PU): bekerja pada usaha dan diupah")
    OWN_ACCOUNT = "bpu", _("Bukan penerima upah (BPU): di rumah, borongan lepas, atau usaha sendiri")
