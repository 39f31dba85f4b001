"""Names of the states of a pair that may be one person, and of the rules that found it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PairState(TextChoices):
    """What somebody decided about two records."""

    OPEN = "open", _("Belum diputuskan")
    SAME = "same", _("Orang yang sama, sudah digabung")
    DIFFERENT = "different", _("Dua orang yang berbeda")


class PairRule(TextChoices):
    """What two records have in common, the strongest first."""

    NAME_BIRTH_WARD = "name_birth_ward", _("Nama, tanggal lahir, dan tempat tinggal sama")
    NAME_BIRTH = "name_birth", _("Nama dan tanggal lahir sama, tempat tinggal berbeda")
    NAME_PHONE = "name_phone", _("Nama dan nomor HP sama")
    NAME_YEAR_WARD = "name_year_ward", _("Nama, tahun lahir, dan kelurahan sama")
    NAME_WARD = "name_ward", _("Nama dan kelurahan sama, tahun lahir salah satu belum diketahui")
