"""Findings with their right of reply, and the legal ladder of decisions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FindingState(TextChoices):
    OPEN = "open", pgettext_lazy("temuan", "Dicatat")
    REPLY_WINDOW = "reply", _("Masa hak jawab")
    DECIDED = "decided", _("Diputuskan")
    CURED = "cured", _("Sudah diperbaiki")
    VERIFIED = "verified", _("Perbaikan terbukti")


class FindingOutcome(TextChoices):
    UPHELD = "upheld", _("Dikuatkan")
    ADJUSTED = "adjusted", _("Dikuatkan dengan perubahan")
    DROPPED = "dropped", _("Dibatalkan")


class Silence(TextChoices):
    """Whose silence decided a finding."""

    SUBJECT = "subject", _("Usaha tidak menjawab; diputuskan menurut berkas")
    AUTHORITY = "authority", _("Dinas tidak memutus pada waktunya; tanggapan dianggap diterima")


class ReplyKind(TextChoices):
    REPLY = "reply", _("Tanggapan")
    CURE = "cure", _("Laporan perbaikan")


class NoticeKind(TextChoices):
    """Why a message was written to the people of an enterprise."""

    OPENED = "opened", _("Temuan dan hak jawab")
    DECIDED = "decided", _("Putusan atas temuan")
    REMINDER = "reminder", _("Pengingat")
    SERVED = "served", _("Keputusan disampaikan")


class CaseState(TextChoices):
    OPEN = "open", pgettext_lazy("perkara", "Berjalan")
    CLOSED = "closed", pgettext_lazy("perkara", "Ditutup")


class CaseOutcome(TextChoices):
    RESOLVED = "resolved", _("Kewajiban dipenuhi")
    LIFTED = "lifted", _("Dicabut")


class DecisionKind(TextChoices):
    """The legal ladder: UU 32/2009 Art. 82C, PP 22/2021 Art. 508-523. Not strictly sequential."""

    WRITTEN_WARNING = "warning", _("Teguran tertulis")
    COERCION = "coercion", _("Paksaan pemerintah")
    FINE = "fine", _("Denda administratif")
    SUSPENSION = "suspension", _("Pembekuan perizinan berusaha")
    REVOCATION = "revocation", _("Pencabutan perizinan berusaha")


class CoercionForm(TextChoices):
    STOP_PRODUCTION = "stop", _("Penghentian sementara kegiatan produksi")
    MOVE_EQUIPMENT = "move", _("Pemindahan sarana produksi")
    CLOSE_OUTFALL = "outfall", _("Penutupan saluran pembuangan air limbah")
    DISMANTLE = "dismantle", _("Pembongkaran")
    SEIZE = "seize", _("Penyitaan barang atau alat")
    STOP_ALL = "stop_all", _("Penghentian sementara seluruh kegiatan")
    REMEDY = "remedy", _("Tindakan lain untuk menghentikan dan memulihkan")


class DecisionState(TextChoices):
    DRAFTED = "drafted", _("Konsep")
    APPROVED = "approved", pgettext_lazy("keputusan sanksi", "Disetujui")
    SERVED = "served", _("Disampaikan")
    IN_FORCE = "in_force", pgettext_lazy("keputusan sanksi", "Berlaku")
    MET = "met", _("Dipenuhi")
    BREACHED = "breached", _("Tidak dipenuhi")
    ESCALATED = "escalated", _("Ditingkatkan")
    LIFTED = "lifted", pgettext_lazy("keputusan sanksi", "Dicabut")


class ObjectionOutcome(TextChoices):
    WAITING = "waiting", _("Menunggu putusan")
    GRANTED = "granted", _("Dikabulkan")
    PARTLY = "partly", _("Dikabulkan sebagian")
    REJECTED = "rejected", _("Ditolak")
    LATE = "late", _("Tidak diterima: lewat tenggat")
