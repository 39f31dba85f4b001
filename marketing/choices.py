"""Statuses and kinds of programmes, activities, applications and decisions, with their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(TextChoices):
    EXPORT_TRAINING = "export_training", _("Pelatihan ekspor")
    DIGITAL_MARKETING = "digital_marketing", _("Pelatihan pemasaran digital")
    EXHIBITION = "exhibition", _("Pameran")
    COACHING = "coaching", _("Pendampingan")


class FundSource(TextChoices):
    CITY = "city", _("APBD kota")
    PROVINCE = "province", _("APBD provinsi")
    STATE = "state", _("APBN")
    TOBACCO_EXCISE = "tobacco_excise", _("DBHCHT")
    PARTNER = "partner", _("Mitra atau CSR")


class ActivityState(TextChoices):
    DRAFT = "draft", _("Draf")
    PUBLISHED = "published", _("Terbit")
    CLOSED = "closed", _("Pendaftaran ditutup")
    FINISHED = "finished", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")


class SelectionMode(TextChoices):
    FIRST_COME = "first_come", _("Siapa cepat")
    SELECTED = "selected", _("Diseleksi")


class SigningRule(TextChoices):
    """Who may sign a batch of decisions."""

    INDEPENDENT = "independent", _("Penanda tangan tidak ikut memutuskan satu pun berkas")
    NOT_ALONE = "not_alone", _("Penanda tangan bukan satu-satunya pemutus")


class QuotaKind(TextChoices):
    ALL = "all", _("Semua peserta")
    WARD = "ward", _("Kelurahan")
    DISTRICT = "district", _("Kecamatan")
    FIRST_TIMER = "first_timer", _("Belum pernah ikut")
    WOMEN_LED = "women_led", _("Dipimpin perempuan")
    TECHNIQUE = "technique", _("Teknik batik")


class RuleCode(TextChoices):
    NIB = "nib", _("Memiliki NIB")
    IDENTIFIER = "identifier", _("Memiliki izin, merek, atau sertifikat tertentu")
    IN_CITY = "in_city", _("Usaha berada di Kota Pekalongan")
    BATIK = "batik", _("Teknik batik menurut SNI 0239")
    ENTERPRISE_ACTIVE = "enterprise_active", _("Usaha tercatat aktif")
    MEMBERSHIP = "membership", _("Pendaftar adalah anggota usaha")
    NOT_RECENT = "not_recent", _("Belum ikut dalam beberapa tahun terakhir")
    MIN_WORKERS = "min_workers", _("Jumlah pekerja paling sedikit")
    SIZE_CLASS = "size_class", _("Skala usaha")
    MIN_AGE = "min_age", _("Lama usaha paling sedikit")


class Verdict(TextChoices):
    PASS = "pass", _("Memenuhi")
    FAIL = "fail", _("Tidak memenuhi")
    NEEDS_PROOF = "needs_proof", _("Perlu bukti")


class CheckPhase(TextChoices):
    SUBMISSION = "submission", _("Saat dikirim")
    DECISION = "decision", _("Saat diputuskan")


class ApplicationState(TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Diajukan")
    RETURNED = "returned", _("Perlu perbaikan")
    ELIGIBLE = "eligible", _("Memenuhi syarat")
    INELIGIBLE = "ineligible", _("Tidak memenuhi syarat")
    IN_REVIEW = "in_review", _("Dalam seleksi")
    PENDING = "pending", _("Keputusan menunggu rilis")
    ACCEPTED = "accepted", _("Diterima")
    WAITLISTED = "waitlisted", _("Cadangan")
    REJECTED = "rejected", _("Belum diterima")
    ATTENDED = "attended", _("Hadir")
    NO_SHOW = "no_show", _("Tidak hadir")
    COMPLETED = "completed", _("Selesai")
    WITHDRAWN = "withdrawn", _("Ditarik")
    CANCELLED = "cancelled", _("Kegiatan dibatalkan")


class PublicStage(TextChoices):
    """The only names of a state that an applicant sees."""

    DRAFT = "draft", _("Draf")
    SENT = "sent", _("Terkirim")
    INCOMPLETE = "incomplete", _("Perlu dilengkapi")
    SELECTION = "selection", _("Diseleksi")
    ACCEPTED = "accepted", _("Diterima")
    WAITING = "waiting", _("Cadangan")
    NOT_ACCEPTED = "not_accepted", _("Belum diterima")
    ATTENDED = "attended", _("Hadir")
    COMPLETED = "completed", _("Selesai")
    ABSENT = "absent", _("Tidak hadir")
    WITHDRAWN = "withdrawn", _("Ditarik")
    CALLED_OFF = "called_off", _("Kegiatan dibatalkan")


class ApplicationChannel(TextChoices):
    WEB = "web", _("Daring oleh usaha")
    ASSISTED = "assisted", _("Dibantu petugas")


class Outcome(TextChoices):
    """What a decision says; equal to the state the application moves to at release."""

    ACCEPTED = "accepted", _("Diterima")
    WAITLISTED = "waitlisted", _("Cadangan")
    REJECTED = "rejected", _("Belum diterima")


class DecisionState(TextChoices):
    PENDING = "pending", _("Menunggu rilis")
    RELEASED = "released", _("Dirilis")
    DROPPED = "dropped", _("Dibatalkan")


class BatchState(TextChoices):
    DRAFT = "draft", _("Draf")
    SIGNED = "signed", _("Ditandatangani")
    RELEASED = "released", _("Dirilis")
    CANCELLED = "cancelled", _("Dibatalkan")
