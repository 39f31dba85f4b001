"""The suction truck: states, what the database refuses, messages, and the line in the logbook."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from batikportal.models import OutboxMessage
from tests.factories import wastewater as factories
from wastewater.actions import discharge_logs as log_actions
from wastewater.actions import trucks as actions
from wastewater.models import DischargeLog, TruckRequest
from wastewater.queries import log_summaries, trucks
from wastewater.rules import discharge_logs as rules

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def asked(owner, **fields) -> TruckRequest:
    wanted = {"wanted_on": date(2026, 11, 25), "volume_m3": Decimal(6), "has_holding_tank": True, "access_note": "Gang"}
    return actions.request_truck(
        enterprise=owner.enterprise, **{**wanted, "submission": uuid.uuid4(), **fields}, by=owner, at=AT
    )


def scheduled(owner, by, truck=None, start=MORNING) -> TruckRequest:
    return actions.schedule_truck(
        request=asked(owner),
        truck=truck or factories.SuctionTruckFactory(),
        visit_at=start,
        visit_until=start + timedelta(hours=2),
        by=by,
        at=AT,
    )


def visit(**fields) -> actions.Visit:
    return actions.Visit(**{"done_on": date(2026, 11, 25), "taken_m3": Decimal(6), "hours": Decimal("1.5"), **fields})


def test_trips_and_cost_of_the_published_tariff():
    price = trucks.price_on(date(2026, 11, 25))

    assert (price.m3_per_trip, price.idr_per_hour) == (4, 120_000)
    assert [rules.trips(Decimal(volume), price.m3_per_trip) for volume in ("4", "4.01", "8")] == [1, 2, 2]
    assert rules.truck_cost_idr(Decimal("1.5"), price.idr_per_hour) == 180_000
    assert trucks.price_on(date(2022, 7, 10)) is None


def test_request_is_stored_once_and_answered_within_three_working_days(owner):
    submission = uuid.uuid4()

    first = asked(owner, submission=submission)
    again = asked(owner, submission=submission)

    assert (first.pk, TruckRequest.objects.count()) == (again.pk, 1)
    assert first.answer_due_on == date(2026, 11, 26)
    with pytest.raises(actions.TruckRefused, match="menunggu jawaban"):
        asked(owner)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"has_holding_tank": False}, "bak penampung"), ({"wanted_on": date(2026, 11, 22)}, "sudah lewat")],
)
def test_request_that_cannot_be_served_is_refused(owner, fields, words):
    with pytest.raises(actions.TruckRefused, match=words):
        asked(owner, **fields)


def test_a_truck_is_at_one_place_at_a_time(owner, waste_officer):
    first = scheduled(owner, waste_officer)
    other = factories.TruckRequestFactory()

    def try_at(start) -> TruckRequest:
        return actions.schedule_truck(
            request=other,
            truck=first.truck,
            visit_at=start,
            visit_until=start + timedelta(hours=1),
            by=waste_officer,
            at=AT,
        )

    with pytest.raises(actions.TruckRefused, match="sudah punya jadwal"):
        try_at(MORNING + timedelta(hours=1))
    assert try_at(MORNING + timedelta(hours=2)).state == "scheduled"


def test_visit_becomes_a_line_of_the_logbook_and_counts_once(owner, waste_officer):
    note = log_actions.Note(date(2026, 11, 20), "rinsing", "truck", log_actions.Volume("estimate", Decimal(5000)), {})
    log_actions.record_log(enterprise=owner.enterprise, note=note, submission=uuid.uuid4(), by=owner, at=AT)
    request = scheduled(owner, waste_officer)

    done = actions.finish_visit(request=request, visit=visit(), by=waste_officer, at=MORNING + timedelta(hours=3))

    line = DischargeLog.objects.get(pickup=done)
    assert (done.cost_idr, line.volume_l, line.destination, line.kind) == (180_000, 6000, "truck", "pickup")
    month = log_summaries.month_summary(owner.enterprise, date(2026, 11, 1), date(2026, 11, 26))
    assert (month.volume_m3, month.picked_up_m3) == (6, 6)
    with pytest.raises(log_actions.LogRefused, match="kunjungan truk"):
        log_actions.withdraw_log(log=line, reason="x", by=owner, at=AT)


def test_every_step_tells_the_owner(owner, waste_officer):
    request = scheduled(owner, waste_officer)
    actions.finish_visit(request=request, visit=visit(), by=waste_officer, at=MORNING + timedelta(hours=3))
    actions.refuse_truck(request=asked(owner), reason="Truk rusak", by=waste_officer, at=AT)
    actions.cancel_truck(request=asked(owner), reason="Sudah kosong", by=owner, at=AT)

    templates = list(OutboxMessage.objects.order_by("pk").values_list("template", flat=True))
    assert templates == [
        "truck_requested",
        "truck_scheduled",
        "truck_done",
        "truck_requested",
        "truck_refused",
        "truck_requested",
        "truck_cancelled",
    ]
    assert "Truk rusak" in OutboxMessage.objects.get(template="truck_refused").body


def test_states_move_by_the_table_only(owner, waste_officer):
    request = asked(owner)
    with pytest.raises(actions.TruckRefused, match="tidak dapat menjadi"):
        actions.finish_visit(request=request, visit=visit(), by=waste_officer, at=AT + timedelta(days=3))
    actions.cancel_truck(request=request, reason="Batal", by=owner, at=AT)
    with pytest.raises(actions.TruckRefused, match="tidak dapat menjadi"):
        actions.cancel_truck(request=request, reason="Batal", by=owner, at=AT)


@pytest.mark.parametrize(
    "change",
    [
        "has_holding_tank = false",
        "volume_m3 = 0",
        "state = 'done'",
        "state = 'scheduled'",
        "state = 'refused'",
        "taken_m3 = 4",
        "hours = 1",
    ],
)
def test_database_refuses_an_impossible_request(change):
    request = factories.TruckRequestFactory()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE wastewater_truckrequest SET {change} WHERE id = %s", [request.pk])


def test_database_keeps_a_finished_visit(owner, waste_officer):
    request = scheduled(owner, waste_officer)
    done = actions.finish_visit(request=request, visit=visit(), by=waste_officer, at=MORNING + timedelta(hours=3))
    for change in ("taken_m3 = NULL", "taken_m3 = 1", "hours = NULL", "state = 'requested'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE wastewater_truckrequest SET {change} WHERE id = %s", [done.pk])


def test_database_refuses_a_pickup_of_somebody_elses_request(owner, waste_officer):
    request = scheduled(owner, waste_officer)
    actions.finish_visit(request=request, visit=visit(), by=waste_officer, at=MORNING + timedelta(hours=3))
    other = factories.LogMonthFactory(first_day=date(2026, 11, 1), due_on=date(2026, 12, 10))
    with pytest.raises(IntegrityError, match="finished request"), transaction.atomic():
        factories.DischargeLogFactory(month=other, kind="pickup", pickup=request, destination="truck", process="")
