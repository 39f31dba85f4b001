"""Two records that may be one person, and what somebody decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Entity
from workforce.choices.duplicates import PairRule, PairState
from workforce.models.people import Person
from workforce.rules import duplicates as rules


class DuplicateCandidateQuerySet(models.QuerySet["DuplicateCandidate"]):
    def visible_to(self, user) -> "DuplicateCandidateQuerySet":
        """Pairs of which the user may see both."""
        if not user.has_perm("workforce.merge_person"):
            return self.none()
        people = Person.objects.visible_to(user).order_by().values("pk")
        return self.filter(first__in=people, second__in=people)

    def open(self) -> "DuplicateCandidateQuerySet":
        """Those that wait for a decision."""
        return self.filter(state=PairState.OPEN)


@audit.tracked
class DuplicateCandidate(Entity):
    """An ordered pair, once in the database whatever was decided: a pair decided "different" is not proposed again."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("data pertama"))
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("data kedua"))
    rule = models.CharField(_("kesamaan"), max_length=16, choices=PairRule)
    score = models.PositiveSmallIntegerField(_("nilai kemiripan"))
    state = models.CharField(_("keputusan"), max_length=10, choices=PairState, default=PairState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("diputuskan oleh"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True, blank=True)

    objects = DuplicateCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("kemungkinan tercatat ganda")
        verbose_name_plural = _("kemungkinan tercatat ganda")
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["state", "-score"]), models.Index(fields=["second"])]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_ordered"),
            models.CheckConstraint(condition=Q(score__range=(0, 100)), name="duplicate_score_in_range"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    state__in=(PairState.SAME, PairState.DIFFERENT),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="duplicate_decision_has_name_and_time",
            ),
        ]
        triggers = [states.guard("state", rules.TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"

    def get_absolute_url(self) -> str:
        return reverse("workforce:duplicate", args=[self.public_id])
