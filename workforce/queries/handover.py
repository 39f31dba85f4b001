"""Plans of handover: by filter, how ready they are, what is overdue, and which firms have an heir."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from batikportal.models import Area
from workforce.choices import EngagementRole
from workforce.choices.handover import HandoverKind, MilestoneState, PlanState, Readiness, Willingness
from workforce.models import Engagement, HandoverMilestone, Person, SuccessionPlan, SuccessorCandidate
from workforce.queries.people import aged, open_engagements
from workforce.rules import handover as rules


def with_progress(plans: QuerySet[SuccessionPlan]) -> QuerySet:
    """`plans` with how many candidates (willing) and milestones (done) they have, and their `readiness`, which is that
    of `rules.readiness`."""
    counted = plans.annotate(
        candidates_count=Count("candidates", distinct=True),
        willing_count=Count("candidates", filter=Q(candidates__willing=Willingness.YES), distinct=True),
        steps_count=Count("milestones", filter=~Q(milestones__state=MilestoneState.SKIPPED), distinct=True),
        done_count=Count("milestones", filter=Q(milestones__state=MilestoneState.DONE), distinct=True),
    )
    return counted.annotate(
        readiness=Case(
            When(candidates_count=0, then=Value(Readiness.NONE)),
            When(willing_count=0, then=Value(Readiness.NAMED)),
            When(steps_count__gt=0, done_count=F("steps_count"), then=Value(Readiness.READY)),
            When(done_count__gt=0, then=Value(Readiness.LEARNING)),
            default=Value(Readiness.WILLING),
        )
    ).select_related("person__ward", "enterprise", "step", "successor__person")


@dataclass(frozen=True)
class PlanFilter:
    """What narrows the list of plans."""

    on: date
    text: str = ""
    kind: str = ""
    state: str = ""
    readiness: str = ""
    area: Area | None = None
    late: bool = False


SORTS = {"nama": "person__name", "selesai": "target_on", "keadaan": "state", "keinginan": "wished_on"}


def plans_matching(plans: QuerySet[SuccessionPlan], wanted: PlanFilter, order: str = "") -> QuerySet[Any]:
    """`plans` narrowed and sorted by a key of `SORTS`, turned round with a minus; live ones without an order."""
    found = with_progress(plans)
    if wanted.text:
        found = found.filter(Q(person__name__icontains=wanted.text) | Q(enterprise__name__icontains=wanted.text))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.readiness:
        found = found.filter(readiness=wanted.readiness)
    if wanted.area:
        found = found.filter(person__ward__parent=wanted.area)
    if wanted.late:
        found = found.filter(Exists(overdue_milestones(wanted.on).filter(plan=OuterRef("pk"))))
    key = F(SORTS.get(order.lstrip("-"), "target_on"))
    return found.order_by(key.desc(nulls_last=True) if order.startswith("-") else key.asc(nulls_last=True), "pk")


def overdue_milestones(on: date) -> QuerySet[HandoverMilestone]:
    """Steps of live plans whose day has passed, oldest first."""
    return (
        HandoverMilestone.objects.filter(state=MilestoneState.PLANNED, due_on__lt=on, plan__state__in=rules.LIVE)
        .select_related("plan__person")
        .order_by("due_on", "pk")
    )


def candidates_of(plan: SuccessionPlan) -> QuerySet[SuccessorCandidate]:
    """Who could follow, in the order they were named."""
    return plan.candidates.select_related("person__ward")


@dataclass(frozen=True)
class HeirReadiness:
    """Indicator S15: firms whose owner is 55 or older, and those of them with a candidate who is willing."""

    firms: int
    named: int
    willing: int


def heir_readiness(on: date) -> HeirReadiness:
    """Firms with an owner of 55 or older who works in it as such, by candidate; one query.

    Only owners who are registered as people can be counted: a firm without one is not in the denominator.
    """
    old = Person.objects.filter(aged(f"{rules.ASKED_FROM}-120", on))
    candidates = SuccessorCandidate.objects.filter(
        plan__kind=HandoverKind.OWNER,
        plan__enterprise=OuterRef("enterprise"),
        plan__state__in=(*rules.LIVE, PlanState.DONE),
    )
    firms = (
        Engagement.objects.filter(
            open_engagements(on), role=EngagementRole.OWN_ACCOUNT, enterprise__isnull=False, person__in=old.values("pk")
        )
        .annotate(
            named=Exists(candidates.exclude(willing=Willingness.NO)),
            willing=Exists(candidates.filter(willing=Willingness.YES)),
        )
        .aggregate(
            firm_count=Count("enterprise", distinct=True),
            named_count=Count("enterprise", filter=Q(named=True), distinct=True),
            willing_count=Count("enterprise", filter=Q(willing=True), distinct=True),
        )
    )
    return HeirReadiness(firms["firm_count"], firms["named_count"], firms["willing_count"])
