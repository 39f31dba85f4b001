"""Counts of workers: by day for trends, by ward, by step. No names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Q, QuerySet

from batikportal.choices import AreaLevel
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


# One pass over each table for all days: what holds of a person on which days is a row of bits, one bit a day. A span of
# days sets the bits from its first day to its last; the spans of a person are joined by "or", so that a person counts
# once a day however many engagements are open. People whose bits are alike are counted together.
_BY_DAY = """
WITH given AS (
    SELECT %(days)s::date[] AS days,
        ARRAY(SELECT (day - interval '35 years')::date FROM unnest(%(days)s::date[]) AS day ORDER BY day) AS births
),
at_work AS (
    SELECT e.person_id, bit_or(
        (1::bigint << width_bucket(coalesce(e.until_on, 'infinity'), g.days))
        - (1::bigint << width_bucket(e.from_on - 1, g.days))
    ) AS active
    FROM workforce_engagement e, given g
    GROUP BY e.person_id
),
periods AS (
    SELECT c.person_id, c.programme, c.status = 'active' AS is_active,
        1::bigint << cardinality(g.days) AS ever,
        1::bigint << width_bucket(coalesce(c.until_on, 'infinity'), g.days) AS after,
        1::bigint << width_bucket(c.from_on - 1, g.days) AS first
    FROM workforce_coverageperiod c, given g
    WHERE c.programme IN ('jkk', 'jkm')
),
insured AS (
    SELECT person_id,
        coalesce(bit_or(after - first) FILTER (WHERE is_active AND programme = 'jkk'), 0)
        & coalesce(bit_or(after - first) FILTER (WHERE is_active AND programme = 'jkm'), 0) AS covered,
        coalesce(bit_or(ever - first) FILTER (WHERE programme = 'jkk'), 0)
        & coalesce(bit_or(ever - first) FILTER (WHERE programme = 'jkm'), 0) AS known
    FROM periods
    GROUP BY person_id
),
alike AS MATERIALIZED (
    SELECT count(*) AS people, w.parent_id AS district, a.active,
        coalesce(i.covered, 0) AS covered, coalesce(i.known, 0) AS known,
        (1::bigint << coalesce(
            width_bucket(p.birth_on - 1, g.births), width_bucket(make_date(p.birth_year + 35, 1, 1) - 1, g.days), 0
        )) - 1 AS young,
        coalesce(p.birth_on, make_date(p.birth_year, 1, 1)) IS NOT NULL AS is_aged
    FROM at_work a
    JOIN workforce_person p ON p.id = a.person_id
    LEFT JOIN batikportal_area w ON w.id = p.ward_id
    LEFT JOIN insured i ON i.person_id = a.person_id
    CROSS JOIN given g
    WHERE a.active <> 0 AND (%(ward)s::bigint IS NULL OR p.ward_id = %(ward)s)
    GROUP BY 2, 3, 4, 5, 6, 7
)
SELECT d.day, district, sum(people)::int,
    sum(people * ((covered >> place) & 1))::int,
    sum(people * ((known >> place) & 1))::int,
    sum(people * ((young >> place) & 1))::int,
    sum(people * is_aged::int)::int
FROM (SELECT day, number::int - 1 AS place FROM unnest(%(days)s::date[]) WITH ORDINALITY AS one (day, number)) d
JOIN alike ON (active >> place) & 1 = 1
GROUP BY d.day, district
"""
# As many days as a row of bits has room for.
MOST_DAYS = 62

# District of residence (None: outside the city) and day → the counts of `CoverageCount`.
ByDistrict = dict[tuple[int | None, date], tuple[int, ...]]


def coverage_by_district(days: Sequence[date], ward: Area | None = None) -> ByDistrict:
    """The counts on each of the days, which ascend, at most 62 of them; of one ward if asked. One query."""
    if len(days) > MOST_DAYS:
        raise ValueError(f"{len(days)} days are more than {MOST_DAYS}")
    with connection.cursor() as cursor:
        cursor.execute(_BY_DAY, {"days": list(days), "ward": ward.pk if ward else None})
        return {(district, day): tuple(counts) for day, district, *counts in cursor.fetchall()}


def coverage_within(found: ByDistrict, days: Sequence[date], area: Area | None) -> list[CoverageCount]:
    """The counts of one district, or of everybody (None, or the city), out of those by district."""
    wanted = area.pk if area and area.level == AreaLevel.DISTRICT else None
    counted = {day: [0] * 5 for day in days}
    for (district, day), counts in found.items():
        if wanted in (None, district):
            counted[day] = [sum(pair) for pair in zip(counted[day], counts, strict=True)]
    return [CoverageCount(day, *counts) for day, counts in counted.items()]


def coverage_counts(days: Sequence[date], area: Area | None) -> list[CoverageCount]:
    """The counts on each of the days, oldest first, for residents of the area (None: everybody); one query."""
    ward = area if area and area.level == AreaLevel.WARD else None
    return coverage_within(coverage_by_district(days, ward), days, area)


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
