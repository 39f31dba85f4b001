"""Programmes of apprenticeship, and their cohorts with a call, seats and steps to learn."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce.choices.apprenticeship import TrainingForm
from workforce.models.engagements import ProcessStep


@audit.tracked
class ApprenticeshipProgramme(Entity):
    """Under whose name and rules cohorts are called."""

    title = models.CharField(_("nama program"), max_length=120, unique=True)
    form = models.CharField(_("bentuk"), max_length=8, choices=TrainingForm, default=TrainingForm.FORMAL)
    organiser = models.CharField(_("penyelenggara"), max_length=120)
    funding = models.CharField(_("sumber dana"), max_length=120, blank=True)
    description = models.CharField(_("penjelasan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("program magang")
        verbose_name_plural = _("program magang")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CohortQuerySet(models.QuerySet["Cohort"]):
    def published(self) -> "CohortQuerySet":
        """What everybody may read."""
        return self.filter(published_at__isnull=False)

    def open_on(self, day: date) -> "CohortQuerySet":
        """Published calls that take applications on a day, first and last day included."""
        return self.published().filter(opens_on__lte=day, closes_on__gte=day)


@audit.tracked
class Cohort(Entity):
    """One call: when to apply, when to learn, how many seats, which steps, and the monthly allowance.

    `allowance_idr` None: not yet decided, which is not zero.
    """

    programme = models.ForeignKey(
        ApprenticeshipProgramme, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("program")
    )
    title = models.CharField(_("nama angkatan"), max_length=120)
    opens_on = models.DateField(_("pendaftaran dibuka"))
    closes_on = models.DateField(_("pendaftaran ditutup"))
    starts_on = models.DateField(_("mulai magang"))
    ends_on = models.DateField(_("akhir magang"))
    seats = models.PositiveSmallIntegerField(_("jumlah tempat"))
    steps = models.ManyToManyField(ProcessStep, related_name="+", verbose_name=_("proses yang dipelajari"))
    allowance_idr = models.PositiveIntegerField(_("uang saku sebulan (rupiah)"), null=True, blank=True)
    theory_percent = models.PositiveSmallIntegerField(_("bagian teori (%)"), null=True, blank=True)
    description = models.TextField(_("penjelasan untuk pendaftar"), max_length=1500, blank=True)
    requested_on = models.DateField(_("permohonan penyelenggara diterima"), null=True, blank=True)
    approve_due_on = models.DateField(_("batas persetujuan"), null=True, blank=True, editable=False)
    approved_on = models.DateField(_("penyelenggaraan disetujui"), null=True, blank=True)
    published_at = models.DateTimeField(_("diumumkan pada"), null=True, blank=True, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("angkatan magang")
        verbose_name_plural = _("angkatan magang")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "title"], name="cohort_title_once_per_programme"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on"), starts_on__gte=F("opens_on"), ends_on__gt=F("starts_on")),
                name="cohort_in_order",
                violation_error_message=_("Urutan tanggal: dibuka, ditutup, mulai, akhir."),
            ),
            models.CheckConstraint(condition=Q(seats__gt=0), name="cohort_has_seats"),
            models.CheckConstraint(
                condition=Q(theory_percent__isnull=True) | Q(theory_percent__lte=100), name="cohort_theory_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True)
                | Q(requested_on__isnull=False, approved_on__isnull=False, approved_on__gte=F("requested_on")),
                name="cohort_approved_after_request",
                violation_error_message=_("Persetujuan tidak mungkin mendahului permohonan."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workforce:cohort", args=[self.public_id])

    def is_open_on(self, day: date) -> bool:
        """Whether applications are taken on a day."""
        return self.published_at is not None and self.opens_on <= day <= self.closes_on
