"""Complaints: what residents see and smell, where a case stands, who handles it, and which terms run."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ComplaintState(TextChoices):
    RECEIVED = "received", _("Diterima")
    TRIAGED = "triaged", _("Ditelaah")
    ASSIGNED = "assigned", _("Ditugaskan")
    IN_FIELD = "in_field", _("Diperiksa di lapangan")
    WAITING = "waiting", _("Menunggu jawaban pelapor")
    EXTERNAL = "external", _("Diterima instansi lain")
    ANSWERED = "answered", _("Dijawab")
    CLOSED = "closed", _("Selesai")
    REOPENED = "reopened", _("Dibuka kembali")
    JOINED = "joined", _("Digabung dengan laporan lain")
    REJECTED = "rejected", _("Tidak dapat diproses")


class Moderation(TextChoices):
    """What the public page may show: nothing, the bare facts, or also the text that staff wrote for it."""

    PENDING = "pending", _("Belum diperiksa")
    FACTS = "facts", _("Tampilkan tanpa teks")
    TEXT = "text", _("Tampilkan dengan ringkasan petugas")
    HIDDEN = "hidden", _("Jangan tampilkan")


class IntakeChannel(TextChoices):
    WEB = "web", _("Formulir di portal")
    PHONE = "phone", _("Telepon")
    WALK_IN = "walk_in", _("Datang ke kantor")
    NATIONAL = "national", _("SP4N-LAPOR!")


class WaterColour(TextChoices):
    """Colours as residents and officials name them."""

    UNKNOWN = "", _("Tidak tahu atau tidak terlihat")
    CLEAR = "clear", _("Bening")
    RED = "red", _("Merah")
    PINK = "pink", _("Merah muda")
    ORANGE = "orange", _("Oranye")
    YELLOW = "yellow", _("Kuning")
    GREEN = "green", _("Hijau")
    BLUE = "blue", _("Biru")
    PURPLE = "purple", _("Ungu")
    BROWN = "brown", _("Cokelat")
    BLACK = "black", _("Hitam")
    FOAM = "foam", _("Putih atau berbusa")


class Smell(TextChoices):
    UNKNOWN = "", _("Tidak tahu")
    NONE = "none", _("Tidak berbau")
    CHEMICAL = "chemical", _("Bau zat kimia")
    ROTTEN = "rotten", _("Bau busuk")
    WAX = "wax", _("Bau malam atau minyak")


class TimeOfDay(TextChoices):
    UNKNOWN = "", _("Tidak tahu")
    MORNING = "morning", _("Pagi (05.00–11.00)")
    NOON = "noon", _("Siang (11.00–15.00)")
    AFTERNOON = "afternoon", _("Sore (15.00–18.00)")
    NIGHT = "night", _("Malam (18.00–05.00)")


class AgencyJurisdiction(TextChoices):
    CITY = "city", _("Kota")
    REGENCY = "regency", _("Kabupaten")
    PROVINCE = "province", _("Provinsi")
    BASIN = "basin", _("Wilayah sungai")
    MINISTRY = "ministry", _("Kementerian")


class HandlingRole(TextChoices):
    LEAD = "lead", _("Penanggung jawab")
    PARTNER = "partner", _("Ikut menangani")


class HandlingState(TextChoices):
    WAITING = "waiting", _("Menunggu diterima instansi")
    ACTIVE = "active", _("Menangani")
    DONE = "done", _("Selesai menangani")


class HandoverState(TextChoices):
    OFFERED = "offered", _("Ditawarkan")
    ACCEPTED = "accepted", _("Diterima")
    DECLINED = "declined", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Dibatalkan")


class TermKind(TextChoices):
    """Which clock a term sets."""

    FIRST_RESPONSE = "first_response", _("Tanggapan pertama")
    ANSWER = "answer", _("Jawaban")
    FORWARDING = "forwarding", _("Penerusan ke instansi berwenang")
    VERIFICATION = "verification", _("Verifikasi lapangan")
    REPLY = "reply", _("Waktu pelapor menjawab pertanyaan")
    REOPEN = "reopen", _("Waktu pelapor meminta dibuka kembali")
    RETENTION = "retention", _("Penghapusan data pelapor sesudah selesai")


class TermDays(TextChoices):
    WORKING = "working", _("hari kerja")
    CALENDAR = "calendar", _("hari kalender")


class TemplateKind(TextChoices):
    """Where a response template is offered."""

    SENTENCE = "sentence", _("Kabar perkembangan")
    QUESTION = "question", _("Pertanyaan kepada pelapor")
    ANSWER = "answer", _("Jawaban")
    CLOSE = "close", _("Penutupan")
    REJECT = "reject", _("Penolakan")


class StepKind(TextChoices):
    """One line of a case's timeline."""

    MOVED = "moved", _("Keadaan berubah")
    SENTENCE = "sentence", _("Kabar")
    NOTE = "note", _("Catatan intern")
    QUESTION = "question", _("Pertanyaan")
    REPLY = "reply", _("Jawaban pelapor")
    AGENCY = "agency", _("Instansi")
    SATISFACTION = "satisfaction", _("Penilaian pelapor")


class Satisfaction(TextChoices):
    SATISFIED = "satisfied", _("Puas")
    PARTLY = "partly", _("Sebagian puas")
    NOT = "not", _("Tidak puas")


class MessageKind(TextChoices):
    """What a reporter who wants to hear is told."""

    RECEIVED = "received", pgettext_lazy("pesan kepada pelapor", "diterima")
    ASKED = "asked", pgettext_lazy("pesan kepada pelapor", "ada pertanyaan")
    HANDED_OVER = "handed_over", pgettext_lazy("pesan kepada pelapor", "ditangani instansi lain")
    ANSWERED = "answered", pgettext_lazy("pesan kepada pelapor", "dijawab")
    CLOSED = "closed", pgettext_lazy("pesan kepada pelapor", "selesai")
    REJECTED = "rejected", pgettext_lazy("pesan kepada pelapor", "tidak diproses")
    REOPENED = "reopened", pgettext_lazy("pesan kepada pelapor", "dibuka kembali")
