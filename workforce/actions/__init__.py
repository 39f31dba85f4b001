"""Everything that changes the registry of artisans."""

from workforce.actions.consents import confirm_stopped, record_consent, withdraw_consent
from workforce.actions.coverage import end_coverage, record_coverage, record_coverages
from workforce.actions.engagements import end_engagement, engage
from workforce.actions.people import (
    change_person,
    log_download,
    register_person,
    reveal_nik,
    verify_nik_mismatch,
)
from workforce.actions.refusals import (
    AlreadyEnded,
    AlreadyEngaged,
    AlreadyWithdrawn,
    ConsentStands,
    CoverageEnded,
    CoverageOverlaps,
    EndsBeforeStart,
    InTheFuture,
    NikNeedsReason,
    NikTaken,
    NoPrincipal,
    Refused,
    SegmentDoesNotFit,
    WitnessMissing,
)

__all__ = [
    "AlreadyEnded",
    "AlreadyEngaged",
    "AlreadyWithdrawn",
    "ConsentStands",
    "CoverageEnded",
    "CoverageOverlaps",
    "EndsBeforeStart",
    "InTheFuture",
    "NikNeedsReason",
    "NikTaken",
    "NoPrincipal",
    "Refused",
    "SegmentDoesNotFit",
    "WitnessMissing",
    "change_person",
    "confirm_stopped",
    "end_coverage",
    "end_engagement",
    "engage",
    "log_download",
    "record_consent",
    "record_coverage",
    "record_coverages",
    "register_person",
    "reveal_nik",
    "verify_nik_mismatch",
    "withdraw_consent",
]
