"""Names of the statuses and kinds of the workforce app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Education(TextChoices):
    """Highest completed schooling."""

    NONE = "none", _("Tidak sekolah / tidak tamat SD")
    SD = "sd", _("SD / sederajat")
    SMP = "smp", _("SMP / sederajat")
    SMA = "sma", _("SMA / SMK / sederajat")
    DIPLOMA = "diploma", _("Diploma (D1–D3)")
    BACHELOR = "bachelor", _("Sarjana (D4/S1) atau lebih tinggi")


class Disability(TextChoices):
    """Kinds of disability of UU 8/2016 art. 4; asked only if the person wishes to say."""

    NONE = "none", _("Tidak ada")
    PHYSICAL = "physical", _("Fisik")
    INTELLECTUAL = "intellectual", _("Intelektual")
    MENTAL = "mental", _("Mental")
    SENSORY = "sensory", _("Sensorik")
    MULTIPLE = "multiple", _("Ganda")


class NikMismatchReason(TextChoices):
    """Why the NIK and the declared birth date or sex disagree; anything but blank waits for a check."""

    UNCHECKED = "unchecked", _("Belum diperiksa")
    CARD_DATE_WRONG = "card_date_wrong", _("Tanggal lahir pada KTP keliru")
    NIK_DATE_WRONG = "nik_date_wrong", _("NIK terbit dengan tanggal keliru")
    NIK_SEX_WRONG = "nik_sex_wrong", _("NIK terbit dengan kode jenis kelamin keliru")
    BIRTH_ESTIMATED = "birth_estimated", _("Tanggal lahir hanya perkiraan")


class ConsentPurpose(TextChoices):
    """Uses that go beyond the public task of registering and protecting workers, each with a consent of its own."""

    PROGRAMME = "programme", _("Diusulkan ke program perlindungan yang iurannya dibayar pemerintah")
    EMPLOYER_VIEW = "employer_view", _("Nama ditampilkan kepada pemilik usaha tempat bekerja")
    PHOTO = "photo", _("Foto diambil dan dipakai")
    PUBLISH_NAME = "publish_name", _("Nama atau nomor telepon diumumkan")
    BUYER_CONTACT = "buyer_contact", _("Kontak dibagikan kepada pembeli")
    WHATSAPP = "whatsapp", _("Menerima kabar lewat WhatsApp")
    RESEARCH = "research", _("Data dipakai untuk penelitian")
    APPRENTICESHIP = "apprenticeship", _("Mengikuti magang")


class ConsentGivenBy(TextChoices):
    """Who spoke or signed the consent."""

    SELF = "self", _("Pekerja sendiri, tertulis")
    CADRE = "cadre", _("Pekerja secara lisan, dicatat kader di depan saksi")
    GUARDIAN = "guardian", _("Orang tua atau wali")


class EngagementRole(TextChoices):
    """What a person is in a workshop."""

    WORKER = "worker", _("Pekerja")
    FOREMAN = "foreman", _("Mandor / pengawas")
    FAMILY = "family", _("Pekerja keluarga")
    TRAINEE = "trainee", _("Belajar kerja (nyantrik)")
    OWN_ACCOUNT = "own_account", _("Usaha sendiri")


class PayMode(TextChoices):
    """How work is paid."""

    MONTHLY = "monthly", _("Bulanan")
    WEEKLY = "weekly", _("Mingguan")
    DAILY = "daily", _("Harian")
    PIECE = "piece", _("Borongan per potong")
    KODI = "kodi", _("Borongan per kodi (20 potong)")
    METRE = "metre", _("Borongan per meter")
    MIXED = "mixed", _("Campuran")
    UNPAID = "unpaid", _("Tidak diupah (keluarga, belajar)")


class WorkPlace(TextChoices):
    """Where the work is done."""

    WORKSHOP = "workshop", _("Bengkel / pranggok juragan")
    HOME = "home", _("Rumah sendiri")
    INTERMEDIARY = "intermediary", _("Rumah perantara")
    OTHER = "other", _("Tempat lain")


class ExitReason(TextChoices):
    """Why an engagement ended; `rules.LEAVES_CRAFT` says which of them are exits from the craft."""

    OTHER_PRINCIPAL = "other_principal", _("Pindah ke juragan atau usaha lain, tetap membatik")
    LAID_OFF = "laid_off", _("Diberhentikan / pesanan sepi")
    RETIRED = "retired", _("Berhenti karena usia")
    HEALTH = "health", _("Sakit atau tidak mampu bekerja")
    FAMILY_CARE = "family_care", _("Mengurus keluarga")
    OTHER_TRADE = "other_trade", _("Pindah ke pekerjaan lain")
    MOVED_AWAY = "moved_away", _("Pindah ke luar kota")
    DIED = "died", _("Meninggal dunia")
    UNKNOWN = "unknown", _("Tidak diketahui")


class Programme(TextChoices):
    """Social insurance programmes: five of BPJS Ketenagakerjaan, one of BPJS Kesehatan."""

    JKK = "jkk", _("JKK – Jaminan Kecelakaan Kerja")
    JKM = "jkm", _("JKM – Jaminan Kematian")
    JHT = "jht", _("JHT – Jaminan Hari Tua")
    JP = "jp", _("JP – Jaminan Pensiun")
    JKP = "jkp", _("JKP – Jaminan Kehilangan Pekerjaan")
    JKN = "jkn", _("JKN – Jaminan Kesehatan Nasional")


class Segment(TextChoices):
    """Membership segments of both institutions."""

    PU = "pu", _("PU – penerima upah")
    BPU = "bpu", _("BPU – bukan penerima upah")
    PBI_APBN = "pbi_apbn", _("PBI APBN")
    PBI_APBD = "pbi_apbd", _("PBI APBD")
    PPU = "ppu", _("PPU – pekerja penerima upah (JKN)")
    PBPU = "pbpu", _("PBPU – mandiri (JKN)")
    BP = "bp", _("BP – bukan pekerja (JKN)")


class Payer(TextChoices):
    """Who pays the contribution."""

    EMPLOYER = "employer", _("Pemberi kerja")
    WORKER = "worker", _("Pekerja sendiri")
    CITY = "city", _("APBD Kota (a.l. Batik Berlian)")
    DBHCHT = "dbhcht", _("DBHCHT")
    PROVINCE = "province", _("APBD Provinsi")
    NATION = "nation", _("APBN")
    OTHER = "other", _("Lainnya")


class CoverageStatus(TextChoices):
    """State of a membership during one period; registered and active are not the same (JKN: 99 % against 81 %)."""

    ENROLLED = "enrolled", _("Terdaftar, belum aktif")
    ACTIVE = "active", _("Aktif")
    LAPSED = "lapsed", _("Tidak aktif (menunggak atau berhenti)")
    NOT_ENROLLED = "not_enrolled", _("Sudah dicek: tidak terdaftar")


class CoverageEvidence(TextChoices):
    """What a membership was read from."""

    INSTITUTION_LIST = "institution_list", _("Daftar dari BPJS")
    CARD = "card", _("Kartu atau aplikasi peserta dilihat")
    RECEIPT = "receipt", _("Bukti bayar iuran")
    EMPLOYER_LIST = "employer_list", _("Daftar dari pemberi kerja")
    STATEMENT = "statement", _("Keterangan pekerja")


class CoverageState(TextChoices):
    """Where a worker stands on a date with JKK and JKM taken together."""

    COVERED = "covered", _("Terlindungi JKK dan JKM")
    PARTIAL = "partial", _("Hanya salah satu")
    LAPSED = "lapsed", _("Pernah terlindungi, kini tidak")
    NEVER = "never", _("Belum pernah terlindungi")
    UNKNOWN = "unknown", _("Belum diketahui")


class AgeVerdict(TextChoices):
    """Whether an age lies in the window of a programme."""

    ELIGIBLE = "eligible", _("Sesuai")
    TOO_YOUNG = "too_young", _("Terlalu muda")
    TOO_OLD = "too_old", _("Melewati batas umur")
    UNKNOWN = "unknown", _("Umur belum diketahui")


class AgeBand(TextChoices):
    """Age groups of the list filter, first to last age; under 35 is the youth of the succession indicators."""

    UNDER_35_ALL = "0-34", _("Di bawah 35 tahun")
    UNDER_25 = "15-24", _("15–24 tahun")
    UNDER_35 = "25-34", _("25–34 tahun")
    UNDER_45 = "35-44", _("35–44 tahun")
    UNDER_55 = "45-54", _("45–54 tahun")
    UNDER_65 = "55-64", _("55–64 tahun")
    OLDER = "65-120", _("65 tahun ke atas")
    OVER_50 = "50-120", _("50 tahun ke atas")
    UNKNOWN = "unknown", _("Umur belum diketahui")


class Confidence(TextChoices):
    """How sure a reference figure is."""

    CONFIRMED = "confirmed", _("Dibaca pada sumbernya")
    TO_CONFIRM = "to_confirm", _("Perlu dipastikan")
