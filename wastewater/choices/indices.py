"""Water quality indices: what is assessed, by which method, and why an index or a part of it is withheld."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AssessmentKind(TextChoices):
    """What a rule of assessment is for."""

    STATUS = "status", _("Status mutu air (indeks pencemaran)")
    IKA = "ika", _("Indeks kualitas air (IKA)")
    STORET = "storet", _("Status mutu air (STORET)")
    IKLH = "iklh", _("Indeks kualitas lingkungan hidup (IKLH)")


class IndexMethod(TextChoices):
    """How the pollution index of Kepmen LH 115/2003 is read; the variants are in use in monitoring tools."""

    STRICT = "strict", _("Kepmen LH 115/2003 apa adanya")
    BOGOR = "bogor", _("Varian lembar kerja Bogor 2020 (rasio DO dibagi baku mutu sekali lagi)")
    JABAR = "jabar", _("Varian aplikasi Jawa Barat (DO dibagi lagi; pH dan suhu dalam batas dihitung nol)")
    RECIPROCAL = "reciprocal", _("DO sebagai baku mutu dibagi hasil (ambang PermenLHK P.4/2018)")


class NonDetect(TextChoices):
    """What stands for a result that is only known to be below the detection limit."""

    LOQ = "loq", _("Batas deteksi itu sendiri")
    HALF = "half", _("Setengah batas deteksi")
    ZERO = "zero", _("Nol (hanya sebagai pembanding)")


class IndexStatus(TextChoices):
    MEETS = "meets", _("Memenuhi baku mutu")
    LIGHT = "light", _("Cemar ringan")
    MODERATE = "moderate", _("Cemar sedang")
    HEAVY = "heavy", _("Cemar berat")
    VERY_HEAVY = "very_heavy", _("Cemar sangat berat")


INDEX_TONES = {
    IndexStatus.MEETS: "good",
    IndexStatus.LIGHT: "warning",
    IndexStatus.MODERATE: "bad",
    IndexStatus.HEAVY: "bad",
    IndexStatus.VERY_HEAVY: "bad",
}


class LeftOut(TextChoices):
    """Why a measured parameter takes no part in an index."""

    NO_LIMIT = "no_limit", _("tidak ada baku mutu untuk kelas air ini")
    DETECTION_LIMIT = "detection_limit", _("batas deteksi laboratorium lebih tinggi daripada baku mutu")
    UNIT = "unit", _("satuan hasil tidak dapat diubah ke satuan baku mutu")
    NO_AIR_TEMPERATURE = "no_air_temperature", _("suhu udara saat pengambilan belum dicatat")
    ESTUARY = "estuary", _("baku mutunya tidak berlaku di muara")
    ESTIMATED = "estimated", _("laboratorium hanya memberi angka perkiraan")
    NOT_A_FIGURE = "not_a_figure", _("baku mutunya bukan angka")


class Withheld(TextChoices):
    """Why a sample has no index."""

    TOO_FEW = "too_few", _("parameter yang dapat dihitung terlalu sedikit")


class StoretCounts(TextChoices):
    """What "jumlah contoh" in the table of STORET is taken to count; both readings circulate."""

    SAMPLES = "samples", _("Banyaknya pengambilan contoh")
    PARAMETERS = "parameters", _("Banyaknya parameter")


class Unknown(TextChoices):
    """Why upstream and downstream cannot be compared."""

    MISSING_UPSTREAM = "missing_upstream", _("hulu tidak diukur")
    MISSING_DOWNSTREAM = "missing_downstream", _("hilir tidak diukur")
    MISSING_BOTH = "missing_both", _("hulu dan hilir tidak diukur")
    NON_DETECT = "non_detect", _("salah satu sisi hanya diketahui batasnya")
    UNIT = "unit", _("satuannya tidak sama")


class IklhClass(TextChoices):
    VERY_GOOD = "very_good", _("Sangat baik")
    GOOD = "good", _("Baik")
    FAIR = "fair", _("Sedang")
    POOR = "poor", _("Buruk")
    VERY_POOR = "very_poor", _("Sangat buruk")


class StoretClass(TextChoices):
    """The four classes of STORET."""

    A = "A", _("A – memenuhi baku mutu")
    B = "B", _("B – cemar ringan")
    C = "C", _("C – cemar sedang")
    D = "D", _("D – cemar berat")
