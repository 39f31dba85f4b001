"""Standards: who wrote them, what they judge, and how a limit reads."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    """Discharge class of a textile standard; each standard set says from which to which discharge it is written."""

    A = "A", _("Kelas debit A")
    B = "B", _("Kelas debit B")
    C = "C", _("Kelas debit C")


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
