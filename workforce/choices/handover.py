"""Names of the wishes, candidates and states of a handover."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HandoverKind(TextChoices):
    """What is handed over."""

    OWNER = "owner", _("Usaha milik pemilik")
    MASTER = "master", _("Keahlian seorang maestro")


class HandoverWish(TextChoices):
    """What the person wants to become of it."""

    FAMILY = "family", _("Diteruskan keluarga")
    WORKER = "worker", _("Diteruskan pekerja")
    APPRENTICE = "apprentice", _("Diajarkan kepada orang muda")
    SELL = "sell", _("Dijual atau dialihkan")
    CLOSE = "close", _("Ditutup")
    UNDECIDED = "undecided", _("Belum memutuskan")


class PlanState(TextChoices):
    """Where a handover stands."""

    OPEN = "open", _("Dibicarakan")
    RUNNING = "running", _("Sedang berjalan")
    DONE = "done", _("Selesai diserahkan")
    STOPPED = "stopped", _("Dihentikan")


class CandidateRelation(TextChoices):
    """What a candidate is to the person."""

    CHILD = "child", _("Anak")
    FAMILY = "family", _("Keluarga lain")
    WORKER = "worker", _("Pekerja")
    APPRENTICE = "apprentice", _("Peserta magang")
    OTHER = "other", _("Lainnya")


class Willingness(TextChoices):
    """Whether a candidate wants it."""

    YES = "yes", _("Bersedia")
    NO = "no", _("Tidak bersedia")
    UNKNOWN = "unknown", _("Belum ditanya")


class Readiness(TextChoices):
    """How far a plan has come, read from its candidates and milestones."""

    NONE = "none", _("Belum ada penerus")
    NAMED = "named", _("Ada calon, belum bersedia")
    WILLING = "willing", _("Ada calon yang bersedia")
    LEARNING = "learning", _("Penerus sedang belajar")
    READY = "ready", _("Siap diserahkan")


class MilestoneState(TextChoices):
    """Whether a step of the plan is done."""

    PLANNED = "planned", _("Direncanakan")
    DONE = "done", _("Selesai")
    SKIPPED = "skipped", _("Tidak jadi")
