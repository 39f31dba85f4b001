"""The operation of a plant: its units and permits, the daily log, paired samples, and the sludge it stores."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    SCREEN = "screen", _("Saringan")
    EQUALISATION = "equalisation", _("Bak ekualisasi")
    NEUTRALISATION = "neutralisation", _("Bak penetralan")
    COAGULATION = "coagulation", _("Koagulasi dan flokulasi")
    PRIMARY = "primary", _("Bak pengendap awal")
    ANAEROBIC = "anaerobic", _("Bak anaerob")
    AERATION = "aeration", _("Bak aerasi")
    WETLAND = "wetland", _("Lahan basah buatan")
    CLARIFIER = "clarifier", _("Bak pengendap akhir")
    FILTER = "filter", _("Penyaring pasir atau karbon")
    DISINFECTION = "disinfection", _("Disinfeksi")
    SLUDGE_TANK = "sludge_tank", _("Bak lumpur")
    DRYING_BED = "drying_bed", _("Bak pengering lumpur")
    OTHER = "other", _("Lainnya")


class UnitStatus(TextChoices):
    WORKING = "working", _("Berfungsi")
    DEGRADED = "degraded", _("Berfungsi sebagian")
    BROKEN = "broken", _("Rusak")
    UNKNOWN = "unknown", _("Belum diketahui")


class PermitKind(TextChoices):
    PERTEK = "pertek", _("Persetujuan teknis (Pertek)")
    SLO = "slo", _("Surat kelayakan operasional (SLO)")
    ENVIRONMENTAL = "environmental", _("Dokumen lingkungan")
    STORAGE = "storage", _("Rincian teknis penyimpanan limbah B3")


class FlowMethod(TextChoices):
    """How the volume of a day is known."""

    METER = "meter", _("Selisih angka meter")
    METER_MEAN = "meter_mean", _("Rata-rata antara dua pembacaan meter")
    MEASURED = "measured", _("Diukur langsung")
    ESTIMATE = "estimate", _("Taksiran")


class DowntimeCause(TextChoices):
    POWER = "power", _("Listrik padam")
    PUMP = "pump", _("Pompa rusak")
    BLOWER = "blower", _("Blower rusak")
    MAINTENANCE = "maintenance", _("Perawatan terencana")
    FLOOD = "flood", _("Banjir atau rob")
    NO_INFLOW = "no_inflow", _("Tidak ada air masuk")
    OTHER = "other", _("Sebab lain")


class SettingCode(TextChoices):
    """Figures of plant operation that the office may change from a day on."""

    LOG_MISSING_DAYS = "log_missing_days", _("Catatan harian dianggap terlambat setelah (hari)")
    LONG_DOWNTIME_HOURS = "long_downtime_hours", _("IPAL dianggap berhenti lama mulai (jam sehari)")
    OVERLOAD_PER_CENT = "overload_per_cent", _("IPAL dianggap kelebihan beban di atas (% kapasitas)")
    PAIRING_DAYS = "pairing_days", _("Sampel inlet dan outlet dipasangkan bila terpaut paling lama (hari)")
    STORAGE_NOTICE_DAYS = "storage_notice_days", _("Batas simpan lumpur diingatkan sebelumnya (hari)")
    PERMIT_NOTICE_DAYS = "permit_notice_days", _("Akhir masa berlaku izin diingatkan sebelumnya (hari)")


class PairProblem(TextChoices):
    """Why the removal of one outlet sample cannot be told."""

    NO_INLET = "no_inlet", _("tidak ada sampel inlet yang berdekatan")
    NO_RESULT = "no_result", _("parameter ini tidak diukur di kedua sisi")
    CENSORED = "censored", _("hasil hanya diketahui batasnya")
    UNIT = "unit", _("satuan hasil tidak dapat diubah")
    NO_FLOW = "no_flow", _("debit hari itu tidak diketahui")
    NO_LOAD = "no_load", _("beban masuk nol")


class FlowBasis(TextChoices):
    """Where the flow of one side of a pair comes from."""

    SAMPLE = "sample", _("dicatat saat pengambilan sampel")
    LOG = "log", _("catatan harian IPAL")
    OTHER_SIDE = "other_side", _("debit sisi lain, karena sisi ini tidak diukur")


class VolumeBasis(TextChoices):
    """What the treated volume of a plant rests on."""

    LOG = "log", _("catatan harian IPAL")
    DECLARED = "declared", _("pernyataan usaha yang tersambung")
    NONE = "none", _("belum ada data")


class Certainty(TextChoices):
    """How far a volume may be trusted."""

    HIGH = "high", _("tinggi: diukur pada sedikitnya 80% hari")
    MEDIUM = "medium", _("sedang: sebagian hari kosong atau ditaksir")
    LOW = "low", _("rendah: hanya pernyataan")
    NONE = "none", _("tidak dapat disimpulkan")


class WasteCategory(IntegerChoices):
    ONE = 1, _("Kategori 1")
    TWO = 2, _("Kategori 2")


class DispatchState(TextChoices):
    SENT = "sent", _("Dikirim")
    RECEIVED = "received", _("Diterima")
    VOID = "void", _("Dibatalkan")
