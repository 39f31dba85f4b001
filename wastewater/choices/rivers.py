"""Rivers and canals: who answers for a reach, and what the water looked like when it was taken."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WaterAuthority(TextChoices):
    """Who answers for a reach of river or canal."""

    CITY = "city", _("Kota Pekalongan")
    REGENCY = "regency", _("Kabupaten Pekalongan")
    PROVINCE = "province", _("Provinsi Jawa Tengah")
    BASIN = "basin", _("Balai wilayah sungai")
    UNKNOWN = "unknown", _("Belum dipastikan")


class Tide(TextChoices):
    RISING = "rising", _("Air laut naik")
    HIGH = "high", _("Pasang")
    FALLING = "falling", _("Air laut turun")
    LOW = "low", _("Surut")
    FLOOD = "flood", _("Rob (genangan pasang)")
    NONE = "none", _("Tidak terpengaruh laut")


class Weather(TextChoices):
    CLEAR = "clear", _("Cerah")
    CLOUDY = "cloudy", _("Berawan")
    RAIN = "rain", _("Hujan")
    AFTER_RAIN = "after_rain", _("Sesudah hujan (24 jam terakhir)")


class InflowBasis(TextChoices):
    """How it is known where a discharge enters the water."""

    SITE = "site", _("ruas masuk tercatat")
    RECEIVING_WATER = "receiving_water", _("ruas terdekat pada badan air penerima")
    NEAREST = "nearest", _("ruas terdekat, belum diperiksa di lapangan")
