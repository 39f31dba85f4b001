"""Suggestions by step, place and age, each with its reasons: apprentices with hosts, and who could follow whom.

Advice only: nothing is decided here, and people who are not in the registry are not found here.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from batikportal.models import Area, Enterprise
from workforce.choices import EngagementRole
from workforce.choices.apprenticeship import HostOfferState, PlacementState, TrainingForm
from workforce.choices.handover import HandoverKind
from workforce.choices.skills import SkillLevel
from workforce.models import Engagement, EngagementStep, HostOffer, Person, Placement, SkillClaim, SuccessionPlan
from workforce.queries import hosting
from workforce.queries.apprenticeship import limits_on
from workforce.queries.people import aged, open_engagements
from workforce.rules import apprenticeship as apprentice_rules
from workforce.rules import handover as rules

# More than this helps nobody to choose.
SHOWN = 20


def _places(one: Area | None, other: Area | None) -> tuple[bool, bool]:
    """Whether two wards are the same, and whether their districts are."""
    if one is None or other is None:
        return False, False
    return one.pk == other.pk, one.parent_id == other.parent_id


@dataclass(frozen=True)
class HostSuggestion:
    """A workshop for an applicant, with why, and how many places it still has."""

    offer: HostOffer
    enterprise: Enterprise
    fit: rules.Fit
    free: int

    @property
    def reasons(self) -> Sequence[object]:
        return rules.reasons(self.fit)


def hosts_for(placement: Placement, on: date) -> list[HostSuggestion]:
    """Workshops that offered places for a step of the applicant, best first; a constant number of queries."""
    wanted = {row.step_id for row in placement.placement_steps.all()}
    told = getattr(placement, "applicant", None)
    ward = placement.person.ward if placement.person else told.ward if told else None
    formal = placement.cohort.programme.form == TrainingForm.FORMAL
    offers = list(
        HostOffer.objects.filter(state=HostOfferState.ACCEPTED)
        .select_related("enterprise__ward")
        .prefetch_related("steps")
        .order_by("pk")
    )
    taken = dict(
        Placement.objects.filter(
            host__in=[offer.enterprise_id for offer in offers],
            state__in=(PlacementState.OFFERED, *apprentice_rules.LEARNING),
        )
        .order_by()
        .values_list("host")
        .annotate(Count("pk"))
    )
    room_in_group = {
        member.enterprise_id: room.free for _group, members, room in hosting.rooms_of_groups(on) for member in members
    }
    percent = limits_on(on).cap_percent
    found = []
    for offer in offers:
        one = offer.enterprise
        had = taken.get(one.pk, 0)
        free = offer.seats - had
        if formal:
            alone = apprentice_rules.host_cap(one.workers_count or 0, percent) - had if percent is not None else 0
            free = min(free, room_in_group.get(one.pk, alone))
        same_ward, same_district = _places(ward, one.ward)
        fit = rules.Fit(
            same_step=bool(wanted & {step.pk for step in offer.steps.all()}),
            same_ward=same_ward,
            same_district=same_district,
            has_room=free > 0,
        )
        if fit.same_step:
            found.append(HostSuggestion(offer, one, fit, max(free, 0)))
    return sorted(found, key=lambda one: (-rules.weight(one.fit), one.enterprise.name))


@dataclass(frozen=True)
class SuccessorSuggestion:
    """A person who could follow, with why."""

    person: Person
    fit: rules.Fit

    @property
    def reasons(self) -> Sequence[object]:
        return rules.reasons(self.fit)


def _young(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    return people.filter(aged(f"15-{rules.FOLLOWS_UNTIL - 1}", on))


def successors_for(plan: SuccessionPlan, people: QuerySet[Person], on: date) -> list[SuccessorSuggestion]:
    """People under 40 among `people` who share a step, the workshop or an apprenticeship with whoever hands over, best
    first; a constant number of queries."""
    whose = Engagement.objects.filter(open_engagements(on), person=plan.person)
    steps = (
        {plan.step_id}
        if plan.step_id
        else set(EngagementStep.objects.filter(engagement__in=whose).values_list("step", flat=True))
    )
    workshops = {plan.enterprise_id} - {None} or set(
        whose.exclude(enterprise=None).values_list("enterprise", flat=True)
    )
    trained = set(
        Placement.objects.filter(
            state__in=(*apprentice_rules.LEARNING, *apprentice_rules.FINISHED), placement_steps__step__in=steps
        ).values_list("person", flat=True)
    )
    known = plan.candidates.exclude(person=None).values("person")
    at_work = Engagement.objects.filter(open_engagements(on))
    ward, district = plan.person.ward_id, plan.person.ward.parent_id if plan.person.ward else None
    near = Q(enterprise__in=workshops) | (
        Q(engagement_steps__step__in=steps) & (Q(person__ward=ward) | Q(person__ward__parent=district))
    )
    young = _young(people, on).exclude(pk=plan.person_id).exclude(pk__in=known)
    young = young.filter(Q(pk__in=trained) | Q(pk__in=at_work.filter(near).order_by().values("person"))).select_related(
        "ward"
    )
    rows = list(young.order_by("name", "pk"))
    doing: dict[int, set[int | None]] = defaultdict(set)
    working: dict[int, set[int | None]] = defaultdict(set)
    family: dict[int, set[int | None]] = defaultdict(set)
    ids = [person.pk for person in rows]
    for pk, enterprise, role, step in at_work.filter(person__in=ids).values_list(
        "person", "enterprise", "role", "engagement_steps__step"
    ):
        doing[pk].add(step)
        working[pk].add(enterprise)
        if role == EngagementRole.FAMILY:
            family[pk].add(enterprise)
    found = []
    for person in rows:
        same_ward, same_district = _places(plan.person.ward, person.ward)
        fit = rules.Fit(
            same_step=bool(doing[person.pk] & steps),
            same_workshop=bool(working[person.pk] & workshops),
            family=bool(family[person.pk] & workshops),
            finished_training=person.pk in trained,
            same_ward=same_ward,
            same_district=same_district,
            young=True,
        )
        found.append(SuccessorSuggestion(person, fit))
    return sorted(found, key=lambda one: (-rules.weight(one.fit), one.person.name, one.person.pk))[:SHOWN]


@dataclass(frozen=True)
class ToAsk:
    """An owner or a master who should be asked who follows, and why."""

    person: Person
    kind: HandoverKind
    enterprise: Enterprise | None
    step: str
    age: int | None


def people_to_ask(people: QuerySet[Person], on: date) -> tuple[list[ToAsk], int]:
    """Owners and masters from 55 on among `people` for whom no plan stands: the oldest, and how many in all."""
    old = people.filter(aged(f"{rules.ASKED_FROM}-120", on))
    planned = SuccessionPlan.objects.filter(state__in=rules.LIVE)
    owners = Engagement.objects.filter(
        open_engagements(on), role=EngagementRole.OWN_ACCOUNT, enterprise__isnull=False, person__in=old
    ).exclude(person__in=planned.filter(kind=HandoverKind.OWNER).values("person"))
    masters = (
        SkillClaim.objects.standing()
        .filter(
            level__gte=SkillLevel.MASTER,
            person__in=old.filter(pk__in=Engagement.objects.filter(open_engagements(on)).values("person")),
        )
        .exclude(person__in=planned.filter(kind=HandoverKind.MASTER).values("person"))
    )
    highest = masters.order_by("person_id", "-level", "step__position").distinct("person_id").values("pk")
    own = owners.select_related("person__ward", "enterprise").order_by("person__birth_on", "pk")
    skilled = SkillClaim.objects.filter(pk__in=highest).select_related("person__ward", "step")
    rows = [ToAsk(one.person, HandoverKind.OWNER, one.enterprise, "", _age(one.person, on)) for one in own[:SHOWN]]
    rows += [
        ToAsk(one.person, HandoverKind.MASTER, None, one.step.code, _age(one.person, on))
        for one in skilled.order_by("person__birth_on", "pk")[:SHOWN]
    ]
    total = owners.count() + masters.values("person").distinct().count()
    rows.sort(key=lambda one: (_born(one.person), one.person.name))
    return rows[:SHOWN], total


def _age(person: Person, on: date) -> int | None:
    return person.age_on(on).years


def _born(person: Person) -> date:
    if person.birth_on:
        return person.birth_on
    return date(person.birth_year or 2100, 7, 1)
