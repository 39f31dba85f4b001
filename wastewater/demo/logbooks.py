"""Fictitious logbooks of four months, requests for the suction truck, and a contact; all plainly marked as examples."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from batikportal.choices import EnterpriseStatus, Source
from batikportal.models import Enterprise, EnterpriseMembership, User
from wastewater.choices.discharge_logs import (
    Destination,
    DyeClass,
    LogKind,
    LogProcess,
    MonthClosing,
    MonthState,
    TruckState,
    VolumeMethod,
)
from wastewater.demo.places import public_id
from wastewater.models import Connection, DischargeLog, Logbook, LogMonth, SuctionTruck, TruckRequest
from wastewater.queries import discharge_logs as queries
from wastewater.queries.plants import open_on
from wastewater.rules import discharge_logs as rules

MONTHS = 4
BOOKS = 32
NOTE = "Data contoh"
# The visits of the truck that took place, by enterprise: the day and the request.
Visits = dict[int, tuple[date, TruckRequest]]
BASIS = "Contoh persetujuan lingkungan, bukan dokumen sebenarnya"
# How likely each way of the water is for a workshop without a connection.
WAYS = ((Destination.UNTREATED, 55), (Destination.OWN_PLANT, 25), (Destination.TRUCK, 20))
DYES = (DyeClass.NAPHTHOL, DyeClass.REACTIVE, DyeClass.INDIGOSOL, DyeClass.NATURAL, DyeClass.PROCION, DyeClass.SEVERAL)
# Steps of a working day with their litres per piece; rinsing takes most.
STEPS = ((LogProcess.DYEING, 8), (LogProcess.RINSING, 18), (LogProcess.DEWAXING, 6))
INCIDENT_SHARE = 0.02
_OPEN = (TruckState.REQUESTED, TruckState.SCHEDULED)


def make_logbooks(rng: random.Random, enterprises: list[Enterprise], head: User, at: datetime) -> None:
    """Logbooks of the owners who can log in and of some more: most are sent, some late, some silent."""
    chosen = _keepers(enterprises, at.date())
    Logbook.objects.bulk_create(
        Logbook(
            public_id=public_id(rng),
            enterprise=enterprise,
            obliged_from=at.date() - timedelta(days=400),
            basis=BASIS,
            source=Source.SEED,
        )
        for enterprise in chosen
    )
    trucks = _make_requests(rng, chosen, head, at)
    _make_months(rng, chosen, trucks, head, at)


def _keepers(enterprises: list[Enterprise], today: date) -> list[Enterprise]:
    """Owners with an account first, then connected enterprises, then others."""
    owned = set(EnterpriseMembership.objects.values_list("enterprise_id", flat=True))
    connected = set(Connection.objects.filter(open_on(today)).values_list("enterprise_id", flat=True))
    active = [one for one in enterprises if one.status == EnterpriseStatus.ACTIVE]
    active.sort(key=lambda one: (one.pk not in owned, one.pk % 3 == 0 and one.pk not in connected, one.pk))
    return active[:BOOKS]


def _make_requests(rng: random.Random, chosen: list[Enterprise], head: User, at: datetime) -> Visits:
    """Some requests in every state; returns the finished ones by enterprise."""
    truck = SuctionTruck.objects.create(
        public_id=public_id(rng), name="Truk Contoh 1", plate="G 0000 XX", capacity_m3=4, source=Source.SEED
    )
    today = timezone.localdate(at)
    rows: list[TruckRequest] = []
    done: Visits = {}
    states = [TruckState.REQUESTED] * 4 + [TruckState.SCHEDULED] * 3 + [TruckState.DONE] * 8 + [TruckState.REFUSED] * 2
    for place, (enterprise, state) in enumerate(zip(chosen[1:], states, strict=False)):
        wanted = today + timedelta(days=place + 1) if state in _OPEN else today - timedelta(days=6 * place)
        row = TruckRequest(
            public_id=public_id(rng),
            enterprise=enterprise,
            wanted_on=wanted,
            volume_m3=Decimal(rng.randint(2, 12)),
            has_holding_tank=True,
            access_note="Contoh: gang selebar truk, bak di belakang rumah.",
            state=state,
            answer_due_on=min(wanted, today + timedelta(days=place - 1)),
            created_at=at - timedelta(days=place + 1),
            source=Source.SEED,
        )
        if state in (TruckState.SCHEDULED, TruckState.DONE):
            row.truck = truck
            row.visit_at = timezone.make_aware(datetime.combine(wanted, time(9)))
            row.visit_until = row.visit_at + timedelta(hours=2)
        if state == TruckState.DONE:
            row.done_on, row.taken_m3, row.hours = wanted, row.volume_m3, Decimal("1.5")
            row.cost_idr, row.receipt_number = 180_000, f"CONTOH-{place:03d}"
            done[enterprise.pk] = (wanted, row)
        if state == TruckState.REFUSED:
            row.reason = "Contoh: jalan tertutup rob."
        rows.append(row)
    TruckRequest.objects.bulk_create(rows)
    return done


def _make_months(rng: random.Random, chosen: list[Enterprise], done: Visits, head: User, at: datetime) -> None:
    today = timezone.localdate(at)
    owned = dict(EnterpriseMembership.objects.values_list("enterprise_id", "user_id"))
    connected = set(Connection.objects.filter(open_on(today)).values_list("enterprise_id", flat=True))
    firsts = [rules.first_of(today)]
    while len(firsts) < MONTHS:
        firsts.insert(0, rules.month_before(firsts[0]))
    due = {first: queries.due_on(first) for first in firsts}
    months = [
        LogMonth(
            public_id=public_id(rng),
            enterprise=enterprise,
            first_day=first,
            due_on=due[first],
            created_at=timezone.make_aware(datetime.combine(first, time(6))),
            source=Source.SEED,
        )
        for enterprise in chosen
        for first in firsts
    ]
    LogMonth.objects.bulk_create(months)
    lines: list[DischargeLog] = []
    for place, enterprise in enumerate(chosen):
        way = Destination.CONNECTION if enterprise.pk in connected else _way(rng)
        dye, pieces, silent = rng.choice(DYES), rng.randint(4, 25), place % 9 == 8
        for month in months[place * MONTHS : (place + 1) * MONTHS]:
            if not (silent and month.first_day >= firsts[-2]):
                lines += _month_lines(rng, month, way, dye, pieces, today)
            if (visit := done.get(enterprise.pk)) and rules.first_of(visit[0]) == month.first_day:
                lines.append(_pickup(rng, month, *visit))
    DischargeLog.objects.bulk_create(lines, batch_size=1000)
    _close(months, {line.month_id for line in lines}, owned, head, today, at)


def _way(rng: random.Random) -> str:
    return rng.choices([way for way, _weight in WAYS], [weight for _way, weight in WAYS])[0]


def _month_lines(
    rng: random.Random, month: LogMonth, way: str, dye: str, pieces: int, today: date
) -> list[DischargeLog]:
    lines = []
    last = min(rules.last_of(month.first_day), today - timedelta(days=1))
    for number in range((last - month.first_day).days + 1):
        day = month.first_day + timedelta(days=number)
        if day.weekday() == 6:
            if rng.random() < 0.8:
                lines.append(_line(rng, month, day, kind=LogKind.IDLE))
            continue
        if rng.random() < 0.1:
            continue
        process, litres = STEPS[number % len(STEPS)]
        made = max(1, pieces + rng.randint(-3, 3)) if day.weekday() != 4 else max(1, pieces // 2)
        lines.append(
            _line(
                rng,
                month,
                day,
                process=process,
                dye_class=dye,
                quantity=Decimal(made),
                quantity_unit="piece",
                product="cap",
                destination=way,
                incident="flood" if rng.random() < INCIDENT_SHARE else "",
                wax_kg=Decimal(rng.randint(1, 8)) / 2 if process == LogProcess.DEWAXING else None,
                note=NOTE,
                **_volume(rng, made * litres),
            )
        )
    return lines


def _volume(rng: random.Random, litres: int) -> dict[str, object]:
    """Half are guessed, half counted by the tank."""
    if rng.random() < 0.5:
        return {"volume_method": VolumeMethod.ESTIMATE, "volume_l": Decimal(round(litres, -1) or 10)}
    fills = max(Decimal("0.5"), Decimal(round(litres / 100)) / 2)
    return {
        "volume_method": VolumeMethod.TANK,
        "tank_l": Decimal(200),
        "tank_fills": fills,
        "volume_l": Decimal(200) * fills,
    }


def _line(rng: random.Random, month: LogMonth, day: date, **fields) -> DischargeLog:
    return DischargeLog(
        public_id=public_id(rng), submission=public_id(rng), month=month, day=day, source=Source.SEED, **fields
    )


def _pickup(rng: random.Random, month: LogMonth, done_on: date, request: TruckRequest) -> DischargeLog:
    return _line(
        rng,
        month,
        done_on,
        kind=LogKind.PICKUP,
        pickup=request,
        destination=Destination.TRUCK,
        volume_l=request.volume_m3 * 1000,
        is_assisted=True,
    )


def _close(
    months: list[LogMonth], with_lines: set[int], owned: dict[int, int], head: User, today: date, at: datetime
) -> None:
    """Months that are due: sent by the owner or by staff for her, every fifth closed by the deadline."""
    ways: dict[str, list[LogMonth]] = {}
    for place, month in enumerate(months):
        if month.due_on >= today or month.pk not in with_lines:
            continue
        way: str = MonthClosing.DEADLINE if place % 5 == 2 else MonthClosing.STAFF
        ways.setdefault(way, []).append(month)
    for way, rows in ways.items():
        for month in rows:
            month.state, month.closing = MonthState.CLOSED.value, way
            month.closed_at = timezone.make_aware(datetime.combine(month.due_on, time(8)))
            if way == MonthClosing.STAFF:
                month.closed_by = head
                if month.enterprise_id in owned:
                    month.closing, month.closed_by_id = MonthClosing.OWNER, owned[month.enterprise_id]
        LogMonth.objects.bulk_update(rows, ["state", "closing", "closed_at", "closed_by"], batch_size=500)
