"""Sensor stations: what they measure, the codes they send instead of values, and what is said about rows and days."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class SensorParameter(TextChoices):
    """The values of a SPARING row, by the name of their column."""

    PH = "ph", _("pH")
    TSS = "tss", _("TSS")
    DEBIT = "debit", _("Debit")
    COD = "cod", _("COD")
    NH3N = "nh3n", _("Amonia (NH3-N)")


class FlowUnit(TextChoices):
    PER_MINUTE = "m3/min", _("m³ per menit")
    PER_HOUR = "m3/h", _("m³ per jam")


class OperatingCode(IntegerChoices):
    """What a logger sends in place of the values of a row."""

    NONE = 0, _("nilai")
    STOPPED = -1, _("produksi berhenti")
    CALIBRATION = -2, _("kalibrasi atau audit")
    FAULT = -3, _("alat rusak")


class Hint(TextChoices):
    """Why a value deserves a look."""

    SPIKE = "spike", _("lonjakan")
    STUCK = "stuck", _("nilai tidak berubah")


class RowProblem(TextChoices):
    """Why one row of a batch was refused."""

    SHAPE = "shape", _("baris bukan objek dengan nilai tunggal")
    NO_TIME = "no_time", _("tanpa waktu yang dapat dibaca (detik Unix)")
    NAIVE = "naive", _("waktu tanpa zona; kirim detik Unix atau sertakan selisih zona")
    FUTURE = "future", _("waktunya lebih dari 5 menit di depan jam portal")
    TOO_OLD = "too_old", _("terlalu lama untuk diterima")
    NOT_ACTIVE = "not_active", _("di luar masa aktif stasiun")
    NOT_A_NUMBER = "not_a_number", _("ada nilai yang bukan angka")
    OUT_OF_RANGE = "out_of_range", _("ada nilai di luar batas yang mungkin")
    MIXED = "mixed", _("kode operasi bercampur dengan nilai")
    EMPTY = "empty", _("tidak ada satu pun nilai")
    DIFFERS = "differs", _("waktu itu sudah tercatat dengan nilai lain; nilai pertama tetap")


class DayReason(TextChoices):
    """Why a day of a sensor cannot be judged."""

    INCOMPLETE = "incomplete", _("jam yang sah kurang dari syarat")
    NO_PERMIT = "no_permit", _("debit izin stasiun belum diisi")
    NO_LIMIT = "no_limit", _("tidak ada baku mutu untuk parameter ini pada tanggal itu")
    INFLUENT = "influent", _("titik inlet belum diolah, jadi tidak dinilai terhadap baku mutu")
    DISCHARGE_UNKNOWN = (
        "discharge_unknown",
        _("debit titik belum diketahui, sedangkan putusan berbeda antarkelas debit"),
    )
    UNIT = "unit", _("satuan sensor tidak dapat diubah ke satuan baku mutu")


class StationStatus(TextChoices):
    """How a station stands at the moment of looking."""

    SENDING = "sending", _("Mengirim")
    SILENT = "silent", _("Diam")
    NEVER = "never", _("Belum pernah mengirim")
    CLOSED = "closed", _("Tidak aktif")
