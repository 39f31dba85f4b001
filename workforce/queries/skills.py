"""Who masters which step, and what is known of one person's skills."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from workforce.models import Person, SkillClaim
from workforce.rules import skills as rules


@dataclass(frozen=True)
class Master:
    """Somebody who can pass a step on: the step, the highest level that stands with its best evidence, and what is
    known of age and residence (ward and district None: outside the city)."""

    step_id: int
    person_id: int
    level: int
    evidence: str
    birth_on: date | None
    birth_year: int | None
    ward_id: int | None
    district_id: int | None


# A claim that turned out wrong never held. Who died is no master, whatever engagement was left open.
_MASTERS = """
SELECT DISTINCT ON (s.step_id, s.person_id) s.step_id, s.person_id, s.level, s.evidence,
    p.birth_on, p.birth_year, p.ward_id, w.parent_id
FROM workforce_skillclaim s
JOIN workforce_person p ON p.id = s.person_id
LEFT JOIN batikportal_area w ON w.id = p.ward_id
WHERE s.level >= %(level)s AND s.from_on <= %(on)s AND s.end_reason <> 'wrong'
    AND (s.until_on IS NULL OR s.until_on >= %(on)s)
    AND EXISTS (
        SELECT FROM workforce_engagement e
        WHERE e.person_id = s.person_id AND e.from_on <= %(on)s AND (e.until_on IS NULL OR e.until_on >= %(on)s)
    )
    AND NOT EXISTS (
        SELECT FROM workforce_engagement e
        WHERE e.person_id = s.person_id AND e.exit_reason = 'died' AND e.until_on <= %(on)s
    )
ORDER BY s.step_id, s.person_id, s.level DESC,
    CASE s.evidence WHEN 'certificate' THEN 0 WHEN 'master' THEN 1 ELSE 2 END, s.id DESC
"""


def masters_of_steps(on: date, level: int = rules.MASTER) -> list[Master]:
    """People at work on the day (for others or on own account) who master a step at `level` or above; one row per step
    and person. One query; without names, for figures."""
    with connection.cursor() as cursor:
        cursor.execute(_MASTERS, {"on": on, "level": int(level)})
        return [Master(*row) for row in cursor.fetchall()]


def holding(on: date, step: str, level: int) -> Exists:
    """Condition on Person: masters the step, by its code, at the level or above on the day."""
    return Exists(
        SkillClaim.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=on),
            person=OuterRef("pk"),
            step__code=step,
            level__gte=level,
            from_on__lte=on,
        ).exclude(end_reason="wrong")
    )


def skills_of(person: Person) -> QuerySet[Any]:
    """Every skill of a person with its step: by step, standing ones first, the highest on top."""
    return person.skill_claims.select_related("step")
