"""What stations send: taken in once, summed by the database, judged by the day."""

import random
import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext

from tests.factories import portal
from tests.factories import wastewater as factories
from tests.wastewater import sensing
from tests.wastewater.sensing import MIDNIGHT, day_of_rows, hour_of_rows, row, take
from wastewater.actions import sensor_days, telemetry
from wastewater.actions import stations as station_actions
from wastewater.choices import PointKind
from wastewater.models import (
    Limit,
    SensorBatch,
    SensorDay,
    SensorExclusion,
    SensorHour,
    SensorReading,
    SensorRefusal,
    SensorRule,
    SensorVerdict,
    StationContact,
)

pytestmark = pytest.mark.django_db

AFTER = MIDNIGHT + timedelta(days=1, hours=1)


def counts(batch: SensorBatch) -> tuple[int, int, int]:
    batch.refresh_from_db()
    return batch.new_count, batch.same_count, batch.refused_count


DAY = MIDNIGHT.date()


def verdicts(station, day=DAY) -> dict[str, tuple[str, str]]:
    rows = SensorVerdict.objects.filter(station=station, day=day, is_current=True)
    return {one.parameter: (one.verdict, one.reason) for one in rows}


def verdict(station, parameter: str, day=DAY) -> SensorVerdict:
    return SensorVerdict.objects.get(station=station, day=day, parameter=parameter, is_current=True)


def summaries_equal_recomputation() -> None:
    hours = {
        (one.hour, one.station_id, one.parameter): (
            one.valid_count, one.stopped_count, one.calibration_count, one.fault_count, one.excluded_count,
            one.total, one.mean, one.is_valid,
        )
        for one in SensorHour.objects.all()
    }  # fmt: skip
    assert hours == sensing.hours_afresh()
    days = {
        (one.day, one.station_id, one.parameter): (
            one.valid_hours, one.valid_count, one.coded_count, one.excluded_count, one.mean, one.volume_m3, one.is_valid
        )
        for one in SensorDay.objects.all()
    }  # fmt: skip
    assert days == sensing.days_afresh()


# Taking in


def test_rows_are_stored_once():
    station = factories.StationFactory()
    rows = hour_of_rows(MIDNIGHT)

    assert counts(take(station, rows, AFTER)) == (30, 0, 0)
    assert counts(take(station, rows, AFTER)) == (0, 30, 0)
    assert counts(take(station, [*rows[:3], row(MIDNIGHT + timedelta(hours=1))], AFTER)) == (1, 3, 0)
    assert SensorReading.objects.count() == 31


def test_row_twice_in_one_batch_counts_once():
    station = factories.StationFactory()
    assert counts(take(station, [row(MIDNIGHT), row(MIDNIGHT), row(MIDNIGHT, cod=91)], AFTER)) == (1, 1, 1)
    assert SensorRefusal.objects.get().problem == "differs"
    assert SensorReading.objects.get().cod == 90


def test_other_values_for_a_known_moment_are_refused_and_kept():
    station = factories.StationFactory()
    take(station, [row(MIDNIGHT)], AFTER)

    assert counts(take(station, [row(MIDNIGHT, cod=500)], AFTER)) == (0, 0, 1)

    refusal = SensorRefusal.objects.get()
    assert (refusal.problem, refusal.position) == ("differs", 1)
    assert '"cod": 500' in refusal.row
    assert SensorReading.objects.get().cod == 90


def test_bad_rows_are_refused_one_by_one_with_the_reason():
    station = factories.StationFactory()
    rows = [
        row(MIDNIGHT),
        {"datetime": "2026-06-01T00:02:00", "cod": 1},
        row(MIDNIGHT + timedelta(minutes=4), pH=15),
        "kosong",
        row(AFTER + timedelta(minutes=6)),
        row(AFTER + timedelta(minutes=5)),
        row(datetime(2025, 12, 31, 23, 59, tzinfo=UTC)),
        row(AFTER - timedelta(days=91)),
    ]
    assert counts(take(station, rows, AFTER)) == (2, 0, 6)
    assert list(SensorRefusal.objects.order_by("position").values_list("position", "problem")) == [
        (2, "naive"), (3, "out_of_range"), (4, "shape"), (5, "future"), (7, "too_old"), (8, "too_old"),
    ]  # fmt: skip


def test_several_stations_are_taken_in_together():
    one, other = factories.StationFactory.create_batch(2)
    deliveries = [telemetry.Delivery(station, hour_of_rows(MIDNIGHT)) for station in (one, other, one)]

    batches = telemetry.take_in(deliveries=deliveries, at=AFTER)

    assert [counts(batch) for batch in batches] == [(30, 0, 0), (30, 0, 0), (0, 30, 0)]
    summaries_equal_recomputation()


def test_number_of_statements_does_not_grow_with_the_rows():
    station = factories.StationFactory()
    evening = MIDNIGHT + timedelta(hours=23)

    def statements(rows) -> int:
        with CaptureQueriesContext(connection) as captured:
            take(station, rows, evening)
        return len(captured)

    assert statements([row(MIDNIGHT)]) == statements(day_of_rows(MIDNIGHT + timedelta(hours=2), 20)) <= 20


def test_contact_is_noted_and_never_goes_back():
    station = factories.StationFactory()
    take(station, hour_of_rows(MIDNIGHT + timedelta(hours=5)), AFTER)
    take(station, hour_of_rows(MIDNIGHT), AFTER + timedelta(hours=1))

    contact = StationContact.objects.get(station=station)
    assert contact.last_contact_at == AFTER + timedelta(hours=1)
    assert contact.last_row_at == MIDNIGHT + timedelta(hours=5, minutes=58)


def test_hints_mark_and_do_not_block():
    station = factories.StationFactory()
    noisy = [row(MIDNIGHT + timedelta(minutes=2 * n), cod=90 + n % 3, tss=20) for n in range(29)]
    take(station, noisy, AFTER)
    take(station, [row(MIDNIGHT + timedelta(minutes=58), cod=900, tss=20, pH=7.3, debit=0.2, nh3n=2.1)], AFTER)

    last = SensorReading.objects.order_by("-measured_at").first()
    assert (last.hints, last.cod) == (["tss:stuck", "cod:spike"], 900)
    assert last.hint_words == "TSS: nilai tidak berubah, COD: lonjakan"
    assert SensorHour.objects.get(parameter="cod").valid_count == 30


# The database keeps


def refused_by_the_database(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except (IntegrityError, InternalError):
        return True
    return False


def test_database_refuses_impossible_rows():
    station = factories.StationFactory()
    take(station, [row(MIDNIGHT)], AFTER)
    stored = SensorReading.objects.get()

    def again(**changes):
        values = {
            "measured_at": MIDNIGHT + timedelta(minutes=2), "station_id": station.pk, "batch_id": stored.batch_id,
        }  # fmt: skip
        return lambda: SensorReading.objects.create(**values | changes)

    assert refused_by_the_database(again(measured_at=MIDNIGHT))
    assert refused_by_the_database(again(ph=15))
    assert refused_by_the_database(again(cod=-1))
    assert refused_by_the_database(again(code=-1, cod=5))
    assert refused_by_the_database(again(code=-4))
    assert refused_by_the_database(lambda: SensorBatch.objects.update(new_count=9))
    assert refused_by_the_database(station.delete)
    assert refused_by_the_database(lambda: SensorRule.objects.update(hour_percent=50))
    assert refused_by_the_database(lambda: SensorRule.objects.create(effective_from=date(2026, 1, 1), confidence="L"))
    assert not refused_by_the_database(again(code=-1))


# Hours and days (domain vectors)


def test_hour_value_is_the_mean_of_valid_rows():
    """Rows 120, 122, 125, −2, −2, 130, 128, gap, 126, 124: mean 125.0 of 7 in 10, which is under 75 %."""
    SensorRule.objects.update(effective_until=date(2026, 5, 31))
    SensorRule.objects.create(effective_from=date(2026, 6, 1), rows_per_hour=10, legal_basis="uji", confidence="C")
    station = factories.StationFactory()
    given = [120, 122, 125, -2, -2, 130, 128, None, 126, 124]
    rows = [
        {"datetime": int((MIDNIGHT + timedelta(minutes=6 * n)).timestamp()), "cod": value}
        for n, value in enumerate(given)
        if value is not None
    ]
    take(station, rows, AFTER)

    hour = SensorHour.objects.get(parameter="cod")
    assert (hour.mean, hour.valid_count, hour.calibration_count, hour.is_valid) == (Decimal("125.0"), 7, 2, False)
    take(station, [{"datetime": int((MIDNIGHT + timedelta(minutes=55)).timestamp()), "cod": 125}], AFTER)
    assert SensorHour.objects.get(parameter="cod").is_valid


def test_volume_is_the_sum_of_two_minute_flows():
    """0.12, 0.13, 0.11 and 0.12 m³/min are 0.96 m³."""
    station = factories.StationFactory()
    take(
        station,
        [row(MIDNIGHT + timedelta(minutes=2 * n), debit=flow) for n, flow in enumerate([0.12, 0.13, 0.11, 0.12])],
        AFTER,
    )
    assert SensorDay.objects.get(parameter="debit").volume_m3 == Decimal("0.96")


@pytest.mark.parametrize(("rows", "valid"), [(22, False), (23, True)])
def test_hour_is_valid_from_23_rows(rows, valid):
    take(factories.StationFactory(), hour_of_rows(MIDNIGHT, rows), AFTER)
    assert SensorHour.objects.get(parameter="cod").is_valid is valid


@pytest.mark.parametrize(("hours", "valid"), [(17, False), (18, True)])
def test_day_is_valid_from_18_hours(hours, valid):
    take(factories.StationFactory(), day_of_rows(hours=hours), AFTER)
    assert SensorDay.objects.get(parameter="cod").is_valid is valid


def test_day_is_the_day_in_pekalongan():
    take(factories.StationFactory(), [row(MIDNIGHT - timedelta(minutes=2)), row(MIDNIGHT)], AFTER)
    assert set(SensorDay.objects.values_list("day", flat=True)) == {date(2026, 5, 31), date(2026, 6, 1)}


# Summaries equal recomputation


def test_summaries_follow_raw_changes_by_any_path():
    station = factories.StationFactory()
    take(station, day_of_rows(hours=3), AFTER)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wastewater_sensorreading SET cod = cod + 7 WHERE measured_at < %s",
            [MIDNIGHT + timedelta(minutes=9)],
        )
        summaries_equal_recomputation()
        cursor.execute(
            "UPDATE wastewater_sensorreading SET measured_at = measured_at + interval '1 day' WHERE measured_at >= %s",
            [MIDNIGHT + timedelta(hours=2)],
        )
        summaries_equal_recomputation()
        cursor.execute("DELETE FROM wastewater_sensorreading WHERE measured_at < %s", [MIDNIGHT + timedelta(hours=1)])
        summaries_equal_recomputation()
        cursor.execute("DELETE FROM wastewater_sensorreading")
    assert not SensorHour.objects.exists()
    assert not SensorDay.objects.exists()


class Crash(Exception):
    """The process dies after everything was written and before it was kept."""


@transaction.atomic
def take_and_crash(station, rows) -> None:
    take(station, rows, AFTER + timedelta(days=1))
    raise Crash


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_summaries_equal_recomputation_after_anything(seed):
    """Random batches with codes, gaps and doubles, corrections, deletions, exclusions, rules, and a crash amid them."""
    dice = random.Random(seed)
    stations = factories.StationFactory.create_batch(2)
    SensorRule.objects.update(effective_until=date(2026, 6, 1))
    SensorRule.objects.create(effective_from=date(2026, 6, 2), hour_percent=40, legal_basis="uji", confidence="L")

    def some_rows():
        start = MIDNIGHT + timedelta(hours=dice.randrange(36))
        rows = []
        for n in range(dice.randrange(5, 40)):
            values = {"cod": round(dice.uniform(50, 200), 2), "debit": round(dice.uniform(0, 0.4), 3)}
            if dice.random() < 0.15:
                values = dict.fromkeys(sensing.VALUES, dice.choice([-1, -2, -3]))
            elif dice.random() < 0.15:
                values["cod"] = None
            if dice.random() < 0.9:
                rows.append(row(start + timedelta(minutes=2 * n), **values))
        dice.shuffle(rows)
        return rows

    for _step in range(12):
        station = dice.choice(stations)
        take(station, some_rows(), AFTER + timedelta(days=1))
        if dice.random() < 0.3:
            rows = some_rows()
            with pytest.raises(Crash):
                take_and_crash(station, rows)
        chosen = SensorReading.objects.order_by("?").first()
        moment = chosen.measured_at
        if dice.random() < 0.4:
            SensorReading.objects.filter(measured_at=moment, code=0).update(cod=dice.randrange(300))
        if dice.random() < 0.4:
            SensorReading.objects.filter(measured_at__range=(moment, moment + timedelta(minutes=30))).delete()
        if dice.random() < 0.5:
            station_actions.exclude_rows(
                station=station, starts_at=moment, ends_at=moment + timedelta(minutes=dice.randrange(1, 90)),
                reason="uji", by=None, at=AFTER + timedelta(days=1),
            )  # fmt: skip
        if dice.random() < 0.3 and (one := SensorExclusion.objects.order_by("?").first()):
            station_actions.include_again(exclusion=one, reason="uji", by=portal.UserFactory(), at=AFTER)
    summaries_equal_recomputation()


def test_new_rule_for_past_days_rewrites_them():
    station = factories.StationFactory()
    take(station, [one for n in range(18) for one in hour_of_rows(MIDNIGHT + timedelta(hours=n), 15)], AFTER)
    assert verdicts(station)["cod"] == ("cannot_tell", "incomplete")

    SensorRule.objects.update(effective_until=date(2026, 5, 31))
    SensorRule.objects.create(effective_from=date(2026, 6, 1), hour_percent=50, legal_basis="uji", confidence="L")
    sensor_days.refresh(start=date(2026, 6, 1), end=None, at=AFTER)

    summaries_equal_recomputation()
    assert verdicts(station)["cod"] == ("meets", "")


# Concurrency


@pytest.mark.django_db(transaction=True)
def test_two_loggers_of_one_hour_leave_right_summaries():
    station = factories.StationFactory()
    rows = hour_of_rows(MIDNIGHT)
    parts = [rows[:20], rows[10:], rows[5:25], rows]
    done: list[tuple[int, int, int]] = []
    gate = threading.Barrier(len(parts))

    def work(part):
        try:
            gate.wait()
            batch = take(station, part, AFTER)
            done.append((batch.new_count, batch.same_count, batch.refused_count))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(new for new, _same, _refused in done) == 30
    assert [refused for _new, _same, refused in done] == [0] * 4
    assert SensorHour.objects.get(parameter="cod").valid_count == 30
    assert SensorVerdict.objects.filter(parameter="cod").count() == 1


# Verdicts


def test_day_is_judged_by_the_limit_in_force():
    station = factories.StationFactory()
    take(station, day_of_rows(cod=137.5), AFTER)

    meets = ("meets", "")
    assert verdicts(station) == {"ph": meets, "tss": meets, "cod": ("exceeds", ""), "nh3n": meets, "debit": meets}
    cod = verdict(station, "cod")
    assert (cod.value, cod.allowed, cod.ratio) == (Decimal("137.5"), Decimal(125), Decimal("1.1"))
    assert cod.limit.parameter.code == "COD"
    assert cod.engine_version
    assert verdict(station, "debit").value == 144
    assert verdict(station, "ph").value == 1


def test_day_that_is_not_over_waits():
    station = factories.StationFactory()
    take(station, day_of_rows(hours=20), MIDNIGHT + timedelta(hours=20))
    assert verdicts(station) == {}

    assert sensor_days.judge(at=AFTER) == 5
    assert sensor_days.judge(at=AFTER) == 0
    assert verdicts(station)["cod"] == ("meets", "")


def test_too_few_hours_cannot_tell_but_an_exceeded_permit_is_certain():
    station = factories.StationFactory(permit_m3_per_day=90)
    take(station, day_of_rows(hours=17), AFTER)
    assert verdicts(station)["cod"] == ("cannot_tell", "incomplete")
    assert verdicts(station)["debit"] == ("exceeds", "")


def test_what_is_not_known_cannot_be_judged():
    inlet = factories.StationFactory(point__kind=PointKind.INFLUENT, permit_m3_per_day=None)
    take(inlet, day_of_rows(), AFTER)
    assert verdicts(inlet) == {
        "ph": ("cannot_tell", "influent"), "tss": ("cannot_tell", "influent"), "cod": ("cannot_tell", "influent"),
        "nh3n": ("cannot_tell", "influent"), "debit": ("cannot_tell", "no_permit"),
    }  # fmt: skip
    unknown = factories.StationFactory(point__discharge_m3_per_day=None, permit_m3_per_day=None)
    take(unknown, day_of_rows(cod=130), AFTER)
    assert verdicts(unknown)["cod"] == ("cannot_tell", "discharge_unknown")


def test_ph_is_judged_by_the_share_of_rows_in_range():
    station = factories.StationFactory()
    rows = day_of_rows()
    for one in rows[:36]:
        one["pH"] = 9.3
    take(station, rows, AFTER)
    found = verdict(station, "ph")
    assert (found.verdict, found.value, found.allowed) == ("exceeds", Decimal("0.95"), 1)

    SensorRule.objects.update(effective_until=date(2026, 5, 31))
    SensorRule.objects.create(effective_from=date(2026, 6, 1), ph_percent=95, legal_basis="uji", confidence="L")
    sensor_days.refresh(start=date(2026, 6, 1), end=date(2026, 6, 1), at=AFTER)
    assert verdict(station, "ph").verdict == "meets"


def test_late_rows_bring_a_new_verdict_and_the_old_one_stays():
    station = factories.StationFactory()
    rows = day_of_rows()
    take(station, rows[:510], AFTER)
    assert verdicts(station)["cod"] == ("cannot_tell", "incomplete")

    take(station, rows[510:], AFTER + timedelta(days=3))

    assert verdicts(station)["cod"] == ("meets", "")
    history = SensorVerdict.objects.filter(parameter="cod").order_by("pk")
    assert [(one.verdict, one.is_current) for one in history] == [("cannot_tell", False), ("meets", True)]
    take(station, rows, AFTER + timedelta(days=4))
    assert SensorVerdict.objects.filter(parameter="cod").count() == 2


def test_changed_limit_and_changed_point_bring_new_verdicts():
    station = factories.StationFactory()
    take(station, day_of_rows(cod=120), AFTER)
    limit = verdict(station, "cod").limit
    Limit.objects.filter(pk=limit.pk).update(maximum=110)

    assert sensor_days.judge_again(parameters=[limit.parameter_id], at=AFTER) == 1
    assert verdicts(station)["cod"] == ("exceeds", "")

    station.point.discharge_m3_per_day = 50
    station.point.save()
    assert sensor_days.judge_again(point=station.point_id, at=AFTER) >= 1
    assert verdict(station, "cod").allowed == 150


def test_excluded_rows_leave_the_verdict_and_come_back():
    station = factories.StationFactory()
    take(station, day_of_rows(hours=20), AFTER)
    span = {"starts_at": MIDNIGHT, "ends_at": MIDNIGHT + timedelta(hours=3)}

    made = station_actions.exclude_rows(station=station, **span, reason="Sensor kotor", by=None, at=AFTER)
    assert verdicts(station)["cod"] == ("cannot_tell", "incomplete")
    assert SensorReading.objects.count() == 600
    summaries_equal_recomputation()

    station_actions.include_again(exclusion=made, reason="Keliru", by=portal.UserFactory(), at=AFTER)
    assert verdicts(station)["cod"] == ("meets", "")
    for starts_at, ends_at in ((AFTER, MIDNIGHT), (AFTER + timedelta(hours=1), AFTER + timedelta(hours=2))):
        with pytest.raises(station_actions.StationRefused):
            station_actions.exclude_rows(
                station=station, starts_at=starts_at, ends_at=ends_at, reason="x", by=None, at=AFTER
            )


def test_verdicts_are_never_edited_or_deleted():
    take(factories.StationFactory(), day_of_rows(), AFTER)
    assert refused_by_the_database(lambda: SensorVerdict.objects.update(value=1))
    assert refused_by_the_database(lambda: SensorVerdict.objects.all().delete())


def test_expected_parameters_only_are_judged():
    plain = factories.StationFactory(expected_parameters=["ph", "debit"])
    take(plain, day_of_rows(tss=None, cod=None, nh3n=None), AFTER)
    take(plain, [row(AFTER - timedelta(hours=1), **dict.fromkeys(sensing.VALUES, -1))], AFTER)
    assert set(verdicts(plain)) == {"ph", "debit"}
