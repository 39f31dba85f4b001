"""What a panel says of a step of the craft."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from workforce.actions.refusals import InTheFuture
from workforce.models import CraftAssessment, ProcessStep


@transaction.atomic
def assess_craft(
    *, step: ProcessStep, on: date, status: str, panel: str, reasons: str, by, at: datetime
) -> CraftAssessment:
    """Record a judgement; the ones before stay."""
    if on > timezone.localdate(at):
        raise InTheFuture
    return CraftAssessment.objects.create(
        step=step, on=on, status=status, panel=panel.strip(), reasons=reasons.strip(), created_by=by
    )
