"""What somebody masters: a level at a step of the craft, with what it was read from."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.models import Entity
from workforce.choices.skills import SkillEnd, SkillEvidence, SkillLevel
from workforce.models.engagements import ProcessStep
from workforce.models.people import Person, not_of_a_merged_person
from workforce.rules import skills as rules


class SkillClaimQuerySet(models.QuerySet["SkillClaim"]):
    def visible_to(self, user) -> "SkillClaimQuerySet":
        """Skills of people whom the user may see."""
        return self.filter(person__in=Person.objects.visible_to(user).order_by().values("pk"))

    def standing(self) -> "SkillClaimQuerySet":
        """Those that have not ended."""
        return self.filter(until_on__isnull=True)


@audit.tracked
class SkillClaim(Entity):
    """A person does a step at a level, since a day, on somebody's word or a certificate.

    People rise: a claim of a lower level stands beside a higher one. Of the same level only the newest stands, those
    before are kept with the day and the reason of their end.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skill_claims", verbose_name=_("pekerja"))
    step = models.ForeignKey(ProcessStep, on_delete=models.PROTECT, related_name="+", verbose_name=_("proses"))
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=SkillLevel)
    evidence = models.CharField(_("dasar"), max_length=12, choices=SkillEvidence)
    attested_by = models.CharField(_("menurut"), max_length=120, blank=True)
    from_on = models.DateField(_("sejak"))
    until_on = models.DateField(_("sampai"), null=True, blank=True, editable=False)
    end_reason = models.CharField(_("alasan berakhir"), max_length=8, choices=SkillEnd, blank=True, editable=False)

    objects = SkillClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("keahlian")
        verbose_name_plural = _("keahlian")
        permissions = [("record_skill", "Can record what somebody masters")]
        ordering = ["step__position", F("until_on").desc(nulls_first=True), "-level", "-from_on", "-pk"]
        indexes = [models.Index(fields=["step", "level", "until_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "step", "level"],
                condition=Q(until_on__isnull=True),
                name="skillclaim_one_standing_per_level",
            ),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="skillclaim_level_known"),
            models.CheckConstraint(
                condition=Q(evidence=SkillEvidence.SELF, attested_by="")
                | (Q(evidence=SkillEvidence.MASTER) & ~Q(attested_by=""))
                | (Q(evidence=SkillEvidence.CERTIFICATE, level__gte=rules.INDEPENDENT) & ~Q(attested_by="")),
                name="skillclaim_evidence_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, end_reason="")
                | Q(until_on__isnull=False, until_on__gte=F("from_on"), end_reason__in=SkillEnd.values),
                name="skillclaim_end_has_reason",
            ),
        ]
        triggers = [not_of_a_merged_person()]

    def __str__(self) -> str:
        return f"{self.person} – {self.step} – {self.get_level_display()}"
