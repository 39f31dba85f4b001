"""What people do with a discharge logbook: note, correct, withdraw, send; and what the portal does when time passes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit, formats
from batikportal.choices import Source
from batikportal.models import Enterprise, StoredFile, User
from wastewater.actions import obligations
from wastewater.choices.discharge_logs import LogKind, LogStanding, MonthClosing, MonthState
from wastewater.models import DischargeLog, Logbook, LogMonth
from wastewater.queries import discharge_logs as queries
from wastewater.rules import discharge_logs as rules


class LogRefused(Exception):
    """The step is not possible; the message says why and what to do."""


class ReasonNeeded(LogRefused):
    """The month was sent: the step is possible with a reason only."""


@dataclass(frozen=True)
class Volume:
    """How much water left, and the figures that say so."""

    method: str
    litres: Decimal
    meter_start_m3: Decimal | None = None
    meter_end_m3: Decimal | None = None
    tank_l: Decimal | None = None
    tank_fills: Decimal | None = None


@dataclass(frozen=True)
class Note:
    """What an owner notes of one batch or day; `more` holds the fields that may stay empty, by their names."""

    day: date
    process: str
    destination: str
    volume: Volume
    more: Mapping[str, object] = field(default_factory=dict)

    def columns(self) -> dict[str, object]:
        return {
            "day": self.day,
            "process": self.process,
            "destination": self.destination,
            "volume_method": self.volume.method,
            "volume_l": self.volume.litres,
            "meter_start_m3": self.volume.meter_start_m3,
            "meter_end_m3": self.volume.meter_end_m3,
            "tank_l": self.volume.tank_l,
            "tank_fills": self.volume.tank_fills,
            **self.more,
        }


def record_log(
    *,
    enterprise: Enterprise,
    note: Note,
    submission: UUID,
    by: User | None,
    at: datetime,
    photo: StoredFile | None = None,
    reason: str = "",
    is_assisted: bool = False,
    source: str = Source.FORM,
) -> DischargeLog:
    """Write one line; the same `submission` again returns the line that it made. A closed month asks for a reason.

    A day marked as idle on which something is noted after all loses that mark.
    """
    columns = {**note.columns(), "kind": LogKind.PRODUCTION, "photo": photo, "correction_reason": reason.strip()}
    return _written(enterprise, note.day, columns, submission, by, at, is_assisted, source)


def record_idle_day(
    *,
    enterprise: Enterprise,
    day: date,
    submission: UUID,
    by: User | None,
    at: datetime,
    reason: str = "",
    is_assisted: bool = False,
    source: str = Source.FORM,
) -> DischargeLog:
    """Note that nothing was made on a day; refused on a day with production."""
    columns = {"day": day, "kind": LogKind.IDLE, "correction_reason": reason.strip()}
    return _written(enterprise, day, columns, submission, by, at, is_assisted, source)


def _written(
    enterprise: Enterprise,
    day: date,
    columns: Mapping[str, object],
    submission: UUID,
    by: User | None,
    at: datetime,
    is_assisted: bool,
    source: str,
) -> DischargeLog:
    if day > timezone.localdate(at):
        raise LogRefused(_("Tanggalnya masih di depan. Periksa tanggal."))
    try:
        with transaction.atomic():
            month = locked_month(enterprise=enterprise, first=rules.first_of(day), by=by, at=at)
            if made := DischargeLog.objects.filter(submission=submission, month__enterprise=enterprise).first():
                return made
            _refuse_closed(month, str(columns["correction_reason"]))
            if idle := _clear_way(month, day, str(columns["kind"])):
                return idle
            return DischargeLog.objects.create(
                month=month,
                submission=submission,
                is_assisted=is_assisted,
                created_by=by,
                created_at=at,
                source=source,
                **columns,
            )
    except IntegrityError:
        # The same form, sent twice with different months at the same moment: the first one has won.
        if made := DischargeLog.objects.filter(submission=submission, month__enterprise=enterprise).first():
            return made
        raise


def _clear_way(month: LogMonth, day: date, kind: str) -> DischargeLog | None:
    """Make room on a day: production takes the idle mark away, an idle day stands once and never beside production."""
    lines = DischargeLog.objects.current().filter(month=month, day=day)
    idle = lines.filter(kind=LogKind.IDLE).first()
    if kind == LogKind.IDLE:
        if lines.filter(kind=LogKind.PRODUCTION).exists():
            raise LogRefused(
                _("Pada %(day)s sudah ada catatan produksi. Batalkan catatan itu dahulu bila keliru.")
                % {"day": formats.day(day)}
            )
        return idle
    if idle is not None:
        idle.standing, idle.withdrawn_reason = LogStanding.WITHDRAWN, _("Ternyata ada produksi.")
        idle.save(update_fields=["standing", "withdrawn_reason"])
    return None


def change_log(
    *, log: DischargeLog, note: Note, by: User, at: datetime, photo: StoredFile | None = None, reason: str = ""
) -> DischargeLog:
    """Correct a line: in place while its month is open, afterwards by a new line that names the old one and the reason.

    A line stays in its month; one that belongs to another month is withdrawn and noted anew.
    """
    reason = reason.strip()
    if note.day > timezone.localdate(at):
        raise LogRefused(_("Tanggalnya masih di depan. Periksa tanggal."))
    if rules.first_of(note.day) != log.month.first_day:
        raise LogRefused(
            _("Tanggal harus tetap di bulan %(month)s. Untuk bulan lain, batalkan catatan ini lalu catat lagi.")
            % {"month": formats.month(log.month.first_day)}
        )
    with transaction.atomic(), audit.because(reason or _("Koreksi")):
        month = LogMonth.objects.select_for_update().get(pk=log.month_id)
        locked = _locked_line(log)
        _refuse_closed(month, reason)
        columns = {**note.columns(), "photo": photo or locked.photo}
        if month.is_open:
            for name, value in columns.items():
                setattr(locked, name, value)
            locked.save(update_fields=list(columns))
            return locked
        locked.standing = LogStanding.REPLACED
        locked.save(update_fields=["standing"])
        return DischargeLog.objects.create(
            month=month,
            kind=LogKind.PRODUCTION,
            corrects=locked,
            correction_reason=reason,
            is_assisted=locked.is_assisted,
            created_by=by,
            created_at=at,
            **columns,
        )


def withdraw_log(*, log: DischargeLog, reason: str, by: User, at: datetime) -> DischargeLog:
    """Take a line out of all sums for a stated reason; it stays readable."""
    reason = reason.strip()
    if not reason:
        raise LogRefused(_("Tulis alasan dibatalkan."))
    with transaction.atomic(), audit.because(reason):
        LogMonth.objects.select_for_update().get(pk=log.month_id)
        locked = _locked_line(log)
        locked.standing, locked.withdrawn_reason = LogStanding.WITHDRAWN, reason
        locked.save(update_fields=["standing", "withdrawn_reason"])
    return locked


def close_month(*, month: LogMonth, by: User, at: datetime, is_assisted: bool = False) -> LogMonth:
    """Send a month that has ended (or ends today); from now on only corrections with a reason are possible.

    A duty to report it is fulfilled with it.
    """
    with transaction.atomic():
        locked = LogMonth.objects.select_for_update().select_related("enterprise").get(pk=month.pk)
        if not locked.is_open:
            raise LogRefused(_("Bulan ini sudah dikirim. Yang keliru dapat dikoreksi dengan alasan."))
        if timezone.localdate(at) < rules.last_of(locked.first_day):
            raise LogRefused(
                _("Bulan ini belum selesai. Kirim mulai %(day)s.")
                % {"day": formats.day(rules.last_of(locked.first_day))}
            )
        if not locked.logs.filter(standing=LogStanding.CURRENT).exists():
            raise LogRefused(_("Belum ada catatan. Catat produksi, atau tandai hari yang tidak berproduksi."))
        locked.state, locked.closed_at, locked.closed_by = MonthState.CLOSED, at, by
        locked.closing = MonthClosing.STAFF if is_assisted else MonthClosing.OWNER
        locked.save(update_fields=["state", "closed_at", "closed_by", "closing"])
        obligations.receive_logbooks(enterprise=locked.enterprise, at=at)
    return locked


def close_overdue_months(*, at: datetime) -> int:
    """Close the months with lines whose deadline has passed; empty ones stay open, since nothing was said in them."""
    with_lines = DischargeLog.objects.current().values("month")
    late = LogMonth.objects.filter(state=MonthState.OPEN, due_on__lt=timezone.localdate(at), pk__in=with_lines)
    with transaction.atomic():
        closed = late.update(state=MonthState.CLOSED, closing=MonthClosing.DEADLINE, closed_at=at)
        obligations.receive_logbooks(at=at)
    return closed


def open_months_of_the_obliged(*, at: datetime) -> int:
    """Make the running and the last month of every enterprise that must keep a log, so that silence has a row too."""
    this = rules.first_of(timezone.localdate(at))
    made = 0
    for first in (rules.month_before(this), this):
        rows = [
            LogMonth(enterprise_id=enterprise, first_day=first, due_on=queries.due_on(first), created_at=at)
            for enterprise in queries.obliged_enterprises(first).values_list("pk", flat=True)
        ]
        before = LogMonth.objects.filter(first_day=first).count()
        LogMonth.objects.bulk_create(rows, ignore_conflicts=True)
        made += LogMonth.objects.filter(first_day=first).count() - before
    return made


def set_reminders(*, enterprise: Enterprise, wanted: bool, by: User, at: datetime) -> Logbook:
    """The owner wants reminders, or does not."""
    book, _made = Logbook.objects.get_or_create(enterprise=enterprise, defaults={"created_by": by, "created_at": at})
    if book.wants_reminders != wanted:
        book.wants_reminders = wanted
        book.save(update_fields=["wants_reminders"])
    return book


def locked_month(*, enterprise: Enterprise, first: date, by: User | None, at: datetime) -> LogMonth:
    """The month's row, made if it is missing, held until the transaction ends."""
    LogMonth.objects.bulk_create(
        [LogMonth(enterprise=enterprise, first_day=first, due_on=queries.due_on(first), created_by=by, created_at=at)],
        ignore_conflicts=True,
    )
    return LogMonth.objects.select_for_update().get(enterprise=enterprise, first_day=first)


def _locked_line(log: DischargeLog) -> DischargeLog:
    locked = DischargeLog.objects.select_for_update(of=("self",)).get(pk=log.pk)
    if locked.standing != LogStanding.CURRENT:
        raise LogRefused(_("Catatan ini sudah diganti atau dibatalkan. Muat ulang halaman ini."))
    if locked.kind == LogKind.PICKUP:
        raise LogRefused(_("Catatan ini berasal dari kunjungan truk sedot. Minta petugas memperbaikinya."))
    return locked


def _refuse_closed(month: LogMonth, reason: str) -> None:
    if not month.is_open and not reason:
        raise ReasonNeeded(
            _("Bulan %(month)s sudah dikirim. Isi alasan koreksi, atau periksa tanggalnya.")
            % {"month": formats.month(month.first_day)}
        )
