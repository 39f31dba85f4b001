"""Names of the states of a proposal for paid insurance, of what decides it, and of the columns of the upload file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FundingProgramme(TextChoices):
    """Whose money pays a round; a public budget in each case, so no discount applies (PP 50/2025)."""

    BERLIAN = "berlian", _("Batik Berlian (APBD Kota)")
    DBHCHT = "dbhcht", _("DBHCHT")
    PROVINCE = "province", _("APBD Provinsi")


class EntryState(TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", _("Diusulkan")
    RETURNED = "returned", _("Dikembalikan kelurahan")
    VERIFIED = "verified", _("Diverifikasi kelurahan")
    WAITING = "waiting", _("Daftar tunggu")
    ACCEPTED = "accepted", _("Disetujui")
    REJECTED = "rejected", _("Tidak disetujui")
    ENROLLED = "enrolled", _("Terdaftar di BPJS")
    FAILED = "failed", _("Ditolak BPJS")
    WITHDRAWN = "withdrawn", _("Persetujuan ditarik")


class Verdict(TextChoices):
    """Whether somebody meets a condition."""

    ELIGIBLE = "eligible", _("Memenuhi")
    NOT = "not", _("Tidak memenuhi")
    UNKNOWN = "unknown", _("Belum dapat dipastikan")


class Condition(TextChoices):
    """What the city programme asks of a person."""

    AGE = "age", _("Umur sesuai program")
    RESIDENCE = "residence", _("Tinggal di Kota Pekalongan")
    UNINSURED = "uninsured", _("Belum terlindungi JKK dan JKM")
    INFORMAL = "informal", _("Tidak didaftarkan pemberi kerja")
    NIK = "nik", _("NIK ada dan cocok")
    CONSENT = "consent", _("Setuju diusulkan")


class RiskReason(TextChoices):
    """Why somebody comes first; each reason counts points that are dated reference figures."""

    CHEMICAL = "chemical", _("Proses dengan bahan kimia")
    HEAT = "heat", _("Proses dengan malam panas atau air mendidih")
    AGE = "age", _("Umur 50 tahun ke atas")
    DISABILITY = "disability", _("Penyandang disabilitas")
    HOME = "home", _("Bekerja di rumah, tanpa pemberi kerja yang mendaftarkan")
    LAPSED = "lapsed", _("Pernah terlindungi, kini tidak")


class RoundPhase(TextChoices):
    """Where a round stands, told by its dates and its entries."""

    PLANNED = "planned", _("Belum dibuka")
    OPEN = "open", _("Menerima usulan")
    DECIDING = "deciding", _("Menunggu verifikasi atau putusan")
    SENDING = "sending", _("Menunggu hasil BPJS")
    RUNNING = "running", _("Iuran berjalan")
    ENDED = "ended", _("Selesai")


class UploadField(TextChoices):
    """Where a column of the upload file takes its cells from."""

    NUMBER = "number", _("Nomor urut")
    NIK = "nik", _("NIK lengkap")
    NAME = "name", _("Nama lengkap")
    BIRTH_ON = "birth_on", _("Tanggal lahir (hari-bulan-tahun)")
    SEX = "sex", _("Jenis kelamin")
    ADDRESS = "address", _("Alamat")
    WARD = "ward", _("Kelurahan")
    DISTRICT = "district", _("Kecamatan")
    PHONE = "phone", _("Nomor HP")
    WORK = "work", _("Pekerjaan (proses batik)")
    FROM_ON = "from_on", _("Mulai dilindungi")
    MONTHS = "months", _("Banyaknya bulan")
    PREMIUM = "premium", _("Iuran sebulan (rupiah)")
    TEXT = "text", _("Tulisan tetap")
    EMPTY = "empty", _("Dikosongkan")
