"""One person's way through an apprenticeship, with the guards that no path goes around."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.choices import Sex
from batikportal.models import Area, Enterprise, Entity
from batikportal.models.area import lies_in
from workforce.choices import Education
from workforce.choices.apprenticeship import DropReason, PlacementState
from workforce.models.apprenticeships.guards import MAY_LEARN, SEAT_IS_FREE, STEP_IS_ALLOWED
from workforce.models.apprenticeships.hosts import HostGroup
from workforce.models.apprenticeships.programmes import Cohort
from workforce.models.engagements import ProcessStep
from workforce.models.people import Person, not_of_a_merged_person
from workforce.rules import apprenticeship as rules

_S = PlacementState


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user) -> "PlacementQuerySet":
        """Staff by role and area of residence, those of unknown residence by all of them; owners those in their own
        workshops once offered; nobody else."""
        if user.has_perm("workforce.read_placement"):
            areas = user.areas_for("workforce.read_placement")
            if areas is None:
                return self
            return self.filter(
                lies_in(areas, "person__ward")
                | Q(person__isnull=True, applicant__isnull=False) & lies_in(areas, "applicant__ward")
                | Q(person__ward__isnull=True, applicant__ward__isnull=True)
            )
        return self.hosted_by(Enterprise.objects.known_to(user))

    def hosted_by(self, enterprises) -> "PlacementQuerySet":
        """Placements in these workshops, from the offer on; never mere applications."""
        return self.filter(host__in=enterprises, offered_on__isnull=False).exclude(state=_S.APPLIED)


@audit.tracked
class Placement(Entity):
    """Somebody applies, is offered a host, tries, learns, and finishes or leaves; the state is moved by actions alone.

    Without a matched person it is no more than an application. `host` is the workshop; with `host_group` the cap is
    that of the whole group.
    """

    number = models.CharField(_("nomor"), max_length=11, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="placements", verbose_name=_("angkatan"))
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("peserta")
    )
    host = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tempat magang")
    )
    host_group = models.ForeignKey(
        HostGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kelompok tempat magang"),
    )
    mentor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pembimbing")
    )
    state = models.CharField(_("keadaan"), max_length=9, choices=PlacementState, default=_S.APPLIED, editable=False)
    applied_on = models.DateField(_("mendaftar"), editable=False)
    offered_on = models.DateField(_("ditawari"), null=True, blank=True, editable=False)
    trial_on = models.DateField(_("mulai masa coba"), null=True, blank=True, editable=False)
    started_on = models.DateField(_("mulai magang"), null=True, blank=True, editable=False)
    planned_until = models.DateField(_("rencana selesai"), null=True, blank=True, editable=False)
    paused_on = models.DateField(_("jeda sejak"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("berakhir"), null=True, blank=True, editable=False)
    converted_on = models.DateField(_("menjadi pekerja sejak"), null=True, blank=True, editable=False)
    drop_reason = models.CharField(_("alasan berhenti"), max_length=12, choices=DropReason, blank=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("penempatan magang")
        verbose_name_plural = _("penempatan magang")
        default_permissions = ()
        permissions = [
            ("read_placement", "Can read apprentices by name"),
            ("record_placement", "Can move apprentices and record what belongs to them"),
            ("export_placement", "Can download lists of apprentices"),
        ]
        ordering = ["-applied_on", "-pk"]
        indexes = [models.Index(fields=["state", "ended_on"]), models.Index(fields=["mentor", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort"],
                condition=~Q(state=_S.DROPPED),
                name="placement_once_per_cohort",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=rules.LEARNING), name="placement_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[_S.APPLIED, _S.DROPPED]) | Q(person__isnull=False, offered_on__isnull=False),
                name="placement_person_from_offer_on",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[_S.APPLIED, _S.DROPPED]) | Q(host__isnull=False),
                name="placement_host_from_offer_on",
            ),
            models.CheckConstraint(
                condition=~Q(state=_S.TRIAL) | Q(trial_on__isnull=False), name="placement_trial_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=rules.BEGUN)
                | Q(mentor__isnull=False, started_on__isnull=False, planned_until__isnull=False),
                name="placement_begun_has_mentor_and_days",
            ),
            models.CheckConstraint(
                condition=Q(mentor__isnull=True) | Q(person__isnull=True) | ~Q(mentor=F("person")),
                name="placement_mentor_is_somebody_else",
            ),
            models.CheckConstraint(
                condition=(~Q(state=_S.DROPPED) & Q(drop_reason="")) | (Q(state=_S.DROPPED) & ~Q(drop_reason="")),
                name="placement_drop_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=rules.ENDED) & Q(ended_on__isnull=False))
                | (~Q(state__in=rules.ENDED) & Q(ended_on__isnull=True)),
                name="placement_end_has_day",
            ),
            models.CheckConstraint(
                condition=(Q(state=_S.CONVERTED) & Q(converted_on__isnull=False))
                | (~Q(state=_S.CONVERTED) & Q(converted_on__isnull=True)),
                name="placement_conversion_has_day",
            ),
            models.CheckConstraint(
                condition=(Q(state=_S.PAUSED) & Q(paused_on__isnull=False))
                | (~Q(state=_S.PAUSED) & Q(paused_on__isnull=True)),
                name="placement_pause_has_day",
            ),
            models.CheckConstraint(
                condition=(Q(offered_on__isnull=True) | Q(offered_on__gte=F("applied_on")))
                & (Q(trial_on__isnull=True) | Q(trial_on__gte=F("applied_on")))
                & (Q(started_on__isnull=True) | Q(started_on__gte=F("applied_on")))
                & (Q(planned_until__isnull=True) | Q(planned_until__gte=F("started_on"), started_on__isnull=False))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("applied_on")))
                & (Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")))
                & (Q(converted_on__isnull=True) | Q(converted_on__gte=F("ended_on"), ended_on__isnull=False)),
                name="placement_days_in_order",
            ),
        ]
        triggers = [
            states.guard("state", rules.PLACEMENT_TRANSITIONS),
            pgtrigger.Trigger(
                name="seat_is_free",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "cohort_id"),
                when=pgtrigger.Before,
                declare=[("taken", "integer")],
                func=f"{SEAT_IS_FREE} RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="may_learn",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("state", "person_id", "mentor_id", "host_id", "host_group_id"),
                when=pgtrigger.Before,
                declare=[
                    ("the_day", "date"),
                    ("youngest", "numeric"),
                    ("adult", "numeric"),
                    ("cap_percent", "numeric"),
                    ("load_limit", "numeric"),
                    ("years", "numeric"),
                    ("employees", "bigint"),
                    ("taken", "bigint"),
                    ("was_learning", "boolean"),
                ],
                func=MAY_LEARN,
            ),
            not_of_a_merged_person(),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("workforce:placement", args=[self.public_id])

    @property
    def name(self) -> str:
        """Whose placement it is; the number when nothing else is left of a declined application."""
        if self.person is not None:
            return self.person.name
        applicant = getattr(self, "applicant", None)
        return applicant.name if applicant else self.number

    @property
    def host_name(self) -> str:
        """Where the person learns, with the group that hosts together."""
        parts = [one.name for one in (self.host, self.host_group) if one]
        return " – ".join(parts)


@audit.tracked
class PlacementStep(models.Model):
    """A step to be learned in a placement."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="placement_steps")
    step = models.ForeignKey(ProcessStep, on_delete=models.PROTECT, related_name="+", verbose_name=_("proses"))

    class Meta:
        verbose_name = _("proses yang dipelajari")
        verbose_name_plural = _("proses yang dipelajari")
        default_permissions = ()
        ordering = ["step__position"]
        constraints = [models.UniqueConstraint(fields=["placement", "step"], name="placementstep_once")]
        triggers = [
            pgtrigger.Trigger(
                name="step_is_allowed",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("the_day", "date"), ("years", "numeric")],
                func=STEP_IS_ALLOWED,
            )
        ]

    def __str__(self) -> str:
        return str(self.step)


@audit.tracked(exclude=["name", "phone", "guardian_name", "guardian_phone", "motivation", "token_hash"])
class Applicant(models.Model):
    """What somebody wrote into the public form, apart from the registry until an officer has matched it.

    The rows of those who were not taken are deleted by a daily job, since many of them are children.
    """

    placement = models.OneToOneField(Placement, on_delete=models.CASCADE, related_name="applicant")
    name = models.CharField(_("nama lengkap"), max_length=120)
    birth_on = models.DateField(_("tanggal lahir"))
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex)
    phone = models.CharField(_("nomor HP"), max_length=20)
    ward = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kelurahan")
    )
    residence_outside = models.CharField(_("tempat tinggal di luar kota"), max_length=120, blank=True)
    education = models.CharField(_("pendidikan terakhir"), max_length=8, choices=Education, blank=True)
    guardian_name = models.CharField(_("nama orang tua atau wali"), max_length=120, blank=True)
    guardian_phone = models.CharField(_("nomor HP orang tua atau wali"), max_length=20, blank=True)
    motivation = models.CharField(_("mengapa ingin belajar membatik"), max_length=500, blank=True)
    helper = models.CharField(_("dibantu oleh"), max_length=120, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("pendaftar magang")
        verbose_name_plural = _("pendaftar magang")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(ward__isnull=False) | ~Q(residence_outside=""), name="applicant_lives_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.name


@audit.tracked
class PlacementMove(models.Model):
    """One move of a placement, as it is told on its page; written once, for ever."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="moves")
    old_state = models.CharField(max_length=9, choices=PlacementState, blank=True)
    new_state = models.CharField(max_length=9, choices=PlacementState)
    on = models.DateField(_("tanggal"))
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    at = models.DateTimeField(_("dicatat pada"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )

    class Meta:
        verbose_name = _("langkah penempatan")
        verbose_name_plural = _("langkah penempatan")
        default_permissions = ()
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="moves_are_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.placement} – {self.get_new_state_display()}"


@audit.tracked
class PlacementAgreement(Entity):
    """The written agreement: what it must hold, when it was signed and handed in, and until when it is endorsed.

    Without one the apprentice counts as an employee from the first day (Permenaker 6/2020 art. 11).
    """

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="agreement")
    number = models.CharField(_("nomor perjanjian"), max_length=60)
    signed_on = models.DateField(_("ditandatangani"))
    signer_name = models.CharField(_("wakil tempat magang"), max_length=120)
    from_on = models.DateField(_("berlaku sejak"))
    until_on = models.DateField(_("berlaku sampai"))
    allowance_idr = models.PositiveIntegerField(_("uang saku sebulan (rupiah)"))
    days_per_week = models.PositiveSmallIntegerField(_("hari seminggu"))
    hours_per_day = models.DecimalField(_("jam sehari"), max_digits=3, decimal_places=1)
    theory_percent = models.PositiveSmallIntegerField(_("bagian teori (%)"))
    insured_by = models.CharField(_("JKK dan JKM dibayar oleh"), max_length=120)
    submitted_on = models.DateField(_("diserahkan ke Dinperinaker"), null=True, blank=True)
    endorse_due_on = models.DateField(_("batas pengesahan"), null=True, blank=True, editable=False)
    endorsed_on = models.DateField(_("disahkan"), null=True, blank=True)
    endorsement_number = models.CharField(_("nomor pengesahan"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("perjanjian pemagangan")
        verbose_name_plural = _("perjanjian pemagangan")
        default_permissions = ()
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")),
                name="placementagreement_in_order",
                violation_error_message=_("Akhir perjanjian mendahului mulainya."),
            ),
            models.CheckConstraint(
                condition=Q(days_per_week__range=(1, 7), hours_per_day__gt=0, hours_per_day__lte=24)
                & Q(theory_percent__lte=100),
                name="placementagreement_hours_possible",
            ),
            models.CheckConstraint(
                condition=Q(submitted_on__isnull=True, endorse_due_on__isnull=True)
                | Q(submitted_on__isnull=False, submitted_on__gte=F("signed_on")),
                name="placementagreement_handed_in_after_signing",
                violation_error_message=_("Perjanjian diserahkan setelah ditandatangani."),
            ),
            models.CheckConstraint(
                condition=Q(endorsed_on__isnull=True, endorsement_number="")
                | (
                    Q(endorsed_on__isnull=False, submitted_on__isnull=False, endorsed_on__gte=F("submitted_on"))
                    & ~Q(endorsement_number="")
                ),
                name="placementagreement_endorsed_with_number",
                violation_error_message=_("Pengesahan memerlukan tanggal setelah penyerahan, dan nomornya."),
            ),
        ]

    def __str__(self) -> str:
        return self.number
