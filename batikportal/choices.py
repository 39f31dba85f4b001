"""Statuses and kinds of the shared nouns, with their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Source(TextChoices):
    FORM = "form", _("Formulir")
    ADMIN = "admin", _("Admin")
    IMPORT = "import", _("Impor berkas")
    API = "api", _("API")
    SEED = "seed", _("Data contoh")


class AreaLevel(TextChoices):
    CITY = "city", _("Kota")
    DISTRICT = "district", _("Kecamatan")
    WARD = "ward", _("Kelurahan")


class Focus(TextChoices):
    WASTE = "waste", _("Limbah batik")
    WORKERS = "workers", _("Pekerja")
    MARKET = "market", _("Pasar")
    SHARED = "shared", _("Bersama")


class Office(TextChoices):
    DINPERINAKER = "dinperinaker", _("Dinperinaker")
    DINDAGKOP = "dindagkop", _("Dindagkop-UKM")
    DLH = "dlh", _("DLH")
    BAPPEDA = "bappeda", _("Bappeda")
    DINKOMINFO = "dinkominfo", _("Dinkominfo")
    MAYOR = "mayor", _("Kantor Wali Kota")


class Sex(TextChoices):
    FEMALE = "F", _("Perempuan")
    MALE = "M", _("Laki-laki")


class Technique(TextChoices):
    """What SNI 0239:2014 calls batik (tulis, cap, combination), and neighbours that are tracked but are not batik."""

    TULIS = "tulis", _("Batik tulis")
    CAP = "cap", _("Batik cap")
    COMBINATION = "combination", _("Batik kombinasi")
    PRINTING = "printing", _("Printing motif batik (bukan batik)")
    JUMPUTAN = "jumputan", _("Jumputan (bukan batik)")
    ECOPRINT = "ecoprint", _("Ecoprint (bukan batik)")
    WEAVING = "weaving", _("Tenun (bukan batik)")


BATIK_TECHNIQUES = (Technique.TULIS, Technique.CAP, Technique.COMBINATION)


class SizeClass(TextChoices):
    MICRO = "micro", _("Mikro")
    SMALL = "small", _("Kecil")
    MEDIUM = "medium", _("Menengah")
    LARGE = "large", _("Besar")


class EnterpriseStatus(TextChoices):
    PENDING = "pending", _("Menunggu pemeriksaan")
    ACTIVE = "active", _("Aktif")
    DORMANT = "dormant", _("Tidak berproduksi")
    CLOSED = "closed", _("Tutup")
    MERGED = "merged", _("Digabung")


class IdentifierKind(TextChoices):
    NIB = "nib", _("NIB")
    NPWP = "npwp", _("NPWP")
    BRAND = "brand", _("Merek")
    BATIKMARK = "batikmark", _("Batikmark")
    SNI = "sni", _("SNI")
    IG = "ig", _("Indikasi geografis")
    HALAL = "halal", _("Sertifikat halal")


class MembershipRole(TextChoices):
    OWNER = "owner", _("Pemilik")
    STAFF = "staff", _("Karyawan")


class DocumentKind(TextChoices):
    NIB = "nib", _("NIB")
    NPWP = "npwp", _("NPWP")
    BRAND = "brand", _("Sertifikat merek")
    BATIKMARK = "batikmark", _("Sertifikat Batikmark")
    ENVIRONMENT = "environment", _("SPPL atau UKL-UPL")
    HALAL = "halal", _("Sertifikat halal")
    PHOTO = "photo", _("Foto usaha atau produk")
    OTHER = "other", _("Lainnya")


class Verification(TextChoices):
    WAITING = "waiting", _("Menunggu pemeriksaan")
    VERIFIED = "verified", _("Sudah diperiksa")
    REFUSED = "refused", _("Ditolak")


class FileKind(TextChoices):
    IMAGE = "image", _("Gambar")
    PDF = "pdf", _("PDF")
    SPREADSHEET = "spreadsheet", _("Lembar kerja")


class Channel(TextChoices):
    WHATSAPP = "whatsapp", _("WhatsApp")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("Surel")


class MessageState(TextChoices):
    DRAFT = "draft", _("Draf")
    QUEUED = "queued", _("Antre kirim")
    SENT = "sent", _("Terkirim")
    FAILED = "failed", _("Gagal")
    STOPPED = "stopped", _("Tidak jadi dikirim")


class JobState(TextChoices):
    RUNNING = "running", _("Berjalan")
    DONE = "done", _("Selesai")
    FAILED = "failed", _("Gagal")


class Severity(TextChoices):
    HIGH = "high", _("Mendesak")
    MEDIUM = "medium", _("Perlu ditindak")
    LOW = "low", _("Perlu diperhatikan")


class Direction(TextChoices):
    UP = "up", _("makin tinggi makin baik")
    DOWN = "down", _("makin rendah makin baik")
    NONE = "none", _("tanpa arah")


class HolidayKind(TextChoices):
    NATIONAL = "national", _("Libur nasional")
    LEAVE = "leave", _("Cuti bersama")
    LOCAL = "local", _("Libur daerah")
