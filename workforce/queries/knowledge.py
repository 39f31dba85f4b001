"""Knowledge at risk: for every step its masters by area and age, who learns, and what a panel said. No names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from batikportal.choices import AreaLevel
from batikportal.models import Area
from workforce import rules as people_rules
from workforce.choices.knowledge import KnowledgeRisk
from workforce.models import CraftAssessment, Person, ProcessStep
from workforce.queries import figures
from workforce.queries import projection as stocks
from workforce.queries.pipeline_figures import learners_of_steps
from workforce.queries.skills import Master, masters_of_steps
from workforce.rules import exit_rates
from workforce.rules import knowledge as rules
from workforce.rules.projection import Risks
from workforce.rules.skills import INDEPENDENT, MASTER


@dataclass(frozen=True)
class StepKnowledge:
    """A step on a day: everybody at work whose skill at it is recorded, learners, workers, and the newest judgement."""

    step: ProcessStep
    holders: Sequence[Master]
    learners: int
    workers: int
    assessment: CraftAssessment | None
    risks: Risks
    on: date
    is_surveyed: bool

    @cached_property
    def masters(self) -> list[Master]:
        return [one for one in self.holders if one.level >= MASTER]

    @cached_property
    def ages(self) -> list[int | None]:
        """Ages of the masters."""
        return [self.age_of(one) for one in self.masters]

    @cached_property
    def able_ages(self) -> list[int | None]:
        """Ages of those who work alone or better (S13)."""
        return [self.age_of(one) for one in self.holders if one.level >= INDEPENDENT]

    def age_of(self, one: Master) -> int | None:
        """Completed years of somebody on the day."""
        return people_rules.age_on(one.birth_on, one.birth_year, False, self.on).years

    @property
    def median_age(self) -> float | None:
        return rules.median_age(self.ages)

    @property
    def youngest(self) -> int | None:
        return min((age for age in self.ages if age is not None), default=None)

    @property
    def oldest(self) -> int | None:
        return max((age for age in self.ages if age is not None), default=None)

    @cached_property
    def until_few(self) -> int | None:
        """In how many years fewer than three of today's masters are expected, if nobody follows."""
        return rules.years_until_few(self.ages, self.risks)

    @cached_property
    def years_left(self) -> float | None:
        """Expected years in the craft of the average master."""
        return rules.mean_years_left(self.ages, self.risks)

    @cached_property
    def risk(self) -> str:
        return rules.risk(len(self.masters), self.until_few, len(self.holders), self.workers, self.is_surveyed)

    @property
    def completeness(self) -> float | None:
        """The share of those at work at the step whose skill is recorded."""
        return min(1.0, len(self.holders) / self.workers) if self.workers else None

    def by_district(self) -> Counter[int | None]:
        return Counter(one.district_id for one in self.masters)

    def by_ward(self) -> Counter[int | None]:
        return Counter(one.ward_id for one in self.masters)


def yearly_risks(on: date) -> Risks:
    """Rates of leaving by single age as the projection's base case uses them; two queries."""
    assumed = stocks.assumed_rates(stocks.assumptions(on))
    return exit_rates.risks(exit_rates.rates(stocks.exposures(on), assumed, 0.0)).by_age()


def newest_assessments(on: date) -> dict[int, CraftAssessment]:
    """The judgement of each step that stands on a day."""
    rows = CraftAssessment.objects.filter(on__lte=on).order_by("step_id", "-on", "-pk").distinct("step_id")
    return {row.step_id: row for row in rows}


def assessments_of(step: ProcessStep) -> QuerySet[CraftAssessment]:
    """All judgements of a step, newest first."""
    return CraftAssessment.objects.filter(step=step).select_related("created_by").order_by("-on", "-pk")


def knowledge(on: date, area: Area | None = None) -> list[StepKnowledge]:
    """Every step in working order, of the whole city or of the residents of an area; a handful of queries."""
    everybody = masters_of_steps(on, level=0)
    holders: dict[int, list[Master]] = defaultdict(list)
    for one in everybody:
        if _lives_in(one, area):
            holders[one.step_id].append(one)
    people = None
    if area is not None and area.level != AreaLevel.CITY:
        people = Person.objects.filter(Q(ward=area) | Q(ward__parent=area))
    learners, judged, risks = learners_of_steps(on, people), newest_assessments(on), yearly_risks(on)
    return [
        StepKnowledge(
            step=step,
            holders=holders[step.pk],
            learners=len(learners.get(step.pk, ())),
            workers=workers,
            assessment=judged.get(step.pk),
            risks=risks,
            on=on,
            is_surveyed=bool(everybody),
        )
        for step, workers in figures.step_counts(on, people)
    ]


def _lives_in(one: Master, area: Area | None) -> bool:
    if area is None or area.level == AreaLevel.CITY:
        return True
    return area.pk in (one.ward_id, one.district_id)


def districts() -> list[Area]:
    """The districts of the city by name."""
    return list(Area.objects.filter(level=AreaLevel.DISTRICT, valid_until__isnull=True).order_by("name"))


def ward_names(ids: Iterable[int | None]) -> Mapping[int, Area]:
    """Wards with their districts by id; one query."""
    return Area.objects.select_related("parent").in_bulk([pk for pk in ids if pk])


def at_risk(steps: Iterable[StepKnowledge]) -> list[StepKnowledge]:
    """Steps that are red."""
    return [one for one in steps if one.risk == KnowledgeRisk.RED]
