"""The tables of allowed moves; the database triggers are made from these very tables."""

from marketing.choices import ActivityState, ApplicationState, BatchState, DecisionState

_A = ApplicationState

ACTIVITY_TRANSITIONS: dict[str, tuple[str, ...]] = {
    ActivityState.DRAFT: (ActivityState.PUBLISHED, ActivityState.CANCELLED),
    ActivityState.PUBLISHED: (ActivityState.CLOSED, ActivityState.FINISHED, ActivityState.CANCELLED),
    ActivityState.CLOSED: (ActivityState.PUBLISHED, ActivityState.FINISHED, ActivityState.CANCELLED),
    ActivityState.FINISHED: (),
    ActivityState.CANCELLED: (),
}

# A seat of a first-come call is given at submission (draft to accepted or waitlisted). In a selected call the only way
# to a seat leads through a pending decision, which the release of a signed batch turns into an answer.
APPLICATION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    _A.DRAFT: (_A.SUBMITTED, _A.ACCEPTED, _A.WAITLISTED, _A.WITHDRAWN, _A.CANCELLED),
    _A.SUBMITTED: (_A.RETURNED, _A.ELIGIBLE, _A.INELIGIBLE, _A.WITHDRAWN, _A.CANCELLED),
    _A.RETURNED: (_A.SUBMITTED, _A.INELIGIBLE, _A.WITHDRAWN, _A.CANCELLED),
    _A.ELIGIBLE: (_A.IN_REVIEW, _A.PENDING, _A.RETURNED, _A.INELIGIBLE, _A.WITHDRAWN, _A.CANCELLED),
    _A.INELIGIBLE: (_A.ELIGIBLE,),
    _A.IN_REVIEW: (_A.PENDING, _A.RETURNED, _A.INELIGIBLE, _A.WITHDRAWN, _A.CANCELLED),
    _A.PENDING: (_A.ACCEPTED, _A.WAITLISTED, _A.REJECTED, _A.IN_REVIEW, _A.WITHDRAWN, _A.CANCELLED),
    _A.ACCEPTED: (_A.ATTENDED, _A.NO_SHOW, _A.INELIGIBLE, _A.WITHDRAWN, _A.CANCELLED),
    _A.WAITLISTED: (_A.ACCEPTED, _A.REJECTED, _A.INELIGIBLE, _A.WITHDRAWN, _A.CANCELLED),
    _A.REJECTED: (),
    _A.ATTENDED: (_A.COMPLETED, _A.NO_SHOW),
    _A.NO_SHOW: (_A.ATTENDED,),
    _A.COMPLETED: (),
    _A.WITHDRAWN: (),
    _A.CANCELLED: (),
}

DECISION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    DecisionState.PENDING: (DecisionState.RELEASED, DecisionState.DROPPED),
    DecisionState.RELEASED: (),
    DecisionState.DROPPED: (),
}

BATCH_TRANSITIONS: dict[str, tuple[str, ...]] = {
    BatchState.DRAFT: (BatchState.SIGNED, BatchState.CANCELLED),
    BatchState.SIGNED: (BatchState.RELEASED, BatchState.CANCELLED),
    BatchState.RELEASED: (),
    BatchState.CANCELLED: (),
}

# A new row may only begin here (the seed writes history with the triggers' leave, see the demo).
ENTRY_STATES: tuple[str, ...] = (_A.DRAFT, _A.SUBMITTED, _A.ACCEPTED, _A.WAITLISTED)

# Only one application of an enterprise to an activity may be outside these states at a time.
ENDED_STATES: tuple[str, ...] = (_A.INELIGIBLE, _A.REJECTED, _A.WITHDRAWN, _A.CANCELLED)
LIVE_STATES: tuple[str, ...] = tuple(state for state in _A.values if state not in ENDED_STATES)

# Whoever is in one of these holds a seat in every quota the application counts in.
SEAT_STATES: tuple[str, ...] = (_A.ACCEPTED, _A.ATTENDED, _A.NO_SHOW, _A.COMPLETED)

# Sent, and the applicant has no answer yet.
UNDECIDED_STATES: tuple[str, ...] = (_A.SUBMITTED, _A.RETURNED, _A.ELIGIBLE, _A.IN_REVIEW, _A.PENDING)

WITHDRAWABLE_STATES: tuple[str, ...] = tuple(
    old for old, news in APPLICATION_TRANSITIONS.items() if _A.WITHDRAWN in news
)
