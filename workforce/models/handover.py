"""Handover: an owner or a master, what they wish, who could follow, and the steps on the way."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Enterprise, Entity
from batikportal.models.area import lies_in
from workforce.choices.handover import (
    CandidateRelation,
    HandoverKind,
    HandoverWish,
    MilestoneState,
    PlanState,
    Willingness,
)
from workforce.models.engagements import ProcessStep
from workforce.models.people import Person, not_of_a_merged_person
from workforce.rules import handover as rules


class SuccessionPlanQuerySet(models.QuerySet["SuccessionPlan"]):
    def visible_to(self, user) -> "SuccessionPlanQuerySet":
        """Staff by role and area of residence; nobody else: a wish to stop is nothing for competitors or workers."""
        if not user.has_perm("workforce.read_successionplan"):
            return self.none()
        return self.filter(lies_in(user.areas_for("workforce.read_successionplan"), "person__ward"))


@audit.tracked
class SuccessionPlan(Entity):
    """Who hands over what, to what end, and by when; the state is moved by actions alone."""

    kind = models.CharField(_("yang diserahkan"), max_length=6, choices=HandoverKind)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("pemilik atau maestro")
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("usaha")
    )
    step = models.ForeignKey(
        ProcessStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proses")
    )
    wish = models.CharField(_("keinginan"), max_length=10, choices=HandoverWish, default=HandoverWish.UNDECIDED)
    wished_on = models.DateField(_("disampaikan pada"))
    target_on = models.DateField(_("ingin selesai pada"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    state = models.CharField(_("keadaan"), max_length=7, choices=PlanState, default=PlanState.OPEN, editable=False)
    state_on = models.DateField(_("keadaan sejak"), editable=False)
    stop_reason = models.CharField(_("alasan dihentikan"), max_length=300, blank=True, editable=False)
    successor = models.ForeignKey(
        "SuccessorCandidate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("penerus"),
    )

    objects = SuccessionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("rencana penerusan")
        verbose_name_plural = _("rencana penerusan")
        default_permissions = ()
        permissions = [
            ("read_successionplan", "Can read plans of handover by name"),
            ("record_successionplan", "Can record plans of handover"),
            ("export_successionplan", "Can download plans of handover"),
        ]
        ordering = ["target_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=rules.LIVE),
                name="successionplan_one_live_per_person",
            ),
            models.CheckConstraint(
                condition=Q(kind=HandoverKind.OWNER, enterprise__isnull=False)
                | Q(kind=HandoverKind.MASTER, step__isnull=False),
                name="successionplan_says_what",
                violation_error_message=_("Pilih usahanya, atau proses yang diajarkan."),
            ),
            models.CheckConstraint(
                condition=Q(target_on__isnull=True) | Q(target_on__gte=F("wished_on")),
                name="successionplan_in_order",
                violation_error_message=_("Tanggal selesai mendahului tanggal keinginan disampaikan."),
            ),
            models.CheckConstraint(
                condition=(Q(state=PlanState.STOPPED) & ~Q(stop_reason=""))
                | (~Q(state=PlanState.STOPPED) & Q(stop_reason="")),
                name="successionplan_stop_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state=PlanState.DONE) & Q(successor__isnull=False))
                | (~Q(state=PlanState.DONE) & Q(successor__isnull=True)),
                name="successionplan_done_has_successor",
            ),
        ]
        triggers = [states.guard("state", rules.PLAN_TRANSITIONS), not_of_a_merged_person()]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("workforce:handover", args=[self.public_id])


@audit.tracked
class SuccessorCandidate(Entity):
    """Somebody who could follow: a registered person, or only a name."""

    plan = models.ForeignKey(SuccessionPlan, on_delete=models.CASCADE, related_name="candidates")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("orang terdaftar")
    )
    name = models.CharField(_("nama, bila belum terdaftar"), max_length=120, blank=True)
    relation = models.CharField(_("hubungan"), max_length=10, choices=CandidateRelation)
    willing = models.CharField(_("kesediaan"), max_length=7, choices=Willingness, default=Willingness.UNKNOWN)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("calon penerus")
        verbose_name_plural = _("calon penerus")
        default_permissions = ()
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"],
                name="successorcandidate_once",
                violation_error_message=_("Orang ini sudah menjadi calon."),
            ),
            models.CheckConstraint(
                condition=(Q(person__isnull=False) & Q(name="")) | (Q(person__isnull=True) & ~Q(name="")),
                name="successorcandidate_is_somebody",
                violation_error_message=_("Pilih orang terdaftar, atau tulis namanya; tidak keduanya."),
            ),
        ]
        triggers = [not_of_a_merged_person()]

    def __str__(self) -> str:
        return self.person.name if self.person else self.name


@audit.tracked
class HandoverMilestone(Entity):
    """A step of the plan with its day."""

    plan = models.ForeignKey(SuccessionPlan, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("langkah"), max_length=120)
    due_on = models.DateField(_("paling lambat"))
    state = models.CharField(
        _("keadaan"), max_length=7, choices=MilestoneState, default=MilestoneState.PLANNED, editable=False
    )
    closed_on = models.DateField(_("selesai atau dibatalkan pada"), null=True, blank=True, editable=False)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("langkah penerusan")
        verbose_name_plural = _("langkah penerusan")
        default_permissions = ()
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state=MilestoneState.PLANNED) & Q(closed_on__isnull=True))
                | (~Q(state=MilestoneState.PLANNED) & Q(closed_on__isnull=False)),
                name="handovermilestone_closed_has_day",
            )
        ]

    def __str__(self) -> str:
        return self.title
