"""The discharge logbook: reckoning, what the database refuses, corrections, closing, reminders, sums."""

import threading
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from batikportal.contracts import Period, Scope
from batikportal.models import OutboxMessage
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import indicators, periodic
from wastewater.actions import discharge_logs as actions
from wastewater.actions import log_reminders
from wastewater.alerts import discharge_logs as alerts
from wastewater.choices.discharge_logs import LogMark
from wastewater.datasets import discharge_logs as datasets
from wastewater.models import DischargeLog, Logbook, LogMonth
from wastewater.queries import discharge_logs as queries
from wastewater.queries import generated_volumes, log_summaries
from wastewater.rules import discharge_logs as rules

OCTOBER = date(2026, 10, 1)
AT = datetime(2026, 10, 31, 3, 0, tzinfo=UTC)
USUAL = rules.UsualUse(
    {"natural": (Decimal("17.93"), Decimal("17.93")), "synthetic": (Decimal(25), Decimal(50))},
    Decimal(2),
    (Decimal(70), Decimal(95)),
)


def note(day=date(2026, 10, 5), litres=300, process="dyeing", destination="untreated", **more) -> actions.Note:
    return actions.Note(day, process, destination, actions.Volume("estimate", Decimal(litres)), more)


def written(enterprise, *, at=AT, submission=None, by=None, reason="", **fields) -> DischargeLog:
    return actions.record_log(
        enterprise=enterprise,
        note=note(**fields),
        submission=submission or uuid.uuid4(),
        by=by,
        at=at,
        reason=reason,
    )


# ── Rules ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_volume_of_each_method():
    meter = rules.volume_l("meter", meter_start_m3=Decimal("120.250"), meter_end_m3=Decimal("120.750"))
    tank = rules.volume_l("tank", tank_l=Decimal(800), tank_fills=Decimal("1.5"))

    assert (meter, tank, rules.volume_l("estimate", estimate_l=Decimal(90))) == (500, 1200, 90)


def test_due_day_lies_in_the_following_month():
    assert rules.due_on(date(2026, 12, 1), 10) == date(2027, 1, 10)


@pytest.mark.parametrize(
    ("litres", "dye", "mark"),
    [
        ("17.93", "natural", ""),
        ("35.86", "natural", ""),
        ("35.87", "natural", LogMark.USE_HIGH),
        ("8.96", "natural", LogMark.USE_LOW),
        ("100", "naphthol", ""),
        ("100.01", "naphthol", LogMark.USE_HIGH),
        ("12.5", "naphthol", ""),
        ("12.4", "naphthol", LogMark.USE_LOW),
    ],
)
def test_use_per_piece_is_marked_beyond_the_tolerance(litres, dye, mark):
    assert rules.use_mark(Decimal(litres), dye, USUAL) == mark


def test_marks_of_one_line():
    found = rules.entry_marks(
        process="waxing",
        dye_class="naphthol",
        volume=Decimal(1200),
        water_in_l=Decimal(1000),
        pieces=Decimal(10),
        ph=Decimal("12.5"),
        destination="connection",
        is_connected=False,
        usual=USUAL,
    )

    assert found == ["waxing_with_water", "above_water_in", "use_high", "ph_extreme", "not_connected"]


def test_a_piece_counts_once_though_it_passes_several_steps():
    assert rules.litres_per_piece(Decimal(900), {"dyeing": Decimal(20), "rinsing": Decimal(30)}) == 30


@pytest.mark.parametrize(
    ("noted", "for_truck", "picked", "litres"),
    [(None, None, None, None), (1000, 600, 400, 1000), (1000, 600, 4000, 4400), (None, None, 4000, 4000)],
)
def test_water_for_the_truck_is_counted_once(noted, for_truck, picked, litres):
    assert rules.generated_l(noted, for_truck, picked) == litres


# ── What the database refuses ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "volume_l = NULL",
        "process = ''",
        "destination = ''",
        "volume_method = 'meter'",
        "meter_start_m3 = 1, meter_end_m3 = 2",
        "volume_method = 'meter', meter_start_m3 = 2, meter_end_m3 = 1, volume_l = -1000",
        "volume_method = 'meter', meter_start_m3 = 1, meter_end_m3 = 2, volume_l = 999",
        "volume_method = 'tank', tank_l = 100, tank_fills = 2, volume_l = 201",
        "ph = 7",
        "ph = 15, ph_method = 'strip'",
        "quantity = 5",
        "quantity_unit = 'piece'",
        "ph_method = 'strip'",
        "volume_method = 'tank'",
        "wax_kg = -1",
        "day = '2026-11-05'",
        "kind = 'idle'",
        "standing = 'withdrawn'",
        "kind = 'pickup', destination = 'truck'",
    ],
)
def test_database_refuses_an_impossible_line(change):
    line = factories.DischargeLogFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE wastewater_dischargelog SET {change} WHERE id = %s", [line.pk])


@pytest.mark.django_db
def test_database_keeps_a_closed_month_closed():
    line = factories.DischargeLogFactory()
    LogMonth.objects.update(state="closed", closing="deadline", closed_at=AT)
    refused = (
        "UPDATE wastewater_dischargelog SET volume_l = 1",
        "DELETE FROM wastewater_dischargelog",
        "UPDATE wastewater_logmonth SET state = 'open', closing = '', closed_at = NULL",
    )
    for statement in refused:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError, match="the month is closed"), transaction.atomic():
        factories.DischargeLogFactory(month=line.month)
    assert DischargeLog.objects.get().volume_l == 300


@pytest.mark.django_db
def test_database_refuses_a_day_that_is_idle_and_productive():
    line = factories.DischargeLogFactory()
    idle = {"process": "", "dye_class": "", "destination": "", "volume_method": "", "volume_l": None, "kind": "idle"}
    with pytest.raises(IntegrityError, match="idle or productive"), transaction.atomic():
        factories.DischargeLogFactory(month=line.month, **idle)
    factories.DischargeLogFactory(month=line.month, day=date(2026, 10, 6), **idle)
    with pytest.raises(IntegrityError, match="idle_once_a_day"), transaction.atomic():
        factories.DischargeLogFactory(month=line.month, day=date(2026, 10, 6), **idle)


# ── Actions ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_same_submission_stores_once():
    enterprise = portal.EnterpriseFactory()
    submission = uuid.uuid4()

    first = written(enterprise, submission=submission)
    again = written(enterprise, submission=submission)

    assert (again.pk, DischargeLog.objects.count()) == (first.pk, 1)
    assert (first.month.first_day, first.month.due_on) == (OCTOBER, date(2026, 11, 10))


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_store_one_line():
    enterprise = portal.EnterpriseFactory()
    submission = uuid.uuid4()
    gate = threading.Barrier(2)
    made, failures = [], []

    def click() -> None:
        try:
            gate.wait(5)
            made.append(written(enterprise, submission=submission).pk)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _number in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(20)

    assert failures == []
    assert (len(made), len(set(made)), DischargeLog.objects.count()) == (2, 1, 1)


@pytest.mark.django_db
def test_somebody_elses_submission_is_not_returned():
    submission = uuid.uuid4()
    written(portal.EnterpriseFactory(), submission=submission)

    with pytest.raises(IntegrityError):
        written(portal.EnterpriseFactory(), submission=submission)


@pytest.mark.django_db
def test_future_days_are_refused():
    with pytest.raises(actions.LogRefused, match="masih di depan"):
        written(portal.EnterpriseFactory(), day=date(2026, 11, 1))


@pytest.mark.django_db
def test_idle_day_is_noted_once_and_gives_way_to_production():
    enterprise = portal.EnterpriseFactory()
    day = date(2026, 10, 6)

    def idle() -> DischargeLog:
        return actions.record_idle_day(enterprise=enterprise, day=day, submission=uuid.uuid4(), by=None, at=AT)

    assert idle().pk == idle().pk
    made = written(enterprise, day=day)
    assert list(DischargeLog.objects.current()) == [made]
    with pytest.raises(actions.LogRefused, match="sudah ada catatan produksi"):
        idle()


@pytest.mark.django_db
def test_correction_in_an_open_month_changes_the_line_and_keeps_its_history(owner):
    line = written(owner.enterprise)

    actions.change_log(log=line, note=note(litres=250), by=owner, at=AT)

    assert DischargeLog.objects.get().volume_l == 250
    assert list(line.events.order_by("pgh_id").values_list("volume_l", flat=True)) == [300, 250]


@pytest.mark.django_db
def test_correction_after_sending_is_a_line_of_its_own_with_a_reason(owner):
    line = written(owner.enterprise)
    actions.close_month(month=line.month, by=owner, at=AT)

    with pytest.raises(actions.ReasonNeeded):
        actions.change_log(log=line, note=note(litres=250), by=owner, at=AT)
    new = actions.change_log(log=line, note=note(litres=250), reason="Salah baca", by=owner, at=AT)

    line.refresh_from_db()
    assert (line.standing, line.volume_l) == ("replaced", 300)
    assert (new.corrects, new.correction_reason) == (line, "Salah baca")
    assert log_summaries.month_summary(owner.enterprise, OCTOBER, date(2026, 11, 1)).volume_m3 == Decimal("0.25")
    with pytest.raises(actions.LogRefused, match="sudah diganti"):
        actions.change_log(log=line, note=note(), reason="Lagi", by=owner, at=AT)


@pytest.mark.django_db
def test_late_line_in_a_sent_month_needs_a_reason(owner):
    actions.close_month(month=written(owner.enterprise).month, by=owner, at=AT)

    with pytest.raises(actions.ReasonNeeded):
        written(owner.enterprise, day=date(2026, 10, 7))
    assert written(owner.enterprise, day=date(2026, 10, 7), reason="Terlewat").correction_reason == "Terlewat"


@pytest.mark.django_db
def test_line_cannot_move_to_another_month(owner):
    line = written(owner.enterprise)
    with pytest.raises(actions.LogRefused, match="tetap di bulan Oktober 2026"):
        actions.change_log(log=line, note=note(day=date(2026, 9, 30)), by=owner, at=AT)


@pytest.mark.django_db
def test_month_is_sent_when_it_is_over_and_says_something(owner):
    line = written(owner.enterprise)
    with pytest.raises(actions.LogRefused, match="belum selesai"):
        actions.close_month(month=line.month, by=owner, at=datetime(2026, 10, 30, 3, 0, tzinfo=UTC))
    with pytest.raises(actions.LogRefused, match="Belum ada catatan"):
        actions.close_month(month=factories.LogMonthFactory(), by=owner, at=AT)

    sent = actions.close_month(month=line.month, by=owner, at=AT)

    assert (sent.state, sent.closing, sent.closed_by) == ("closed", "owner", owner)
    with pytest.raises(actions.LogRefused, match="sudah dikirim"):
        actions.close_month(month=line.month, by=owner, at=AT)


@pytest.mark.django_db
def test_deadline_closes_months_with_lines_only():
    line = factories.DischargeLogFactory()
    empty = factories.LogMonthFactory()

    on_the_day = actions.close_overdue_months(at=datetime(2026, 11, 10, 16, 0, tzinfo=UTC))
    after = actions.close_overdue_months(at=datetime(2026, 11, 10, 17, 1, tzinfo=UTC))

    line.month.refresh_from_db()
    empty.refresh_from_db()
    assert (on_the_day, after, line.month.closing, empty.state) == (0, 1, "deadline", "open")


# ── Reminders ──────────────────────────────────────────────────────────────────────────────────────────────────────


def obliged(enterprise, **fields) -> Logbook:
    return Logbook.objects.create(
        enterprise=enterprise, **{"obliged_from": date(2026, 1, 1), "basis": "Contoh", **fields}
    )


@pytest.mark.django_db
def test_daily_job_reminds_once_before_the_deadline(owner):
    obliged(owner.enterprise)
    early = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
    soon = datetime(2026, 11, 7, 3, 0, tzinfo=UTC)

    written(owner.enterprise, day=date(2026, 11, 5), at=early)
    assert periodic.keep_logbooks(early)["messages"] == 0
    assert periodic.keep_logbooks(soon)["messages"] == 1
    assert periodic.keep_logbooks(soon)["messages"] == 0

    message = OutboxMessage.objects.get()
    assert (message.recipient, message.template) == (owner, "logbook_due")
    assert message.subject == "Buku limbah Oktober 2026 segera jatuh tempo"
    assert "10 November 2026" in message.body


@pytest.mark.django_db
def test_silence_is_told_once_and_not_to_who_declined(owner):
    other = portal.MembershipFactory()
    obliged(owner.enterprise)
    obliged(other.enterprise, wants_reminders=False)
    at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

    assert periodic.keep_logbooks(at)["messages"] == 1
    assert periodic.keep_logbooks(at)["messages"] == 0

    assert OutboxMessage.objects.get().template == "logbook_silent"
    assert OutboxMessage.objects.get().recipient == owner
    assert queries.quiet_months(date(2026, 11, 20)).count() == 2


@pytest.mark.django_db
def test_who_noted_lately_is_not_silent(owner):
    obliged(owner.enterprise)
    actions.open_months_of_the_obliged(at=datetime(2026, 11, 14, 3, 0, tzinfo=UTC))
    written(owner.enterprise, day=date(2026, 11, 8), at=datetime(2026, 11, 14, 3, 0, tzinfo=UTC))

    assert [queries.quiet_months(date(2026, 11, day)).count() for day in (14, 15)] == [0, 1]
    assert log_reminders.remind_of_silence(at=datetime(2026, 11, 14, 3, 0, tzinfo=UTC)) == 0


# ── Sums ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_month_in_sums():
    enterprise = portal.EnterpriseFactory()
    pieces = {"quantity": Decimal(20), "quantity_unit": "piece", "dye_class": "naphthol"}
    written(enterprise, day=date(2026, 10, 5), litres=400, destination="own_plant", **pieces)
    written(enterprise, day=date(2026, 10, 5), litres=600, process="rinsing", destination="untreated", **pieces)
    actions.record_idle_day(enterprise=enterprise, day=date(2026, 10, 6), submission=uuid.uuid4(), by=None, at=AT)
    withdrawn = written(enterprise, day=date(2026, 10, 7), litres=9999)
    actions.withdraw_log(log=withdrawn, reason="Salah usaha", by=portal.UserFactory(), at=AT)

    found = log_summaries.month_summary(enterprise, OCTOBER, date(2026, 10, 8))

    assert found.volume_m3 == 1
    assert found.by_destination == [("IPAL sendiri", Decimal("0.4")), ("Dibuang tanpa diolah", Decimal("0.6"))]
    assert [share for _label, share in found.by_process] == [Decimal("0.4"), Decimal("0.6")]
    assert (found.production_days, found.idle_days) == (1, 1)
    assert found.unknown_days == [date(2026, 10, day) for day in (1, 2, 3, 4, 7, 8)]
    assert (found.litres_per_piece, found.use_mark) == (50, "")


@pytest.mark.django_db
def test_month_without_lines_knows_nothing():
    found = log_summaries.month_summary(portal.EnterpriseFactory(), OCTOBER, date(2026, 10, 3))

    assert (found.volume_m3, found.litres_per_piece, found.unknown_count) == (None, None, 3)


@pytest.mark.django_db
def test_what_was_generated_is_told_by_the_logbook_else_by_the_declared_volume_else_by_nobody():
    kauman = portal.ward()
    logged, declared, unknown = (portal.EnterpriseFactory() for _number in range(3))
    factories.ConnectionFactory(enterprise=logged, declared_m3_per_day=9)
    factories.ConnectionFactory(enterprise=declared, declared_m3_per_day=2, valid_from=date(2026, 10, 22))
    written(logged, day=date(2026, 10, 5), litres=1500)

    found = generated_volumes.own_volumes(OCTOBER, date(2026, 10, 31))

    assert {(one.enterprise_id, one.source, one.confidence, one.volume_m3) for one in found} == {
        (declared.pk, "connection", "declared", Decimal(20)),
        (logged.pk, "logbook", "partial", Decimal("1.5")),
    }
    active = generated_volumes.active_by_ward()
    assert active == {kauman.pk: 3}
    assert generated_volumes.without_figure(found, active, OCTOBER, date(2026, 10, 31)) == {(kauman.pk, OCTOBER): 1}
    assert unknown.ward_id == kauman.pk


@pytest.mark.django_db
def test_a_complete_month_says_how_it_was_measured():
    enterprise = portal.EnterpriseFactory()
    month = factories.LogMonthFactory(enterprise=enterprise)
    tank = {"volume_method": "tank", "tank_l": 100, "tank_fills": 2, "volume_l": 200}
    for day in range(1, 32):
        factories.DischargeLogFactory(month=month, day=date(2026, 10, day), **tank)

    [found] = generated_volumes.own_volumes(OCTOBER, date(2026, 10, 31))

    assert (found.confidence, found.volume_m3) == ("measured", Decimal("6.2"))


def scope(today=date(2026, 11, 20)) -> Scope:
    return Scope(Period(date(2026, 1, 1), today), None, today)


@pytest.mark.django_db
def test_coverage_equals_the_rows_behind_it(as_user, leader, owner):
    obliged(owner.enterprise)
    late = obliged(portal.EnterpriseFactory()).enterprise
    obliged(portal.EnterpriseFactory())
    actions.close_month(month=written(owner.enterprise).month, by=owner, at=AT)
    actions.close_month(month=written(portal.EnterpriseFactory()).month, by=owner, at=AT)
    written(late)
    periodic.keep_logbooks(datetime(2026, 11, 20, 3, 0, tzinfo=UTC))

    item = next(one for one in indicators.INDICATORS if one.code == "wastewater.logbook_coverage")
    reading = item.read(scope())

    assert (reading.numerator, reading.denominator) == (1, 3)
    assert reading.note.startswith("Oktober 2026. 1 buku ditutup")
    assert as_user(leader).get(item.rows(scope())).context["page"].paginator.count == 1


@pytest.mark.django_db
def test_alerts_name_untreated_water_and_silence(owner):
    obliged(owner.enterprise)
    written(owner.enterprise, day=date(2026, 10, 20))
    periodic.keep_logbooks(datetime(2026, 11, 5, 3, 0, tzinfo=UTC))

    untreated = alerts.find_untreated(scope(date(2026, 11, 5)))
    silent = alerts.find_silent(scope(date(2026, 11, 5)))

    assert [(one.subject, one.detail) for one in untreated.items] == [
        ("Batik Contoh Siti", "300 L dibuang tanpa diolah pada Oktober 2026")
    ]
    assert [(one.since, one.detail) for one in silent.items] == [(date(2026, 10, 20), "Catatan terakhir 20 Okt 2026")]


@pytest.mark.django_db
def test_open_data_hides_districts_with_few_enterprises():
    for name, count in (("Kauman", 5), ("Krapyak", 6), ("Jenggot", 2)):
        for _number in range(count):
            factories.DischargeLogFactory(month__enterprise=portal.EnterpriseFactory(ward=portal.ward(name)))
    LogMonth.objects.update(state="closed", closing="deadline", closed_at=AT)

    found = {row[2]: row[3:] for row in datasets.volumes_by_district()}

    assert found["Pekalongan Selatan"] == [None, None, None, None, None]
    assert found["Pekalongan Timur"] == [None, None, None, None, None]
    assert found["Pekalongan Utara"] == [6, 0, 0, 0, Decimal("1.8")]
