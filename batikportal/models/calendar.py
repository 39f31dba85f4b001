"""Days on which terms in working days stand still."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats
from batikportal.choices import HolidayKind
from batikportal.models.entity import Entity


@audit.tracked
class Holiday(Entity):
    """A public holiday or day of joint leave, with the decree that sets it."""

    day = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=8, choices=HolidayKind, default=HolidayKind.NATIONAL)
    basis = models.CharField(
        _("dasar"), max_length=200, help_text=_("Keputusan bersama menteri atau aturan yang menetapkannya.")
    )

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        ordering = ["day"]
        constraints = [models.CheckConstraint(condition=~Q(basis=""), name="holiday_has_basis")]

    def __str__(self) -> str:
        return f"{formats.day(self.day)} – {self.name}"
