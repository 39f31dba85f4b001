"""Counts of workers: by day for trends, by ward, by step. No names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Q, QuerySet

from batikportal.models import Area
from workforce import rules
from workforce.choices import AgeBand
from workforce.models import Engagement, EngagementStep, Person, ProcessStep
from workforce.queries.coverage import covered_people
from workforce.queries.people import WorkerFilter, active_workers, aged, open_engagements, workers_matching


@dataclass(frozen=True)
class CoverageCount:
    """Active workers on a day: all, with JKK and JKM, with a record on both, and under 35 / with a known birth year."""

    on: date
    active: int
    covered: int
    known: int
    young: int
    aged: int

    @property
    def uncovered(self) -> int:
        """Active workers without both, whether that is known or not."""
        return self.active - self.covered


@dataclass(frozen=True)
class WardCount:
    """People who live in a ward (None: outside the city), and how many of them belong to the part that is counted."""

    ward: Area | None
    whole: int
    part: int


def month_ends(last: date, months: int = 12) -> list[date]:
    """The last days of the months before, and `last` itself, oldest first."""
    days = [last]
    while len(days) < months:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return days[::-1]


# One pass over the three tables for all days: a person counts once a day however many engagements are open.
_BY_DAY = """
WITH days AS (SELECT unnest(%(days)s::date[]) AS day),
active AS (
    SELECT DISTINCT d.day, p.id, coalesce(extract(year FROM p.birth_on)::int, p.birth_year) AS born, p.birth_on
    FROM days d
    JOIN workforce_engagement e ON e.from_on <= d.day AND (e.until_on IS NULL OR e.until_on >= d.day)
    JOIN workforce_person p ON p.id = e.person_id
    LEFT JOIN batikportal_area w ON w.id = p.ward_id
    WHERE %(area)s::bigint IS NULL OR w.id = %(area)s OR w.parent_id = %(area)s
),
insured AS (
    SELECT d.day, c.person_id,
        count(DISTINCT c.programme) FILTER (
            WHERE c.status = 'active' AND (c.until_on IS NULL OR c.until_on >= d.day)
        ) AS active_programmes,
        count(DISTINCT c.programme) AS known_programmes
    FROM days d
    JOIN workforce_coverageperiod c ON c.from_on <= d.day AND c.programme IN ('jkk', 'jkm')
    GROUP BY d.day, c.person_id
)
SELECT d.day, count(a.id),
    count(a.id) FILTER (WHERE i.active_programmes = 2),
    count(a.id) FILTER (WHERE i.known_programmes = 2),
    count(a.id) FILTER (
        WHERE a.birth_on > d.day - interval '35 years'
            OR (a.birth_on IS NULL AND extract(year FROM d.day) - a.born < 35)
    ),
    count(a.born)
FROM days d
LEFT JOIN active a ON a.day = d.day
LEFT JOIN insured i ON i.day = d.day AND i.person_id = a.id
GROUP BY d.day ORDER BY d.day
"""


def coverage_counts(days: Sequence[date], area: Area | None) -> list[CoverageCount]:
    """The counts on each of the days, oldest first, for residents of the area (None: everybody); one query."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_DAY, {"days": list(days), "area": area.pk if area and area.level != "city" else None})
        return [CoverageCount(*row) for row in cursor.fetchall()]


def counts_by_ward(whole: QuerySet[Person], part: QuerySet[Person]) -> list[WardCount]:
    """`whole` by ward of residence, in order of the ward's code, and how many of it are in `part`; those outside the
    city last. Two queries."""
    rows = (
        Person.objects.filter(pk__in=whole.order_by().values("pk"))
        .order_by()
        .values("ward")
        .annotate(whole=Count("pk"), part=Count("pk", filter=Q(pk__in=part.order_by().values("pk"))))
    )
    counted: dict[int | None, tuple[int, int]] = {row["ward"]: (row["whole"], row["part"]) for row in rows}
    wards = Area.objects.filter(pk__in=[pk for pk in counted if pk]).select_related("parent").order_by("code")
    found = [WardCount(ward, *counted[ward.pk]) for ward in wards]
    if None in counted:
        found.append(WardCount(None, *counted[None]))
    return found


def covered_by_ward(people: QuerySet[Person], on: date) -> list[WardCount]:
    """Active workers by ward, and how many of them have JKK and JKM."""
    return counts_by_ward(active_workers(people, on), covered_people(Person.objects.all(), on))


def filtered_by_ward(people: QuerySet[Person], wanted: WorkerFilter) -> list[WardCount]:
    """The share that a figure counts, by ward: those in the state of protection or the age that is asked for, of all
    who could be; a share of an age is one of those whose age is known."""
    whole = workers_matching(people, replace(wanted, coverage="", age_band=""))
    if wanted.age_band and wanted.age_band != AgeBand.UNKNOWN:
        whole = whole.exclude(aged(AgeBand.UNKNOWN, wanted.on))
    return counts_by_ward(whole, workers_matching(Person.objects.all(), wanted))


def step_counts(on: date, people: QuerySet[Person] | None = None) -> list[tuple[ProcessStep, int]]:
    """Every step with the number of people who do it on the date; a person counts in each of their steps."""
    engagements = Engagement.objects.filter(open_engagements(on))
    if people is not None:
        engagements = engagements.filter(person__in=people.order_by().values("pk"))
    counted = dict(
        EngagementStep.objects.filter(engagement__in=engagements.order_by().values("pk"))
        .order_by()
        .values_list("step")
        .annotate(people=Count("engagement__person", distinct=True))
    )
    return [(step, counted.get(step.pk, 0)) for step in ProcessStep.objects.all()]


def publishable_or_none(count: int, total: int | None = None) -> int | None:
    """The count, or None when it must not be shown (`rules.publishable`)."""
    return count if rules.publishable(count, total) else None


def birth_facts(on: date) -> QuerySet:
    """Birth date, birth year and sex of everybody at work on the date, without names."""
    return active_workers(Person.objects.all(), on).order_by().values_list("birth_on", "birth_year", "sex")


def process_steps() -> QuerySet[ProcessStep]:
    """The steps of the craft in working order."""
    return ProcessStep.objects.order_by("position")
