"""What happens to a request for the suction truck: every step tells the owner, a visit becomes a line of the log."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit, states
from batikportal.actions import outbox
from batikportal.choices import Source
from batikportal.models import Enterprise, StoredFile, User
from batikportal.queries import calendar
from wastewater.actions.discharge_logs import locked_month
from wastewater.choices.discharge_logs import Destination, LogKind, TruckState
from wastewater.models import DischargeLog, SuctionTruck, TruckRequest
from wastewater.queries import discharge_logs, trucks
from wastewater.rules import discharge_logs as rules


class TruckRefused(Exception):
    """The step is not possible; the message says why and what to do."""


@dataclass(frozen=True)
class Visit:
    """What the crew brings back."""

    done_on: date
    taken_m3: Decimal
    hours: Decimal
    cost_idr: int | None = None
    receipt_number: str = ""
    receipt: StoredFile | None = None


def request_truck(
    *,
    enterprise: Enterprise,
    wanted_on: date,
    volume_m3: Decimal,
    has_holding_tank: bool,
    access_note: str,
    submission: UUID,
    by: User | None,
    at: datetime,
    source: str = Source.FORM,
) -> TruckRequest:
    """Ask for a visit; the same `submission` again returns the request that it made."""
    today = timezone.localdate(at)
    if made := TruckRequest.objects.filter(submission=submission, enterprise=enterprise).first():
        return made
    if not has_holding_tank:
        raise TruckRefused(_("Truk sedot hanya melayani usaha yang punya bak penampung."))
    if wanted_on < today:
        raise TruckRefused(_("Tanggal yang diminta sudah lewat. Pilih hari ini atau sesudahnya."))
    try:
        with transaction.atomic():
            request = TruckRequest.objects.create(
                enterprise=enterprise,
                wanted_on=wanted_on,
                volume_m3=volume_m3,
                has_holding_tank=True,
                access_note=access_note,
                answer_due_on=calendar.due_after(today, rules.WORKING_DAYS_TO_SCHEDULE),
                submission=submission,
                created_by=by,
                created_at=at,
                source=source,
            )
            _tell(request, "truck_requested", by, at)
            return request
    except IntegrityError as error:
        if made := TruckRequest.objects.filter(submission=submission, enterprise=enterprise).first():
            return made
        raise TruckRefused(
            _("Masih ada permintaan Anda yang menunggu jawaban. Batalkan dahulu bila ingin mengganti.")
        ) from error


def schedule_truck(
    *, request: TruckRequest, truck: SuctionTruck, visit_at: datetime, visit_until: datetime, by: User, at: datetime
) -> TruckRequest:
    """Promise a truck and a time; a truck is at one place at a time."""
    if visit_at < at:
        raise TruckRefused(_("Jadwal datang sudah lewat. Pilih waktu di depan."))
    try:
        with transaction.atomic():
            locked = _locked(request, TruckState.SCHEDULED)
            locked.truck, locked.visit_at, locked.visit_until = truck, visit_at, visit_until
            locked.save(update_fields=["state", "truck", "visit_at", "visit_until"])
            _tell(locked, "truck_scheduled", by, at)
    except IntegrityError as error:
        raise TruckRefused(_("Truk itu sudah punya jadwal pada jam tersebut. Pilih jam atau truk lain.")) from error
    return locked


def finish_visit(*, request: TruckRequest, visit: Visit, by: User, at: datetime) -> TruckRequest:
    """Record the visit and write it into the logbook of the enterprise; without a cost it is hours times the tariff."""
    if visit.done_on > timezone.localdate(at):
        raise TruckRefused(_("Tanggal diangkut masih di depan. Periksa tanggalnya."))
    cost = visit.cost_idr
    if cost is None:
        price = trucks.price_on(visit.done_on)
        if price is None:
            raise TruckRefused(_("Belum ada tarif pada tanggal itu. Isi biayanya, atau lengkapi tabel tarif di admin."))
        cost = rules.truck_cost_idr(visit.hours, price.idr_per_hour)
    with transaction.atomic():
        locked = _locked(request, TruckState.DONE)
        locked.done_on, locked.taken_m3, locked.hours, locked.cost_idr = (
            visit.done_on,
            visit.taken_m3,
            visit.hours,
            cost,
        )
        locked.receipt_number, locked.receipt = visit.receipt_number, visit.receipt
        locked.save(update_fields=["state", "done_on", "taken_m3", "hours", "cost_idr", "receipt_number", "receipt"])
        month = locked_month(enterprise=locked.enterprise, first=rules.first_of(visit.done_on), by=by, at=at)
        DischargeLog.objects.create(
            month=month,
            day=visit.done_on,
            kind=LogKind.PICKUP,
            destination=Destination.TRUCK,
            volume_l=visit.taken_m3 * 1000,
            pickup=locked,
            is_assisted=True,
            created_by=by,
            created_at=at,
        )
        _tell(locked, "truck_done", by, at)
    return locked


def refuse_truck(*, request: TruckRequest, reason: str, by: User, at: datetime) -> TruckRequest:
    """The service cannot come; the owner reads why."""
    return _ended(request, TruckState.REFUSED, reason, "truck_refused", by, at)


def cancel_truck(*, request: TruckRequest, reason: str, by: User, at: datetime) -> TruckRequest:
    """The owner does not need the truck any more."""
    return _ended(request, TruckState.CANCELLED, reason, "truck_cancelled", by, at)


def _ended(
    request: TruckRequest, state: TruckState, reason: str, template: str, by: User, at: datetime
) -> TruckRequest:
    reason = reason.strip()
    if not reason:
        raise TruckRefused(_("Tulis alasannya."))
    with transaction.atomic(), audit.because(reason):
        locked = _locked(request, state)
        locked.reason = reason
        locked.save(update_fields=["state", "reason"])
        _tell(locked, template, by, at)
    return locked


def _locked(request: TruckRequest, new_state: TruckState) -> TruckRequest:
    locked = TruckRequest.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=request.pk)
    if not states.may_move(rules.TRUCK_TRANSITIONS, locked.state, new_state):
        raise TruckRefused(
            _("Permintaan berkeadaan “%(old)s” tidak dapat menjadi “%(new)s”. Muat ulang halaman ini.")
            % {"old": locked.get_state_display(), "new": new_state.label}
        )
    locked.state = new_state
    return locked


def _tell(request: TruckRequest, template: str, by: User | None, at: datetime) -> None:
    owner = discharge_logs.owners_of([request.enterprise_id]).get(request.enterprise_id)
    if owner:
        outbox.queue(
            template=template, to=owner, context={"request": request, "enterprise": request.enterprise}, by=by, at=at
        )
