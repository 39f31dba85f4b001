"""Obligations: written for every period, received, returned, waived, and remembered before they fall due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.actions import outbox
from batikportal.choices import EnterpriseStatus, MembershipRole, Source
from batikportal.models import Enterprise, EnterpriseMembership, StoredFile, User
from wastewater.actions.violations import follow_obligations
from wastewater.choices.duties import FulfilledBy, ObligationState
from wastewater.models import DutyKind, DutyTerm, MonitoringSchedule, Obligation, ReminderSubscription, ReportDuty
from wastewater.queries import obligations as queries
from wastewater.rules import duties

# The portal asks for nothing that fell due before it kept such records.
LOOK_BACK = timedelta(days=400)
CLOSED = (EnterpriseStatus.CLOSED, EnterpriseStatus.MERGED)


class ObligationRefused(Exception):
    """The step is not possible; the message says why and what to do."""


@dataclass(frozen=True)
class Kept:
    """What a day's work on obligations did."""

    received: int = 0
    reopened: int = 0


def make_obligations(*, at: datetime) -> int:
    """Write what is owed for every period that has begun and is not older than the look-back; returns how many.

    Closed and merged enterprises owe nothing new. A row that stands already is left as it is.
    """
    today = timezone.localdate(at)
    since = today - LOOK_BACK
    rows = [*_of_schedules(since, today, at), *_of_report_duties(since, today, at)]
    with transaction.atomic():
        before = Obligation.objects.count()
        Obligation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        return Obligation.objects.count() - before


def _of_schedules(since: date, today: date, at: datetime) -> list[Obligation]:
    schedules = (
        MonitoringSchedule.objects.filter(kind__isnull=False, point__is_active=True, point__water_body__isnull=True)
        .exclude(point__enterprise__status__in=CLOSED)
        .select_related("point", "kind")
    )
    rows = []
    for schedule in schedules:
        until = today if schedule.valid_until is None else min(today, schedule.valid_until)
        for period in duties.periods_between(max(since, schedule.valid_from), until, schedule.frequency):
            rows.append(
                Obligation(
                    kind=schedule.kind,
                    enterprise_id=schedule.point.enterprise_id,
                    plant_id=schedule.point.plant_id,
                    point_id=schedule.point_id,
                    parameter_set_id=schedule.parameter_set_id,
                    period_start=period.start,
                    period_end=period.end,
                    due_on=duties.due_on(period, schedule.due_day, schedule.grace_days),
                    legal_basis=schedule.legal_basis,
                    created_at=at,
                    source=Source.API,
                )
            )
    return rows


def _of_report_duties(since: date, today: date, at: datetime) -> list[Obligation]:
    """The terms in force on the first day of a period say when it ends and until when its report is in time."""
    terms: dict[int, list[DutyTerm]] = {}
    for term in DutyTerm.objects.filter(kind__fulfilled_by=FulfilledBy.DOCUMENT):
        terms.setdefault(term.kind_id, []).append(term)
    rows = []
    for duty in ReportDuty.objects.exclude(enterprise__status__in=CLOSED):
        for term in terms.get(duty.kind_id, []):
            start = max(since, duty.valid_from, term.valid_from)
            ends = [day for day in (today, duty.valid_until, term.valid_until) if day is not None]
            for period in duties.periods_between(start, min(ends), term.frequency):
                rows.append(
                    Obligation(
                        kind_id=duty.kind_id,
                        enterprise_id=duty.enterprise_id,
                        plant_id=duty.plant_id,
                        period_start=period.start,
                        period_end=period.end,
                        due_on=duties.due_on(period, term.due_day, term.grace_days),
                        legal_basis=f"{term.legal_basis}; {duty.basis}"[:250],
                        created_at=at,
                        source=Source.API,
                    )
                )
    return rows


def settle_by_samples(*, at: datetime, point: int | None = None) -> Kept:
    """Let verified samples end the waiting of their point (primary key), or of all, and void ones begin it again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_REOPEN_VOID, {"point": point})
        reopened = cursor.rowcount
        cursor.execute(_RECEIVE_SAMPLES, {"point": point})
        received = cursor.rowcount
        if received or reopened:
            follow_obligations(at=at)
    return Kept(received=received, reopened=reopened)


def receive_document(
    *, obligation: Obligation, document: StoredFile, received_on: date, by: User | None, at: datetime
) -> Obligation:
    """A report was handed in, by its owner or through an officer; days late are kept."""
    return _receive(obligation, received_on, by, at, document=document)


def receive_record(
    *, obligation: Obligation, record: str, received_on: date, by: User | None, at: datetime
) -> Obligation:
    """A record kept in the portal itself, such as a month of the logbook, fulfils the obligation."""
    return _receive(obligation, received_on, by, at, record=record)


def receive_logbooks(*, at: datetime, enterprise: Enterprise | None = None) -> int:
    """Let months of the logbook that were sent fulfil what is owed for their periods; returns how many obligations."""
    owed = queries.told_by_logbook(enterprise)
    for obligation in owed:
        receive_record(
            obligation=obligation,
            record=_("Buku limbah %(period)s") % {"period": obligation.period_words},
            received_on=timezone.localdate(obligation.sent_at),
            by=User.objects.filter(pk=obligation.sent_by).first(),
            at=at,
        )
    return len(owed)


def _receive(obligation: Obligation, received_on: date, by: User | None, at: datetime, **receipt) -> Obligation:
    if received_on > timezone.localdate(at):
        raise ObligationRefused(_("Tanggal terima masih di depan. Periksa tanggalnya."))
    with transaction.atomic():
        locked = _locked(obligation)
        if locked.kind.fulfilled_by != FulfilledBy.DOCUMENT:
            raise ObligationRefused(_("Kewajiban ini dipenuhi dengan hasil uji, bukan dengan laporan."))
        if locked.state != ObligationState.DUE:
            raise ObligationRefused(
                _("Kewajiban ini sudah %(state)s. Muat ulang halaman ini.")
                % {"state": locked.get_state_display().lower()}
            )
        if received_on < locked.period_start:
            raise ObligationRefused(_("Tanggal terima lebih awal daripada masa laporannya. Periksa tanggalnya."))
        locked.state, locked.received_on, locked.received_by = ObligationState.RECEIVED, received_on, by
        locked.days_late = duties.days_late(locked.due_on, received_on)
        locked.returned_reason = ""
        for name, value in receipt.items():
            setattr(locked, name, value)
        locked.save(update_fields=["state", "received_on", "received_by", "days_late", "returned_reason", *receipt])
        follow_obligations(at=at)
    return locked


def return_document(*, obligation: Obligation, reason: str, by: User, at: datetime) -> Obligation:
    """The document was not the report that is owed: it waits again, and its owner reads why."""
    reason = reason.strip()
    if not reason:
        raise ObligationRefused(_("Tulis apa yang harus diperbaiki."))
    with transaction.atomic(), audit.because(reason):
        locked = _locked(obligation)
        if locked.state != ObligationState.RECEIVED or locked.sample_id:
            raise ObligationRefused(_("Hanya laporan yang diterima yang dapat dikembalikan."))
        _forget_receipt(locked)
        locked.returned_reason = reason
        locked.save(update_fields=[*_RECEIPT, "returned_reason"])
        follow_obligations(at=at)
    return locked


def waive_obligation(*, obligation: Obligation, reason: str, by: User, at: datetime) -> Obligation:
    """Nobody asks for it any more, for a stated reason; its violation ends with it."""
    reason = reason.strip()
    if not reason:
        raise ObligationRefused(_("Tulis alasan pembebasan."))
    with transaction.atomic(), audit.because(reason):
        locked = _locked(obligation)
        if locked.state != ObligationState.DUE:
            raise ObligationRefused(_("Hanya kewajiban yang belum diterima yang dapat dibebaskan."))
        locked.state, locked.waived_by = ObligationState.WAIVED, by
        locked.waived_on, locked.waiver_reason = timezone.localdate(at), reason
        locked.save(update_fields=["state", "waived_by", "waived_on", "waiver_reason"])
        follow_obligations(at=at)
    return locked


def revoke_waiver(*, obligation: Obligation, reason: str, by: User, at: datetime) -> Obligation:
    """The waiver was a mistake: it is owed again."""
    reason = reason.strip()
    if not reason:
        raise ObligationRefused(_("Tulis alasan pencabutan."))
    with transaction.atomic(), audit.because(reason):
        locked = _locked(obligation)
        if locked.state != ObligationState.WAIVED:
            raise ObligationRefused(_("Kewajiban ini tidak dibebaskan."))
        locked.state, locked.waived_by = ObligationState.DUE, None
        locked.waived_on, locked.waiver_reason = None, ""
        locked.save(update_fields=["state", "waived_by", "waived_on", "waiver_reason"])
        follow_obligations(at=at)
    return locked


_RECEIPT = ("state", "received_on", "received_by", "days_late", "sample", "document", "record")


def _forget_receipt(obligation: Obligation) -> None:
    obligation.state, obligation.received_on, obligation.received_by = ObligationState.DUE, None, None
    obligation.days_late, obligation.sample, obligation.document, obligation.record = None, None, None, ""


def _locked(obligation: Obligation) -> Obligation:
    return Obligation.objects.select_for_update(of=("self",)).select_related("kind").get(pk=obligation.pk)


def remind_owners(*, at: datetime) -> int:
    """One message to each owner of an enterprise before an obligation falls due; returns how many messages.

    The rows are held while the messages are written, so that whoever has just handed in is never reminded.
    """
    today = timezone.localdate(at)
    with transaction.atomic():
        owed = list(
            Obligation.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(
                _soon_enough(today),
                state=ObligationState.DUE,
                enterprise__isnull=False,
                reminded_at__isnull=True,
                due_on__gte=today,
            )
            .exclude(enterprise__status__in=CLOSED)
            .exclude(Exists(queries.months_spoken_for()))
            .select_related("kind", "enterprise", "point")
            .order_by("due_on", "pk")
        )
        owners = _owners_of({row.enterprise_id for row in owed if row.enterprise_id})
        messages = [
            outbox.compose(
                template="obligation_reminder",
                to=owner,
                context={"obligation": row, "enterprise": row.enterprise},
                by=None,
            )
            for row in owed
            for owner in owners.get(row.enterprise_id or 0, [])
        ]
        outbox.queue_many(messages, at=at)
        Obligation.objects.filter(pk__in=[row.pk for row in owed]).update(reminded_at=at)
    return len(messages)


def _soon_enough(today: date) -> Q:
    """Due within the days before which that kind of duty is remembered."""
    condition = Q(pk__in=[])
    for kind in DutyKind.objects.filter(remind_days__gt=0):
        condition |= Q(kind=kind, due_on__lte=today + timedelta(days=kind.remind_days))
    return condition


def _owners_of(enterprises: set[int]) -> Mapping[int, list[User]]:
    members = EnterpriseMembership.objects.filter(
        enterprise__in=enterprises, role=MembershipRole.OWNER, valid_until__isnull=True, user__is_active=True
    ).select_related("user")
    found: dict[int, list[User]] = {}
    for member in members.order_by("pk"):
        found.setdefault(member.enterprise_id, []).append(member.user)
    return found


def remind_officers(*, at: datetime) -> int:
    """One message a day to officers who asked for it, when something is overdue or falls due within a week."""
    today = timezone.localdate(at)
    with transaction.atomic():
        due = list(
            ReminderSubscription.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(Q(last_sent_on__isnull=True) | Q(last_sent_on__lt=today), user__is_active=True)
            .select_related("user")
            .order_by("pk")
        )
        messages = []
        for subscription in due:
            if not subscription.user.has_perm("wastewater.view_obligation"):
                continue
            counts = queries.waiting_counts(Obligation.objects.visible_to(subscription.user), today)
            if counts["late"] or counts["soon"]:
                messages.append(
                    outbox.compose(
                        template="obligation_digest", to=subscription.user, context={"counts": counts}, by=None
                    )
                )
        outbox.queue_many(messages, at=at)
        ReminderSubscription.objects.filter(pk__in=[one.pk for one in due]).update(last_sent_on=today)
    return len(messages)


def subscribe(*, user: User, at: datetime) -> None:
    ReminderSubscription.objects.get_or_create(user=user, defaults={"since": timezone.localdate(at)})


def unsubscribe(*, user: User) -> None:
    ReminderSubscription.objects.filter(user=user).delete()


_REOPEN_VOID = """
    UPDATE wastewater_obligation o
    SET state = 'due', received_on = NULL, received_by_id = NULL, days_late = NULL, sample_id = NULL
    FROM wastewater_sample s
    WHERE o.sample_id = s.id AND s.state NOT IN ('verified', 'published')
      AND (%(point)s::bigint IS NULL OR o.point_id = %(point)s::bigint)
"""

# The sample whose results came first counts; receipt is the day on which they were entered.
_RECEIVE_SAMPLES = """
    UPDATE wastewater_obligation o
    SET state = 'received', sample_id = found.sample_id, received_on = found.received_on,
        received_by_id = found.received_by_id, days_late = greatest(0, found.received_on - o.due_on)
    FROM (
        SELECT DISTINCT ON (o.id) o.id, s.id AS sample_id, s.results_entered_by_id AS received_by_id,
               (s.results_entered_at AT TIME ZONE 'Asia/Jakarta')::date AS received_on
        FROM wastewater_obligation o
        JOIN wastewater_dutykind k ON k.id = o.kind_id AND k.fulfilled_by = 'sample'
        JOIN wastewater_sample s ON s.point_id = o.point_id AND s.state IN ('verified', 'published')
            AND (s.taken_at AT TIME ZONE 'Asia/Jakarta')::date BETWEEN o.period_start AND o.period_end
            AND (o.parameter_set_id IS NULL OR EXISTS (
                SELECT 1 FROM wastewater_result r
                JOIN wastewater_parameterset_parameters m ON m.parameter_id = r.parameter_id
                WHERE r.sample_id = s.id AND m.parameterset_id = o.parameter_set_id))
        WHERE o.state = 'due' AND (%(point)s::bigint IS NULL OR o.point_id = %(point)s::bigint)
        ORDER BY o.id, s.results_entered_at, s.id
    ) found
    WHERE o.id = found.id AND o.state = 'due'
"""
