"""The named kinds and states of the wastewater focus, with the words people read for them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Confidence(TextChoices):
    """How sure a figure is: seen in a source, remembered with high, fair or low confidence, or computed."""

    VERIFIED = "V", _("Dibaca pada sumbernya")
    MEMORY_HIGH = "M-H", _("Belum dicocokkan dengan naskah, keyakinan tinggi")
    MEMORY = "M", _("Belum dicocokkan dengan naskah, keyakinan sedang")
    LOW = "L", _("Belum dicocokkan dengan naskah, perlu dipastikan")
    COMPUTED = "C", _("Hasil hitungan")


class Jurisdiction(TextChoices):
    NATIONAL = "national", _("Nasional")
    PROVINCE = "province", _("Provinsi")
    CITY = "city", _("Kota")


class Medium(TextChoices):
    """What a standard set judges."""

    EFFLUENT = "effluent", _("Air limbah")
    RIVER = "river", _("Air sungai")


class Arrangement(TextChoices):
    """Treatment arrangement of Permen LH/BPLH 12/2025: Lampiran I (own unit) or Lampiran II (integrated system)."""

    OWN = "own", _("Sistem tersendiri")
    INTEGRATED = "integrated", _("Sistem terintegrasi")


class DischargeClass(TextChoices):
    """Discharge class of the textile standard; the edges are in rules.discharge_class."""

    A = "A", _("Kelas debit A (sampai 100 m³/hari)")
    B = "B", _("Kelas debit B (di atas 100 sampai di bawah 1.000 m³/hari)")
    C = "C", _("Kelas debit C (1.000 m³/hari atau lebih)")


class RiverClass(TextChoices):
    I = "I", _("Kelas I")  # noqa: E741
    II = "II", _("Kelas II")
    III = "III", _("Kelas III")
    IV = "IV", _("Kelas IV")


class Process(TextChoices):
    """Process steps for which Perda Jawa Tengah 5/2012 gives its own maximum load."""

    INTEGRATED = "integrated", _("Terpadu (semua proses)")
    SPINNING = "spinning", _("Pencucian kapas, pemintalan, penenunan")
    SIZING = "sizing", _("Perekatan")
    SCOURING = "scouring", _("Pengikisan, pemasakan")
    BLEACHING = "bleaching", _("Pemucatan")
    MERCERISING = "mercerising", _("Merserisasi")
    DYEING = "dyeing", _("Pencelupan")
    PRINTING = "printing", _("Pencetakan")


class LimitKind(TextChoices):
    MAX = "max", _("Paling tinggi")
    MIN = "min", _("Paling rendah")
    RANGE = "range", _("Rentang")
    DEVIATION = "deviation_from_air", _("Selisih dari suhu udara")
    ABSENT = "absent", _("Nihil")
    LOAD = "load", _("Hanya beban")


class ParameterGroup(TextChoices):
    """Groups of Kepmen LH 115/2003."""

    PHYSICAL = "physical", _("Fisika")
    CHEMICAL = "chemical", _("Kimia")
    BIOLOGICAL = "biological", _("Biologi")


class Unit(TextChoices):
    MG_L = "mg/L", "mg/L"
    UG_L = "µg/L", "µg/L"
    NG_L = "ng/L", "ng/L"
    G_L = "g/L", "g/L"
    PH = "pH", "pH"
    PT_CO = "Pt-Co", "Pt-Co"
    TCU = "TCU", "TCU"
    CELSIUS = "°C", "°C"
    MPN = "MPN/100 mL", "MPN/100 mL"
    CFU = "CFU/100 mL", "CFU/100 mL"
    NTU = "NTU", "NTU"
    US_CM = "µS/cm", "µS/cm"
    M3_TON = "m³/ton", "m³/ton"
    KG_TON = "kg/ton", "kg/ton"
    COUNT = "–", _("tanpa satuan")


class ExpressedAs(TextChoices):
    """The substance whose mass the figure counts: nitrate may be reported as N or as NO3."""

    N = "N", "N"
    NO3 = "NO3", "NO₃"
    NO2 = "NO2", "NO₂"
    NH3 = "NH3", "NH₃"
    NH4 = "NH4", "NH₄"
    P = "P", "P"
    PO4 = "PO4", "PO₄"
    S = "S", "S"
    H2S = "H2S", "H₂S"


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


class SampleState(TextChoices):
    PLANNED = "planned", _("Direncanakan")
    TAKEN = "taken", _("Sudah diambil")
    AT_LAB = "at_lab", _("Di laboratorium")
    RESULTED = "resulted", _("Hasil masuk, menunggu verifikasi")
    VERIFIED = "verified", _("Terverifikasi")
    PUBLISHED = "published", _("Diterbitkan")
    VOID = "void", _("Digugurkan")


class Qualifier(TextChoices):
    EQUAL = "=", "="
    LESS = "<", "<"
    AT_MOST = "≤", "≤"
    AT_LEAST = "≥", "≥"
    MORE = ">", ">"
    ESTIMATED = "~", _("~ (perkiraan)")


class Verdict(TextChoices):
    MEETS = "meets", _("Memenuhi")
    EXCEEDS = "exceeds", _("Melebihi")
    CANNOT_TELL = "cannot_tell", _("Tidak dapat dinilai")


class Reason(TextChoices):
    """Why a result cannot be judged."""

    NO_LIMIT = "no_limit", _("tidak ada baku mutu untuk parameter ini pada tanggal pengambilan")
    INFLUENT = "influent", _("titik inlet belum diolah, jadi tidak dinilai terhadap baku mutu")
    DETECTION_LIMIT = "detection_limit", _("batas deteksi laboratorium lebih tinggi daripada baku mutu")
    ABOVE_RANGE = "above_range", _("laboratorium hanya menyebut batas bawah yang masih di dalam baku mutu")
    UNIT = "unit", _("satuan hasil tidak dapat diubah ke satuan baku mutu")
    NO_AIR_TEMPERATURE = "no_air_temperature", _("suhu udara saat pengambilan belum dicatat")
    DISCHARGE_UNKNOWN = (
        "discharge_unknown",
        _("debit titik belum diketahui, sedangkan putusan berbeda antarkelas debit"),
    )
    ESTIMATED = "estimated", _("laboratorium hanya memberi angka perkiraan")


class Binding(TextChoices):
    """Why this limit and not another one was used."""

    ONLY = "only", _("satu-satunya baku mutu yang berlaku")
    STRICTER = "stricter", _("paling ketat di antara aturan yang berlaku")
    EQUAL = "equal", _("sama ketatnya dengan aturan lain; aturan nasional yang disebut")
    WORSE_VERDICT = "worse_verdict", _("jenis batasnya berbeda; yang lebih berat putusannya yang mengikat")
    EVERY_CLASS = "every_class", _("debit belum diketahui, tetapi putusannya sama di semua kelas debit")


class Plausibility(TextChoices):
    """Marks on a set of results that deserve a second look; they never block."""

    COD_BELOW_BOD = "cod_below_bod", _("COD lebih kecil daripada BOD")
    BOD_COD_RATIO = "bod_cod_ratio", _("Perbandingan BOD/COD di luar 0,05–0,8")
    AMMONIA_ABOVE_NITROGEN = "ammonia_above_nitrogen", _("Amonia lebih besar daripada nitrogen total")
    CR6_ABOVE_CR = "cr6_above_cr", _("Krom heksavalen lebih besar daripada krom total")


class SampleVerdict(TextChoices):
    """One word for a whole sample, worst first."""

    EXCEEDS = "exceeds", _("Ada yang melebihi")
    UNDECIDED = "undecided", _("Ada yang tidak dapat dinilai")
    MEETS = "meets", _("Semua yang dinilai memenuhi")
    NOT_GRADED = "not_graded", pgettext_lazy("contoh uji", "Tidak dinilai")
