"""What the projection starts from: people by age, who came and who went, and the years that people were watched.

A spell is a stretch in the craft: engagements of a person that follow each other within 90 days are one, so that moving
to another workshop is no exit. Figures are as known on a day: an end that came later is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from batikportal.choices import AreaLevel
from batikportal.models import Area
from workforce import rules
from workforce.choices import ExitReason
from workforce.choices.projection import ExitCause
from workforce.models import ProcessStep, RateAssumption
from workforce.rules import exit_rates, projection, retention
from workforce.rules.projection import AGES, FIRST_AGE, GROUPS, OPEN_AGE, Numbers

# Whoever begins again within so many days has not been away.
BRIDGED_DAYS = 90
# Rates rest on the last years; older ones tell of another time.
OBSERVED_YEARS = 3

# Begins the queries below: spells of everybody registered by the day. `cause`: leave, death, retire; "unknown": nobody
# knows, also when somebody went to another workshop long ago and none was registered; "moving": that happened lately;
# NULL: still at work.
_SPELLS = """
WITH ordered AS (
    SELECT e.id, e.person_id, e.from_on, e.start_is_unknown, e.exit_reason,
        (p.created_at AT TIME ZONE %(zone)s)::date AS registered_on, p.birth_on, p.birth_year, p.ward_id,
        CASE WHEN e.until_on < %(on)s THEN e.until_on ELSE 'infinity'::date END AS until_on,
        %(step)s::bigint IS NULL OR EXISTS (
            SELECT 1 FROM workforce_engagementstep s WHERE s.engagement_id = e.id AND s.step_id = %(step)s
        ) AS at_step
    FROM workforce_engagement e
    JOIN workforce_person p ON p.id = e.person_id
    WHERE e.from_on <= %(on)s AND (p.created_at AT TIME ZONE %(zone)s)::date <= %(on)s
        AND (%(area)s::bigint IS NULL OR p.ward_id IN (
            SELECT id FROM batikportal_area WHERE %(area)s IN (id, parent_id)
        ))
),
reached AS (
    SELECT *, max(until_on) OVER (
        PARTITION BY person_id ORDER BY from_on, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reach
    FROM ordered
),
numbered AS (
    SELECT *, sum((reach IS NULL OR from_on > reach + %(bridged)s)::int) OVER (
        PARTITION BY person_id ORDER BY from_on, id
    ) AS spell
    FROM reached
),
joined AS (
    SELECT person_id, min(from_on) AS from_on, nullif(max(until_on), 'infinity') AS until_on,
        (array_agg(exit_reason ORDER BY until_on DESC, id DESC))[1] AS exit_reason,
        (array_agg(start_is_unknown ORDER BY from_on, id))[1] AS start_is_unknown,
        min(registered_on) AS registered_on, min(birth_on) AS birth_on, min(birth_year) AS birth_year,
        min(ward_id) AS ward_id
    FROM numbered
    GROUP BY person_id, spell
    HAVING bool_or(at_step)
),
spells AS (
    SELECT *, CASE
        WHEN until_on IS NULL THEN NULL
        WHEN exit_reason = 'died' THEN 'death'
        WHEN exit_reason = 'retired' THEN 'retire'
        WHEN exit_reason = ANY(%(leaving)s) THEN 'leave'
        WHEN exit_reason = 'other_principal' AND until_on >= %(on)s - %(bridged)s THEN 'moving'
        ELSE 'unknown'
    END AS cause
    FROM joined
)
"""

# People with an engagement on the day (at the step), each once. `late`: registered after another day on which they were
# already at work, so that a stock counted on that day could not hold them.
_STOCK = """
SELECT years, late, count(*)::int
FROM (
    SELECT coalesce(
            date_part('year', age(%(on)s, p.birth_on)), date_part('year', %(on)s::date) - p.birth_year
        )::int AS years,
        (p.created_at AT TIME ZONE %(zone)s)::date > %(then)s
            AND bool_or(e.from_on <= %(then)s OR e.start_is_unknown) AS late
    FROM workforce_person p
    JOIN workforce_engagement e ON e.person_id = p.id
    WHERE e.from_on <= %(on)s AND (e.until_on IS NULL OR e.until_on >= %(on)s)
        AND (p.created_at AT TIME ZONE %(zone)s)::date <= %(on)s
        AND (%(area)s::bigint IS NULL OR p.ward_id IN (
            SELECT id FROM batikportal_area WHERE %(area)s IN (id, parent_id)
        ))
        AND (%(step)s::bigint IS NULL OR EXISTS (
            SELECT 1 FROM workforce_engagementstep s WHERE s.engagement_id = e.id AND s.step_id = %(step)s
        ))
    GROUP BY p.id
) one
GROUP BY years, late
"""

_EXPOSURES = """
, slices AS (
    SELECT (%(on)s::date - make_interval(years => back))::date AS first,
        (%(on)s::date - make_interval(years => back - 1))::date AS after
    FROM generate_series(1, %(years)s) AS back
),
watched AS (
    SELECT greatest(from_on, registered_on, first) AS since, least(coalesce(until_on + 1, %(on)s), after) AS gone_on,
        until_on, after, cause,
        coalesce(date_part('year', age(first, birth_on)), date_part('year', first) - birth_year)::int AS years
    FROM spells, slices
    WHERE greatest(from_on, registered_on) < after AND coalesce(until_on + 1, %(on)s) > greatest(first, registered_on)
)
SELECT least(years, 70) / 5 * 5 AS first_age, sum(gone_on - since) / 365.25,
    count(*) FILTER (WHERE until_on < after AND cause = 'leave')::int,
    count(*) FILTER (WHERE until_on < after AND cause = 'death')::int,
    count(*) FILTER (WHERE until_on < after AND cause = 'retire')::int,
    count(*) FILTER (WHERE until_on < after AND cause = 'unknown')::int
FROM watched
WHERE years >= 15
GROUP BY first_age
"""

_FLOWS = """
, people AS (
    SELECT person_id,
        bool_or(from_on <= %(start)s AND (until_on IS NULL OR until_on >= %(start)s)) AS then_at_work,
        bool_or(until_on IS NULL) AS now_at_work,
        bool_and(start_is_unknown) FILTER (WHERE until_on IS NULL) AS since_unknown,
        (array_agg(cause ORDER BY until_on DESC NULLS FIRST))[1] AS cause,
        max(from_on) AS from_on, max(until_on) AS until_on,
        min(birth_on) AS birth_on, min(birth_year) AS birth_year
    FROM spells
    GROUP BY person_id
)
SELECT person_id,
    CASE WHEN NOT now_at_work THEN cause WHEN since_unknown THEN 'undated' ELSE 'entrant' END AS way,
    CASE WHEN now_at_work
        THEN coalesce(date_part('year', age(%(on)s, birth_on)), date_part('year', %(on)s::date) - birth_year)
        ELSE coalesce(date_part('year', age(%(start)s, birth_on)), date_part('year', %(start)s::date) - birth_year)
    END::int AS years,
    CASE WHEN now_at_work THEN from_on ELSE until_on END
FROM people
WHERE then_at_work <> now_at_work
"""

_NEWCOMERS = """
SELECT person_id, from_on, until_on, cause, registered_on,
    coalesce(date_part('year', age(from_on, birth_on)), date_part('year', from_on) - birth_year)::int AS years
FROM spells
WHERE from_on > %(since)s AND NOT start_is_unknown
ORDER BY from_on
"""

_LEAVING = [reason for reason in rules.LEAVES_CRAFT if reason not in (ExitReason.DIED.value, ExitReason.RETIRED.value)]


def _asked(sql: str, on: date, step: ProcessStep | None, area: Area | None = None, **more) -> list[tuple]:
    given = {
        "on": on,
        "area": area.pk if area and area.level != AreaLevel.CITY else None,
        "step": step.pk if step else None,
        "zone": settings.TIME_ZONE,
        "bridged": BRIDGED_DAYS,
        "leaving": _LEAVING,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, given | more)
        return cursor.fetchall()


@dataclass(frozen=True)
class Stock:
    """People at work on a day by single age, and those whose age is not known (or below 15, which is an error).

    `late`: how many were left out, since they were registered after the day that is compared with, though at work then.
    """

    on: date
    ages: Numbers
    unknown: int
    late: int = 0

    @property
    def total(self) -> int:
        return int(sum(self.ages)) + self.unknown

    @property
    def groups(self) -> Numbers:
        return projection.by_group(self.ages)


def stock(on: date, step: ProcessStep | None = None, then: date | None = None, area: Area | None = None) -> Stock:
    """The stock on a day, of one step or of the residents of an area if asked; people registered later are not in it.
    `then`: an earlier day with whose stock this one is compared."""
    ages = [0.0] * len(AGES)
    unknown = late = 0
    for years, is_late, count in _asked(_STOCK, on, step, area, then=then or on):
        if is_late:
            late += count
        elif years is None or years < FIRST_AGE:
            unknown += count
        else:
            ages[min(years, OPEN_AGE) - FIRST_AGE] += count
    return Stock(on, tuple(ages), unknown, late)


def exposures(on: date) -> list[exit_rates.Exposure]:
    """Person-years and exits by age group over the last three years, everybody from the day of registration on: whoever
    had left before was never registered, so earlier years would only count survivors."""
    found = {first_age: exit_rates.Exposure(float(years), *events) for first_age, years, *events in
             _asked(_SPELLS + _EXPOSURES, on, None, years=OBSERVED_YEARS)}  # fmt: skip
    return [found.get(age, exit_rates.Exposure()) for age in GROUPS]


@dataclass(frozen=True)
class Flows:
    """Who came and who went between two days: net entrants (at work now, not then), and exits (the other way round),
    by age group; those of unknown age apart. `undated`: at work now, but nobody knows since when; in neither."""

    start: date
    end: date
    entrants: Numbers
    entrants_unknown: int
    exits: dict[str, Numbers]
    exits_unknown_age: dict[str, int]
    undated: int

    def _sum(self, values: Sequence[float], first: int, below: int) -> int:
        return int(sum(value for age, value in zip(GROUPS, values, strict=True) if first <= age < below))

    @property
    def entrants_total(self) -> int:
        return int(sum(self.entrants)) + self.entrants_unknown

    @property
    def entrants_young(self) -> int:
        return self._sum(self.entrants, FIRST_AGE, projection.YOUNG_BELOW)

    @property
    def exits_total(self) -> int:
        return int(sum(sum(values) for values in self.exits.values())) + sum(self.exits_unknown_age.values())

    @property
    def exits_old(self) -> int:
        return sum(self._sum(values, projection.OLD_FROM, OPEN_AGE + 1) for values in self.exits.values())

    @property
    def unknown_age(self) -> int:
        """Comings and goings of people whose age is not known."""
        return self.entrants_unknown + sum(self.exits_unknown_age.values())


WAYS = (*ExitCause.values, "unknown")


@dataclass(frozen=True)
class Move:
    """Somebody who was at work on one of two days only: `way` is "entrant", "undated" (at work now, nobody knows since
    when), "moving" (to another workshop, lately) or the cause of the exit; `day`: the first or the last day at work."""

    person_id: int
    way: str
    age: int | None
    day: date


def moves(start: date, end: date, step: ProcessStep | None = None, area: Area | None = None) -> list[Move]:
    """Comings and goings between two days, as known on the second; ages at the day on which they were at work."""
    return [Move(*row) for row in _asked(_SPELLS + _FLOWS, end, step, area, start=start)]


def flows(start: date, end: date, step: ProcessStep | None = None, area: Area | None = None) -> Flows:
    """The same in numbers. Who moved to another workshop lately is still in the craft, until 90 days have passed
    without any being registered."""
    return flows_of(moves(start, end, step, area), start, end)


def flows_of(found: Sequence[Move], start: date, end: date) -> Flows:
    """Moves added up."""
    by_way: dict[str, list[float]] = {way: [0.0] * len(GROUPS) for way in ("entrant", *WAYS)}
    unknown = dict.fromkeys(by_way, 0)
    for one in found:
        if one.way not in by_way:
            continue
        if one.age is None or one.age < FIRST_AGE:
            unknown[one.way] += 1
        else:
            by_way[one.way][projection.group_of(one.age)] += 1
    entrants = tuple(by_way.pop("entrant"))
    entrants_unknown = unknown.pop("entrant")
    exits = {way: tuple(values) for way, values in by_way.items()}
    undated = sum(one.way == "undated" for one in found)
    return Flows(start, end, entrants, entrants_unknown, exits, unknown, undated)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who began (or began again after more than 90 days): the spell, and the age at the beginning."""

    spell: retention.Spell
    age: int | None
    person_id: int

    @property
    def is_watched_from_the_start(self) -> bool:
        """Registered before much could happen; who is registered later has already stayed."""
        seen = self.spell.seen_from
        return seen is None or (seen - self.spell.from_on).days <= BRIDGED_DAYS


def newcomers(since: date, on: date, step: ProcessStep | None = None, area: Area | None = None) -> list[Newcomer]:
    """Everybody who began after a day, as known on another; beginnings of unknown date are none."""
    left = {"leave": True, "death": True, "retire": True, "unknown": None, "moving": False, None: True}
    return [
        Newcomer(
            retention.Spell(
                from_on, until_on, left[cause], seen_from=registered_on if registered_on > from_on else None
            ),
            years,
            person_id,
        )
        for person_id, from_on, until_on, cause, registered_on, years in _asked(
            _SPELLS + _NEWCOMERS, on, step, area, since=since
        )
    ]


class MissingAssumption(LookupError):
    """No assumption is recorded for a cause at an age."""


def assumptions(on: date) -> dict[str, list[RateAssumption]]:
    """The assumed rates in force on a day by cause, youngest group first; raises MissingAssumption."""
    rows = (
        RateAssumption.objects.filter(valid_from__lte=on)
        .order_by("cause", "first_age", "-valid_from")
        .distinct("cause", "first_age")
    )
    found = {(row.cause, row.first_age): row for row in rows}
    missing = [(cause, age) for cause in ExitCause.values for age in GROUPS if (cause, age) not in found]
    if missing:
        raise MissingAssumption(missing[0])
    return {cause: [found[cause, age] for age in GROUPS] for cause in ExitCause.values}


def assumed_rates(rows: dict[str, list[RateAssumption]]) -> dict[str, Numbers]:
    """The probabilities alone."""
    return {cause: tuple(float(row.probability) for row in of_cause) for cause, of_cause in rows.items()}
