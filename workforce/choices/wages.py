"""Names of the kinds of pay and of what a wage says."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PayPeriod(TextChoices):
    """The stretch of work that a pay was for."""

    BATCH = "batch", _("Satu borongan atau beberapa hari")
    WEEK = "week", _("Satu minggu")
    MONTH = "month", _("Satu bulan")
    QUARTER = "quarter", _("Tiga bulan")
    YEAR = "year", _("Satu tahun, termasuk bulan tanpa pesanan")


class PieceUnit(TextChoices):
    """What piece work is counted in."""

    PIECE = "piece", _("potong")
    KODI = "kodi", _("kodi (20 potong)")
    METRE = "metre", _("meter")


class WageMethod(TextChoices):
    """How a pay was turned into the figure of a month (PP 36/2021 art. 17 and 18)."""

    AS_PAID = "as_paid", _("upah sebulan, apa adanya")
    MEAN = "mean", _("rata-rata per bulan")
    SIX_DAYS = "six_days", _("upah sehari × hari kerja sebulan, 6 hari seminggu")
    FIVE_DAYS = "five_days", _("upah sehari × hari kerja sebulan, 5 hari seminggu")
    OTHER_DAYS = "other_days", _("upah sehari × hari kerja seminggu × banyaknya minggu dalam sebulan")


class FloorPosition(TextChoices):
    """Where a wage lies against the floor of micro and small firms (PP 36/2021 art. 36); never a judgement."""

    ABOVE = "above", _("sama dengan atau di atas batas bawah usaha mikro-kecil")
    BELOW = "below", _("di bawah batas bawah usaha mikro-kecil")
    UNKNOWN = "unknown", _("belum dapat dipastikan")


class WageGap(TextChoices):
    """Why a figure about a wage cannot be told."""

    NO_HOURS = "no_hours", _("Jam kerja tidak diisi, sehingga upah setara penuh waktu tidak cukup data.")
    NO_CONVERSION = "no_conversion", _("Angka pengali sebulan untuk tanggal itu belum dicatat.")
    NO_MINIMUM = "no_minimum", _("UMK Kota Pekalongan untuk tanggal itu belum dicatat.")
    NO_CONSUMPTION = (
        "no_consumption",
        _("Rata-rata konsumsi Jawa Tengah untuk tanggal itu belum dicatat, sehingga batas 50% belum diketahui."),
    )
    NO_POVERTY_LINE = (
        "no_poverty_line",
        _("Garis kemiskinan Jawa Tengah untuk tanggal itu belum dicatat, sehingga batas 125% belum diketahui."),
    )


class WageEvidence(TextChoices):
    """What a pay was read from."""

    STATEMENT = "statement", _("Keterangan pekerja")
    SLIP = "slip", _("Slip atau nota upah dilihat")
    EMPLOYER_BOOK = "employer_book", _("Buku upah pemberi kerja dilihat")
    SURVEY = "survey", _("Survei")
