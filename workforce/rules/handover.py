"""Rules of a handover: its table of moves, how ready it is, and why somebody is suggested for something.

Plain Python: no database, no clock. A suggestion is advice with its reasons; who follows whom is decided by people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from workforce.choices.handover import PlanState, Readiness

PLAN_TRANSITIONS: dict[str, tuple[str, ...]] = {
    PlanState.OPEN: (PlanState.RUNNING, PlanState.DONE, PlanState.STOPPED),
    PlanState.RUNNING: (PlanState.OPEN, PlanState.DONE, PlanState.STOPPED),
    # Taken up again when circumstances change.
    PlanState.STOPPED: (PlanState.OPEN,),
    PlanState.DONE: (),
}
LIVE: tuple[str, ...] = (PlanState.OPEN, PlanState.RUNNING)

# From this age on an owner or a master is asked who follows (indicator S15 of the catalogue).
ASKED_FROM = 55
# Whoever follows should still have years ahead.
FOLLOWS_UNTIL = 40


def readiness(*, candidates: int, willing: int, milestones: int, done: int) -> Readiness:
    """How far a plan has come: somebody named, somebody willing, steps begun, all steps done."""
    if not candidates:
        return Readiness.NONE
    if not willing:
        return Readiness.NAMED
    if milestones and done == milestones:
        return Readiness.READY
    return Readiness.LEARNING if done else Readiness.WILLING


@dataclass(frozen=True)
class Fit:
    """What two sides share; every true line is a reason and a weight."""

    same_step: bool = False
    same_workshop: bool = False
    family: bool = False
    finished_training: bool = False
    same_ward: bool = False
    same_district: bool = False
    young: bool = False
    has_room: bool = False


WEIGHTS: tuple[tuple[str, int, object], ...] = (
    ("family", 5, _("keluarga di usaha yang sama")),
    ("same_step", 4, _("mengerjakan proses yang sama")),
    ("finished_training", 3, _("pernah atau sedang magang")),
    ("same_workshop", 2, _("bekerja di usaha yang sama")),
    ("has_room", 2, _("masih ada tempat")),
    ("same_ward", 2, _("tinggal di kelurahan yang sama")),
    ("same_district", 1, _("tinggal di kecamatan yang sama")),
    ("young", 1, _("masih muda")),
)


def weight(fit: Fit) -> int:
    """The sum of the weights of what is shared."""
    return sum(points for name, points, _reason in WEIGHTS if getattr(fit, name))


def reasons(fit: Fit) -> Sequence[object]:
    """What is shared, in words, heaviest first; the ward says more than its district."""
    return [
        words
        for name, _points, words in WEIGHTS
        if getattr(fit, name) and not (name == "same_district" and fit.same_ward)
    ]
