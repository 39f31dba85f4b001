"""Which dyes a colour of water may come from: what an inspector's list of leads is ranked by."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from wastewater.choices import Confidence
from wastewater.choices.complaints import WaterColour


@audit.tracked
class ColourHint(Entity):
    """Dyes are mixed and diluted, so a colour points at several classes of dye, and never at one workshop."""

    colour = models.CharField(_("warna air"), max_length=8, choices=WaterColour, unique=True)
    dyes = ArrayField(
        models.SlugField(max_length=12),
        verbose_name=_("golongan zat warna"),
        help_text=_("Kode golongan seperti pada buku catatan air limbah, dipisahkan koma."),
    )
    basis = models.CharField(_("dasar"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence, default=Confidence.LOW)

    class Meta:
        verbose_name = _("petunjuk warna")
        verbose_name_plural = _("petunjuk warna")
        ordering = ["colour"]
        constraints = [
            models.CheckConstraint(condition=~Q(basis="") & ~Q(colour=""), name="colour_hint_has_basis"),
        ]

    def __str__(self) -> str:
        return self.get_colour_display()
