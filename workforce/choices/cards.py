"""Names of what happens with a worker's card, and of what a worker or an employer asks the office."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CardUseKind(TextChoices):
    """What was done with a card; every opening is kept."""

    OPENED = "opened", _("Halaman sendiri dibuka")
    WRONG = "wrong", _("Jawaban pengaman salah")
    WITHDREW = "withdrew", _("Persetujuan ditarik")
    ASKED = "asked", _("Permintaan dikirim")


class RequestKind(TextChoices):
    """What the office is asked to do."""

    CORRECTION = "correction", _("Memperbaiki data saya")
    DELETION = "deletion", _("Menghapus data saya")
    STAFF = "staff", _("Perubahan pekerja di usaha saya")


class RequestState(TextChoices):
    """Where a request stands."""

    OPEN = "open", _("Belum dijawab")
    DONE = "done", _("Sudah dikerjakan")
    REFUSED = "refused", _("Tidak dapat dikerjakan")
