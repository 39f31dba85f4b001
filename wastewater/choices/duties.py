"""Duties to sample and report, violations, and the quarterly status."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Frequency(TextChoices):
    MONTHLY = "monthly", _("Setiap bulan")
    QUARTERLY = "quarterly", _("Setiap triwulan")
    HALF_YEARLY = "half", _("Setiap semester")
    YEARLY = "yearly", _("Setiap tahun")


class FulfilledBy(TextChoices):
    """What ends the waiting: a verified sample of the point, or a document handed in."""

    SAMPLE = "sample", _("Hasil uji yang diverifikasi")
    DOCUMENT = "document", _("Laporan yang diserahkan")


class ObligationState(TextChoices):
    DUE = "due", _("Belum diterima")
    RECEIVED = "received", _("Diterima")
    WAIVED = "waived", _("Dibebaskan")


class ViolationKind(TextChoices):
    LIMIT = "limit", _("Melebihi baku mutu")
    LOAD = "load", _("Melebihi batas beban")
    NON_RECEIPT = "non_receipt", _("Tidak melapor")
    UNPERMITTED = "unpermitted", _("Membuang tanpa persetujuan")
    SCHEDULE = "schedule", _("Jadwal penaatan terlampaui")
    NARRATIVE = "narrative", _("Pelanggaran lain")


class ViolationState(TextChoices):
    OPEN = "open", _("Terbuka")
    RESOLVED = "resolved", _("Selesai")
    WITHDRAWN = "withdrawn", _("Ditarik")


class Resolution(TextChoices):
    """How a violation ended."""

    RECEIPT = "receipt", _("Laporan atau hasil uji diterima")
    WAIVER = "waiver", _("Kewajiban dibebaskan")
    MEETS_AGAIN = "meets_again", _("Hasil uji berikutnya memenuhi")
    CORRECTED = "corrected", _("Diperbaiki dan sudah diperiksa")
    DECIDED = "decided", _("Diputus dalam perkara")


class ComplianceLevel(TextChoices):
    """The status of a subject in a quarter, worst first; a management rule, not a term of law."""

    SIGNIFICANT = "significant", _("Tidak taat signifikan")
    MINOR = "minor", _("Tidak taat ringan")
    UNDECIDED = "undecided", _("Belum dapat dinilai")
    COMPLIANT = "compliant", pgettext_lazy("status ketaatan", "Taat")


class StatusReason(TextChoices):
    """Why a subject has its status."""

    CHRONIC = "chronic", _("bagian hasil uji yang melebihi baku mutu dalam enam bulan")
    SEVERE = "severe", _("bagian hasil uji yang jauh melebihi baku mutu dalam enam bulan")
    LATE = "late", _("laporan terlambat lama atau belum diterima")
    VIOLATIONS = "violations", _("pelanggaran dalam triwulan ini")
    NOTHING_DECIDED = "nothing_decided", _("tidak ada hasil uji yang dapat dinilai dalam triwulan ini")
