"""What is recorded of the learning: days, levels, allowance, the agreement, and the outcome months later."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.queries import calendar
from workforce.actions.refusals import InTheFuture, Refused
from workforce.models import (
    AllowancePayment,
    LogEntry,
    Placement,
    PlacementAgreement,
    PlacementOutcome,
    ProcessStep,
    StepAssessment,
)
from workforce.queries import apprenticeship as queries
from workforce.rules import apprenticeship as rules
from workforce.rules.retention import months_after


class NotLearning(Refused):
    sentence = _("Hari ini di luar masa magang. Periksa tanggalnya.")
    field = "on"


class StepNotLearned(Refused):
    sentence = _("Proses ini tidak termasuk yang dipelajari. Ubah dahulu daftar prosesnya.")
    field = "step"


class AssessedThatDay(Refused):
    sentence = _("Proses ini sudah dinilai pada tanggal itu.")
    field = "assessed_on"


class PaidThatMonth(Refused):
    sentence = _("Uang saku bulan itu sudah dicatat.")
    field = "month"


class TooEarly(Refused):
    sentence = _("Hasil baru ditanyakan setelah waktunya tiba. Isi tanggal pada atau setelah jatuh tempo.")
    field = "asked_on"


class OutcomeRecorded(Refused):
    sentence = _("Hasil bulan ini sudah dicatat.")


class AgreementRefused(Refused):
    sentence = _("Tanggal atau angka pada perjanjian tidak mungkin. Periksa lagi isian tanggal dan nomor pengesahan.")


class NotBegun(Refused):
    sentence = _("Penempatan ini belum mulai.")


def _written(row, refusals: Mapping[str, type[Refused]]):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        for constraint, refusal in refusals.items():
            if constraint in str(error):
                raise refusal from error
        raise
    return row


@transaction.atomic
def record_log(
    *,
    placement: Placement,
    on: date,
    kind: str,
    step: ProcessStep | None = None,
    hours=None,
    tasks: str = "",
    mentor_note: str = "",
    by,
    at: datetime,
) -> LogEntry:
    """One day of the logbook; the same day again corrects the entry that stands, and the history keeps the first."""
    if on > timezone.localdate(at):
        refusal = InTheFuture()
        refusal.field = "on"
        raise refusal
    first = placement.trial_on or placement.started_on
    if first is None or on < first or (placement.ended_on is not None and on > placement.ended_on):
        raise NotLearning
    if step is not None and not placement.placement_steps.filter(step=step).exists():
        raise StepNotLearned
    Placement.objects.select_for_update().get(pk=placement.pk)
    entry, _made = LogEntry.objects.update_or_create(
        placement=placement,
        on=on,
        defaults={"kind": kind, "step": step, "hours": hours, "tasks": tasks, "mentor_note": mentor_note},
        create_defaults={
            "kind": kind,
            "step": step,
            "hours": hours,
            "tasks": tasks,
            "mentor_note": mentor_note,
            "created_by": by,
        },
    )
    return entry


@transaction.atomic
def assess(
    *,
    placement: Placement,
    step: ProcessStep,
    level: int,
    assessed_on: date,
    assessor: str,
    note: str = "",
    by,
    at: datetime,
) -> StepAssessment:
    """How well a step of the placement was mastered on a day."""
    if assessed_on > timezone.localdate(at):
        refusal = InTheFuture()
        refusal.field = "assessed_on"
        raise refusal
    if not placement.placement_steps.filter(step=step).exists():
        raise StepNotLearned
    row = StepAssessment(
        placement=placement,
        step=step,
        level=level,
        assessed_on=assessed_on,
        assessor=assessor,
        note=note,
        created_by=by,
    )
    return _written(row, {"stepassessment_once_a_day": AssessedThatDay})


@transaction.atomic
def record_payment(
    *, placement: Placement, month: date, amount_idr: int, paid_on: date, evidence: str = "", by, at: datetime
) -> AllowancePayment:
    """The allowance of a month."""
    if paid_on > timezone.localdate(at):
        refusal = InTheFuture()
        refusal.field = "paid_on"
        raise refusal
    row = AllowancePayment(
        placement=placement,
        month=month.replace(day=1),
        amount_idr=amount_idr,
        paid_on=paid_on,
        evidence=evidence,
        created_by=by,
    )
    return _written(row, {"allowancepayment_once_a_month": PaidThatMonth})


@transaction.atomic
def save_agreement(*, placement: Placement, facts: Mapping[str, Any], by, at: datetime) -> PlacementAgreement:
    """Enter or complete the agreement; handing it in starts the term of endorsement in working days."""
    Placement.objects.select_for_update().get(pk=placement.pk)
    agreement = PlacementAgreement.objects.filter(placement=placement).first() or PlacementAgreement(
        placement=placement, created_by=by
    )
    for name, value in facts.items():
        setattr(agreement, name, value)
    agreement.endorse_due_on = None
    if agreement.submitted_on:
        days = queries.limits_on(agreement.submitted_on).endorsement_days
        agreement.endorse_due_on = None if days is None else calendar.due_after(agreement.submitted_on, days)
    return _written(agreement, {"placementagreement_": AgreementRefused})


@transaction.atomic
def record_outcome(
    *, placement: Placement, months: int, asked_on: date, work: str, note: str = "", by, at: datetime
) -> PlacementOutcome:
    """What became of somebody so many months after the end; "unknown" is an answer when nobody could be reached."""
    if asked_on > timezone.localdate(at):
        refusal = InTheFuture()
        refusal.field = "asked_on"
        raise refusal
    if placement.ended_on is None or placement.state not in rules.FINISHED:
        raise NotBegun
    row = PlacementOutcome(
        placement=placement,
        months=months,
        due_on=months_after(placement.ended_on, months),
        asked_on=asked_on,
        work=work,
        note=note,
        created_by=by,
    )
    return _written(row, {"placementoutcome_window_elapsed": TooEarly, "placementoutcome_once": OutcomeRecorded})
