"""The quarterly status of every subject by a versioned management rule, and the lock that freezes a quarter."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from wastewater.choices.duties import ComplianceLevel
from wastewater.models.overlaps import never_overlap
from wastewater.models.subjects import OfSubject, OfSubjectQuerySet, one_subject
from wastewater.rules import duties

_QUARTER_START = Q(quarter_start__day=1, quarter_start__month__in=[1, 4, 7, 10])


# A version that a locked quarter rests on is ended, never rewritten: its thresholds are part of what was frozen.
_THRESHOLDS = (
    "version",
    "valid_from",
    "window_months",
    "minimum_results",
    "chronic_share",
    "severe_share",
    "severe_factor_conventional",
    "severe_factor_other",
    "conventional_parameters",
    "without_factor",
    "late_days",
    "basis",
)
_IN_USE_STANDS = f"""
    IF ({", ".join(f"OLD.{name}" for name in _THRESHOLDS)})
       IS DISTINCT FROM ({", ".join(f"NEW.{name}" for name in _THRESHOLDS)})
       AND EXISTS (
           SELECT 1 FROM wastewater_compliancestatus s
           JOIN wastewater_quarterlock l ON l.quarter_start = s.quarter_start AND l.unlocked_at IS NULL
           WHERE s.rule_id = OLD.id
       ) THEN
        RAISE EXCEPTION 'version % is the rule of a locked quarter', OLD.version USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module


@audit.tracked
class ComplianceRule(Entity):
    """The thresholds of the quarterly status: a management rule with a version, never a provision of law."""

    version = models.CharField(_("versi"), max_length=20, unique=True)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    window_months = models.PositiveSmallIntegerField(_("bulan yang dilihat"), default=6)
    minimum_results = models.PositiveSmallIntegerField(
        _("hasil uji paling sedikit"),
        default=2,
        help_text=_("Dengan hasil lebih sedikit, sebuah parameter tidak membuat status signifikan."),
    )
    chronic_share = models.DecimalField(_("bagian melebihi baku mutu"), max_digits=4, decimal_places=3)
    severe_share = models.DecimalField(_("bagian jauh melebihi"), max_digits=4, decimal_places=3)
    severe_factor_conventional = models.DecimalField(
        _("kali baku mutu, BOD, TSS, minyak"), max_digits=4, decimal_places=2
    )
    severe_factor_other = models.DecimalField(_("kali baku mutu, lainnya"), max_digits=4, decimal_places=2)
    conventional_parameters = ArrayField(
        models.CharField(max_length=10), verbose_name=_("kode parameter dengan faktor pertama"), default=list
    )
    without_factor = ArrayField(
        models.CharField(max_length=10), verbose_name=_("kode parameter tanpa faktor"), default=list, blank=True
    )
    late_days = models.PositiveSmallIntegerField(_("hari terlambat yang signifikan"))
    meets_to_resolve = models.PositiveSmallIntegerField(
        _("hasil memenuhi berturut-turut yang mengakhiri pelanggaran"), default=1
    )
    lock_within_days = models.PositiveSmallIntegerField(_("triwulan dikunci dalam (hari)"), default=45)
    basis = models.CharField(_("asal aturan"), max_length=250)

    class Meta:
        verbose_name = _("aturan pengelolaan status ketaatan")
        verbose_name_plural = _("aturan pengelolaan status ketaatan")
        ordering = ["-valid_from"]
        constraints = [
            never_overlap(
                "compliance_rule_once_at_a_time",
                dates=("valid_from", "valid_until"),
                message=_("Masa berlaku versi ini bertumpuk dengan versi lain. Akhiri dahulu versi yang lama."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="compliance_rule_in_order",
                violation_error_message=_("Tanggal akhir harus sesudah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(chronic_share__gt=0, chronic_share__lte=1, severe_share__gt=0, severe_share__lte=1)
                & Q(severe_factor_conventional__gte=1, severe_factor_other__gte=1, minimum_results__gte=1)
                & Q(window_months__range=(3, 24), late_days__gte=1, meets_to_resolve__gte=1),
                name="compliance_rule_makes_sense",
                violation_error_message=_("Bagian antara 0 dan 1, faktor paling kecil 1, bulan antara 3 dan 24."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="in_use_stands", operation=pgtrigger.Update, when=pgtrigger.Before, func=_IN_USE_STANDS
            ),
        ]

    def __str__(self) -> str:
        return self.version


# A quarter is locked when it is over. A lock is undone once, with a reason; nothing else about it ever changes.
_ONLY_UNLOCKED_ONCE = """
    IF TG_OP = 'INSERT' THEN
        IF (NEW.locked_at AT TIME ZONE 'Asia/Jakarta')::date < (NEW.quarter_start + INTERVAL '3 months')::date THEN
            RAISE EXCEPTION 'quarter % is not over', NEW.quarter_start USING ERRCODE = 'check_violation';
        END IF;
        PERFORM pg_advisory_xact_lock(7510, NEW.quarter_start - DATE '2000-01-01');
        RETURN NEW;
    END IF;
    IF OLD.unlocked_at IS NOT NULL
       OR (OLD.quarter_start, OLD.locked_at, OLD.locked_by_id)
          IS DISTINCT FROM (NEW.quarter_start, NEW.locked_at, NEW.locked_by_id) THEN
        RAISE EXCEPTION 'a quarter lock is only ever undone, once' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(7510, OLD.quarter_start - DATE '2000-01-01');
    RETURN NEW;
"""


@audit.tracked
class QuarterLock(Entity):
    """Somebody closed a quarter; from then on its statuses stand, until somebody opens it again with a reason."""

    quarter_start = models.DateField(_("triwulan mulai"))
    locked_at = models.DateTimeField(_("dikunci pada"))
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("dikunci oleh")
    )
    unlocked_at = models.DateTimeField(_("dibuka pada"), null=True, blank=True)
    unlocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dibuka oleh"),
    )
    unlock_reason = models.CharField(_("alasan dibuka"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("kunci triwulan")
        verbose_name_plural = _("kunci triwulan")
        ordering = ["-quarter_start", "-locked_at"]
        permissions = [("lock_quarter", "Can lock a quarter"), ("unlock_quarter", "Can unlock a quarter")]
        constraints = [
            models.UniqueConstraint(
                fields=["quarter_start"], condition=Q(unlocked_at__isnull=True), name="quarter_locked_once"
            ),
            models.CheckConstraint(condition=_QUARTER_START, name="quarter_lock_starts_quarter"),
            models.CheckConstraint(
                condition=Q(unlocked_at__isnull=True, unlocked_by__isnull=True, unlock_reason="")
                | Q(unlocked_at__isnull=False, unlocked_at__gte=F("locked_at"), unlocked_by__isnull=False)
                & ~Q(unlock_reason=""),
                name="quarter_unlock_has_reason",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_unlocked_once",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=_ONLY_UNLOCKED_ONCE,
            ),
            pgtrigger.Protect(name="quarter_lock_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return duties.quarter_code(self.quarter_start)


# Whoever writes a status holds the quarter's lock as a reader, whoever closes the quarter as a writer: neither passes
# the other unseen.
_FROZEN = """
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_advisory_xact_lock_shared(7510, OLD.quarter_start - DATE '2000-01-01');
        IF EXISTS (SELECT 1 FROM wastewater_quarterlock
                   WHERE quarter_start = OLD.quarter_start AND unlocked_at IS NULL) THEN
            RAISE EXCEPTION 'quarter % is locked', OLD.quarter_start USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM pg_advisory_xact_lock_shared(7510, NEW.quarter_start - DATE '2000-01-01');
        IF EXISTS (SELECT 1 FROM wastewater_quarterlock
                   WHERE quarter_start = NEW.quarter_start AND unlocked_at IS NULL) THEN
            RAISE EXCEPTION 'quarter % is locked', NEW.quarter_start USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
"""


@audit.tracked
class ComplianceStatus(Entity, OfSubject):
    """The status of one subject in one quarter, with the figures it rests on; frozen while the quarter is locked."""

    quarter_start = models.DateField(_("triwulan mulai"))
    level = models.CharField(_("status"), max_length=11, choices=ComplianceLevel)
    rule = models.ForeignKey(ComplianceRule, on_delete=models.PROTECT, related_name="+", verbose_name=_("aturan"))
    reasons = models.JSONField(_("alasan"), default=list)
    meets_count = models.PositiveIntegerField(_("hasil memenuhi"), default=0)
    exceeds_count = models.PositiveIntegerField(_("hasil melebihi"), default=0)
    undecided_count = models.PositiveIntegerField(_("hasil tidak dapat dinilai"), default=0)
    obligations_count = models.PositiveIntegerField(_("kewajiban jatuh tempo"), default=0)
    not_reported_count = models.PositiveIntegerField(_("belum dilaporkan"), default=0)
    late_count = models.PositiveIntegerField(_("dilaporkan terlambat"), default=0)
    violations_count = models.PositiveIntegerField(_("pelanggaran"), default=0)
    computed_at = models.DateTimeField(_("dihitung pada"))

    objects = OfSubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("status ketaatan triwulan")
        verbose_name_plural = _("status ketaatan triwulan")
        ordering = ["-quarter_start", "pk"]
        indexes = [models.Index(fields=["quarter_start", "level"], name="status_by_quarter")]
        constraints = [
            one_subject("compliance_status_of_one_subject"),
            models.UniqueConstraint(
                fields=["enterprise", "plant", "quarter_start"],
                nulls_distinct=False,
                name="compliance_status_once_per_quarter",
            ),
            models.CheckConstraint(condition=_QUARTER_START, name="compliance_status_starts_quarter"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_when_locked",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_FROZEN,
            ),
        ]

    def __str__(self) -> str:
        return f"{duties.quarter_code(self.quarter_start)} – {self.subject}: {self.get_level_display()}"

    def get_absolute_url(self) -> str:
        return reverse("wastewater:compliance-status", args=[self.public_id])

    @property
    def quarter(self) -> str:
        return duties.quarter_code(self.quarter_start)

    @property
    def tone(self) -> str:
        return {"compliant": "good", "minor": "warning", "significant": "bad"}.get(self.level, "neutral")
