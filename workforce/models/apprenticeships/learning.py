"""What happens in a placement: days, tasks, levels, allowance, and what became of the person afterwards."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce.choices.apprenticeship import LogKind, OutcomeWork
from workforce.choices.skills import SkillLevel
from workforce.models.apprenticeships.placements import Placement
from workforce.models.engagements import ProcessStep
from workforce.rules import apprenticeship as rules


@audit.tracked
class LogEntry(Entity):
    """One day of the logbook."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="log_entries")
    on = models.DateField(_("tanggal"))
    kind = models.CharField(_("kehadiran"), max_length=8, choices=LogKind, default=LogKind.PRESENT)
    step = models.ForeignKey(
        ProcessStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proses")
    )
    hours = models.DecimalField(_("lama (jam)"), max_digits=3, decimal_places=1, null=True, blank=True)
    tasks = models.CharField(_("yang dikerjakan"), max_length=300, blank=True)
    mentor_note = models.CharField(_("catatan pembimbing"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("catatan harian magang")
        verbose_name_plural = _("catatan harian magang")
        default_permissions = ()
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "on"],
                name="logentry_once_a_day",
                violation_error_message=_("Hari ini sudah dicatat. Ubah catatan yang ada."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=LogKind.PRESENT) & ~Q(tasks=""))
                | (~Q(kind=LogKind.PRESENT) & Q(hours__isnull=True, step__isnull=True)),
                name="logentry_present_has_tasks",
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__isnull=False, hours__gt=0, hours__lte=24),
                name="logentry_hours_of_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} – {self.on:%d-%m-%Y}"


@audit.tracked
class StepAssessment(Entity):
    """How well a step was mastered on a day."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="assessments")
    step = models.ForeignKey(ProcessStep, on_delete=models.PROTECT, related_name="+", verbose_name=_("proses"))
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=SkillLevel)
    assessed_on = models.DateField(_("dinilai pada"))
    assessor = models.CharField(_("penilai"), max_length=120)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("penilaian proses")
        verbose_name_plural = _("penilaian proses")
        default_permissions = ()
        ordering = ["step__position", "-assessed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "step", "assessed_on"],
                name="stepassessment_once_a_day",
                violation_error_message=_("Proses ini sudah dinilai pada tanggal itu."),
            ),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="stepassessment_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} – {self.step}"


@audit.tracked
class AllowancePayment(Entity):
    """The allowance of one month, as it was paid."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="payments")
    month = models.DateField(_("bulan"))
    amount_idr = models.PositiveIntegerField(_("dibayar (rupiah)"))
    paid_on = models.DateField(_("tanggal dibayar"))
    evidence = models.CharField(_("bukti"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("pembayaran uang saku")
        verbose_name_plural = _("pembayaran uang saku")
        default_permissions = ()
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "month"],
                name="allowancepayment_once_a_month",
                violation_error_message=_("Uang saku bulan itu sudah dicatat."),
            ),
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="allowancepayment_is_money"),
            models.CheckConstraint(condition=Q(month__day=1), name="allowancepayment_month_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} – {self.month:%m-%Y}"


@audit.tracked
class PlacementOutcome(Entity):
    """What became of somebody 3, 6 or 12 months after the end; asked only when that day has come."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="outcomes")
    months = models.PositiveSmallIntegerField(
        _("bulan setelah selesai"), choices=[(m, str(m)) for m in rules.OUTCOME_MONTHS]
    )
    due_on = models.DateField(_("jatuh tempo"))
    asked_on = models.DateField(_("ditanyakan pada"))
    work = models.CharField(_("pekerjaan sekarang"), max_length=8, choices=OutcomeWork)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("hasil setelah magang")
        verbose_name_plural = _("hasil setelah magang")
        default_permissions = ()
        ordering = ["months", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "months"], name="placementoutcome_once"),
            models.CheckConstraint(
                condition=Q(months__in=rules.OUTCOME_MONTHS), name="placementoutcome_at_fixed_months"
            ),
            models.CheckConstraint(condition=Q(asked_on__gte=F("due_on")), name="placementoutcome_window_elapsed"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} – {self.months}"

    @property
    def in_craft(self) -> bool | None:
        """Whether the person still works in batik; None: nobody knows."""
        return rules.in_craft(self.work)
