"""The life of a correction: requested by one person, applied or refused by another; what it may change."""

from wastewater.choices.corrections import CorrectionState
from wastewater.rules.samples import COUNTED

CORRECTION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    CorrectionState.REQUESTED: (CorrectionState.APPLIED, CorrectionState.REFUSED),
    CorrectionState.APPLIED: (),
    CorrectionState.REFUSED: (),
}

# The columns of a result that a correction may change; everything else about a verified result stays.
CORRECTED = ("qualifier", "value", "unit", "expressed_as", "detection_limit")

# A management rule of this portal, not law: how many days a request may wait before it is late on the work list.
DAYS_TO_DECIDE = 7


def may_correct(sample_state: str) -> bool:
    """Before verification results are corrected in place; a void sample counts nowhere."""
    return sample_state in COUNTED


def may_decide(*, state: str, sample_state: str, requested_by: int | None, decider: int) -> bool:
    """Whether this person may apply the correction: never the one who asked for it."""
    return state == CorrectionState.REQUESTED and may_correct(sample_state) and requested_by != decider
