"""An uploaded spreadsheet on its way in: the run, and its rows waiting between preview and confirmation."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.imports import rules
from batikportal.imports.choices import Outcome, RunState
from batikportal.models.entity import Entity
from batikportal.models.files import StoredFile
from batikportal.models.people import User


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user) -> "ImportRunQuerySet":
        """Own runs; their history is for nobody else."""
        return self.filter(created_by=user)

    def shared_with(self, user, sheets) -> "ImportRunQuerySet":
        """Own runs, and for those who may see imports also the runs of ``sheets``, the codes their role may import."""
        own = Q(created_by=user)
        return self.filter(own | Q(sheet__in=sheets) if user.has_perm("batikportal.view_import") else own)


@audit.tracked(exclude=["rows_done", "touched_at", "attempt"])
class ImportRun(Entity):
    """One uploaded file. Its state moves by ``rules.RUN_TRANSITIONS`` only."""

    sheet = models.CharField(_("lembar"), max_length=60)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("berkas")
    )
    file_name = models.CharField(_("nama berkas"), max_length=150)
    sha256 = models.CharField(_("sidik berkas (SHA-256)"), max_length=64)
    state = models.CharField(_("status"), max_length=9, choices=RunState, default=RunState.UPLOADED)
    # In which the person who uploaded reads the findings.
    language = models.CharField(_("bahasa"), max_length=10, default="id")
    labels = models.JSONField(_("judul kolom dalam berkas"), default=list)
    positions = models.JSONField(_("letak kolom yang dikenal"), default=dict)
    notices = models.JSONField(_("catatan pembacaan"), default=list)
    rows_count = models.PositiveIntegerField(_("jumlah baris"), null=True)
    rows_done = models.PositiveIntegerField(_("baris selesai"), default=0)
    new_count = models.PositiveIntegerField(_("baru"), default=0)
    changed_count = models.PositiveIntegerField(_("berubah"), default=0)
    same_count = models.PositiveIntegerField(_("tetap sama"), default=0)
    refused_count = models.PositiveIntegerField(_("ditolak"), default=0)
    # A run whose process ended is started anew; what an earlier attempt still brings is not taken.
    attempt = models.PositiveSmallIntegerField(_("percobaan"), default=1)
    # Why the file or the writing was refused, in words for the person.
    problem = models.TextField(_("masalah"), blank=True)
    touched_at = models.DateTimeField(_("kemajuan terakhir"))
    checked_at = models.DateTimeField(_("diperiksa pada"), null=True)
    confirmed_at = models.DateTimeField(_("disetujui pada"), null=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("disetujui oleh")
    )
    ended_at = models.DateTimeField(_("selesai pada"), null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("impor")
        verbose_name_plural = _("impor")
        default_permissions = ()
        permissions = [("add_import", "Can import spreadsheets"), ("view_import", "Can see colleagues' imports")]
        indexes = [models.Index(fields=["-created_at"]), models.Index(fields=["sheet", "-created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "sha256"],
                condition=Q(state__in=[RunState.APPLYING, RunState.APPLIED]),
                name="import_same_file_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RunState.APPLYING, RunState.APPLIED])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="import_applied_was_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RunState.APPLIED, RunState.FAILED, RunState.CANCELLED])
                | Q(ended_at__isnull=False),
                name="import_ended_has_time",
            ),
        ]
        triggers = [states.guard("state", rules.RUN_TRANSITIONS)]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        """Whether background work is under way or about to start."""
        return self.state in (RunState.UPLOADED, RunState.CHECKING, RunState.APPLYING)

    @property
    def accepted_count(self) -> int:
        """How many rows would be written, or were."""
        return self.new_count + self.changed_count

    def is_stuck(self, now) -> bool:
        """Whether background work has not moved for so long that its process must have ended."""
        return self.is_busy and now - self.touched_at > timedelta(seconds=rules.STUCK_AFTER_SECONDS)


class ImportRow(models.Model):
    """One row of the file as read, with what it means, what is wrong with it, and what it would change."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows", verbose_name=_("impor"))
    line = models.PositiveIntegerField(_("baris"))
    cells = models.JSONField(_("isi sel"), default=list)
    values = models.JSONField(_("nilai"), default=dict)
    errors = models.JSONField(_("kesalahan"), default=dict)
    before = models.JSONField(_("nilai sebelumnya"), default=dict)
    found = models.JSONField(_("hasil pencarian"), default=dict)
    outcome = models.CharField(_("hasil"), max_length=7, choices=Outcome)
    # Every cell was understood, so that the sheet's own check has seen the row.
    understood = models.BooleanField(_("terbaca"), default=True)

    class Meta:
        verbose_name = _("baris impor")
        verbose_name_plural = _("baris impor")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["run", "line"], name="import_line_once")]
        indexes = [models.Index(fields=["run", "outcome", "line"])]

    def __str__(self) -> str:
        return f"{self.run} {self.line}"
