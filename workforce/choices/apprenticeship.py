"""Names of the states and kinds of apprenticeship, from the call to the outcome a year later."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TrainingForm(TextChoices):
    """Under which rules somebody learns; both are reported apart."""

    FORMAL = "formal", _("Pemagangan (Permenaker 6/2020)")
    INFORMAL = "informal", _("Nyantrik / belajar kerja")


class PlacementState(TextChoices):
    """Where a placement stands; `rules.apprenticeship.PLACEMENT_TRANSITIONS` says what may follow."""

    APPLIED = "applied", _("Mendaftar")
    OFFERED = "offered", _("Ditawari tempat")
    TRIAL = "trial", _("Masa coba")
    ACTIVE = "active", _("Sedang magang")
    PAUSED = "paused", _("Jeda")
    COMPLETED = "completed", _("Selesai")
    DROPPED = "dropped", _("Berhenti")
    CONVERTED = "converted", _("Menjadi pekerja")


class DropReason(TextChoices):
    """Why a placement ended early."""

    NOT_SELECTED = "not_selected", _("Belum terpilih")
    WITHDREW = "withdrew", _("Mengundurkan diri")
    ALLOWANCE = "allowance", _("Uang saku tidak cukup")
    OTHER_WORK = "other_work", _("Mendapat pekerjaan lain")
    SCHOOL = "school", _("Kembali sekolah")
    FAMILY = "family", _("Urusan keluarga")
    HEALTH = "health", _("Sakit")
    DISTANCE = "distance", _("Tempat terlalu jauh")
    NOT_SUITED = "not_suited", _("Tidak cocok dengan pekerjaan")
    HOST_STOPPED = "host_stopped", _("Tempat magang berhenti")
    RULES = "rules", _("Tidak memenuhi syarat")
    UNKNOWN = "unknown", _("Tidak diketahui")


class HostOfferState(TextChoices):
    """What became of an owner's offer to take apprentices."""

    OPEN = "open", _("Menunggu petugas")
    ACCEPTED = "accepted", _("Diterima")
    DECLINED = "declined", _("Belum dapat diterima")
    WITHDRAWN = "withdrawn", _("Ditarik")


class LogKind(TextChoices):
    """What a day of the logbook was."""

    PRESENT = "present", _("Masuk")
    EXCUSED = "excused", _("Izin atau sakit")
    ABSENT = "absent", _("Tidak masuk")


class OutcomeWork(TextChoices):
    """What somebody does some months after the apprenticeship."""

    WORKER = "worker", _("Bekerja membatik pada orang lain")
    OWN_FIRM = "own_firm", _("Usaha batik sendiri")
    FAMILY = "family", _("Membantu usaha batik keluarga")
    STUDY = "study", _("Sekolah atau kuliah")
    OTHER = "other", _("Bekerja di luar batik")
    NO_WORK = "no_work", _("Tidak bekerja")
    UNKNOWN = "unknown", _("Tidak diketahui (sudah dicari)")


class PipelineKind(TextChoices):
    """Where young people first meet batik."""

    SCHOOL = "school", _("Sekolah")
    MUSEUM = "museum", _("Museum")
    CAMPUS = "campus", _("Kampus")
    COURSE = "course", _("Kursus, LKP, atau BLK")
    CONTEST = "contest", _("Lomba atau pameran")
    OTHER = "other", _("Lainnya")


class PlacementGap(TextChoices):
    """What a placement still lacks before it may begin, each with what to do."""

    PERSON = "person", _("Pendaftar belum dicocokkan dengan data orang.")
    AGE_UNKNOWN = "age_unknown", _("Tanggal lahir belum diketahui. Lengkapi data orangnya.")
    TOO_YOUNG = "too_young", _("Umurnya belum cukup pada hari mulai.")
    CONSENT = "consent", _("Persetujuan peserta belum dicatat.")
    GUARDIAN = "guardian", _("Belum 18 tahun: persetujuan orang tua atau wali belum dicatat.")
    FORBIDDEN_STEP = (
        "forbidden_step",
        _("Belum 18 tahun: ada proses dengan malam panas, air mendidih, atau bahan kimia."),
    )
    HOST = "host", _("Tempat magang belum dipilih.")
    MENTOR = "mentor", _("Pembimbing belum dipilih.")
    MENTOR_FULL = "mentor_full", _("Pembimbing sudah penuh. Pilih pembimbing lain.")
    HOST_FULL = (
        "host_full",
        _("Tempat magang sudah penuh menurut batas peserta. Pilih tempat lain atau gabungkan beberapa usaha."),
    )
    THROUGH_GROUP = "through_group", _("Usaha ini anggota kelompok tempat magang. Pilih kelompoknya.")
    RULES_UNKNOWN = "rules_unknown", _("Batas umur, batas peserta, atau batas pembimbing belum ada pada angka rujukan.")
