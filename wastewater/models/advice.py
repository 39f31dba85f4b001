"""What the compliance coach says: advice by parameter, dye and process, and whom to ask; rows that staff edit."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from wastewater.choices import Confidence
from wastewater.choices.discharge_logs import AdviceKind, DyeClass, LogProcess
from wastewater.models.standards import Parameter


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


@audit.tracked
class Advice(models.Model):
    """One sentence about a parameter that failed: a usual cause or a step. Without dye and process it holds for all."""

    parameter = models.ForeignKey(Parameter, on_delete=models.PROTECT, related_name="+", verbose_name=_("parameter"))
    kind = models.CharField(_("jenis"), max_length=10, choices=AdviceKind)
    dye_class = models.CharField(_("khusus pewarna"), max_length=9, choices=DyeClass, blank=True)
    process = models.CharField(_("khusus proses"), max_length=10, choices=LogProcess, blank=True)
    text = models.CharField(_("kalimat"), max_length=300)
    text_en = models.CharField(_("kalimat Inggris"), max_length=300)
    origin = models.CharField(_("sumber"), max_length=200)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)
    display_order = models.PositiveSmallIntegerField(_("urutan tampil"), default=100)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("nasihat")
        verbose_name_plural = _("nasihat")
        ordering = ["parameter", "kind", "display_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parameter", "kind", "dye_class", "process", "text"],
                name="advice_once",
                violation_error_message=_("Nasihat yang sama sudah ada."),
            ),
            models.CheckConstraint(
                condition=~models.Q(text="") & ~models.Q(text_en="") & ~models.Q(origin=""), name="advice_complete"
            ),
        ]

    def __str__(self) -> str:
        return self.text_en if _is_english() else self.text


@audit.tracked
class AdviceContact(models.Model):
    """An office that an owner can ask."""

    name = models.CharField(_("nama"), max_length=120, unique=True)
    name_en = models.CharField(_("nama Inggris"), max_length=120)
    topic = models.CharField(_("untuk apa"), max_length=200)
    topic_en = models.CharField(_("untuk apa (Inggris)"), max_length=200)
    phone = models.CharField(_("telepon"), max_length=30, blank=True)
    origin = models.CharField(_("sumber"), max_length=200)
    display_order = models.PositiveSmallIntegerField(_("urutan tampil"), default=100)
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("tempat bertanya")
        verbose_name_plural = _("tempat bertanya")
        ordering = ["display_order", "name"]

    def __str__(self) -> str:
        return self.name_en if _is_english() else self.name

    @property
    def topic_in_words(self) -> str:
        return self.topic_en if _is_english() else self.topic
