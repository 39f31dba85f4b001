"""Chain of custody: bottles, the steps from hand to hand, and how long water was kept."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Material(TextChoices):
    PLASTIC = "plastic", _("Plastik (PE)")
    GLASS = "glass", _("Kaca")
    STERILE = "sterile", _("Botol steril")


class CustodyStep(TextChoices):
    """What happened to the water; "withdrawn" strikes out the step before it, which was written by mistake."""

    TAKEN = "taken", _("Diambil")
    PRESERVED = "preserved", _("Diawetkan")
    HANDED = "handed", _("Diserahkan ke pembawa")
    RECEIVED = "received", _("Diterima laboratorium")
    REJECTED = "rejected", pgettext_lazy("contoh uji", "Ditolak laboratorium")
    WITHDRAWN = "withdrawn", _("Catatan dibatalkan")

    @property
    def tone(self) -> str:
        return {"received": "good", "rejected": "bad", "withdrawn": "neutral"}.get(self.value, "info")


class Whereabouts(TextChoices):
    """Where the water is, by the last step that moved it."""

    WITH_SAMPLER = "taken", _("Pada pengambil")
    ON_THE_WAY = "handed", _("Di perjalanan")
    AT_LABORATORY = "received", _("Di laboratorium")
    REJECTED = "rejected", pgettext_lazy("contoh uji", "Ditolak laboratorium")

    @property
    def tone(self) -> str:
        return {"received": "good", "rejected": "bad", "handed": "warning"}.get(self.value, "neutral")


class Condition(TextChoices):
    """How the bottles looked when they changed hands."""

    GOOD = "good", _("Baik, utuh dan dingin")
    WARM = "warm", _("Tidak dingin")
    LEAKING = "leaking", _("Bocor atau tumpah")
    BROKEN = "broken", _("Pecah")
    UNREADABLE = "unreadable", _("Label tidak terbaca")
    TOO_LITTLE = "too_little", _("Volume kurang")
    OTHER = "other", _("Lain, ditulis di catatan")


class Holding(TextChoices):
    """Whether the water was analysed before it had been kept too long; a remark, never a verdict."""

    WITHIN = "within", _("Dalam lama simpan")
    EXCEEDED = "exceeded", _("Lama simpan terlampaui")
    CANNOT_TELL = "cannot_tell", pgettext_lazy("lama simpan", "Tidak dapat dipastikan")
    RUNNING = "running", _("Belum diuji")

    @property
    def tone(self) -> str:
        return {"within": "good", "exceeded": "warning", "running": "info"}.get(self.value, "neutral")


class HoldingBasis(TextChoices):
    """Until when the time was counted."""

    ANALYSIS = "analysis", _("sampai analisis dimulai")
    RECEIPT = "receipt", _("sampai diterima laboratorium; mulai analisis tidak dicatat")
    RECEIPT_DAY = "receipt_day", _("sampai tanggal penyerahan; jam dan mulai analisis tidak dicatat")
    NOW = "now", _("sampai sekarang; belum tercatat diterima")


class HoldingDoubt(TextChoices):
    """Why nobody can tell how long the water was kept."""

    NO_HOURS = "no_hours", _("lama simpan parameter ini belum ada pada daftar metode")
    ON_SITE = "on_site", _("harus diukur di lapangan; waktu pengukurannya tidak dicatat")
    NOT_RECORDED = "not_recorded", _("waktu diterima dan mulai analisis tidak dicatat")
    DAY_ONLY = "day_only", _("hanya tanggalnya yang dicatat, jamnya tidak")
    OUT_OF_ORDER = "out_of_order", _("waktu yang tercatat lebih awal daripada pengambilan")
