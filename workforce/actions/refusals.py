"""Why an action was refused, each with a sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action that the rules do not allow; `field` names the input to correct, if there is one."""

    sentence: str | Promise = ""
    field: str | None = None

    def __str__(self) -> str:
        return str(self.sentence)


class NikTaken(Refused):
    sentence = _("NIK ini sudah terdaftar. Buka datanya lewat “Cari dengan NIK”, lalu ubah di sana.")
    field = "new_nik"


class NikNeedsReason(Refused):
    sentence = _(
        "Tanggal lahir atau jenis kelamin berbeda dengan yang terbaca dari NIK. Perbaiki, atau pilih sebabnya."
    )
    field = "nik_mismatch_reason"


class InTheFuture(Refused):
    sentence = _("Tanggal ini belum tiba. Isi tanggal hari ini atau sebelumnya.")


class EndsBeforeStart(Refused):
    sentence = _("Tanggal akhir mendahului tanggal mulai. Perbaiki salah satunya.")
    field = "until_on"


class NoPrincipal(Refused):
    sentence = _("Pilih usaha, atau tulis nama juragan, atau pilih kedudukan “Usaha sendiri”.")
    field = "enterprise"


class AlreadyEngaged(Refused):
    sentence = _("Pekerja ini masih tercatat bekerja di usaha tersebut. Akhiri dahulu hubungan kerja yang lama.")
    field = "enterprise"


class AlreadyEnded(Refused):
    sentence = _("Hubungan kerja ini sudah berakhir. Muat ulang halaman untuk melihat keadaan terakhir.")


class CoverageEnded(Refused):
    sentence = _("Kepesertaan ini berakhir lebih awal dari tanggal itu. Catat kepesertaan baru bila dilanjutkan.")
    field = "until_on"


class SegmentDoesNotFit(Refused):
    sentence = _("Segmen ini tidak ada pada program tersebut. Pilih segmen lain.")
    field = "segment"


class CoverageOverlaps(Refused):
    sentence = _("Sudah ada kepesertaan program ini pada tanggal tersebut. Akhiri atau perbaiki yang lama dahulu.")
    field = "from_on"


class ConsentStands(Refused):
    sentence = _("Persetujuan untuk tujuan ini masih berlaku. Tarik dahulu bila pekerja ingin mengubahnya.")
    field = "purpose"


class WitnessMissing(Refused):
    sentence = _("Tulis nama saksi atau wali yang hadir saat persetujuan diberikan.")
    field = "witness"


class AlreadyWithdrawn(Refused):
    sentence = _("Persetujuan ini sudah ditarik. Muat ulang halaman untuk melihat keadaan terakhir.")
