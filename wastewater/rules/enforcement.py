"""The life of a finding and of a decision of the legal ladder; who counts as cleared; lateness."""

from datetime import date

from wastewater.choices.enforcement import DecisionKind, DecisionState, FindingOutcome, FindingState

FINDING_TRANSITIONS: dict[str, tuple[str, ...]] = {
    FindingState.OPEN: (FindingState.REPLY_WINDOW,),
    FindingState.REPLY_WINDOW: (FindingState.DECIDED,),
    FindingState.DECIDED: (FindingState.CURED,),
    # A repair that does not hold on the spot leads back to the decision.
    FindingState.CURED: (FindingState.VERIFIED, FindingState.DECIDED),
    FindingState.VERIFIED: (),
}

DECISION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    DecisionState.DRAFTED: (DecisionState.APPROVED, DecisionState.LIFTED),
    DecisionState.APPROVED: (DecisionState.SERVED, DecisionState.LIFTED),
    DecisionState.SERVED: (DecisionState.IN_FORCE, DecisionState.LIFTED),
    DecisionState.IN_FORCE: (DecisionState.MET, DecisionState.BREACHED, DecisionState.LIFTED),
    DecisionState.BREACHED: (DecisionState.MET, DecisionState.ESCALATED, DecisionState.LIFTED),
    DecisionState.MET: (),
    DecisionState.ESCALATED: (),
    DecisionState.LIFTED: (),
}

# Moves that weigh on the firm, so that a cleared one is safe from them.
BURDENING = (
    DecisionState.DRAFTED,
    DecisionState.APPROVED,
    DecisionState.SERVED,
    DecisionState.IN_FORCE,
    DecisionState.BREACHED,
    DecisionState.ESCALATED,
)
# Decisions that the firm knows of.
KNOWN_TO_SUBJECT = (
    DecisionState.SERVED,
    DecisionState.IN_FORCE,
    DecisionState.MET,
    DecisionState.BREACHED,
    DecisionState.ESCALATED,
    DecisionState.LIFTED,
)
# Decisions whose orders still run.
RUNNING = (DecisionState.SERVED, DecisionState.IN_FORCE, DecisionState.BREACHED)
ENDED = (DecisionState.MET, DecisionState.ESCALATED, DecisionState.LIFTED)

STANDING_OUTCOMES = (FindingOutcome.UPHELD, FindingOutcome.ADJUSTED)
CLEARED_STATES = (FindingState.CURED, FindingState.VERIFIED)

LADDER = (
    DecisionKind.WRITTEN_WARNING,
    DecisionKind.COERCION,
    DecisionKind.FINE,
    DecisionKind.SUSPENSION,
    DecisionKind.REVOCATION,
)


def is_cleared(state: str, outcome: str) -> bool:
    """Whether nothing may be asked of the firm any more because of this finding."""
    return outcome == FindingOutcome.DROPPED or state in CLEARED_STATES


def is_ended(state: str, outcome: str) -> bool:
    """Whether nothing is left to do about this finding: it was dropped, or its repair was seen to hold."""
    return outcome == FindingOutcome.DROPPED or state == FindingState.VERIFIED


def carries_sanction(state: str, outcome: str) -> bool:
    """Whether a decision of the ladder may rest on this finding: decided against the firm, and not yet cured."""
    return state == FindingState.DECIDED and outcome in STANDING_OUTCOMES


def reply_is_over(due_on: date | None, day: date, ended_early: bool) -> bool:
    """Whether the right of reply has run out on `day`: after its last day, or when the firm said that it is done."""
    return ended_early or (due_on is not None and day > due_on)


def days_late(due_on: date, done_on: date | None, today: date) -> int:
    """How many days after its date something was done, or is still waiting; zero when in time."""
    return max(((done_on or today) - due_on).days, 0)


def is_heavier(new: str, old: str) -> bool:
    """Whether one decision stands higher on the ladder than another."""
    return LADDER.index(DecisionKind(new)) > LADDER.index(DecisionKind(old))
