"""Scenarios worked out on the registry, saved runs read back, and what a run said against what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from workforce.models import ProcessStep, ProjectionCell, ProjectionRun, ProjectionScenario
from workforce.queries import projection as queries
from workforce.rules import exit_rates, retention
from workforce.rules.projection import GROUPS, Exits, Numbers, Standing, group_of
from workforce.rules.retention import months_after
from workforce.rules.scenarios import CASES, SHARES, Outlook, Plan, outlook

# Fewer newcomers whose twelve months are over say too little to suggest a retention.
ENOUGH_NEWCOMERS = 20
Rates = Mapping[str, Sequence[exit_rates.Rate]]


@dataclass(frozen=True)
class Result:
    """A scenario worked out: its plan, the stock it began with, the rates it used, and the courses."""

    plan: Plan
    on: date
    step: ProcessStep | None
    is_measured: bool
    stock: queries.Stock
    rates: Rates
    outlook: Outlook


def worked_out(plan: Plan, step: ProcessStep | None, is_measured: bool, on: date) -> Result:
    """Work a plan out on the registry of a day: three queries. Rates are those of all steps, as one step alone has too
    few events."""
    stock = queries.stock(on, step)
    assumed = queries.assumed_rates(queries.assumptions(on))
    rates = exit_rates.rates(queries.exposures(on), assumed, plan.uncertainty / 100, is_measured)
    return Result(plan, on, step, is_measured, stock, rates, outlook(plan, stock.ages, stock.unknown, rates))


@dataclass(frozen=True)
class Suggestion:
    """What the registry suggests to begin with: newcomers of the last twelve months and how many stayed; `retention`
    is None while too few windows have elapsed, and the plan then holds an assumption."""

    plan: Plan
    newcomers: int
    retention: retention.Retention | None
    registered_late: int


def suggested(on: date, step: ProcessStep | None = None) -> Suggestion:
    """A plan that goes on as the registry saw the last years; one query."""
    found = queries.newcomers(months_after(on, -36), on, step)
    year_ago = months_after(on, -12)
    recent = [one for one in found if one.spell.from_on > year_ago]
    stayed: retention.Retention | None = retention.retention((one.spell for one in found), 12, on)
    plan = Plan(intake=len(recent))
    known = [one.age for one in found if one.age is not None and one.age >= GROUPS[0]]
    if known:
        counts = [0] * len(GROUPS)
        for age in known:
            counts[group_of(age)] += 1
        *single, pair = SHARES
        counted = [*counts[: len(single)], sum(counts[len(single) : len(single) + 2])]
        # Cut, not rounded: the shares never make more than a whole.
        shares: dict[str, Any] = {
            name: count * 100 // len(known) for name, count in zip((*single, pair), counted, strict=True)
        }
        plan = replace(plan, **shares)
    if stayed and stayed.elapsed >= ENOUGH_NEWCOMERS and stayed.interval:
        plan = replace(plan, retention=round(100 * stayed.interval.share, 1))
    else:
        stayed = None
    late = sum(not one.is_watched_from_the_start for one in found)
    return Suggestion(plan, len(recent), stayed, late)


# --- Saved ----------------------------------------------------------------------------------------------------------


def scenarios_found(scenarios: QuerySet[ProjectionScenario], text: str = "", archived: bool = False) -> QuerySet[Any]:
    """Saved scenarios, newest first, each with the public id and day of its latest run (`run_id`, `run_on`)."""
    latest = ProjectionRun.objects.filter(scenario=OuterRef("pk")).order_by("-created_at", "-pk")
    found = (
        scenarios.filter(archived_at__isnull=not archived)
        .annotate(run_id=Subquery(latest.values("public_id")[:1]), run_on=Subquery(latest.values("on")[:1]))
        .select_related("step", "created_by")
        .prefetch_related(Prefetch("runs", ProjectionRun.objects.order_by("-on", "-pk")))
    )
    return found.filter(name__icontains=text) if text else found


def cells_of(result: Result, run: ProjectionRun) -> list[ProjectionCell]:
    """The rows of a run, unsaved."""
    return [
        ProjectionCell(run=run, case=case, year=year, **cell)
        for case, course in result.outlook.courses.items()
        for year, standing in enumerate(course)
        for cell in _cells(standing)
    ]


def _cells(standing: Standing) -> list[dict[str, Any]]:
    columns = (standing.stock, standing.exits.leave, standing.exits.death, standing.exits.retire, standing.entrants)
    rows = [
        dict(zip(("first_age", "people", "leave", "death", "retire", "entrants"), row, strict=True))
        for row in zip(GROUPS, *columns, strict=True)
    ]
    leave, death, retire = standing.unknown_exits
    of_unknown = {"people": standing.unknown, "leave": leave, "death": death, "retire": retire, "entrants": 0.0}
    return [*rows, {"first_age": None, **of_unknown}]


def read_back(runs: Sequence[ProjectionRun]) -> list[Result]:
    """Saved runs as they were worked out, in the order given; one query for all cells."""
    cells: dict[tuple[int, str, int], list[ProjectionCell]] = {}
    for cell in ProjectionCell.objects.filter(run__in=runs).order_by("run", "case", "year", "first_age"):
        cells.setdefault((cell.run_id, cell.case, cell.year), []).append(cell)
    return [_result(run, cells) for run in runs]


def _result(run: ProjectionRun, cells: Mapping[tuple[int, str, int], list[ProjectionCell]]) -> Result:
    inputs = run.inputs
    plan = Plan(**inputs["plan"])
    rates = {cause: [exit_rates.Rate(**rate) for rate in rows] for cause, rows in inputs["rates"].items()}
    courses = {case: [_standing(cells[run.pk, case, year]) for year in range(plan.years + 1)] for case in CASES}
    stock = queries.Stock(run.on, tuple(inputs["ages"]), inputs["unknown"])
    found = Outlook(courses, run.needed_entrants, run.needed_intake)
    return Result(plan, run.on, run.scenario.step, inputs["is_measured"], stock, rates, found)


def _standing(cells: Sequence[ProjectionCell]) -> Standing:
    # NULL sorts last: the unknown ages stand behind the groups.
    *known, unknown = cells

    def column(name: str) -> Numbers:
        return tuple(getattr(cell, name) for cell in known)

    return Standing(
        column("people"),
        unknown.people,
        Exits(column("leave"), column("death"), column("retire")),
        (unknown.leave, unknown.death, unknown.retire),
        column("entrants"),
    )


# --- Back-test ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """What a run said of a year against what came: `cases` by name, and the stock that the registry knows now."""

    year: int
    day: date
    cases: Mapping[str, Standing]
    actual: queries.Stock

    @property
    def is_within(self) -> bool:
        """Whether what came lies between low and high."""
        return self.cases["low"].total <= self.actual.total <= self.cases["high"].total

    @property
    def error(self) -> float | None:
        """How far the base case was off, as a share of what came: above zero, it expected too many."""
        return (self.cases["base"].total - self.actual.total) / self.actual.total if self.actual.total else None


def back_test(result: Result, today: date) -> Comparison | None:
    """The latest whole year of a run that has passed, against the registry; None in its first year. People who were
    registered after the run but were already at work then are left out on both sides."""
    year = 0
    while year < result.plan.years and months_after(result.on, 12 * (year + 1)) <= today:
        year += 1
    if not year:
        return None
    day = months_after(result.on, 12 * year)
    cases = {case: result.outlook.courses[case][year] for case in CASES}
    return Comparison(year, day, cases, queries.stock(day, result.step, then=result.on))
