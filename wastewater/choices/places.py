"""Plants, waters and points."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlantKind(TextChoices):
    COMMUNAL = "communal", _("Komunal")
    INDIVIDUAL = "individual", _("Milik satu usaha")
    SHARED = "shared", _("Bersama beberapa usaha")


class PlantStatus(TextChoices):
    OPERATING = "operating", _("Beroperasi")
    DEGRADED = "degraded", _("Beroperasi sebagian")
    STOPPED = "stopped", _("Tidak berfungsi")
    PLANNED = "planned", _("Direncanakan")
    UNKNOWN = "unknown", _("Belum diketahui")


class CapacityKind(TextChoices):
    DESIGN = "design", _("Kapasitas rancangan")
    CURRENT = "current", _("Kapasitas saat ini")
    RECEIVED = "received", _("Volume limbah setempat menurut sumber")


class WaterBodyKind(TextChoices):
    RIVER = "river", _("Sungai")
    CANAL = "canal", _("Saluran")


class PointKind(TextChoices):
    INFLUENT = "influent", _("Inlet (sebelum diolah)")
    EFFLUENT = "effluent", _("Outlet (titik penaatan)")
    RECEIVING = "receiving", _("Badan air penerima")


class PointPosition(TextChoices):
    UPSTREAM = "upstream", _("Hulu")
    MIDSTREAM = "midstream", _("Tengah")
    DOWNSTREAM = "downstream", _("Hilir")
