"""Names of the levels of a skill, of what a skill is read from, and of why a record of it ended."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class SkillLevel(IntegerChoices):
    """How well somebody does a step of the craft; from "mahir" on, somebody can pass it on."""

    INTRODUCED = 0, _("Pengenalan")
    GUIDED = 1, _("Dibimbing")
    INDEPENDENT = 2, _("Mandiri")
    MASTER = 3, _("Mahir (pekerjaan sulit, cepat)")
    MENTOR = 4, _("Pembina")


class SkillEvidence(TextChoices):
    """What a skill was read from, weakest first."""

    SELF = "self", _("Pengakuan pekerja")
    MASTER = "master", _("Keterangan pembatik atau juragan")
    CERTIFICATE = "certificate", _("Sertifikat kompetensi")


class SkillEnd(TextChoices):
    """Why a record of a skill does not stand any more."""

    REPLACED = "replaced", _("Diganti catatan baru")
    WRONG = "wrong", _("Catatan keliru")
    LOST = "lost", _("Tidak menguasai lagi")
