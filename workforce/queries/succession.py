"""Succession as it is: everything that the catalogue S1 to S16 counts, on one day, of a step or an area if asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import connection
from django.db.models import QuerySet

from batikportal.models import Area
from workforce.models import Person, ProcessStep
from workforce.queries import knowledge, projection
from workforce.queries.handover import HeirReadiness, heir_readiness
from workforce.queries.pipeline_figures import Apprentices, apprentices
from workforce.rules import retention as rules
from workforce.rules.knowledge import MENTOR_BELOW
from workforce.rules.retention import months_after
from workforce.rules.skills import SkillLevel

# Newcomers of so many months are followed; who began earlier tells of another time.
FOLLOWED_MONTHS = 48


@dataclass(frozen=True)
class Facts:
    """What is known on a day: the stock, the comings and goings of the year before, newcomers, every step, apprentices,
    and firms with heirs (None: asked of a part only)."""

    on: date
    stock: projection.Stock
    flows: projection.Flows
    newcomers: Sequence[projection.Newcomer]
    steps: Sequence[knowledge.StepKnowledge]
    apprentices: Apprentices
    heirs: HeirReadiness | None

    @cached_property
    def mentor_ages(self) -> list[int | None]:
        """Ages of those who have apprentices or whose skill at any step is that of a mentor, each person once."""
        ages = dict(self.apprentices.mentor_ages)
        for step in self.steps:
            for one in step.holders:
                if one.level >= SkillLevel.MENTOR:
                    ages[one.person_id] = step.age_of(one)
        return list(ages.values())

    @property
    def mentors_with_time(self) -> int:
        """Mentors under 60."""
        return sum(age is not None and age < MENTOR_BELOW for age in self.mentor_ages)

    def retention(self, months: int) -> rules.Retention:
        """Retention of newcomers after so many months."""
        return rules.retention((one.spell for one in self.newcomers), months, self.on)

    @property
    def registered_late(self) -> int:
        """Newcomers registered more than 90 days after they began: those of them who had left never were."""
        return sum(not one.is_watched_from_the_start for one in self.newcomers)


def gathered(on: date, step: ProcessStep | None = None, area: Area | None = None) -> Facts:
    """The facts of a day; a fixed number of queries. Steps are those of the area, whatever the step."""
    year_ago = months_after(on, -12)
    return Facts(
        on=on,
        stock=projection.stock(on, step, area=area),
        flows=projection.flows(year_ago, on, step, area),
        newcomers=followed_newcomers(on, step, area),
        steps=knowledge.knowledge(on, area),
        apprentices=apprentices(on, step, area),
        heirs=None if step or area else heir_readiness(on),
    )


def followed_newcomers(
    on: date, step: ProcessStep | None = None, area: Area | None = None
) -> list[projection.Newcomer]:
    """Newcomers of the last four years."""
    return projection.newcomers(months_after(on, -FOLLOWED_MONTHS), on, step, area)


def people_of(people: QuerySet[Person], ids: Sequence[int]) -> dict[int, Person]:
    """Those of `people` who are among the ids, with what a row shows; one query."""
    found = people.filter(pk__in=list(ids)).select_related("ward__parent")
    return {person.pk: person for person in found}


# Ages of everybody at work by ward: exact from dates, within a year from years.
_MEDIAN_AGES = """
SELECT w.code, count(*)::int, percentile_cont(0.5) WITHIN GROUP (ORDER BY
    coalesce(date_part('year', age(%(on)s, p.birth_on)), date_part('year', %(on)s::date) - p.birth_year)
)
FROM workforce_person p
JOIN batikportal_area w ON w.id = p.ward_id
WHERE (p.birth_on IS NOT NULL OR p.birth_year IS NOT NULL)
    AND (%(area)s::bigint IS NULL OR %(area)s IN (w.id, w.parent_id))
    AND EXISTS (
        SELECT FROM workforce_engagement e
        WHERE e.person_id = p.id AND e.from_on <= %(on)s AND (e.until_on IS NULL OR e.until_on >= %(on)s)
    )
GROUP BY w.code
ORDER BY w.code
"""


def median_ages_by_ward(on: date, area: Area | None = None) -> list[tuple[str, int, float]]:
    """Code of each ward, how many of its residents at work have a known age, and the median of those ages."""
    with connection.cursor() as cursor:
        cursor.execute(_MEDIAN_AGES, {"on": on, "area": area.pk if area and area.level != "city" else None})
        return [(code, count, float(median)) for code, count, median in cursor.fetchall()]
