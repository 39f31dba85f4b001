"""Applications: lists, the waiting line, checks and decisions that belong to them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from batikportal.models import Enterprise, EnterpriseMembership
from marketing import rules
from marketing.choices import ApplicationState, CheckPhase, DecisionState
from marketing.models import (
    Activity,
    Application,
    Decision,
    DecisionBatch,
    EligibilityResult,
    PastParticipation,
    Quota,
)


def applications(found: QuerySet[Application]) -> QuerySet[Application]:
    """Applications for a list, with everything a row shows, in one statement."""
    return found.select_related("activity__programme", "enterprise", "ward__parent").annotate(
        pending_outcome=Subquery(
            Decision.objects.filter(application=OuterRef("pk"), state=DecisionState.PENDING).values("outcome")[:1]
        )
    )


def live_application(enterprise: Enterprise, activity: Activity) -> Application | None:
    """The application of this enterprise to this activity that stands, a draft included."""
    return Application.objects.filter(enterprise=enterprise, activity=activity, state__in=rules.LIVE_STATES).first()


def waiting_line(activity: Activity) -> QuerySet[Application]:
    """Who waits for a seat, the next in line first."""
    return (
        Application.objects.filter(activity=activity, state=ApplicationState.WAITLISTED)
        .select_related("enterprise")
        .order_by("waiting_order", "arrival_number")
    )


def waiting_position(application: Application) -> int | None:
    """The place in the waiting line counted from 1; None for who does not wait."""
    if application.state != ApplicationState.WAITLISTED:
        return None
    ahead = Application.objects.filter(activity=application.activity_id, state=ApplicationState.WAITLISTED).filter(
        Q(waiting_order__lt=application.waiting_order)
        | Q(waiting_order=application.waiting_order, arrival_number__lt=application.arrival_number)
    )
    return ahead.count() + 1


def latest_checks(application: Application, phase: str = CheckPhase.SUBMISSION) -> list[EligibilityResult]:
    """The results of the last time the rules were asked in ``phase``, in the order of the rules."""
    last = (
        EligibilityResult.objects.filter(application=application, phase=phase)
        .order_by()
        .values("application")
        .annotate(last=Max("checked_at"))
        .values("last")
    )
    found = EligibilityResult.objects.filter(application=application, phase=phase, checked_at=Subquery(last))
    return list(found.order_by("position"))


def pending_decisions(activity: Activity | None = None) -> QuerySet[Decision]:
    """Decisions not yet released, of one activity or of all, oldest first."""
    found = Decision.objects.filter(state=DecisionState.PENDING)
    if activity is not None:
        found = found.filter(application__activity=activity)
    return found.select_related(
        "application__enterprise", "application__activity", "application__ward", "decided_by", "batch"
    ).order_by("decided_at", "pk")


def answerable_decisions(batch: DecisionBatch) -> QuerySet[Decision]:
    """Decisions of a batch whose application still waits for its answer."""
    return decided_in_batch(batch).filter(state=DecisionState.PENDING, application__state=ApplicationState.PENDING)


def decided_in_batch(batch: DecisionBatch) -> QuerySet[Decision]:
    """All decisions of a batch, accepted first, then the waiting order, then the rest."""
    return (
        Decision.objects.filter(batch=batch)
        .select_related("application__enterprise", "application__activity", "application__ward", "decided_by")
        .order_by("outcome", F("rank").asc(nulls_last=True), "application__arrival_number")
    )


def promised_seats(activity: Activity, decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """For every quota: seats left now, seats these decisions would take, and whether that is too many."""
    wanted: dict[int, int] = {}
    for decision in decisions:
        if decision.outcome == "accepted":
            for quota_id in decision.application.counted_quotas:
                wanted[quota_id] = wanted.get(quota_id, 0) + 1
    return [
        {
            "quota": quota,
            "left": quota.size - quota.taken,
            "wanted": wanted.get(quota.pk, 0),
            "is_too_many": wanted.get(quota.pk, 0) > quota.size - quota.taken,
        }
        for quota in Quota.objects.filter(activity=activity).order_by("pk")
    ]


def decision_conflicts(user, enterprise_ids: Collection[int]) -> list[Enterprise]:
    """Enterprises among these of which the user is a member, and about which she may not decide."""
    memberships = EnterpriseMembership.objects.filter(
        user=user, enterprise__in=enterprise_ids, valid_until__isnull=True
    )
    return list(Enterprise.objects.filter(pk__in=memberships.values("enterprise")))


def participations_of(enterprise: Enterprise, *, limit: int = 20) -> list[rules.Participation]:
    """Every seat the enterprise ever had, imported history included, latest first."""
    seats = (
        Application.objects.seated()
        .filter(enterprise=enterprise)
        .values_list("activity__programme__kind", "activity__starts_at", "activity__title")
        .order_by("-activity__starts_at")[:limit]
    )
    past = (
        PastParticipation.objects.filter(enterprise=enterprise)
        .values_list("kind", "held_on", "title")
        .order_by("-held_on")[:limit]
    )
    found = [rules.Participation(kind, _day(when), title) for kind, when, title in (*seats, *past)]
    return sorted(found, key=lambda seat: seat.on, reverse=True)[:limit]


def _day(when: date | datetime) -> date:
    return timezone.localdate(when) if isinstance(when, datetime) else when


def decisions_of(application: Application) -> list[Decision]:
    """Every decision ever made about an application, latest first; for staff only."""
    found = Decision.objects.filter(application=application).select_related("decided_by", "batch")
    return list(found.order_by("-decided_at", "-pk"))
