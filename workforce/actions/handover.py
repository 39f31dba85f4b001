"""Handover: plans, candidates and milestones, and the one door through which a plan changes its state."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import states
from batikportal.models import AccessEvent
from workforce.actions.refusals import InTheFuture, Refused
from workforce.choices.handover import MilestoneState, PlanState
from workforce.models import HandoverMilestone, Person, SuccessionPlan, SuccessorCandidate
from workforce.rules import handover as rules


class PlanStands(Refused):
    sentence = gettext_lazy("Orang ini sudah punya rencana yang berjalan. Buka rencana itu.")
    field = "person"


class PlanMoved(Refused):
    sentence = gettext_lazy("Keadaan rencana sudah berubah. Muat ulang halaman.")


class PlanOver(Refused):
    sentence = gettext_lazy("Rencana ini sudah selesai atau dihentikan.")


class CandidateKnown(Refused):
    sentence = gettext_lazy("Orang ini sudah menjadi calon.")
    field = "person"


class CandidateIsSelf(Refused):
    sentence = gettext_lazy("Penerus haruslah orang lain.")
    field = "person"


class NoSuccessor(Refused):
    sentence = gettext_lazy("Pilih siapa yang meneruskan.")
    field = "successor"


class AlreadyClosed(Refused):
    sentence = gettext_lazy("Langkah ini sudah ditutup. Muat ulang halaman.")


def _written(row, constraint: str, refusal: type[Refused]):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if constraint in str(error):
            raise refusal from error
        raise
    return row


@transaction.atomic
def save_plan(*, facts: Mapping[str, Any], plan: SuccessionPlan | None = None, by, at: datetime) -> SuccessionPlan:
    """Enter or correct a plan."""
    saved = plan or SuccessionPlan(created_by=by, state_on=timezone.localdate(at))
    for name, value in facts.items():
        setattr(saved, name, value)
    return _written(saved, "successionplan_one_live_per_person", PlanStands)


def _live(plan: SuccessionPlan) -> SuccessionPlan:
    current = SuccessionPlan.objects.select_for_update().get(pk=plan.pk)
    if current.state not in rules.LIVE:
        raise PlanOver
    return current


@transaction.atomic
def add_candidate(
    *,
    plan: SuccessionPlan,
    person: Person | None,
    name: str,
    relation: str,
    willing: str,
    note: str = "",
    by,
    at: datetime,
) -> SuccessorCandidate:
    """Name somebody who could follow."""
    current = _live(plan)
    if person is not None and person.pk == current.person_id:
        raise CandidateIsSelf
    row = SuccessorCandidate(
        plan=current,
        person=person,
        name="" if person else name,
        relation=relation,
        willing=willing,
        note=note,
        created_by=by,
    )
    return _written(row, "successorcandidate_once", CandidateKnown)


@transaction.atomic
def set_willing(*, candidate: SuccessorCandidate, willing: str, note: str, by, at: datetime) -> SuccessorCandidate:
    """What the candidate said when asked."""
    _live(candidate.plan)
    candidate.willing, candidate.note = willing, note
    candidate.save(update_fields=["willing", "note"])
    return candidate


@transaction.atomic
def add_milestones(
    *, plan: SuccessionPlan, steps: Iterable[tuple[str, date]], by, at: datetime
) -> list[HandoverMilestone]:
    """Steps of the plan with their days."""
    current = _live(plan)
    return HandoverMilestone.objects.bulk_create(
        HandoverMilestone(plan=current, title=title, due_on=due_on, created_by=by) for title, due_on in steps
    )


@transaction.atomic
def close_milestone(
    *, milestone: HandoverMilestone, state: str, on: date, note: str = "", by, at: datetime
) -> HandoverMilestone:
    """A step is done, or will not be; the first step done sets the plan running."""
    if on > timezone.localdate(at):
        raise InTheFuture
    plan = _live(milestone.plan)
    current = HandoverMilestone.objects.select_for_update().get(pk=milestone.pk)
    if current.state != MilestoneState.PLANNED:
        raise AlreadyClosed
    current.state, current.closed_on, current.note = state, on, note or current.note
    current.save(update_fields=["state", "closed_on", "note"])
    if state == MilestoneState.DONE and plan.state == PlanState.OPEN:
        plan.state, plan.state_on = PlanState.RUNNING, on
        plan.save(update_fields=["state", "state_on"])
    return current


@transaction.atomic
def move_plan(
    *,
    plan: SuccessionPlan,
    to: str,
    on: date,
    reason: str = "",
    successor: SuccessorCandidate | None = None,
    by,
    at: datetime,
) -> SuccessionPlan:
    """Move a plan along `rules.PLAN_TRANSITIONS`; a finished one names who followed."""
    if on > timezone.localdate(at):
        raise InTheFuture
    current = SuccessionPlan.objects.select_for_update().get(pk=plan.pk)
    if not states.may_move(rules.PLAN_TRANSITIONS, current.state, to):
        raise PlanMoved
    if to == PlanState.DONE and (successor is None or successor.plan_id != current.pk):
        raise NoSuccessor
    current.state, current.state_on = to, on
    current.stop_reason = reason if to == PlanState.STOPPED else ""
    current.successor = successor if to == PlanState.DONE else None
    return _written(current, "successionplan_one_live_per_person", PlanStands)


def log_download(*, count: int, columns: Iterable[str], by, at: datetime) -> AccessEvent:
    """Somebody took the list of plans out of the portal."""
    return AccessEvent.objects.create(
        user=by,
        subject_type=SuccessionPlan._meta.label_lower,
        subject_id="",
        subject_label=f"{_('Rencana penerusan')} ({count})",
        fields=sorted(columns),
        purpose=_("Unduhan daftar"),
        at=at,
    )
