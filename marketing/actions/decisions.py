"""Decisions: proposed, taken back, gathered into a batch, signed, and released all at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.models import OutboxMessage, User
from marketing import queries, rules
from marketing.actions import applications, letters, seats
from marketing.choices import (
    ApplicationChannel,
    ApplicationState,
    BatchState,
    CheckPhase,
    DecisionState,
    Outcome,
)
from marketing.models import Activity, Application, Decision, DecisionBatch, EligibilityResult, Quota

# States from which a decision may be proposed.
DECIDABLE = tuple(old for old, news in rules.APPLICATION_TRANSITIONS.items() if ApplicationState.PENDING in news)


class DecisionRefused(Exception):
    """A decision or batch cannot be made, signed or released; the message says why and what to do."""


class ConflictOfInterest(DecisionRefused):
    """The decider is a member of an enterprise she would decide about."""


class NotEnoughSeats(DecisionRefused):
    """The batch accepts more than the quotas hold; nothing was released."""


def decide(
    *,
    chosen: Sequence[Application],
    outcome: str,
    reason: str,
    by: User,
    at: datetime,
    first_rank: int | None = None,
) -> list[Decision]:
    """Propose one outcome for several applications of one activity; the applicants see nothing of it yet.

    The rules are asked again and the answers kept with the decision. ``first_rank`` gives waiting places in the order
    of the list; without it the waiting list follows the arrival.
    """
    if not chosen:
        raise DecisionRefused(_("Pilih paling sedikit satu pendaftaran."))
    if outcome == Outcome.REJECTED and not reason.strip():
        raise DecisionRefused(_("Tulis alasannya; pendaftar yang belum diterima membaca alasan ini."))
    _refuse_conflict(by, chosen)
    with transaction.atomic():
        activity = seats.hold(chosen[0].activity_id)
        moved = Application.objects.filter(
            pk__in=[application.pk for application in chosen], activity=activity, state__in=DECIDABLE
        ).update(state=ApplicationState.PENDING)
        if moved != len(chosen):
            raise DecisionRefused(_("Sebagian pendaftaran tidak dapat diputuskan lagi. Muat ulang daftar."))
        _ask_rules_again(activity, chosen, at)
        return Decision.objects.bulk_create(
            Decision(
                application=application,
                outcome=outcome,
                rank=first_rank + place if first_rank and outcome == Outcome.WAITLISTED else None,
                reason=reason,
                decided_by=by,
                decided_at=at,
                created_by=by,
            )
            for place, application in enumerate(chosen)
        )


def _refuse_conflict(by: User, chosen: Sequence[Application]) -> None:
    own = queries.decision_conflicts(by, [application.enterprise_id for application in chosen])
    if own:
        names = ", ".join(enterprise.name for enterprise in own)
        raise ConflictOfInterest(_("Anda anggota %(names)s, jadi petugas lain yang memutuskan.") % {"names": names})


def _ask_rules_again(activity: Activity, chosen: Sequence[Application], at: datetime) -> None:
    found = Application.objects.filter(pk__in=[application.pk for application in chosen]).select_related(
        "enterprise__ward__parent"
    )
    terms = queries.terms_of(activity)
    facts = queries.facts_of_many(
        [application.enterprise for application in found],
        activity,
        applicants={
            application.enterprise_id: application.sent_by_id
            for application in found
            if application.channel == ApplicationChannel.WEB
        },
    )
    rows: list[EligibilityResult] = []
    by_verdict: dict[str, list[int]] = {}
    with translation.override("id"):
        for application in found:
            checks = rules.evaluate_all(terms.requirements, facts[application.enterprise_id])
            rows += applications.result_rows(application, checks, CheckPhase.DECISION, at)
            by_verdict.setdefault(rules.overall(checks), []).append(application.pk)
    EligibilityResult.objects.bulk_create(rows)
    for verdict, ids in by_verdict.items():
        Application.objects.filter(pk__in=ids).exclude(eligibility=verdict).update(eligibility=verdict)


def take_back(*, decision: Decision, by: User, at: datetime) -> None:
    """Undo a proposed decision before its batch is signed; the application returns to the selection."""
    with transaction.atomic():
        seats.hold(decision.application.activity_id)
        standing = Decision.objects.select_related("batch").get(pk=decision.pk)
        if standing.batch and standing.batch.state != BatchState.DRAFT:
            raise DecisionRefused(_("Keputusan ini sudah ditandatangani. Batalkan kelompoknya dahulu."))
        if standing.state != DecisionState.PENDING:
            raise DecisionRefused(_("Keputusan ini sudah tidak menunggu lagi. Muat ulang halaman."))
        Decision.objects.filter(pk=decision.pk).update(batch=None)
        Decision.objects.filter(pk=decision.pk).update(state=DecisionState.DROPPED)
        Application.objects.filter(pk=decision.application_id, state=ApplicationState.PENDING).update(
            state=ApplicationState.IN_REVIEW
        )


def gather_batch(*, activity: Activity, note: str, by: User, at: datetime) -> DecisionBatch:
    """Put every pending decision of the activity that is in no batch into a new one."""
    with transaction.atomic():
        seats.hold(activity.pk)
        free = queries.pending_decisions(activity).filter(batch=None)
        ids = list(free.values_list("pk", flat=True))
        if not ids:
            raise DecisionRefused(_("Belum ada keputusan yang menunggu. Putuskan pendaftaran dahulu."))
        last = DecisionBatch.objects.filter(activity=activity).aggregate(last=Max("number"))["last"] or 0
        batch = DecisionBatch.objects.create(activity=activity, number=last + 1, note=note, created_by=by)
        Decision.objects.filter(pk__in=ids).update(batch=batch)
    return batch


def cancel_batch(*, batch: DecisionBatch, reason: str, by: User, at: datetime) -> None:
    """Dissolve a batch before release; its decisions stay pending and may be gathered or changed again."""
    with transaction.atomic(), audit.because(reason):
        standing = _hold_batch(batch, BatchState.DRAFT, BatchState.SIGNED)
        DecisionBatch.objects.filter(pk=standing.pk).update(state=BatchState.CANCELLED)
        Decision.objects.filter(batch=standing, state=DecisionState.PENDING).update(batch=None)


def _hold_batch(batch: DecisionBatch, *allowed: str) -> DecisionBatch:
    """Lock activity and batch, in this order, and refuse a batch in another state."""
    seats.hold(batch.activity_id)
    standing = DecisionBatch.objects.select_for_update(of=("self",)).select_related("activity").get(pk=batch.pk)
    if standing.state not in allowed:
        raise DecisionRefused(
            _("Kelompok keputusan ini sekarang %(state)s. Muat ulang halaman.")
            % {"state": standing.get_state_display()}
        )
    return standing


def _seal_of(batch: DecisionBatch) -> str:
    rows = Decision.objects.filter(batch=batch).values_list("application__public_id", "outcome", "rank", "reason")
    return rules.seal((str(public_id), outcome, rank, reason) for public_id, outcome, rank, reason in rows)


def sign_batch(*, batch: DecisionBatch, by: User, at: datetime) -> None:
    """Sign what is in the batch; from here on neither decision nor reason can change."""
    with transaction.atomic():
        standing = _hold_batch(batch, BatchState.DRAFT)
        decisions = list(queries.decided_in_batch(standing))
        if not any(decision.state == DecisionState.PENDING for decision in decisions):
            raise DecisionRefused(_("Kelompok ini kosong. Batalkan, lalu kumpulkan keputusan lagi."))
        objection = rules.signing_objection(
            standing.activity.signing_rule,
            signer_id=by.pk,
            decider_ids={decision.decided_by_id for decision in decisions},
        )
        if objection:
            raise DecisionRefused(str(objection))
        _refuse_conflict(by, [decision.application for decision in decisions])
        DecisionBatch.objects.filter(pk=standing.pk).update(
            state=BatchState.SIGNED, signed_by=by, signed_at=at, seal=_seal_of(standing)
        )


def preview_letters(batch: DecisionBatch, *, by: User) -> list[tuple[Decision, OutboxMessage | None]]:
    """The very letters that a release would send, unsent; None where nobody can be reached."""
    found = []
    for decision in queries.answerable_decisions(batch).select_related("application__sent_by"):
        application = decision.application
        letter = letters.compose(application, by=by, state=decision.outcome, reason=decision.reason)
        found.append((decision, letter))
    return found


_ANSWER = """
UPDATE marketing_application a
SET state = d.outcome, answered_at = %(at)s, answer_reason = d.reason,
    waiting_order = CASE WHEN d.outcome = 'waitlisted' THEN d.waiting_order END
FROM (
    SELECT d.application_id, d.outcome, d.reason,
           %(last)s + row_number() OVER (
               PARTITION BY d.outcome ORDER BY d.rank NULLS LAST, a.arrival_number
           ) AS waiting_order
    FROM marketing_decision d JOIN marketing_application a ON a.id = d.application_id
    WHERE d.batch_id = %(batch)s AND d.state = 'released'
) d
WHERE a.id = d.application_id AND a.state = 'pending'
"""


def release_batch(*, batch: DecisionBatch, by: User, at: datetime) -> dict[str, int]:
    """Release a signed batch: seats, states and letters of all its applications at once, or nothing at all.

    Returns how many of each outcome. An application withdrawn since the signature is left out.
    """
    with transaction.atomic():
        standing = _hold_batch(batch, BatchState.SIGNED)
        if _seal_of(standing) != standing.seal:
            raise DecisionRefused(_("Isi kelompok tidak sama dengan yang ditandatangani. Batalkan, lalu ulangi."))
        decisions = list(queries.answerable_decisions(standing).select_related("application__sent_by"))
        _take_seats(decisions)
        DecisionBatch.objects.filter(pk=standing.pk).update(state=BatchState.RELEASED, released_by=by, released_at=at)
        Decision.objects.filter(pk__in=[decision.pk for decision in decisions]).update(state=DecisionState.RELEASED)
        last = Application.objects.filter(activity=standing.activity).aggregate(last=Max("waiting_order"))["last"]
        with connection.cursor() as cursor:
            cursor.execute(_ANSWER, {"at": at, "batch": standing.pk, "last": last or 0})
        _send_letters(decisions, by=by, at=at)
    return rules.outcome_counts(decision.outcome for decision in decisions)


def _take_seats(decisions: Sequence[Decision]) -> None:
    accepted = [decision.application_id for decision in decisions if decision.outcome == Outcome.ACCEPTED]
    too_small = seats.take(accepted)
    if too_small:
        quotas = queries.quotas_in_words(quota.as_seats() for quota in Quota.objects.filter(pk__in=too_small))
        names = ", ".join(
            _("%(quota)s (tersisa %(left)s)") % {"quota": quota["name"], "left": quota["left"]} for quota in quotas
        )
        raise NotEnoughSeats(
            _("Kursi tidak cukup untuk kuota: %(names)s. Batalkan kelompok, lalu kurangi yang diterima.")
            % {"names": names}
        )


def _send_letters(decisions: Sequence[Decision], *, by: User, at: datetime) -> None:
    for outcome in Outcome.values:
        group = [decision for decision in decisions if decision.outcome == outcome]
        composed = letters.compose_many(
            [decision.application for decision in group],
            by=by,
            state=outcome,
            reasons=[decision.reason for decision in group],
        )
        letters.send(composed, at=at)
