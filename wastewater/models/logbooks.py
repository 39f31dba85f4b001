"""Who keeps a discharge logbook, its months, and the dated figures that the portal reminds and compares by."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, formats, states
from batikportal.models import Enterprise, Entity
from batikportal.models.area import lies_in
from wastewater.choices import Confidence
from wastewater.choices.discharge_logs import DyeFamily, MonthClosing, MonthState
from wastewater.models.overlaps import never_overlap
from wastewater.rules import discharge_logs as rules

# In the body instead of a condition, since the column of a foreign key may be made after the table.
_STAYS = """
IF OLD.first_day <> NEW.first_day OR (OLD.enterprise_id <> NEW.enterprise_id AND NOT EXISTS (
    SELECT FROM batikportal_enterprise e WHERE e.id = OLD.enterprise_id AND e.merged_into_id = NEW.enterprise_id)) THEN
    RAISE EXCEPTION 'a month stays with its enterprise, or passes to the one that it was merged into'
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
_IN_ORDER = Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from"))
_IN_ORDER_MESSAGE = _("Tanggal akhir harus sesudah tanggal mulai.")


@audit.tracked
class LogbookRule(models.Model):
    """When a month is due and when the portal reminds: management rules, each with the days on which it holds."""

    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    due_day = models.PositiveSmallIntegerField(
        _("batas kirim: tanggal pada bulan berikutnya"), validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    remind_days_before = models.PositiveSmallIntegerField(_("ingatkan berapa hari sebelum batas kirim"))
    silent_after_days = models.PositiveSmallIntegerField(_("dianggap diam sesudah berapa hari tanpa catatan"))
    tolerance_factor = models.DecimalField(
        _("ditandai bila di luar kebiasaan sebanyak kali"), max_digits=4, decimal_places=1
    )
    water_share_low = models.PositiveSmallIntegerField(_("bagian air masuk yang menjadi limbah, terendah (%)"))
    water_share_high = models.PositiveSmallIntegerField(_("bagian air masuk yang menjadi limbah, tertinggi (%)"))
    origin = models.CharField(_("sumber"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("aturan buku limbah")
        verbose_name_plural = _("aturan buku limbah")
        ordering = ["-effective_from"]
        constraints = [
            never_overlap(
                "logbook_rule_once_at_a_time",
                dates=("effective_from", "effective_until"),
                message=_("Sudah ada aturan pada masa itu. Akhiri dahulu aturan yang lama."),
            ),
            models.CheckConstraint(
                condition=_IN_ORDER, name="logbook_rule_in_order", violation_error_message=_IN_ORDER_MESSAGE
            ),
            models.CheckConstraint(condition=Q(due_day__range=(1, 28)), name="logbook_rule_due_day_in_every_month"),
            models.CheckConstraint(
                condition=Q(tolerance_factor__gte=1, water_share_low__lte=F("water_share_high")),
                name="logbook_rule_spans_in_order",
                violation_error_message=_("Faktor paling kecil 1, dan bagian terendah tidak boleh di atas tertinggi."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Aturan buku limbah sejak %(day)s") % {"day": formats.day(self.effective_from)})


@audit.tracked
class SpecificUse(models.Model):
    """Litres of wastewater per piece that are usual for one family of dyes, by one source."""

    dye_family = models.CharField(_("keluarga pewarna"), max_length=9, choices=DyeFamily)
    low_l_per_piece = models.DecimalField(_("terendah (L/lembar)"), max_digits=7, decimal_places=2)
    high_l_per_piece = models.DecimalField(_("tertinggi (L/lembar)"), max_digits=7, decimal_places=2)
    effective_from = models.DateField(_("berlaku sejak"))
    effective_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    origin = models.CharField(_("sumber"), max_length=250)
    confidence = models.CharField(_("keyakinan"), max_length=3, choices=Confidence)

    class Meta:
        verbose_name = _("pemakaian air yang biasa")
        verbose_name_plural = _("pemakaian air yang biasa")
        ordering = ["dye_family", "-effective_from"]
        constraints = [
            never_overlap(
                "specific_use_once_at_a_time",
                texts=("dye_family",),
                dates=("effective_from", "effective_until"),
                message=_("Keluarga pewarna ini sudah punya angka pada masa itu. Akhiri dahulu angka yang lama."),
            ),
            models.CheckConstraint(
                condition=_IN_ORDER, name="specific_use_in_order", violation_error_message=_IN_ORDER_MESSAGE
            ),
            models.CheckConstraint(
                condition=Q(low_l_per_piece__gt=0, low_l_per_piece__lte=F("high_l_per_piece")),
                name="specific_use_span_in_order",
                violation_error_message=_("Isi angka di atas nol, yang terendah tidak melebihi yang tertinggi."),
            ),
        ]

    def __str__(self) -> str:
        low, high = formats.number(self.low_l_per_piece), formats.number(self.high_l_per_piece)
        return f"{self.get_dye_family_display()}: {low}–{high} L"


@audit.tracked
class Logbook(Entity):
    """That an enterprise keeps a discharge logbook: since when it must (if it must), and whether it wants reminders."""

    enterprise = models.OneToOneField(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    obliged_from = models.DateField(
        _("wajib sejak"), null=True, blank=True, help_text=_("Kosong: usaha mencatat dengan sukarela.")
    )
    obliged_until = models.DateField(_("wajib sampai"), null=True, blank=True)
    basis = models.CharField(_("dasar kewajiban"), max_length=200, blank=True)
    wants_reminders = models.BooleanField(_("mau diingatkan"), default=True)

    class Meta:
        verbose_name = _("buku limbah")
        verbose_name_plural = _("buku limbah")
        ordering = ["enterprise__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(obliged_until__isnull=True) | Q(obliged_until__gte=F("obliged_from")),
                name="logbook_duty_in_order",
                violation_error_message=_IN_ORDER_MESSAGE,
            ),
            models.CheckConstraint(
                condition=Q(obliged_from__isnull=True, obliged_until__isnull=True)
                | Q(obliged_from__isnull=False) & ~Q(basis=""),
                name="logbook_duty_has_basis",
                violation_error_message=_("Tulis dasar kewajiban, misalnya nomor persetujuan lingkungan."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.enterprise)

    def get_absolute_url(self) -> str:
        return reverse("wastewater:logbook", args=[self.enterprise.public_id])

    def is_due_for(self, first: date) -> bool:
        """Whether the enterprise must keep the log in the month that begins on `first`."""
        return (
            self.obliged_from is not None
            and rules.first_of(self.obliged_from) <= first
            and (self.obliged_until is None or self.obliged_until >= first)
        )


class LogMonthQuerySet(models.QuerySet["LogMonth"]):
    def visible_to(self, user) -> "LogMonthQuerySet":
        """Staff by role and area, members those of their own enterprises, others none."""
        if user.has_perm("wastewater.view_dischargelog"):
            return self.filter(lies_in(user.areas_for("wastewater.view_dischargelog"), "enterprise__ward"))
        return self.filter(enterprise__in=Enterprise.objects.known_to(user))


@audit.tracked
class LogMonth(Entity):
    """One month of one enterprise's logbook. Once closed it takes corrections with a reason only."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="+", verbose_name=_("pelaku usaha")
    )
    first_day = models.DateField(_("bulan"))
    due_on = models.DateField(_("batas kirim"))
    state = models.CharField(_("keadaan"), max_length=6, choices=MonthState, default=MonthState.OPEN, editable=False)
    closing = models.CharField(_("cara ditutup"), max_length=8, choices=MonthClosing, blank=True, editable=False)
    closed_at = models.DateTimeField(_("ditutup pada"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("ditutup oleh"),
    )
    due_reminded_at = models.DateTimeField(_("diingatkan tentang batas kirim pada"), null=True, editable=False)
    silence_reminded_at = models.DateTimeField(_("diingatkan karena diam pada"), null=True, editable=False)

    objects = LogMonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulan buku limbah")
        verbose_name_plural = _("bulan buku limbah")
        ordering = ["-first_day", "enterprise__name"]
        indexes = [models.Index(fields=["first_day", "state"], name="log_month_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "first_day"], name="log_month_once"),
            models.CheckConstraint(condition=Q(first_day__day=1), name="log_month_begins_on_the_first"),
            models.CheckConstraint(condition=Q(due_on__gt=F("first_day")), name="log_month_due_later"),
            models.CheckConstraint(
                condition=Q(state=MonthState.OPEN, closed_at__isnull=True, closed_by__isnull=True, closing="")
                | Q(
                    state=MonthState.CLOSED,
                    closed_at__isnull=False,
                    closing=MonthClosing.DEADLINE,
                    closed_by__isnull=True,
                )
                | Q(
                    state=MonthState.CLOSED,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    closing__in=[MonthClosing.OWNER, MonthClosing.STAFF],
                ),
                name="log_month_closed_by_someone",
            ),
        ]
        triggers = [
            states.guard("state", rules.MONTH_TRANSITIONS),
            pgtrigger.Trigger(
                name="log_month_stays",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=_STAYS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} – {formats.month(self.first_day)}"

    def get_absolute_url(self) -> str:
        return f"{reverse('wastewater:logbook', args=[self.enterprise.public_id])}?bulan={self.first_day:%Y-%m}"

    @property
    def is_open(self) -> bool:
        return self.state == MonthState.OPEN
