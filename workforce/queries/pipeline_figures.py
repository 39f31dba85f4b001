"""What the catalogue of succession counts of apprenticeship: completion, into work, mentors, learners of each step."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from batikportal.choices import AreaLevel
from batikportal.models import Area
from workforce import rules as people_rules
from workforce.choices import EngagementRole, PayMode
from workforce.choices.apprenticeship import PlacementState
from workforce.models import Engagement, Person, Placement, PlacementStep, ProcessStep
from workforce.queries import apprenticeship as queries
from workforce.queries.people import open_engagements
from workforce.rules import apprenticeship as rules
from workforce.rules.retention import Retention

# S10: paid batik work within so many days of the end.
INTO_WORK = timedelta(days=90)


@dataclass(frozen=True)
class Apprentices:
    """Apprenticeships on a day: ended ones that had begun and those of them completed, completed ones whose 90 days are
    over and those of them in paid work, who learns under a mentor, the mentors, and retention after 6 and 12 months."""

    any_recorded: bool
    ended: int
    completed: int
    learning: int
    elapsed: int
    into_work: int
    mentored: int
    mentor_ages: dict[int, int | None]
    retention: dict[int, Retention]


def learning_on(on: date) -> tuple[Q, Q]:
    """Conditions on Placement: learns on the day, at first on trial; told from the dates, so for days gone by too."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=on), Q(trial_on__lte=on) | Q(started_on__lte=on)


def placements_of(step: ProcessStep | None, area: Area | None) -> QuerySet[Placement]:
    """Placements of people, at a step and of residents of an area if asked."""
    found = Placement.objects.filter(person__isnull=False)
    if step is not None:
        found = found.filter(Exists(PlacementStep.objects.filter(placement=OuterRef("pk"), step=step)))
    if area is not None and area.level != AreaLevel.CITY:
        found = found.filter(Q(person__ward=area) | Q(person__ward__parent=area))
    return found


def apprentices(on: date, step: ProcessStep | None = None, area: Area | None = None) -> Apprentices:
    """The figures of a day; eight queries."""
    placements = placements_of(step, area)
    ended = placements.filter(started_on__isnull=False, ended_on__lte=on)
    completed = ended.filter(state__in=rules.FINISHED)
    elapsed = completed.filter(ended_on__lte=on - INTO_WORK)
    paid = Engagement.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=OuterRef("ended_on")),
        person=OuterRef("person"),
        from_on__lte=OuterRef("ended_on") + INTO_WORK,
    ).exclude(Q(role=EngagementRole.TRAINEE) | Q(pay_mode=PayMode.UNPAID))
    hired = Q(state=PlacementState.CONVERTED, converted_on__lte=F("ended_on") + INTO_WORK)
    learning = placements.filter(*learning_on(on))
    mentored = learning.filter(mentor__isnull=False)
    mentors = Person.objects.filter(pk__in=mentored.order_by().values("mentor"))
    followed = queries.followed(placements, on)
    return Apprentices(
        any_recorded=placements.filter(applied_on__lte=on).exists(),
        ended=ended.count(),
        completed=completed.count(),
        learning=learning.count(),
        elapsed=elapsed.count(),
        into_work=elapsed.filter(Exists(paid) | hired).count(),
        mentored=mentored.count(),
        mentor_ages={
            pk: people_rules.age_on(birth_on, birth_year, False, on).years
            for pk, birth_on, birth_year in mentors.order_by().values_list("pk", "birth_on", "birth_year")
        },
        retention={months: queries.stayed(followed, months, on) for months in (6, 12)},
    )


def learners_of_steps(on: date, people: QuerySet[Person] | None = None) -> dict[int, set[int]]:
    """Who of the people learns a step on a day, as apprentice or as trainee at work; step → people. Two queries."""
    found: dict[int, set[int]] = defaultdict(set)
    trainees = Engagement.objects.filter(open_engagements(on), role=EngagementRole.TRAINEE)
    rows = list(trainees.order_by().values_list("engagement_steps__step", "person"))
    learning = Placement.objects.filter(*learning_on(on), person__isnull=False)
    rows += learning.order_by().values_list("placement_steps__step", "person")
    among = None if people is None else set(people.order_by().values_list("pk", flat=True))
    for step, person in rows:
        if step is not None and (among is None or person in among):
            found[step].add(person)
    return found
