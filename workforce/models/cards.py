"""The card by which a worker sees her own data, every use of it, and what workers and employers ask the office."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batikportal import audit, states
from batikportal.models import Enterprise, Entity
from workforce.choices.cards import CardUseKind, RequestKind, RequestState
from workforce.models.people import Person, not_of_a_merged_person
from workforce.rules import cards as rules


@audit.tracked
class WorkerCard(Entity):
    """One card; its code is kept as a keyed hash only. A new card ends the one before."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cards", verbose_name=_("pekerja"))
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    wrong_in_a_row = models.PositiveSmallIntegerField(_("jawaban salah berturut-turut"), default=0, editable=False)
    revoked_at = models.DateTimeField(_("dicabut pada"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("kartu pekerja")
        verbose_name_plural = _("kartu pekerja")
        permissions = [("issue_card", "Can issue and revoke cards of workers")]
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="workercard_one_valid_per_person"
            )
        ]
        triggers = [not_of_a_merged_person()]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_locked(self) -> bool:
        """Too many wrong answers: the office issues a new card."""
        return self.wrong_in_a_row >= rules.MOST_WRONG


@audit.tracked
class CardUse(models.Model):
    """Somebody used a card. Append-only."""

    card = models.ForeignKey(WorkerCard, on_delete=models.CASCADE, related_name="uses", verbose_name=_("kartu"))
    at = models.DateTimeField(_("waktu"))
    kind = models.CharField(_("pemakaian"), max_length=10, choices=CardUseKind)

    class Meta:
        verbose_name = _("pemakaian kartu")
        verbose_name_plural = _("pemakaian kartu")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["card", "-at"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class RegistryRequestQuerySet(models.QuerySet["RegistryRequest"]):
    def visible_to(self, user) -> "RegistryRequestQuerySet":
        """Requests of people whom the user may see, and of employers, for those who answer them."""
        if not user.has_perm("workforce.answer_request"):
            return self.none()
        people = Person.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(person__in=people) | Q(enterprise__in=Enterprise.objects.visible_to(user)))

    def open(self) -> "RegistryRequestQuerySet":
        """Those that nobody answered yet."""
        return self.filter(state=RequestState.OPEN)


@audit.tracked
class RegistryRequest(Entity):
    """A worker asks to correct or delete her data (UU 27/2022 art. 6 and 8), or an owner says who joined or left."""

    kind = models.CharField(_("permintaan"), max_length=10, choices=RequestKind)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="requests", verbose_name=_("pekerja")
    )
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("pelaku usaha")
    )
    words = models.TextField(_("isi permintaan"))
    asked_at = models.DateTimeField(_("diminta pada"))
    state = models.CharField(_("keadaan"), max_length=8, choices=RequestState, default=RequestState.OPEN)
    answer = models.TextField(_("jawaban"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("dijawab oleh"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("dijawab pada"), null=True, blank=True)

    objects = RegistryRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan")
        verbose_name_plural = _("permintaan")
        permissions = [("answer_request", "Can answer requests of workers and employers")]
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["state", "asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=(RequestKind.CORRECTION, RequestKind.DELETION),
                    person__isnull=False,
                    enterprise__isnull=True,
                )
                | Q(kind=RequestKind.STAFF, person__isnull=True, enterprise__isnull=False),
                name="request_comes_from_worker_or_employer",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (
                    Q(state__in=(RequestState.DONE, RequestState.REFUSED), answered_by__isnull=False)
                    & Q(answered_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="request_answer_has_words_name_and_time",
            ),
        ]
        triggers = [states.guard("state", rules.REQUEST_TRANSITIONS)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.person or self.enterprise}"
