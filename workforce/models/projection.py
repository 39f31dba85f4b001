"""What if: assumed rates of leaving, scenarios with their assumptions, and runs that are never changed."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce.choices import Confidence
from workforce.choices.projection import ExitCause, ProjectionCase, ProjectionMethod
from workforce.models.engagements import ProcessStep
from workforce.rules import projection as rules
from workforce.rules import scenarios


def _bounded(label, low: int, high: int, **more) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=9,
        decimal_places=3,
        validators=[MinValueValidator(low), MaxValueValidator(high)],
        **more,
    )


@audit.tracked
class RateAssumption(models.Model):
    """A yearly probability of leaving the craft at an age, used where the registry has seen too little."""

    cause = models.CharField(_("sebab"), max_length=6, choices=ExitCause)
    first_age = models.PositiveSmallIntegerField(
        _("umur mulai"), choices=[(age, f"{age}–{age + 4}" if age < 70 else "70+") for age in rules.GROUPS]
    )
    probability = models.DecimalField(_("peluang setahun (0–1)"), max_digits=6, decimal_places=5)
    valid_from = models.DateField(_("berlaku sejak"))
    source_text = models.CharField(_("sumber"), max_length=200)
    confidence = models.CharField(_("kepastian"), max_length=10, choices=Confidence, default=Confidence.TO_CONFIRM)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("asumsi keluar dari pekerjaan batik")
        verbose_name_plural = _("asumsi keluar dari pekerjaan batik")
        ordering = ["cause", "first_age", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["cause", "first_age", "valid_from"], name="rateassumption_once_a_day"),
            models.CheckConstraint(condition=Q(probability__range=(0, 1)), name="rateassumption_is_a_probability"),
            models.CheckConstraint(condition=Q(first_age__in=rules.GROUPS), name="rateassumption_age_group"),
            models.CheckConstraint(
                condition=~Q(cause=ExitCause.RETIRE) | Q(first_age__gte=rules.OLD_FROM) | Q(probability=0),
                name="rateassumption_nobody_retires_before_fifty",
                violation_error_message=_("Di bawah 50 tahun peluang berhenti karena usia harus 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}, {self.get_first_age_display()}"


class ProjectionScenarioQuerySet(models.QuerySet["ProjectionScenario"]):
    def visible_to(self, user) -> "ProjectionScenarioQuerySet":
        """Whoever may see figures about workers; a scenario names nobody."""
        return self.all() if user.has_perm("workforce.view_figures") else self.none()


@audit.tracked
class ProjectionScenario(Entity):
    """A named set of assumptions. It stays as it was saved: another idea is another scenario, and an old one goes to
    the archive. The fields are those of `rules.scenarios.Plan`."""

    name = models.CharField(_("nama skenario"), max_length=120)
    note = models.TextField(_("catatan dan sumber asumsi"), blank=True, max_length=2000)
    step = models.ForeignKey(
        ProcessStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proses")
    )
    years = models.PositiveSmallIntegerField(
        _("tahun ke depan"), validators=[MinValueValidator(1), MaxValueValidator(scenarios.MOST_YEARS)]
    )
    intake = _bounded(_("orang baru setahun"), 0, 100_000)
    retention = _bounded(_("yang bertahan 12 bulan (%)"), 0, 100)
    direct_hires = _bounded(_("perekrutan langsung yang bertahan setahun"), 0, 100_000)
    share_15 = _bounded(_("orang baru berumur 15–19 (%)"), 0, 100)
    share_20 = _bounded(_("orang baru berumur 20–24 (%)"), 0, 100)
    share_25 = _bounded(_("orang baru berumur 25–29 (%)"), 0, 100)
    share_30 = _bounded(_("orang baru berumur 30–34 (%)"), 0, 100)
    share_35 = _bounded(_("orang baru berumur 35–44 (%)"), 0, 100)
    retires_from = models.PositiveSmallIntegerField(
        _("mulai berhenti karena usia pada umur"), validators=[MinValueValidator(45), MaxValueValidator(70)]
    )
    leave_change = _bounded(_("keluar karena alasan lain berubah (%)"), -100, 300)
    wage_change = _bounded(_("upah berubah (%)"), -50, 200)
    wage_keeps = _bounded(_("tiap kenaikan upah 10%, yang keluar berkurang (%)"), 0, 100)
    wage_draws = _bounded(_("tiap kenaikan upah 10%, orang baru bertambah (%)"), 0, 100)
    uncertainty = _bounded(_("ketidakpastian asumsi (±%)"), 0, 100)
    method = models.CharField(_("cara menghitung"), max_length=2, choices=ProjectionMethod)
    is_measured = models.BooleanField(_("memakai angka terukur bila cukup"), default=True)
    archived_at = models.DateTimeField(_("diarsipkan pada"), null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("diarsipkan oleh"),
    )

    objects = ProjectionScenarioQuerySet.as_manager()

    ASSUMPTIONS = (
        "years", "intake", "retention", "direct_hires", "share_15", "share_20", "share_25", "share_30", "share_35",
        "retires_from", "leave_change", "wage_change", "wage_keeps", "wage_draws", "uncertainty", "method",
    )  # fmt: skip

    class Meta:
        verbose_name = _("skenario penerusan")
        verbose_name_plural = _("skenario penerusan")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        permissions = [("plan_projection", "Can save, run and archive scenarios of succession")]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(archived_at__isnull=True),
                name="projectionscenario_name_once",
                violation_error_message=_("Nama ini sudah dipakai skenario lain. Pilih nama lain."),
            ),
            models.CheckConstraint(
                condition=Q(years__range=(1, scenarios.MOST_YEARS), retires_from__range=(45, 70)),
                name="projectionscenario_years_within",
            ),
            models.CheckConstraint(
                condition=Q(intake__range=(0, 100_000), direct_hires__range=(0, 100_000)),
                name="projectionscenario_people_within",
            ),
            models.CheckConstraint(
                condition=Q(share_15__gte=0, share_20__gte=0, share_25__gte=0, share_30__gte=0, share_35__gte=0)
                & Q(share_15__lte=100 - F("share_20") - F("share_25") - F("share_30") - F("share_35")),
                name="projectionscenario_shares_make_a_whole",
                violation_error_message=_("Jumlah bagian umur tidak boleh lebih dari 100%."),
            ),
            models.CheckConstraint(
                condition=Q(
                    retention__range=(0, 100),
                    leave_change__range=(-100, 300),
                    wage_change__range=(-50, 200),
                    wage_keeps__range=(0, 100),
                    wage_draws__range=(0, 100),
                    uncertainty__range=(0, 100),
                ),
                name="projectionscenario_changes_within",
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_by__isnull=True)
                | Q(archived_at__isnull=False, archived_by__isnull=False),
                name="projectionscenario_archived_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="scenario_stays_as_saved", exclude=["archived_at", "archived_by"]),
            pgtrigger.Protect(name="scenario_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def plan(self) -> scenarios.Plan:
        """The assumptions as the rules take them."""
        as_they_are = ("years", "retires_from", "method")
        values: dict[str, Any] = {
            name: getattr(self, name) if name in as_they_are else float(getattr(self, name))
            for name in self.ASSUMPTIONS
        }
        return scenarios.Plan(**values)


class ProjectionRunQuerySet(models.QuerySet["ProjectionRun"]):
    def visible_to(self, user) -> "ProjectionRunQuerySet":
        """Runs of scenarios that the user may see."""
        return self.all() if user.has_perm("workforce.view_figures") else self.none()


class ProjectionRun(Entity):
    """A scenario worked out on the registry of one day. Nothing changes it, by any path: it holds all its inputs."""

    scenario = models.ForeignKey(
        ProjectionScenario, on_delete=models.PROTECT, related_name="runs", verbose_name=_("skenario")
    )
    on = models.DateField(_("keadaan per tanggal"))
    engine_version = models.PositiveSmallIntegerField(_("versi cara menghitung"))
    inputs = models.JSONField(_("masukan"))
    needed_entrants = models.FloatField(_("orang baru bersih yang dibutuhkan setahun"), null=True)
    needed_intake = models.FloatField(_("orang baru yang dibutuhkan setahun"), null=True)

    objects = ProjectionRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("hitungan skenario")
        verbose_name_plural = _("hitungan skenario")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["scenario", "-on"])]
        triggers = [pgtrigger.Protect(name="runs_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.scenario} – {self.on:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("workforce:projection-run", args=[self.public_id])


class ProjectionCell(models.Model):
    """People of an age group at the beginning of a year of a run, and the exits and net entrants of that year."""

    run = models.ForeignKey(ProjectionRun, on_delete=models.PROTECT, related_name="cells", verbose_name=_("hitungan"))
    case = models.CharField(_("jalur"), max_length=4, choices=ProjectionCase)
    year = models.PositiveSmallIntegerField(_("tahun ke-"))
    first_age = models.PositiveSmallIntegerField(
        _("umur mulai"), null=True, help_text=_("Kosong: umur tidak diketahui")
    )
    people = models.FloatField(_("orang"))
    leave = models.FloatField(_("keluar karena alasan lain"))
    death = models.FloatField(_("meninggal dunia"))
    retire = models.FloatField(_("berhenti karena usia"))
    entrants = models.FloatField(_("masuk bersih"))

    class Meta:
        verbose_name = _("angka hitungan")
        verbose_name_plural = _("angka hitungan")
        default_permissions = ()
        ordering = ["run", "case", "year", F("first_age").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "case", "year", "first_age"], nulls_distinct=False, name="projectioncell_once"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=0, leave__gte=0, death__gte=0, retire__gte=0, entrants__gte=0),
                name="projectioncell_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(first_age__isnull=True) | Q(first_age__in=rules.GROUPS), name="projectioncell_age_group"
            ),
        ]
        triggers = [pgtrigger.Protect(name="cells_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.run} – {self.year} – {self.first_age or '?'}"
