"""Inspections: why they are made, how far they are, what a checklist answers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InspectionKind(TextChoices):
    REGULAR = "regular", _("Reguler (rencana tahunan)")
    INCIDENTAL = "incidental", _("Insidental")


class InspectionOrigin(TextChoices):
    """What led to an inspection; PP 22/2021 Art. 496-497 and PermenLHK 14/2024 Art. 11."""

    PLAN = "plan", _("Rencana tahunan")
    COMPLAINT = "complaint", _("Pengaduan")
    VIOLATION = "violation", _("Pelanggaran")
    REPEATED = "repeated", _("Pelanggaran berulang")
    REPORT = "report", _("Laporan")
    EMERGENCY = "emergency", _("Keadaan darurat")
    PATROL = "patrol", _("Susur sungai")


class InspectionState(TextChoices):
    PLANNED = "planned", _("Direncanakan")
    ONGOING = "ongoing", _("Sedang berjalan")
    REPORT_DRAFTED = "drafted", _("Berita acara disusun")
    REPORT_SIGNED = "signed", _("Berita acara ditandatangani")
    CLOSED = "closed", pgettext_lazy("pengawasan", "Selesai")
    NOT_INSPECTED = "impossible", _("Tidak dapat diawasi")


class NotInspectedReason(TextChoices):
    NO_STAFF = "no_staff", _("Petugas tidak tersedia")
    WEATHER = "weather", _("Cuaca, banjir atau rob")
    CLOSED = "closed", _("Tempat usaha tutup")
    REFUSED = "refused", _("Petugas ditolak masuk")
    NOT_FOUND = "not_found", _("Lokasi tidak ditemukan")
    NO_PRODUCTION = "idle", _("Tidak ada produksi pada hari itu")
    OTHER = "other", _("Sebab lain")


class TeamRole(TextChoices):
    LEAD = "lead", _("Ketua tim")
    MEMBER = "member", _("Anggota")
    SAMPLER = "sampler", _("Pengambil contoh uji")
    WITNESS = "witness", _("Saksi")


class Aspect(TextChoices):
    """What a checklist looks at, in the order in which a team walks through a workshop."""

    DOCUMENTS = "documents", _("Dokumen lingkungan dan perizinan")
    WASTEWATER = "wastewater", _("Air limbah")
    PLANT = "plant", _("IPAL dan titik penaatan")
    MONITORING = "monitoring", _("Pemantauan sendiri dan pelaporan")
    HAZARDOUS = "hazardous", _("Limbah B3")
    EMISSION = "emission", _("Emisi dan bau")


class AnswerStatus(TextChoices):
    COMPLIES = "complies", _("Taat")
    FAILS = "fails", _("Tidak taat")
    NOT_RELEVANT = "irrelevant", _("Tidak relevan")
    NOT_SEEN = "unseen", _("Tidak terlihat")


class SubjectSignature(TextChoices):
    """How the business answered the report of the inspection."""

    SIGNED = "signed", _("Menandatangani")
    REFUSED = "refused", _("Menolak menandatangani")
    ABSENT = "absent", _("Tidak ada yang mewakili")


class SettingKey(TextChoices):
    """What the office may set for inspection and enforcement; the figures are dated rows, never code."""

    REPLY_WORKING_DAYS = "reply_working_days", _("Hak jawab: lama (hari kerja)")
    AUTHORITY_SILENCE_DAYS = "authority_silence_days", _("Dinas diam: tanggapan dianggap diterima sesudah (hari)")
    REMINDER_DAYS = "reminder_days", _("Pengingat: sebelum tenggat (hari)")
    REPORT_SIGN_DAYS = "report_sign_days", _("Berita acara: ditandatangani dalam (hari)")
    WARNING_DAYS = "warning_days", _("Teguran tertulis: tenggat usulan (hari)")
    COERCION_DAYS = "coercion_days", _("Paksaan pemerintah: tenggat usulan (hari)")
    OBJECTION_WORKING_DAYS = "objection_working_days", _("Keberatan: tenggat mengajukan (hari kerja)")
    OBJECTION_DECISION_WORKING_DAYS = "objection_decision_days", _("Keberatan: tenggat memutus (hari kerja)")
    MILESTONE_LATE_DAYS = "milestone_late_days", _("Jadwal perbaikan: terlambat berat sesudah (hari)")
    COACHING_MONTHS = "coaching_months", _("Pembinaan: berlaku sebagai langkah pertama selama (bulan; 0 = tidak wajib)")
    RISK_MONTHS = "risk_months", _("Risiko: masa yang dilihat ke belakang (bulan)")
    POINTS_EXCEEDANCE = "points_exceedance", _("Risiko: poin per hasil melebihi baku mutu")
    MOST_EXCEEDANCE = "most_exceedance", _("Risiko: poin tertinggi dari pelampauan")
    POINTS_VIOLATION = "points_violation", _("Risiko: poin per pelanggaran yang terbuka")
    MOST_VIOLATION = "most_violation", _("Risiko: poin tertinggi dari pelanggaran")
    POINTS_REPEATED = "points_repeated", _("Risiko: poin pelanggaran berulang")
    POINTS_NEVER = "points_never", _("Risiko: poin belum pernah diawasi")
    POINTS_LONG_AGO = "points_long_ago", _("Risiko: poin pengawasan terakhir sudah lama")
    LONG_AGO_MONTHS = "long_ago_months", _("Risiko: disebut lama sesudah (bulan)")
    POINTS_UNTREATED = "points_untreated", _("Risiko: poin air limbah tidak tersambung ke IPAL")
    POINTS_LARGE_VOLUME = "points_large_volume", _("Risiko: poin volume besar")
    LARGE_VOLUME = "large_volume", _("Risiko: disebut besar mulai (m³/hari)")
    POINTS_COMPLAINT = "points_complaint", _("Risiko: poin per pengaduan terbuka")
    MOST_COMPLAINT = "most_complaint", _("Risiko: poin tertinggi dari pengaduan")
    POINTS_OVERDUE_ORDER = "points_overdue_order", _("Risiko: poin per perintah lewat tenggat")
    MOST_OVERDUE_ORDER = "most_overdue_order", _("Risiko: poin tertinggi dari perintah lewat tenggat")
