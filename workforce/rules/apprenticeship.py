"""Rules of apprenticeship: the one table of moves, the cap of a host, minors, and when an outcome is due.

Plain Python: no database, no clock. Permenaker 6/2020 (apprenticeship in the country): age art. 9, agreement art. 10
and 11, endorsement art. 12; UU 13/2003 and Kepmenakertrans 235/2003 (work of minors). The numbers themselves are dated
rows of `ReferenceFigure`, so that officers can correct them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from workforce.choices.apprenticeship import OutcomeWork, PlacementGap, PlacementState
from workforce.rules import completed_years
from workforce.rules.retention import months_after

_S = PlacementState

PLACEMENT_TRANSITIONS: dict[str, tuple[str, ...]] = {
    _S.APPLIED: (_S.OFFERED, _S.DROPPED),
    # An offer may be taken back or declined: the applicant waits for another host.
    _S.OFFERED: (_S.APPLIED, _S.TRIAL, _S.ACTIVE, _S.DROPPED),
    _S.TRIAL: (_S.ACTIVE, _S.DROPPED),
    _S.ACTIVE: (_S.PAUSED, _S.COMPLETED, _S.CONVERTED, _S.DROPPED),
    _S.PAUSED: (_S.ACTIVE, _S.DROPPED),
    _S.COMPLETED: (_S.CONVERTED,),
    _S.DROPPED: (),
    _S.CONVERTED: (),
}
# Holds a seat of the cohort.
SEATED: tuple[str, ...] = (_S.OFFERED, _S.TRIAL, _S.ACTIVE, _S.PAUSED, _S.COMPLETED, _S.CONVERTED)
# Learns in the workshop: counts for the mentor's load and for the cap of the host.
LEARNING: tuple[str, ...] = (_S.TRIAL, _S.ACTIVE, _S.PAUSED)
# Has begun, so that an agreement is due.
BEGUN: tuple[str, ...] = (_S.ACTIVE, _S.PAUSED, _S.COMPLETED, _S.CONVERTED)
# Finished what was agreed: the denominator of completion and of retention.
FINISHED: tuple[str, ...] = (_S.COMPLETED, _S.CONVERTED)
ENDED: tuple[str, ...] = (_S.COMPLETED, _S.CONVERTED, _S.DROPPED)

OUTCOME_MONTHS = (3, 6, 12)
IN_CRAFT: tuple[str, ...] = (OutcomeWork.WORKER, OutcomeWork.OWN_FIRM, OutcomeWork.FAMILY)


def host_cap(employees: int, percent: Decimal) -> int:
    """How many apprentices a host or a group may have: the whole number under its share of employees.

    Four employees and 20 % are 0.8 and so none: small workshops host together.
    """
    return int((Decimal(employees) * percent / 100).to_integral_value(ROUND_FLOOR))


@dataclass(frozen=True)
class Limits:
    """The figures in force on a day; None: nobody recorded one."""

    youngest: int | None = None
    adult: int | None = None
    cap_percent: Decimal | None = None
    mentor_load: int | None = None
    longest_months: int | None = None
    theory_least: Decimal | None = None
    theory_most: Decimal | None = None
    approval_days: int | None = None
    endorsement_days: int | None = None

    @property
    def complete(self) -> bool:
        """Whether a placement can be judged at all."""
        return None not in (self.youngest, self.adult, self.cap_percent, self.mentor_load)


def youngest_possible_age(birth_on: date | None, birth_year: int | None, on: date) -> int | None:
    """Completed years that somebody has in any case: of a birth year only, the last day counts; None: unknown."""
    born = birth_on or (date(birth_year, 12, 31) if birth_year else None)
    return None if born is None else completed_years(born, on)


@dataclass(frozen=True)
class Standing:
    """What is known of a placement before it may begin."""

    has_person: bool = False
    age: int | None = None
    consented: bool = False
    by_guardian: bool = False
    forbidden_step: bool = False
    has_host: bool = False
    through_group: bool = False
    employees: int = 0
    hosted: int = 0
    capped: bool = True
    has_mentor: bool = False
    mentored: int = 0


def gaps(standing: Standing, limits: Limits) -> list[PlacementGap]:
    """Everything that a placement lacks before it may become active; the database asks the same in its trigger."""
    found = []
    if not standing.has_person:
        return [PlacementGap.PERSON]
    if limits.youngest is None or limits.adult is None or limits.cap_percent is None or limits.mentor_load is None:
        return [PlacementGap.RULES_UNKNOWN]
    minor = standing.age is not None and standing.age < limits.adult
    if standing.age is None:
        found.append(PlacementGap.AGE_UNKNOWN)
    elif standing.age < limits.youngest:
        found.append(PlacementGap.TOO_YOUNG)
    if minor and not standing.by_guardian:
        found.append(PlacementGap.GUARDIAN)
    elif not standing.consented:
        found.append(PlacementGap.CONSENT)
    if minor and standing.forbidden_step:
        found.append(PlacementGap.FORBIDDEN_STEP)
    if not standing.has_host:
        found.append(PlacementGap.HOST)
    elif standing.capped and standing.through_group:
        found.append(PlacementGap.THROUGH_GROUP)
    elif standing.capped and standing.hosted >= host_cap(standing.employees, limits.cap_percent):
        found.append(PlacementGap.HOST_FULL)
    if not standing.has_mentor:
        found.append(PlacementGap.MENTOR)
    elif standing.mentored >= limits.mentor_load:
        found.append(PlacementGap.MENTOR_FULL)
    return found


def outcomes_due(ended_on: date, recorded: Iterable[int], on: date) -> list[int]:
    """The months whose day has come and that nobody asked about."""
    known = set(recorded)
    return [months for months in OUTCOME_MONTHS if months not in known and months_after(ended_on, months) <= on]


def in_craft(work: str) -> bool | None:
    """Whether somebody still works in batik; None: nobody knows."""
    return None if work == OutcomeWork.UNKNOWN else work in IN_CRAFT


def paused_until(planned_until: date, paused_on: date, resumed_on: date) -> date:
    """The end of a placement after a pause, which moves it by the days it lasted."""
    return planned_until + timedelta(days=(resumed_on - paused_on).days)
