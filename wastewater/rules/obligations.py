"""The lives of an obligation and of a violation: which moves exist, and what ends a violation of which kind."""

from wastewater.choices.duties import ObligationState, Resolution, ViolationKind, ViolationState

OBLIGATION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    ObligationState.DUE: (ObligationState.RECEIVED, ObligationState.WAIVED),
    # A receipt falls away when its sample is voided or its document is returned; a waiver can be revoked.
    ObligationState.RECEIVED: (ObligationState.DUE,),
    ObligationState.WAIVED: (ObligationState.DUE,),
}

VIOLATION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    ViolationState.OPEN: (ViolationState.RESOLVED, ViolationState.WITHDRAWN),
    # What ended it fell away: the receipt, the waiver, or the later result.
    ViolationState.RESOLVED: (ViolationState.OPEN, ViolationState.WITHDRAWN),
    ViolationState.WITHDRAWN: (),
}

# Violations that rest on a judged result, and follow it.
OF_RESULTS = (ViolationKind.LIMIT, ViolationKind.LOAD)
# Violations that somebody saw on the spot: whoever proves the repair has seen them end.
SEEN_ON_THE_SPOT = (ViolationKind.UNPERMITTED, ViolationKind.SCHEDULE, ViolationKind.NARRATIVE)

# The kind of duty that a sent month of the logbook fulfils.
LOGBOOK_DUTY = "discharge-logbook"

# What a person may name as the end of a violation; the other ways follow from what happened elsewhere.
BY_HAND = (Resolution.CORRECTED, Resolution.DECIDED)

# Management rule of this portal, not law: an open violation waits this long for somebody to act.
DAYS_TO_FOLLOW_UP = 14


def may_resolve_by_hand(kind: str, state: str) -> bool:
    """Silence is cleared by receipt or waiver only; everything else may be found corrected or decided."""
    return state == ViolationState.OPEN and kind != ViolationKind.NON_RECEIPT
