"""Incidents and near misses at work; who was hurt and how stands apart, behind a permission of its own."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.choices import Sex
from batikportal.models import Area, Enterprise, Entity
from batikportal.models.area import lies_in
from workforce.choices.safety import ClaimState, IncidentAgent, IncidentKind, IncidentSeverity, Treatment
from workforce.models.engagements import ProcessStep
from workforce.models.people import Person, not_of_a_merged_person
from workforce.rules import safety as rules


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user) -> "IncidentQuerySet":
        """Incidents in the areas in which the user reads them."""
        if not user.has_perm("workforce.read_incident"):
            return self.none()
        return self.filter(lies_in(user.areas_for("workforce.read_incident")))


@audit.tracked
class Incident(Entity):
    """Something that hurt somebody at work, or nearly did; it names nobody."""

    occurred_at = models.DateTimeField(_("terjadi pada"))
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("usaha")
    )
    place = models.CharField(_("tempat, bila bukan di usaha"), max_length=150, blank=True)
    ward = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    step = models.ForeignKey(
        ProcessStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proses")
    )
    kind = models.CharField(_("kejadian"), max_length=9, choices=IncidentKind)
    agent = models.CharField(_("penyebab"), max_length=11, choices=IncidentAgent)
    severity = models.PositiveSmallIntegerField(_("keparahan"), choices=IncidentSeverity)
    lost_days = models.PositiveSmallIntegerField(_("hari kerja hilang"), null=True, blank=True)
    ppe_worn = models.BooleanField(_("alat pelindung dipakai"), null=True, blank=True)
    by_owner = models.BooleanField(_("dilaporkan pemilik usaha"), default=False, editable=False)
    form_number = models.CharField(_("nomor formulir 3 KK2 A"), max_length=60, blank=True)
    reported_on = models.DateField(_("formulir diterima pada"), null=True, blank=True)
    corrective_action = models.CharField(_("tindakan perbaikan"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("selesai pada"), null=True, blank=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("kejadian kerja")
        verbose_name_plural = _("kejadian kerja")
        default_permissions = ()
        permissions = [
            ("read_incident", "Can read incidents at work"),
            ("record_incident", "Can record and close incidents at work"),
        ]
        ordering = ["-occurred_at", "-pk"]
        indexes = [models.Index(fields=["occurred_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=IncidentKind.NEAR_MISS, severity=0) | ~Q(kind=IncidentKind.NEAR_MISS),
                name="incident_near_miss_hurts_nobody",
                violation_error_message=_("Hampir celaka berarti tidak ada yang cedera."),
            ),
            models.CheckConstraint(
                condition=Q(severity__range=(0, 5)) & (Q(lost_days__isnull=True) | Q(severity__gte=3)),
                name="incident_lost_days_fit_severity",
                violation_error_message=_("Hari kerja hilang diisi hanya bila keparahannya sedikitnya itu."),
            ),
            models.CheckConstraint(
                condition=Q(form_number="", reported_on__isnull=True)
                | ~Q(form_number="") & Q(reported_on__isnull=False),
                name="incident_report_has_number_and_day",
                violation_error_message=_("Isi nomor formulir bersama tanggalnya."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | ~Q(corrective_action="") & Q(closed_at__gte=F("occurred_at"), closed_at__isnull=False),
                name="incident_closed_with_action",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_at:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("workforce:incident", args=[self.public_id])

    @property
    def must_be_reported(self) -> bool:
        """Whether the duty of 2 x 24 hours runs."""
        return rules.must_be_reported(self.kind, self.severity)

    @property
    def report_due_at(self):
        """Until when form 3 KK2 A must have come; None when no duty runs or it has come."""
        waits = self.must_be_reported and self.reported_on is None
        return rules.report_due(self.occurred_at) if waits else None


class Injury(models.Model):
    """Who was hurt and how: health data. Not in the audit trail, since what must be erased may not be copied into a
    history that never forgets; every reading is logged."""

    incident = models.OneToOneField(
        Incident, on_delete=models.CASCADE, related_name="injury_row", verbose_name=_("kejadian")
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("pekerja terdaftar")
    )
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex, blank=True)
    age = models.PositiveSmallIntegerField(_("umur"), null=True, blank=True)
    body_part = models.CharField(_("bagian tubuh"), max_length=80)
    injury = models.CharField(_("cedera atau penyakit"), max_length=150)
    treatment = models.CharField(_("pengobatan"), max_length=9, choices=Treatment)
    claim = models.CharField(_("klaim JKK"), max_length=7, choices=ClaimState, default=ClaimState.NO)

    class Meta:
        verbose_name = _("data kesehatan kejadian")
        verbose_name_plural = _("data kesehatan kejadian")
        default_permissions = ()
        permissions = [("read_injury", "Can read and record who was hurt and how")]
        constraints = [
            models.CheckConstraint(condition=~Q(body_part="") & ~Q(injury=""), name="injury_is_told"),
            models.CheckConstraint(
                condition=Q(age__isnull=True) | Q(age__range=(10, 100)), name="injury_age_plausible"
            ),
        ]
        triggers = [not_of_a_merged_person()]

    def __str__(self) -> str:
        return str(self.incident)
