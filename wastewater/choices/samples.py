"""Samples, results and verdicts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Impossible(TextChoices):
    """Figures that no water can have; they are refused on every way in."""

    NEGATIVE = "negative", _("Hasil tidak boleh negatif.")
    PH = "ph", _("pH harus antara 0 dan 14.")
    WATER_TEMPERATURE = "water_temperature", _("Suhu air harus antara 0 dan 100 °C. Periksa angka dan satuannya.")


class Plausibility(TextChoices):
    """Marks on a set of results that deserve a second look; they never block."""

    COD_BELOW_BOD = "cod_below_bod", _("COD lebih kecil daripada BOD")
    BOD_COD_RATIO = "bod_cod_ratio", _("Perbandingan BOD/COD di luar 0,05–0,8")
    AMMONIA_ABOVE_NITROGEN = "ammonia_above_nitrogen", _("Amonia lebih besar daripada nitrogen total")
    CR6_ABOVE_CR = "cr6_above_cr", _("Krom heksavalen lebih besar daripada krom total")
    UNUSUAL_TEMPERATURE = "unusual_temperature", _("Suhu air di luar 10–60 °C")


class SampleVerdict(TextChoices):
    """One word for a whole sample, worst first."""

    EXCEEDS = "exceeds", _("Ada yang melebihi")
    UNDECIDED = "undecided", _("Ada yang tidak dapat dinilai")
    MEETS = "meets", _("Semua yang dinilai memenuhi")
    NOT_GRADED = "not_graded", pgettext_lazy("contoh uji", "Tidak dinilai")

    @property
    def sentence(self) -> str:
        """The word as a sentence for the owner; what exceeds is listed instead."""
        return str(_SENTENCES.get(self, ""))

    @property
    def tone(self) -> str:
        """How a badge shows it."""
        return _TONES.get(self, "neutral")


_SENTENCES: dict[str, object] = {
    SampleVerdict.MEETS: _("Semua yang dinilai memenuhi baku mutu."),
    SampleVerdict.UNDECIDED: _("Tidak ada yang melebihi, tetapi sebagian hasil tidak dapat dinilai."),
}
_TONES: dict[str, str] = {
    SampleVerdict.EXCEEDS: "bad",
    SampleVerdict.UNDECIDED: "warning",
    SampleVerdict.MEETS: "good",
}
