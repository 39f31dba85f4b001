"""Apprenticeship: the limits in force, the funnel of a cohort, who waits for what, and who stayed in the craft."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from batikportal.models import Area
from workforce.choices.apprenticeship import OutcomeWork, PlacementState, TrainingForm
from workforce.models import (
    ApprenticeshipProgramme,
    Cohort,
    Consent,
    Person,
    PipelineActivity,
    Placement,
    PlacementOutcome,
    PlacementStep,
    ProcessStep,
    ReferenceFigure,
)
from workforce.rules import apprenticeship as rules
from workforce.rules import retention
from workforce.rules.retention import months_after

_FIELD_OF = {
    "apprentice_min_age": "youngest",
    "apprentice_adult_age": "adult",
    "apprentice_cap_percent": "cap_percent",
    "apprentice_mentor_load": "mentor_load",
    "apprentice_longest_months": "longest_months",
    "apprentice_theory_least": "theory_least",
    "apprentice_theory_most": "theory_most",
    "apprentice_approval_days": "approval_days",
    "apprentice_endorsement_days": "endorsement_days",
}
_SHARES = ("cap_percent", "theory_least", "theory_most")


def limits_on(day: date) -> rules.Limits:
    """The figures in force on a day; one query."""
    rows = ReferenceFigure.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day), series__code__in=_FIELD_OF, valid_from__lte=day
    ).values_list("series__code", "value")
    found: dict[str, Any] = {_FIELD_OF[code]: value for code, value in rows}
    whole: dict[str, Any] = {name: value if name in _SHARES else int(value) for name, value in found.items()}
    return rules.Limits(**whole)


# --- Programmes and cohorts -------------------------------------------------------------------------------------------


def programmes() -> QuerySet[ApprenticeshipProgramme]:
    """Every programme with its cohorts and their counts."""
    return ApprenticeshipProgramme.objects.prefetch_related(Prefetch("cohorts", with_counts(Cohort.objects.all())))


def with_counts(cohorts: QuerySet[Cohort]) -> QuerySet:
    """`cohorts` with how many applied, hold a seat, learn, and finished."""
    return cohorts.annotate(
        applied_count=Count("placements"),
        seated_count=Count("placements", filter=Q(placements__state__in=rules.SEATED)),
        learning_count=Count("placements", filter=Q(placements__state__in=rules.LEARNING)),
        finished_count=Count("placements", filter=Q(placements__state__in=rules.FINISHED)),
    ).order_by("-starts_on", "-pk")


def open_calls(day: date) -> QuerySet[Cohort]:
    """Calls that take applications on a day, the one that closes first on top."""
    return Cohort.objects.open_on(day).select_related("programme").prefetch_related("steps").order_by("closes_on", "pk")


@dataclass(frozen=True)
class Funnel:
    """How many came how far; each count includes those who went further."""

    applied: int
    offered: int
    began: int
    finished: int
    hired: int
    dropped: int
    seats: int


def funnel(cohort: Cohort) -> Funnel:
    """The way of a cohort in numbers; one query."""
    began = Q(started_on__isnull=False) | Q(trial_on__isnull=False)
    counts = cohort.placements.aggregate(
        applied=Count("pk"),
        offered=Count("pk", filter=Q(offered_on__isnull=False)),
        began=Count("pk", filter=began),
        finished=Count("pk", filter=Q(state__in=rules.FINISHED)),
        hired=Count("pk", filter=Q(state=PlacementState.CONVERTED)),
        dropped=Count("pk", filter=Q(state=PlacementState.DROPPED)),
    )
    return Funnel(**counts, seats=cohort.seats)


# --- Placements -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlacementFilter:
    """What narrows a list of placements; `waits`: for an agreement, an outcome, or consent;
    `months`: finished so long ago, the denominator of retention."""

    on: date
    text: str = ""
    state: str = ""
    step: ProcessStep | None = None
    area: Area | None = None
    waits: str = ""
    months: int | None = None
    mentor: str = ""


def detailed(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """`placements` with everything that a row or a page shows of them."""
    steps = PlacementStep.objects.select_related("step").order_by("step__position")
    return placements.select_related(
        "cohort__programme", "person__ward", "applicant__ward", "host__ward", "host_group", "mentor", "agreement"
    ).prefetch_related(Prefetch("placement_steps", steps), "outcomes")


def placements_of(user, person: Person) -> QuerySet[Placement]:
    """A person's placements that the user may see, newest first."""
    return Placement.objects.visible_to(user).filter(person=person).select_related("cohort", "host").order_by("-pk")


def placement_waiting(person: Person) -> Placement | None:
    """The placement of a person that has not ended, the newest if there are several."""
    return Placement.objects.filter(person=person).exclude(state__in=rules.ENDED).order_by("-pk").first()


SORTS = {
    "nama": ("person__name", "applicant__name"),
    "keadaan": ("state", "applied_on"),
    "tempat": ("host__name", "person__name"),
    "daftar": ("applied_on",),
    "mulai": ("started_on",),
}


def placements_matching(placements: QuerySet[Placement], wanted: PlacementFilter, order: str = "") -> QuerySet:
    """`placements` narrowed and sorted by a key of `SORTS`, turned round with a minus."""
    found = placements
    if wanted.text:
        found = found.filter(
            Q(person__name__icontains=wanted.text)
            | Q(person__isnull=True, applicant__name__icontains=wanted.text)
            | Q(number=wanted.text)
            | Q(host__name__icontains=wanted.text)
        )
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.step:
        found = found.filter(placement_steps__step=wanted.step)
    if wanted.area:
        found = found.filter(Q(person__ward__parent=wanted.area) | Q(applicant__ward__parent=wanted.area))
    if wanted.waits == "agreement":
        found = without_agreement(found)
    if wanted.waits == "endorsement":
        found = endorsement_overdue(found, wanted.on)
    if wanted.waits == "consent":
        found = without_consent(found)
    if wanted.waits == "outcome":
        found = found.filter(pk__in=[placement.pk for placement, _months in outcomes_due(found, wanted.on)])
    if wanted.mentor:
        found = found.filter(mentor__public_id=wanted.mentor, state__in=rules.LEARNING)
    if wanted.months:
        found = elapsed(found, wanted.months, wanted.on)
    keys = SORTS.get(order.lstrip("-"), ("applied_on",))
    down = order.startswith("-") or not order
    return found.order_by(
        *(F(key).desc(nulls_last=True) if down else F(key).asc(nulls_last=True) for key in keys), "pk"
    )


def without_agreement(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Formal apprentices who began without a written agreement: by law they are employees from the first day."""
    return placements.filter(
        state__in=(PlacementState.ACTIVE, PlacementState.PAUSED),
        cohort__programme__form=TrainingForm.FORMAL,
        agreement__isnull=True,
    )


def endorsement_overdue(placements: QuerySet[Placement], on: date) -> QuerySet[Placement]:
    """Those whose agreement was handed in and is not endorsed although the term is over."""
    return placements.filter(agreement__endorsed_on__isnull=True, agreement__endorse_due_on__lt=on)


def approvals_overdue(on: date) -> QuerySet[Cohort]:
    """Cohorts whose organiser asked for approval and got none within the term, oldest first."""
    return Cohort.objects.filter(approved_on__isnull=True, approve_due_on__lt=on).order_by("approve_due_on", "pk")


def without_consent(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Those who learn although the consent was withdrawn."""
    standing = Consent.objects.filter(purpose="apprenticeship", withdrawn_at__isnull=True)
    return placements.filter(state__in=rules.LEARNING).exclude(person__in=standing.values("person"))


def outcomes_due(placements: QuerySet[Placement], on: date) -> list[tuple[Placement, int]]:
    """Finished placements with each month whose day has come and that nobody asked about, oldest first."""
    finished = elapsed(placements, rules.OUTCOME_MONTHS[0], on)
    rows = finished.select_related("person", "applicant", "cohort").prefetch_related("outcomes")
    found: list[tuple[Placement, int]] = []
    for placement in rows.order_by("ended_on", "pk"):
        assert placement.ended_on is not None  # noqa: S101 - the constraint placement_end_has_day
        recorded = [outcome.months for outcome in placement.outcomes.all()]
        found.extend((placement, months) for months in rules.outcomes_due(placement.ended_on, recorded, on))
    return sorted(found, key=lambda one: (months_after(one[0].ended_on or on, one[1]), one[0].pk))


def elapsed(placements: QuerySet[Placement], months: int, on: date) -> QuerySet[Placement]:
    """Finished placements whose window of so many months is over on a day.

    The last day of a month stands for those that it lacks: whoever ended on 31 August is due on the last of February.
    """
    last = months_after(on, -months)
    ends_month = (on + timedelta(days=1)).month != on.month
    until = months_after(on.replace(day=1), 1 - months) - timedelta(days=1) if ends_month else last
    return placements.filter(state__in=rules.FINISHED, ended_on__lte=until)


# --- Retention --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Followed:
    """One finished apprenticeship: when it ended, and what was found out in which month (True: still in the craft)."""

    ended_on: date
    found: dict[int, bool | None]
    own_firm: bool


def followed(placements: QuerySet[Placement], on: date) -> list[Followed]:
    """Every placement that was finished on a day, with the answers known by then; two queries."""
    answers: dict[int, dict[int, PlacementOutcome]] = defaultdict(dict)
    finished = placements.filter(state__in=rules.FINISHED, ended_on__lte=on)
    known = PlacementOutcome.objects.filter(asked_on__lte=on, placement__in=finished.order_by().values("pk"))
    for outcome in known:
        answers[outcome.placement_id][outcome.months] = outcome
    return [
        Followed(
            ended_on,
            {months: outcome.in_craft for months, outcome in answers[pk].items()},
            any(outcome.work == OutcomeWork.OWN_FIRM for outcome in answers[pk].values()),
        )
        for pk, ended_on in finished.order_by("ended_on", "pk").values_list("pk", "ended_on")
        if ended_on is not None
    ]


def stayed(rows: Iterable[Followed], months: int, on: date) -> retention.Retention:
    """How many are still in the craft so many months after the end; whom nobody asked, or nobody found, is unknown."""
    return retention.counted(_fate(row, months, on) for row in rows)


def _fate(row: Followed, months: int, on: date) -> str:
    if months_after(row.ended_on, months) > on:
        return retention.NOT_YET
    answer = row.found.get(months)
    return retention.UNKNOWN if answer is None else retention.RETAINED if answer else retention.LOST


def spells(rows: Iterable[Followed]) -> list[retention.Spell]:
    """Time in the craft since the end of each apprenticeship: watched until the last day somebody was known to be in
    it, or lost on the day of the first answer that says so."""
    found = []
    for row in rows:
        last, lost = row.ended_on, None
        for months in sorted(row.found):
            if row.found[months] is False:
                lost = months_after(row.ended_on, months)
                break
            if row.found[months]:
                last = months_after(row.ended_on, months)
        found.append(retention.Spell(row.ended_on, lost or last, True if lost else None))
    return found


# --- The mouth of the pipeline ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PipelineYear:
    """One year of one kind of institution; `participants` None: nobody counted."""

    year: int
    kind: str
    activities: int
    institutions: int
    participants: int | None
    uncounted: int


def pipeline_years() -> list[PipelineYear]:
    """Counts by year and kind, newest first; one query."""
    rows = (
        PipelineActivity.objects.order_by()
        .values("from_on__year", "kind")
        .annotate(
            activities=Count("pk"),
            institutions=Sum("institutions_count"),
            people=Sum("participants"),
            uncounted=Count("pk", filter=Q(participants__isnull=True)),
        )
        .order_by("-from_on__year", "kind")
    )
    return [
        PipelineYear(
            row["from_on__year"], row["kind"], row["activities"], row["institutions"], row["people"], row["uncounted"]
        )
        for row in rows
    ]
