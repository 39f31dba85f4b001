"""Rounds of paid insurance: who can be proposed, in order of risk, and how a round stands in people and money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from batikportal.models import Area
from workforce import rules
from workforce.choices import CoverageState, Disability, Programme, Segment, WorkPlace
from workforce.choices.hazards import HazardKind
from workforce.choices.rounds import EntryState, RiskReason, Verdict
from workforce.models import (
    CoverageEntry,
    CoveragePeriod,
    CoverageRound,
    Engagement,
    EngagementStep,
    Person,
    ReferenceFigure,
    StepHazard,
)
from workforce.queries.coverage import active_on, uncovered_people, with_coverage_state
from workforce.queries.people import active_workers, open_engagements, with_programme_consent
from workforce.queries.reference import figure_on, programme_age_window
from workforce.rules import rounds as round_rules

PREMIUM = "bpu_premium_jkk_jkm"
POINTS = {reason.value: f"risk_{reason.value}" for reason in RiskReason}


def premium_on(on: date) -> ReferenceFigure | None:
    """The dated row of the JKK and JKM package, undiscounted: rounds are paid from public budgets."""
    return figure_on(PREMIUM, on)


def risk_weights(on: date) -> dict[str, int]:
    """Points by RiskReason in force on the date; one query."""
    in_force = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    rows = ReferenceFigure.objects.filter(in_force, series__code__in=POINTS.values())
    found = dict(rows.values_list("series__code", "value"))
    return {reason: int(found[code]) for reason, code in POINTS.items() if code in found}


def hazards_on(on: date) -> QuerySet[StepHazard]:
    """Hazards in force on the date, in working order; those of every step last."""
    in_force = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    return StepHazard.objects.filter(in_force).select_related("step")


def _works_at(on: date, *conditions: Q) -> Exists:
    return Exists(Engagement.objects.filter(open_engagements(on), *conditions, person=OuterRef("pk")))


def _exposed_to(kind: HazardKind, on: date) -> Exists:
    steps = hazards_on(on).filter(kind=kind, step__isnull=False).order_by().values("step")
    done = EngagementStep.objects.filter(step__in=steps, engagement=OuterRef("pk"))
    return Exists(Engagement.objects.filter(open_engagements(on), Exists(done), person=OuterRef("pk")))


def _born(first_age: int, last_age: int, on: date) -> Q:
    return Q(birth_on__range=rules.birth_window(first_age, last_age, on)) | Q(
        birth_year__range=(on.year - last_age, on.year - first_age)
    )


def with_risk(people: QuerySet[Any], on: date) -> QuerySet[Any]:
    """`people` (with `coverage_state`) with one boolean `risk_…` per reason and their sum as `risk_points`."""
    reasons: dict[str, Any] = {
        RiskReason.CHEMICAL.value: _exposed_to(HazardKind.CHEMICAL, on),
        RiskReason.HEAT.value: _exposed_to(HazardKind.HEAT, on),
        RiskReason.AGE.value: _born(round_rules.OLDER_FROM, 120, on),
        RiskReason.DISABILITY.value: ~Q(disability__in=("", Disability.NONE)),
        RiskReason.HOME.value: _works_at(on, Q(place=WorkPlace.HOME)),
        RiskReason.LAPSED.value: Q(coverage_state=CoverageState.LAPSED),
    }
    flags = {
        f"risk_{reason}": Case(When(holds, then=Value(True)), default=Value(False), output_field=BooleanField())
        for reason, holds in reasons.items()
    }
    points: Any = Value(0)
    for reason, weight in risk_weights(on).items():
        points = points + Case(
            When(**{f"risk_{reason}": True}, then=Value(weight)), default=Value(0), output_field=IntegerField()
        )
    return people.annotate(**flags).annotate(risk_points=points)


def reasons_of(person: Any) -> list[str]:
    """The reasons that hold for a person of `with_risk`."""
    return [reason.value for reason in RiskReason if getattr(person, f"risk_{reason.value}")]


def facts_of(person: Any, window: tuple[int, int] | None, on: date) -> round_rules.CandidateFacts:
    """What the rules ask about a candidate, without a query."""
    verdict = rules.age_window_verdict(person.age_on(on), *window) if window else ""
    return round_rules.CandidateFacts(
        age_verdict=verdict,
        lives_in_city=person.ward_id is not None,
        coverage_state=person.coverage_state,
        by_employer=person.by_employer,
        has_nik=person.nik_hash is not None,
        nik_is_doubtful=bool(person.nik_mismatch_reason) and person.nik_verified_on is None,
        consents=person.may_be_proposed,
    )


def _verdict(window: tuple[int, int] | None, on: date) -> Case:
    """`rules.rounds.verdict_of` as a statement; a test compares both."""
    age_unknown = Q(birth_on__isnull=True, birth_year__isnull=True)
    wrong_age = ~age_unknown & ~_born(*window, on) if window else Q(pk__isnull=True)
    not_met = Q(ward__isnull=True) | Q(by_employer=True) | Q(may_be_proposed=False) | wrong_age
    not_met |= Q(coverage_state=CoverageState.COVERED)
    doubtful = Q(nik_hash__isnull=True) | (~Q(nik_mismatch_reason="") & Q(nik_verified_on__isnull=True))
    unknown = doubtful | Q(coverage_state=CoverageState.UNKNOWN)
    unknown = unknown | age_unknown if window else Q(pk__isnull=False)
    return Case(
        When(not_met, then=Value(Verdict.NOT.value)),
        When(unknown, then=Value(Verdict.UNKNOWN.value)),
        default=Value(Verdict.ELIGIBLE.value),
        output_field=CharField(),
    )


def candidates(people: QuerySet[Person], on: date, window: tuple[int, int] | None) -> QuerySet[Any]:
    """People at work without JKK and JKM and without an open proposal: with verdict, risk and what both rest on, the
    highest risk first."""
    open_entry = CoverageEntry.objects.filter(person=OuterRef("pk"), state__in=round_rules.OPEN_STATES)
    found = active_workers(uncovered_people(people, on), on).filter(~Exists(open_entry))
    return _judged(found, on, window).order_by("-risk_points", "name", "pk")


def as_candidate(person: Person, on: date, window: tuple[int, int] | None) -> Any:
    """One person, whatever is open, with what the verdict rests on."""
    return _judged(Person.objects.filter(pk=person.pk), on, window).get()


def _judged(people: QuerySet[Any], on: date, window: tuple[int, int] | None) -> QuerySet[Any]:
    by_employer = CoveragePeriod.objects.filter(
        active_on(on), person=OuterRef("pk"), programme__in=(Programme.JKK, Programme.JKM), segment=Segment.PU
    )
    found: QuerySet[Any] = with_programme_consent(with_coverage_state(people, on))
    return with_risk(found.annotate(by_employer=Exists(by_employer)), on).annotate(verdict=_verdict(window, on))


@dataclass(frozen=True)
class CandidateFilter:
    """What narrows the list of candidates."""

    verdict: str = Verdict.ELIGIBLE.value
    area: Area | None = None
    text: str = ""


def candidates_matching(
    people: QuerySet[Person], on: date, window: tuple[int, int] | None, wanted: CandidateFilter
) -> QuerySet[Any]:
    """The candidates of a filter."""
    found = candidates(people, on, window)
    if wanted.verdict:
        found = found.filter(verdict=wanted.verdict)
    if wanted.area:
        found = found.filter(Q(ward=wanted.area) | Q(ward__parent=wanted.area))
    if wanted.text:
        found = found.filter(name__icontains=wanted.text)
    return found


def age_window(on: date) -> tuple[int, int] | None:
    """The age window of the city programme; see `queries.reference`."""
    return programme_age_window(on)


# --- A round --------------------------------------------------------------------------------------------------------


def rounds_with_counts() -> QuerySet[Any]:
    """Rounds, newest first, with the number of entries by state as `n_<state>`."""
    counts = {f"n_{state.value}": Count("entries", filter=Q(entries__state=state)) for state in EntryState}
    return CoverageRound.objects.select_related("premium").annotate(**counts).order_by("-from_on", "-pk")


def counts_of(round_: Any) -> dict[str, int]:
    """The counts of a round of `rounds_with_counts`, by state."""
    return {state.value: getattr(round_, f"n_{state.value}") for state in EntryState}


def places_taken(counts: Mapping[str, int]) -> int:
    """How many places of the quota are given away."""
    return sum(counts[state] for state in round_rules.TAKES_PLACE)


def budget_of(round_: CoverageRound, counts: Mapping[str, int]) -> list[round_rules.BudgetMonth]:
    """The round month by month; one query."""
    enrolled = CoverageEntry.objects.filter(round=round_, covered_from_on__isnull=False).order_by()
    return round_rules.budget_by_month(
        round_rules.months_of(round_.from_on, round_.until_on),
        round_.budget_per_month_idr,
        round_.premium_idr,
        places_taken(counts),
        [day for day in enrolled.values_list("covered_from_on", flat=True) if day],
    )


def entries_of(entries: QuerySet[CoverageEntry], round_: CoverageRound, states: Sequence[str] = ()) -> QuerySet[Any]:
    """Proposals of a round in order of risk, with person and ward."""
    found = entries.filter(round=round_).select_related("person__ward__parent", "round")
    return found.filter(state__in=states) if states else found


def to_verify(entries: QuerySet[CoverageEntry]) -> QuerySet[Any]:
    """Proposals that wait for the ward, oldest first."""
    return (
        entries.filter(state=EntryState.PROPOSED)
        .select_related("person__ward__parent", "round")
        .order_by("proposed_at", "pk")
    )


def steps_in_words(people: Sequence[int], on: date) -> dict[int, str]:
    """The steps each of these people works at, as a text; one query."""
    rows = (
        EngagementStep.objects.filter(
            engagement__in=Engagement.objects.filter(open_engagements(on), person__in=people).values("pk")
        )
        .order_by("step__position")
        .values_list("engagement__person", "step__name")
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for person, name in rows:
        found.setdefault(person, []).append(name)
    return {person: ", ".join(names) for person, names in found.items()}


def with_paying_round(people: QuerySet[Any]) -> QuerySet[Any]:
    """`people` with `paid_by`: the title of the round that pays until the day on which they lapse, if one does."""
    paying = CoverageEntry.objects.filter(
        person=OuterRef("pk"), state=EntryState.ENROLLED, round__until_on=OuterRef("lapses_on")
    )
    return people.annotate(paid_by=Subquery(paying.values("round__title")[:1]))
