"""Decisions and batches: what is pending, what a release would take, and who may not decide."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, QuerySet

from batikportal.models import Enterprise, EnterpriseMembership
from marketing.choices import ApplicationState, DecisionState
from marketing.models import Activity, Application, Decision, DecisionBatch, Quota
from marketing.queries.activities import quotas_in_words


def pending_decisions(activity: Activity | None = None) -> QuerySet[Decision]:
    """Decisions not yet released, of one activity or of all, oldest first."""
    found = Decision.objects.filter(state=DecisionState.PENDING)
    if activity is not None:
        found = found.filter(application__activity=activity)
    return found.select_related(
        "application__enterprise", "application__activity", "application__ward", "decided_by", "batch"
    ).order_by("decided_at", "pk")


def batches_of(activity: Activity) -> QuerySet[DecisionBatch]:
    """The batches of an activity with their signers, latest first."""
    return DecisionBatch.objects.filter(activity=activity).select_related("signed_by").order_by("-number")


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
    quotas = list(Quota.objects.filter(activity=activity).order_by("pk"))
    words = quotas_in_words(quota.as_seats() for quota in quotas)
    return [
        {
            "name": row["name"],
            "left": row["left"],
            "wanted": wanted.get(quota.pk, 0),
            "is_too_many": wanted.get(quota.pk, 0) > row["left"],
        }
        for quota, row in zip(quotas, words, strict=True)
    ]


def decision_conflicts(user, enterprise_ids: Collection[int]) -> list[Enterprise]:
    """Enterprises among these of which the user is a member, and about which she may not decide."""
    memberships = EnterpriseMembership.objects.filter(
        user=user, enterprise__in=enterprise_ids, valid_until__isnull=True
    )
    return list(Enterprise.objects.filter(pk__in=memberships.values("enterprise")))


def decisions_of(application: Application) -> list[Decision]:
    """Every decision ever made about an application, latest first; for staff only."""
    found = Decision.objects.filter(application=application).select_related("decided_by", "batch")
    return list(found.order_by("-decided_at", "-pk"))
