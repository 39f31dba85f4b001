"""Made-up plans of handover: owners and masters from 55 on, in every state of readiness."""

import random
from datetime import date, timedelta

from batikportal.choices import EnterpriseStatus, Source
from batikportal.models import Enterprise
from workforce.choices import EngagementRole
from workforce.choices.handover import HandoverKind, MilestoneState, PlanState
from workforce.models import Engagement, HandoverMilestone, Person, ProcessStep, SuccessionPlan, SuccessorCandidate
from workforce.queries import matching
from workforce.queries.people import aged
from workforce.rules import handover as rules

PLANS, OWNERS, OWNER_PLANS = 16, 10, 6
STEPS = (("Bicara dengan calon", -60), ("Mulai belajar", -10), ("Mengerjakan sendiri", 90))


def _owners(today: date) -> list[matching.ToAsk]:
    """Owners from 56 on who are registered as people too; some of them have a plan."""
    enterprises = Enterprise.objects.filter(status=EnterpriseStatus.ACTIVE).order_by("pk")[:OWNERS]
    old = Person.objects.registered().filter(aged("56-68", today)).order_by("pk")[:OWNERS]
    pairs = list(zip(old, enterprises, strict=False))
    Engagement.objects.bulk_create(
        Engagement(
            person=person,
            enterprise=enterprise,
            role=EngagementRole.OWN_ACCOUNT,
            from_on=today - timedelta(days=4000),
            start_is_unknown=True,
            is_main=False,
            source=Source.SEED,
        )
        for person, enterprise in pairs
    )
    return [
        matching.ToAsk(person, HandoverKind.OWNER, enterprise, "", None) for person, enterprise in pairs[:OWNER_PLANS]
    ]


def seed(today: date) -> None:
    """Rows as sets, with dice of their own, so that other demo rows stay as they are."""
    rng = random.Random("handover")
    owners = _owners(today)
    masters, _total = matching.people_to_ask(Person.objects.all(), today)
    asked = [*owners, *(one for one in masters if one.kind == HandoverKind.MASTER)]
    heirs = list(Person.objects.filter(aged("18-39", today)).order_by("pk")[:PLANS])
    steps = {step.code: step for step in ProcessStep.objects.all()}
    plans = [
        SuccessionPlan(
            kind=one.kind,
            person=one.person,
            enterprise=one.enterprise,
            step=steps.get(one.step),
            wish=rng.choice(("family", "worker", "apprentice", "undecided")),
            wished_on=today - timedelta(days=120 + number),
            target_on=today + timedelta(days=200 + 20 * number),
            state=PlanState.RUNNING if number % 3 == 0 else PlanState.OPEN,
            state_on=today - timedelta(days=100),
            source=Source.SEED,
        )
        for number, one in enumerate(asked[:PLANS])
    ]
    SuccessionPlan.objects.bulk_create(plans)
    SuccessorCandidate.objects.bulk_create(
        SuccessorCandidate(
            plan=plan,
            person=heirs[number] if number % 2 else None,
            name="" if number % 2 else f"Anak Contoh {number:02}",
            relation="worker" if number % 2 else "child",
            willing="yes" if number % 3 == 0 else rng.choice(("unknown", "no")),
            source=Source.SEED,
        )
        for number, plan in enumerate(plans)
        if number % 5 and number < len(heirs)
    )
    HandoverMilestone.objects.bulk_create(
        HandoverMilestone(
            plan=plan,
            title=f"{title} (contoh)",
            due_on=today + timedelta(days=days),
            state=MilestoneState.DONE if plan.state == PlanState.RUNNING and not place else MilestoneState.PLANNED,
            closed_on=today - timedelta(days=70) if plan.state == PlanState.RUNNING and not place else None,
            source=Source.SEED,
        )
        for plan in plans
        if plan.state in rules.LIVE and plan.wish != "undecided"
        for place, (title, days) in enumerate(STEPS)
    )
