"""The discharge logbook of an enterprise and the suction truck."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LogKind(TextChoices):
    """What a line of the logbook says about its day."""

    PRODUCTION = "production", _("Produksi")
    IDLE = "idle", _("Tidak produksi")
    PICKUP = "pickup", _("Diangkut truk sedot")


class LogStanding(TextChoices):
    """Whether a line counts."""

    CURRENT = "current", _("Berlaku")
    REPLACED = "replaced", _("Diganti koreksi")
    WITHDRAWN = "withdrawn", _("Dibatalkan")


class MonthState(TextChoices):
    OPEN = "open", _("Terbuka")
    CLOSED = "closed", _("Sudah dikirim")


class MonthClosing(TextChoices):
    """Who or what closed a month."""

    OWNER = "owner", _("Dikirim pemilik usaha")
    STAFF = "staff", _("Dikirim petugas atas nama pemilik")
    DEADLINE = "deadline", _("Ditutup karena batas waktu lewat")


class LogProcess(TextChoices):
    """The steps of making batik as a logbook names them."""

    MORDANTING = "mordanting", _("Mordan")
    SCOURING = "scouring", _("Nganji atau ngetel")
    WAXING = "waxing", _("Pemalaman (tanpa air limbah)")
    DYEING = "dyeing", _("Pewarnaan (medel, colet, celup)")
    FIXING = "fixing", _("Fiksasi")
    RINSING = "rinsing", _("Pencucian")
    DEWAXING = "dewaxing", _("Pelorodan")
    FINISHING = "finishing", pgettext_lazy("proses batik", "Penyelesaian akhir")
    SEVERAL = "several", _("Beberapa proses sehari")


class DyeClass(TextChoices):
    NAPHTHOL = "naphthol", _("Naftol")
    INDIGOSOL = "indigosol", _("Indigosol")
    REACTIVE = "reactive", _("Remazol (reaktif)")
    PROCION = "procion", _("Procion")
    VAT = "vat", _("Indanthrene (bejana)")
    RAPID = "rapid", _("Rapid")
    PIGMENT = "pigment", _("Pigmen")
    NATURAL = "natural", _("Alami (soga, indigofera, mahoni …)")
    SEVERAL = "several", _("Beberapa jenis")
    NONE = "none", _("Tanpa pewarna")


class Auxiliary(TextChoices):
    """What is added to dye and mordant baths."""

    CAUSTIC = "caustic", _("Kostik atau TRO")
    DIAZO_SALT = "diazo_salt", _("Garam diazo")
    NITRITE = "nitrite", _("Nitrit (NaNO2)")
    ACID = "acid", _("Asam (HCl atau H2SO4)")
    WATERGLASS = "waterglass", _("Waterglass")
    SODA = "soda", _("Soda abu")
    HYDROSULFITE = "hydrosulfite", _("Hidrosulfit")
    ALUM = "alum", _("Tawas")
    LIME = "lime", _("Kapur")
    IRON = "iron", _("Tunjung (FeSO4)")


class Product(TextChoices):
    TULIS = "tulis", _("Batik tulis")
    CAP = "cap", _("Batik cap")
    COMBINATION = "combination", _("Batik kombinasi")
    PRINTING = "printing", _("Printing atau sablon")
    JUMPUTAN = "jumputan", _("Jumputan")
    OTHER = "other", pgettext_lazy("produk", "Lainnya")


class QuantityUnit(TextChoices):
    PIECE = "piece", _("lembar")
    METRE = "metre", _("meter")
    KILOGRAM = "kg", _("kg kain")


class VolumeMethod(TextChoices):
    """How the wastewater was measured; each has fields of its own."""

    METER = "meter", _("Meter air")
    TANK = "tank", _("Isi bak")
    ESTIMATE = "estimate", _("Perkiraan")


class PhMethod(TextChoices):
    STRIP = "strip", _("Kertas pH")
    METER = "meter", _("pH meter")


class ColourByEye(TextChoices):
    CLEAR = "clear", _("Bening")
    YELLOW = "yellow", _("Kuning")
    RED = "red", _("Merah")
    BLUE = "blue", _("Biru")
    GREEN = "green", _("Hijau")
    PURPLE = "purple", _("Ungu")
    BROWN = "brown", _("Cokelat (soga)")
    BLACK = "black", _("Hitam")
    MIXED = "mixed", _("Bercampur")


class Destination(TextChoices):
    """Where the wastewater goes."""

    OWN_PLANT = "own_plant", _("IPAL sendiri")
    CONNECTION = "connection", _("Saluran ke IPAL komunal")
    TRUCK = "truck", _("Bak penampung, diangkut truk")
    UNTREATED = "untreated", _("Dibuang tanpa diolah")


class TreatmentChemical(TextChoices):
    ALUM = "alum", _("Tawas")
    PAC = "pac", _("PAC")
    LIME = "lime", _("Kapur")
    FLOCCULANT = "flocculant", _("Flokulan")


class Incident(TextChoices):
    LEAK = "leak", _("Bocor atau meluap")
    FLOOD = "flood", _("Banjir atau rob")
    POWER = "power", _("Mati listrik")
    OTHER = "other", pgettext_lazy("kejadian", "Lainnya")


class LogMark(TextChoices):
    """A figure that deserves a second look; it never blocks."""

    NO_VOLUME = "no_volume", _("Volume nol, padahal prosesnya memakai air")
    WAXING_WITH_WATER = "waxing_with_water", _("Pemalaman biasanya tanpa air limbah")
    ABOVE_WATER_IN = "above_water_in", _("Air limbah lebih banyak daripada air masuk")
    FAR_FROM_WATER_IN = "far_from_water_in", _("Air limbah di luar bagian yang biasa dari air masuk")
    USE_HIGH = "use_high", _("Air per lembar jauh di atas yang biasa")
    USE_LOW = "use_low", _("Air per lembar jauh di bawah yang biasa")
    PH_EXTREME = "ph_extreme", _("pH di bawah 3 atau di atas 12: periksa lagi alatnya")
    NOT_CONNECTED = "not_connected", _("Sambungan ke IPAL belum tercatat di portal")


class DyeFamily(TextChoices):
    """Dyes whose usual water use per piece differs."""

    NATURAL = "natural", _("Pewarna alami")
    SYNTHETIC = "synthetic", _("Pewarna sintetis")


class TruckState(TextChoices):
    REQUESTED = "requested", _("Diminta")
    SCHEDULED = "scheduled", _("Dijadwalkan")
    DONE = "done", pgettext_lazy("truk sedot", "Sudah diangkut")
    REFUSED = "refused", pgettext_lazy("truk sedot", "Tidak dapat dilayani")
    CANCELLED = "cancelled", pgettext_lazy("truk sedot", "Dibatalkan")


class AdviceKind(TextChoices):
    """What an advice of the compliance coach is: a cause, or a step by when it can be taken."""

    MEANING = "meaning", _("Apa artinya")
    CAUSE = "cause", _("Penyebab yang sering")
    TODAY = "today", _("Hari ini")
    MONTH = "month", _("Bulan ini")
    INVESTMENT = "investment", _("Dengan modal")
