"""What the portal notes about itself: reads of personal data, runs of background jobs, and targets of indicators."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.choices import JobState
from batikportal.models.area import Area
from batikportal.models.entity import Entity
from batikportal.models.people import User


class AccessEvent(models.Model):
    """Somebody read personal data in clear (UU 27/2022, art. 31). Append-only."""

    at = models.DateTimeField(_("waktu"), db_default=Now(), editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("pengguna"))
    subject_type = models.CharField(_("jenis data"), max_length=80)
    subject_id = models.CharField(_("kode data"), max_length=40)
    subject_label = models.CharField(_("data tentang"), max_length=200)
    fields = models.JSONField(_("kolom yang dibaca"))
    purpose = models.CharField(_("keperluan"), max_length=250)

    class Meta:
        verbose_name = _("pembacaan data pribadi")
        verbose_name_plural = _("pembacaan data pribadi")
        indexes = [models.Index(fields=["subject_type", "subject_id"]), models.Index(fields=["-at"])]
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="access_has_purpose")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user}: {self.subject_label}"


class JobRun(models.Model):
    """One run of a named background job."""

    name = models.CharField(_("pekerjaan"), max_length=60)
    started_at = models.DateTimeField(_("mulai"))
    ended_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    state = models.CharField(_("hasil"), max_length=8, choices=JobState, default=JobState.RUNNING)
    counts = models.JSONField(_("hitungan"), default=dict)
    error = models.TextField(_("galat"), blank=True)

    class Meta:
        verbose_name = _("pekerjaan latar")
        verbose_name_plural = _("pekerjaan latar")
        permissions = [("run_jobrun", "Can start a job now")]
        indexes = [models.Index(fields=["name", "-started_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, ended_at__isnull=True)
                | (~Q(state=JobState.RUNNING) & Q(ended_at__isnull=False)),
                name="job_run_ended_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d %H:%M}"


@audit.tracked
class Target(Entity):
    """What an indicator shall reach in a year, for the city or one district, and which document says so."""

    indicator = models.CharField(_("indikator"), max_length=60)
    year = models.PositiveSmallIntegerField(_("tahun"))
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kecamatan")
    )
    value = models.DecimalField(_("target"), max_digits=16, decimal_places=4)
    basis = models.CharField(_("dokumen dasar"), max_length=200)

    class Meta:
        verbose_name = _("target indikator")
        verbose_name_plural = _("target indikator")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "area"], nulls_distinct=False, name="target_once"),
            models.CheckConstraint(condition=~Q(basis=""), name="target_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
