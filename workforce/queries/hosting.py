"""Who may take apprentices: room of hosts and groups under the cap, room of mentors, and what a placement lacks."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from batikportal.models import Enterprise
from workforce.choices import EngagementRole
from workforce.choices.apprenticeship import HostOfferState, PlacementGap, TrainingForm
from workforce.models import Consent, Engagement, HostGroup, HostGroupMember, HostOffer, Person, Placement
from workforce.queries.apprenticeship import limits_on
from workforce.queries.people import open_engagements
from workforce.rules import apprenticeship as rules


def member_on(day: date) -> Q:
    """Condition on HostGroupMember: it holds on the day."""
    return Q(from_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gte=day))


@dataclass(frozen=True)
class Room:
    """Employees of a host or a group, its cap, and how many it has; `cap` None: no percentage is recorded."""

    employees: int
    cap: int | None
    hosted: int

    @property
    def free(self) -> int:
        """Places left, never below none."""
        return max((self.cap or 0) - self.hosted, 0)

    @property
    def over(self) -> bool:
        """Whether more learn than the cap allows, as after a member left or sent workers home."""
        return self.cap is not None and self.hosted > self.cap


def _formal_learning() -> QuerySet[Placement]:
    return Placement.objects.filter(state__in=rules.LEARNING, cohort__programme__form=TrainingForm.FORMAL)


def rooms_of_groups(day: date) -> list[tuple[HostGroup, list[HostGroupMember], Room]]:
    """Every group with its members of the day and its room; four queries."""
    percent = limits_on(day).cap_percent
    members = HostGroupMember.objects.filter(member_on(day)).select_related("enterprise__ward")
    groups = list(HostGroup.objects.prefetch_related(Prefetch("members", members)))
    in_group = dict(_formal_learning().filter(host_group__isnull=False).values_list("host_group").annotate(Count("pk")))
    alone = dict(_formal_learning().filter(host_group__isnull=True).values_list("host").annotate(Count("pk")))
    found = []
    for group in groups:
        own = list(group.members.all())
        employees = sum(member.enterprise.workers_count or 0 for member in own)
        hosted = in_group.get(group.pk, 0) + sum(alone.get(member.enterprise_id, 0) for member in own)
        cap = None if percent is None else rules.host_cap(employees, percent)
        found.append((group, own, Room(employees, cap, hosted)))
    return found


def room_of(enterprise: Enterprise, day: date) -> Room:
    """The room of an enterprise that hosts alone."""
    percent = limits_on(day).cap_percent
    employees = enterprise.workers_count or 0
    hosted = _formal_learning().filter(host=enterprise, host_group__isnull=True).count()
    return Room(employees, None if percent is None else rules.host_cap(employees, percent), hosted)


def group_of(enterprise: Enterprise, day: date) -> HostGroup | None:
    """The group that an enterprise belongs to on a day."""
    found = HostGroupMember.objects.filter(member_on(day), enterprise=enterprise).select_related("group").first()
    return found.group if found else None


def mentor_loads() -> QuerySet:
    """Mentors of apprentices who learn now, with `load`, heaviest first."""
    learning = Placement.objects.filter(state__in=rules.LEARNING, mentor__isnull=False)
    loads = learning.order_by().values("mentor").annotate(load=Count("pk"))
    return loads.order_by("-load", "mentor")


def overloaded_mentors(limit: int) -> list[tuple[Person, int]]:
    """Mentors with more apprentices than the limit, as after it was lowered; two queries."""
    loads = {row["mentor"]: row["load"] for row in mentor_loads().filter(load__gt=limit)}
    people = Person.objects.in_bulk(loads)
    return [(people[pk], load) for pk, load in loads.items()]


def standing_of(placement: Placement, on: date) -> rules.Standing:
    """What is known of a placement before it may begin on a day."""
    person = placement.person
    if person is None:
        return rules.Standing()
    consents = Consent.objects.filter(person=person, purpose="apprenticeship", withdrawn_at__isnull=True)
    given_by = list(consents.values_list("given_by", flat=True))
    capped = placement.cohort.programme.form == TrainingForm.FORMAL
    employees = hosted = 0
    through_group = False
    if capped and placement.host_group is not None:
        room = next(
            (room for group, _members, room in rooms_of_groups(on) if group.pk == placement.host_group_id),
            Room(0, None, 0),
        )
        employees, hosted = room.employees, room.hosted
    elif capped and placement.host is not None:
        room = room_of(placement.host, on)
        employees, hosted = room.employees, room.hosted
        through_group = group_of(placement.host, on) is not None
    others = Placement.objects.filter(mentor=placement.mentor_id, state__in=rules.LEARNING).exclude(pk=placement.pk)
    already = placement.state in rules.LEARNING and capped
    return rules.Standing(
        has_person=True,
        age=rules.youngest_possible_age(person.birth_on, person.birth_year, on),
        consented=bool(given_by),
        by_guardian="guardian" in given_by,
        forbidden_step=placement.placement_steps.filter(step__forbidden_under_18=True).exists(),
        has_host=placement.host_id is not None,
        through_group=through_group,
        employees=employees,
        hosted=hosted - already,
        capped=capped,
        has_mentor=placement.mentor_id is not None,
        mentored=others.count() if placement.mentor_id else 0,
    )


def gaps_of(placement: Placement, on: date) -> list[PlacementGap]:
    """Everything that a placement lacks before it may begin on a day."""
    return rules.gaps(standing_of(placement, on), limits_on(on))


def offers_listed(offers: QuerySet[HostOffer]) -> QuerySet[HostOffer]:
    """Offers of owners, newest first, those that wait for an answer on top."""
    return (
        offers.select_related("enterprise__ward")
        .prefetch_related("steps")
        .annotate(waits=Case(When(state=HostOfferState.OPEN, then=0), default=1))
        .order_by("waits", "-created_at", "-pk")
    )


def mentors_at(placement: Placement, day: date) -> QuerySet[Person]:
    """People at work with the host of a placement, or with a member of its group, each with `load`; not the
    apprentice."""
    hosts = [placement.host_id]
    if placement.host_group_id is not None:
        members = HostGroupMember.objects.filter(member_on(day), group=placement.host_group_id)
        hosts += members.values_list("enterprise", flat=True)
    at_work = Engagement.objects.filter(open_engagements(day), enterprise__in=hosts).exclude(
        role=EngagementRole.TRAINEE
    )
    load = (
        Placement.objects.filter(mentor=OuterRef("pk"), state__in=rules.LEARNING)
        .exclude(pk=placement.pk)
        .order_by()
        .values("mentor")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        Person.objects.filter(pk__in=at_work.order_by().values("person"))
        .exclude(pk=placement.person_id or 0)
        .annotate(load=Coalesce(Subquery(load), 0))
        .order_by("name", "pk")
    )


def probably(placement: Placement, people: QuerySet[Person]) -> list[Person]:
    """Registered people who may be this applicant: the same birth date and first name, or the same telephone."""
    told = placement.applicant
    first_word = told.name.split()[0]
    found = people.filter(Q(birth_on=told.birth_on, name__icontains=first_word) | Q(phone=told.phone))
    return list(found.select_related("ward").order_by("name", "pk")[:10])
