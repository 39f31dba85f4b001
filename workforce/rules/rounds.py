"""Rounds of paid insurance: the table of moves, who may be proposed and why not, the order of risk, and the money.

Plain Python: no database, no clock. The city programme takes uninsured informal workers within an age window whose
data the ward has verified; premiums from a public budget are counted in full (PP 50/2025).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workforce.choices import AgeVerdict, CoverageState, Payer
from workforce.choices.rounds import Condition, EntryState, FundingProgramme, RiskReason, RoundPhase, Verdict

_S = EntryState

ENTRY_TRANSITIONS: dict[str, tuple[str, ...]] = {
    _S.PROPOSED: (_S.VERIFIED, _S.RETURNED, _S.WITHDRAWN),
    _S.RETURNED: (_S.PROPOSED, _S.WITHDRAWN),
    _S.VERIFIED: (_S.ACCEPTED, _S.WAITING, _S.REJECTED, _S.WITHDRAWN),
    _S.WAITING: (_S.ACCEPTED, _S.REJECTED, _S.WITHDRAWN),
    _S.ACCEPTED: (_S.ENROLLED, _S.FAILED, _S.WITHDRAWN),
    # What BPJS refused may be mended and decided again.
    _S.FAILED: (_S.ACCEPTED, _S.REJECTED, _S.WITHDRAWN),
    _S.REJECTED: (),
    _S.ENROLLED: (),
    _S.WITHDRAWN: (),
}
# Until BPJS has enrolled somebody, a withdrawn consent ends the proposal at once.
ENDS_WITH_CONSENT = (_S.PROPOSED, _S.RETURNED, _S.VERIFIED, _S.WAITING, _S.ACCEPTED, _S.FAILED)
# A person has one of these at a time, over all rounds.
OPEN_STATES = ENDS_WITH_CONSENT
# These hold a place of the quota.
TAKES_PLACE = (_S.ACCEPTED, _S.ENROLLED)
TO_DECIDE = (_S.VERIFIED, _S.WAITING, _S.FAILED)
OUTCOMES = (_S.ACCEPTED, _S.WAITING, _S.REJECTED)
# A reason in words goes with these.
NEEDS_REASON = (_S.RETURNED, _S.WAITING, _S.REJECTED, _S.FAILED)

PAYER_OF: dict[str, str] = {
    FundingProgramme.BERLIAN: Payer.CITY.value,
    FundingProgramme.DBHCHT: Payer.DBHCHT.value,
    FundingProgramme.PROVINCE: Payer.PROVINCE.value,
}

# From here on somebody counts as older on the list of risks.
OLDER_FROM = 50


@dataclass(frozen=True)
class CandidateFacts:
    """What decides whether somebody can be proposed; `age_verdict` empty: no age window is recorded for the day."""

    age_verdict: str
    lives_in_city: bool
    coverage_state: str
    by_employer: bool
    has_nik: bool
    nik_is_doubtful: bool
    consents: bool


def eligibility(facts: CandidateFacts) -> dict[str, str]:
    """Each Condition with its Verdict."""
    return {
        Condition.AGE.value: _age(facts.age_verdict),
        Condition.RESIDENCE.value: _yes(facts.lives_in_city),
        Condition.UNINSURED.value: _uninsured(facts.coverage_state),
        Condition.INFORMAL.value: _yes(not facts.by_employer),
        Condition.NIK.value: _known(facts.has_nik and not facts.nik_is_doubtful),
        Condition.CONSENT.value: _yes(facts.consents),
    }


def verdict_of(conditions: Mapping[str, str]) -> str:
    """All conditions together: one that is not met decides, then one that nobody can tell."""
    found = set(conditions.values())
    for verdict in (Verdict.NOT.value, Verdict.UNKNOWN.value):
        if verdict in found:
            return verdict
    return Verdict.ELIGIBLE.value


def _yes(holds: bool) -> str:
    return Verdict.ELIGIBLE.value if holds else Verdict.NOT.value


def _known(holds: bool) -> str:
    return Verdict.ELIGIBLE.value if holds else Verdict.UNKNOWN.value


def _age(age_verdict: str) -> str:
    if age_verdict in ("", AgeVerdict.UNKNOWN):
        return Verdict.UNKNOWN.value
    return _yes(age_verdict == AgeVerdict.ELIGIBLE)


def _uninsured(coverage_state: str) -> str:
    """Nobody looked is not the same as uninsured: then it cannot be told."""
    if coverage_state == CoverageState.UNKNOWN:
        return Verdict.UNKNOWN.value
    return _yes(coverage_state != CoverageState.COVERED)


def risk_points(reasons: Iterable[str], weights: Mapping[str, int]) -> int:
    """The points of somebody's reasons; a reason without a recorded weight counts nothing."""
    return sum(weights.get(RiskReason(reason).value, 0) for reason in reasons)


# --- Money and time -------------------------------------------------------------------------------------------------


def people_within(budget_per_month_idr: Decimal, premium_idr: Decimal) -> int:
    """How many people a monthly budget pays for."""
    return int(budget_per_month_idr // premium_idr)


def months_of(first: date, last: date) -> list[date]:
    """The first days of the months from one date to another, both counted."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(start, end + 1)]


@dataclass(frozen=True)
class BudgetMonth:
    """One month of a round: what is budgeted, what the decisions commit, and what BPJS has enrolled, in rupiah."""

    month: date
    budget_idr: Decimal
    committed_idr: Decimal
    enrolled_idr: Decimal

    @property
    def left_idr(self) -> Decimal:
        return self.budget_idr - self.committed_idr


def budget_by_month(
    months: Sequence[date], budget_idr: Decimal, premium_idr: Decimal, places: int, enrolled_from: Sequence[date]
) -> list[BudgetMonth]:
    """Every month with the premiums of all places taken, and of those enrolled from that month or earlier."""
    return [
        BudgetMonth(
            month,
            budget_idr,
            premium_idr * places,
            premium_idr * sum((day.year, day.month) <= (month.year, month.month) for day in enrolled_from),
        )
        for month in months
    ]


def round_phase(*, opens_on: date, closes_on: date, until_on: date, today: date, counts: Mapping[str, int]) -> str:
    """Where a round stands: a RoundPhase."""

    def any_in(*states: str) -> bool:
        return any(counts.get(state, 0) for state in states)

    if today < opens_on:
        return RoundPhase.PLANNED.value
    if today <= closes_on:
        return RoundPhase.OPEN.value
    if today > until_on:
        return RoundPhase.ENDED.value
    if any_in(_S.PROPOSED, _S.RETURNED, _S.VERIFIED):
        return RoundPhase.DECIDING.value
    if any_in(_S.ACCEPTED):
        return RoundPhase.SENDING.value
    return RoundPhase.RUNNING.value if any_in(_S.ENROLLED) else RoundPhase.ENDED.value
