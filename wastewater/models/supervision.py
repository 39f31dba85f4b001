"""What the office sets for its supervision: dated figures, articles of law, and the questions of the checklist."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats
from batikportal.models import Entity
from wastewater.choices import Confidence
from wastewater.choices.enforcement import DecisionKind
from wastewater.choices.inspections import Aspect, SettingKey
from wastewater.models.overlaps import never_overlap


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
        name=name,
        violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
    )


@audit.tracked
class SupervisionSetting(Entity):
    """One figure of the office's way of working, in force from one day until another, with its basis."""

    key = models.CharField(_("aturan"), max_length=24, choices=SettingKey)
    number = models.DecimalField(_("angka"), max_digits=8, decimal_places=2)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    legal_basis = models.CharField(_("dasar"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("aturan kerja pengawasan")
        verbose_name_plural = _("aturan kerja pengawasan")
        ordering = ["key", "-effective_from"]
        constraints = [
            never_overlap(
                "supervision_setting_once_at_a_time",
                texts=("key",),
                dates=("effective_from", "effective_until"),
                message=_("Aturan ini sudah punya angka pada masa itu. Akhiri dahulu angka lamanya."),
            ),
            _in_order("supervision_setting_in_order"),
            models.CheckConstraint(
                condition=Q(number__gte=0),
                name="supervision_setting_not_negative",
                violation_error_message=_("Angka tidak boleh negatif."),
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="supervision_setting_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {formats.number(self.number)}"


@audit.tracked
class LegalArticle(Entity):
    """An article of law on which a decision of a kind may rest."""

    kind = models.CharField(_("jenis keputusan"), max_length=10, choices=DecisionKind)
    citation = models.CharField(_("pasal"), max_length=120)
    summary = models.CharField(_("isinya"), max_length=300)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("pasal sanksi administratif")
        verbose_name_plural = _("pasal sanksi administratif")
        ordering = ["kind", "citation"]
        constraints = [
            never_overlap(
                "legal_article_once_at_a_time",
                texts=("kind", "citation"),
                dates=("effective_from", "effective_until"),
                message=_("Pasal ini sudah berlaku pada masa itu. Akhiri dahulu baris lamanya."),
            ),
            _in_order("legal_article_in_order"),
        ]

    def __str__(self) -> str:
        return self.citation


@audit.tracked
class Checklist(Entity):
    """One edition of the questions that a team answers on the spot."""

    version = models.PositiveSmallIntegerField(_("edisi"), unique=True)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("daftar periksa")
        verbose_name_plural = _("daftar periksa")
        ordering = ["-version"]
        constraints = [
            never_overlap(
                "checklist_once_at_a_time",
                dates=("effective_from", "effective_until"),
                message=_("Edisi lain masih berlaku pada masa itu. Akhiri dahulu edisi lamanya."),
            ),
            _in_order("checklist_in_order"),
        ]

    def __str__(self) -> str:
        return _("Daftar periksa edisi %(version)s") % {"version": self.version}


@audit.tracked
class ChecklistItem(models.Model):
    """One question of an edition. A question that was answered stays as it was asked."""

    checklist = models.ForeignKey(
        Checklist, on_delete=models.PROTECT, related_name="items", verbose_name=_("daftar periksa")
    )
    aspect = models.CharField(_("aspek"), max_length=10, choices=Aspect)
    place = models.PositiveSmallIntegerField(_("urutan"))
    question = models.CharField(_("yang diperiksa"), max_length=300)
    legal_basis = models.CharField(_("dasar"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("butir daftar periksa")
        verbose_name_plural = _("butir daftar periksa")
        ordering = ["checklist", "place"]
        constraints = [models.UniqueConstraint(fields=["checklist", "place"], name="checklist_item_place_once")]
        triggers = [
            pgtrigger.Trigger(
                name="asked_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=pgtrigger.Func(
                    """
                    IF EXISTS (SELECT FROM wastewater_checklistanswer WHERE item_id = OLD.id) THEN
                        RAISE EXCEPTION 'question % was answered and stays as it was asked', OLD.id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                    """
                ),
            )
        ]

    def __str__(self) -> str:
        return self.question
