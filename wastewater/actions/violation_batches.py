"""One step for many violations at once: what the rules allow is done in one transaction, the rest is named with why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.models import User
from wastewater.actions import inspections, violations
from wastewater.actions.obligations import CLOSED
from wastewater.choices.duties import ObligationState, ViolationKind, ViolationState
from wastewater.choices.inspections import InspectionOrigin
from wastewater.models import Inspection, InspectionViolation, Obligation, Violation
from wastewater.queries.inspections import awaiting_look
from wastewater.queries.violations import with_words

WhyNot = Callable[[Violation], str]


@dataclass(frozen=True)
class Batch:
    """The violations that bear a step, and those that do not, each with its reason."""

    possible: list[Violation] = field(default_factory=list)
    refused: list[tuple[Violation, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Looks:
    """The inspections of a batch: those put on the plan for it, and those already there that look into it too."""

    batch: Batch
    made: list[Inspection]
    joined: list[Inspection]


def sorted_out(rows: Iterable[Violation], why_not: WhyNot) -> Batch:
    """Which of the rows bear the step."""
    batch = Batch()
    for row in rows:
        if why := why_not(row):
            batch.refused.append((row, why))
        else:
            batch.possible.append(row)
    return batch


def why_not_waived(violation: Violation) -> str:
    """Only silence can be forgiven, and only while the report is awaited."""
    if violation.kind != ViolationKind.NON_RECEIPT or violation.obligation is None:
        return _("Bukan kewajiban melapor. Selesaikan setelah perbaikannya diperiksa.")
    if violation.state != ViolationState.OPEN or violation.obligation.state != ObligationState.DUE:
        return _("Kewajibannya sudah diterima atau dibebaskan.")
    return ""


def why_not_inspected(violation: Violation) -> str:
    """Only an open violation of a running business leads to an inspection."""
    if violation.state != ViolationState.OPEN:
        return _("Pelanggaran ini tidak terbuka lagi; tidak ada yang perlu diperiksa.")
    if violation.enterprise and violation.enterprise.status in CLOSED:
        return _("Usaha ini sudah tutup atau digabung.")
    return ""


def resolve_all(*, chosen: Sequence[int], how: str, note: str, by: User, at: datetime) -> Batch:
    """A person ends several violations with one word about how."""
    note = note.strip()
    if not note:
        raise violations.ViolationRefused(_("Tulis bagaimana pelanggaran ini selesai."))
    with transaction.atomic(), audit.because(note):
        batch = sorted_out(_held(chosen), violations.why_not_resolved)
        Violation.objects.filter(pk__in=[row.pk for row in batch.possible]).update(
            state=ViolationState.RESOLVED,
            resolution=how,
            resolved_on=timezone.localdate(at),
            resolved_by=by,
            resolution_note=note,
        )
    return batch


def withdraw_all(*, chosen: Sequence[int], reason: str, by: User, at: datetime) -> Batch:
    """Several recorded violations were wrong, for one reason."""
    reason = reason.strip()
    if not reason:
        raise violations.ViolationRefused(_("Tulis alasan penarikan."))
    with transaction.atomic(), audit.because(reason):
        batch = sorted_out(_held(chosen), violations.why_not_withdrawn)
        Violation.objects.filter(pk__in=[row.pk for row in batch.possible]).update(
            state=ViolationState.WITHDRAWN, withdrawn_on=timezone.localdate(at), withdrawn_reason=reason
        )
    return batch


def waive_all(*, chosen: Sequence[int], reason: str, by: User, at: datetime) -> Batch:
    """Several reports are asked for no more, for one reason; their violations end with them."""
    reason = reason.strip()
    if not reason:
        raise violations.ViolationRefused(_("Tulis alasan pembebasan."))
    with transaction.atomic(), audit.because(reason):
        # The duties first, as the daily job and a receipt take them, so that nobody waits in a circle.
        owed = Violation.objects.filter(pk__in=chosen).values("obligation")
        list(Obligation.objects.select_for_update().filter(pk__in=owed).order_by("pk"))
        batch = sorted_out(_held(chosen), why_not_waived)
        Obligation.objects.filter(pk__in=[row.obligation_id for row in batch.possible]).update(
            state=ObligationState.WAIVED, waived_by=by, waived_on=timezone.localdate(at), waiver_reason=reason
        )
        violations.follow_obligations(at=at)
    return batch


def inspect_all(
    *, chosen: Sequence[int], year: int, quarter: int, month: int | None, reason: str, by: User, at: datetime
) -> Looks:
    """One inspection for each business or plant among the chosen: the one that waits already, else a new one."""
    with transaction.atomic():
        batch = sorted_out(_held(chosen), why_not_inspected)
        by_subject: dict[tuple[int | None, int | None], list[Violation]] = {}
        for row in batch.possible:
            by_subject.setdefault((row.enterprise_id, row.plant_id), []).append(row)
        waiting = awaiting_look(by_subject)
        made, joined = [], []
        for subject, rows in by_subject.items():
            found = waiting.get(subject)
            if found is None:
                first, *rows = rows
                found = inspections.plan_inspection(
                    subject=first.subject,
                    year=year,
                    quarter=quarter,
                    month=month,
                    reason=reason,
                    origin=InspectionOrigin.VIOLATION,
                    violation=first,
                    by=by,
                    at=at,
                )
                made.append(found)
            else:
                joined.append(found)
            InspectionViolation.objects.bulk_create(
                [InspectionViolation(inspection=found, violation=row) for row in rows if row.pk != found.violation_id],
                ignore_conflicts=True,
            )
    return Looks(batch, made, joined)


def _held(chosen: Sequence[int]) -> list[Violation]:
    """The chosen violations, locked in one order by all who change several."""
    rows = with_words(Violation.objects.select_for_update(of=("self",)).filter(pk__in=chosen))
    return list(rows.order_by("occurred_on", "pk"))
