"""I1, I3, I4 and the waste pages: sensor ingest against COPY and bulk_create, summaries, one POST, pages under load.

`pytest tests/benchmarks/bench_sensors.py -s --size 0.1`. All ratios come from one run.
"""

import io
import random
import time
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import include, path, reverse
from django.utils import timezone

from batikportal import access, readings
from tests.benchmarks.measuring import clocked, percentile, report, say
from tests.factories import portal
from tests.factories import wastewater as factories
from tests.wastewater import sensing
from tests.wastewater.test_telemetry import AFTER, summaries_equal_recomputation
from wastewater.actions import stations as station_actions
from wastewater.actions import telemetry
from wastewater.models import SensorHour, SensorReading, SensorRefusal, SensorVerdict
from wastewater.rules import sensor_tokens
from wastewater.rules.sensors import COLUMNS

STATIONS = 19
START = datetime(2026, 6, 1, tzinfo=sensing.WIB)
NAMES = ", ".join(("measured_at", "station_id", "batch_id", "code", *COLUMNS))

urlpatterns = [
    path("kosong/", access.signed_in(lambda _request: HttpResponse("ok")), name="empty"),
    path("bingkai/", access.signed_in(lambda request: render(request, "base.html")), name="frame"),
    path("", include("batikportal.urls")),
]


def made_rows(dice: random.Random, start: datetime, count: int) -> list[dict]:
    """Two-minute rows; one in a hundred is refused, one in fifty comes twice, one in thirty is a code."""
    rows = []
    for n in range(count):
        moment = start + timedelta(minutes=2 * n)
        row = sensing.row(
            moment,
            pH=round(dice.gauss(7.2, 0.1), 2),
            tss=round(abs(dice.gauss(25, 3)), 2),
            debit=round(abs(dice.gauss(0.1, 0.01)), 3),
            cod=round(abs(dice.gauss(100, 8)), 2),
            nh3n=round(abs(dice.gauss(2, 0.2)), 2),
        )
        luck = dice.random()
        if luck < 0.01:
            row["pH"] = 99
        elif luck < 0.04:
            row |= dict.fromkeys(("pH", "tss", "debit", "cod", "nh3n"), -2)
        rows.append(row)
        if luck > 0.98:
            rows.append(dict(row))
    return rows


# I1


def test_i1_ingest_against_copy_and_bulk_create(db, size):
    dice = random.Random(1)
    stations = factories.StationFactory.create_batch(STATIONS, active_from=START)
    per_station = size(4_320)
    deliveries = [telemetry.Delivery(one, made_rows(dice, START, per_station)) for one in stations]
    count = sum(len(one.rows) for one in deliveries)
    telemetry.take_in(deliveries=[telemetry.Delivery(stations[0], [sensing.row(START - timedelta(0))])], at=AFTER)
    SensorReading.objects.all().delete()

    later = START + timedelta(days=40)
    seconds, _batches = clocked(lambda: telemetry.take_in(deliveries=deliveries, at=later))
    ours = report("ours: checked, refusals, doubles, hints, hours, days, verdicts", seconds, count)
    stored = SensorReading.objects.count()
    say(f"  {stored:,} rows of {count:,}; {SensorRefusal.objects.count():,} refused; "
        f"{SensorHour.objects.count():,} hours; {SensorVerdict.objects.count():,} verdicts")  # fmt: skip

    readings = list(SensorReading.objects.order_by("measured_at", "station_id"))
    text = "".join(
        "\t".join(
            [one.measured_at.isoformat(), str(one.station_id), str(one.batch_id), str(one.code)]
            + ["\\N" if getattr(one, name) is None else str(getattr(one, name)) for name in COLUMNS]
        )
        + "\n"
        for one in readings
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE with_keys (LIKE wastewater_sensorreading INCLUDING ALL)")
        cursor.execute(
            "ALTER TABLE with_keys ADD FOREIGN KEY (station_id) REFERENCES wastewater_sensorstation (id), "
            "ADD FOREIGN KEY (batch_id) REFERENCES wastewater_sensorbatch (id)"
        )
        cursor.execute("CREATE INDEX ON with_keys (station_id)")
        cursor.execute("CREATE INDEX ON with_keys (batch_id)")

        def copied() -> None:
            cursor.copy_expert(f"COPY with_keys ({NAMES}) FROM STDIN", io.StringIO(text))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        copy = report("COPY of the same rows into the same table with foreign keys", clocked(copied)[0], stored)
        cursor.execute("DROP TABLE with_keys")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM wastewater_sensorreading")
        bulk = report(
            "bulk_create of the same rows, triggers off",
            clocked(lambda: SensorReading.objects.bulk_create(readings, batch_size=1000))[0],
            stored,
        )
        cursor.execute("SET session_replication_role = origin")
    say(f"ours = {ours / copy:.2f} x COPY with keys (goal 0.75), {ours / bulk:.1f} x bulk_create (goal 3)\n")


# I3


def test_i3_summaries_equal_recomputation(db, size):
    """The long form of the property test: days of random batches, corrections, deletions, exclusions and crashes."""
    dice = random.Random(int(time.time()))
    stations = factories.StationFactory.create_batch(3)
    steps = size(400)
    for _step in range(steps):
        station = dice.choice(stations)
        start = START + timedelta(hours=dice.randrange(24 * 6))
        rows = made_rows(dice, start, dice.randrange(1, 60))
        dice.shuffle(rows)
        at = AFTER + timedelta(days=8)
        try:
            with transaction.atomic():
                sensing.take(station, rows, at)
                if dice.random() < 0.1:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue
        if dice.random() < 0.2:
            SensorReading.objects.filter(measured_at__gte=start, code=0).update(cod=dice.randrange(300))
        if dice.random() < 0.2:
            end = start + timedelta(minutes=dice.randrange(90))
            SensorReading.objects.filter(measured_at__range=(start, end)).delete()
        if dice.random() < 0.1:
            station_actions.exclude_rows(
                station=station, starts_at=start, ends_at=start + timedelta(minutes=dice.randrange(1, 300)),
                reason="uji", by=None, at=at,
            )  # fmt: skip
    summaries_equal_recomputation()
    say(f"I3: {steps} random steps, {SensorReading.objects.count():,} rows: summaries equal recomputation\n")


# I4


@pytest.mark.django_db
def test_i4_an_hour_of_a_plant_in_one_post(client, size):
    cache.clear()
    now = timezone.now()
    stations = factories.StationFactory.create_batch(STATIONS, active_from=now - timedelta(days=30))
    secrets = [station_actions.issue_secret(station=one, by=None, at=now - timedelta(days=20)) for one in stations]
    hours = size(60)
    first = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours + 1)
    seconds = []
    for n in range(hours):
        if n % 12 == 0:  # in one transaction nobody else keeps the statistics
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        start = first + timedelta(hours=n)
        tokens = []
        for one, secret in zip(stations, secrets, strict=True):
            rows = [sensing.row(start + timedelta(minutes=2 * k), nh3n=None) for k in range(30)]
            tokens.append(sensor_tokens.sign({"uid": one.uid, "data": rows}, secret))
        took, response = clocked(lambda tokens=tokens: sensing.post(client, {"tokens": tokens}))
        assert response.json()["status"] is True
        seconds.append(took)
    assert SensorReading.objects.count() == STATIONS * 30 * hours
    say(f"I4: {STATIONS * 30 * 4:,} readings in one POST, {hours} times: p50 {percentile(seconds, 0.5) * 1000:.0f} ms, "
        f"p95 {percentile(seconds, 0.95) * 1000:.0f} ms (goal 150)\n")  # fmt: skip


# The pages


class Browser:
    """Calls the application as a web server does, without the recording of templates that the test client adds."""

    def __init__(self, client) -> None:
        self.application = WSGIHandler()
        self.cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())

    def get(self, address: str) -> bytes:
        place, _mark, query = address.partition("?")
        environ = RequestFactory(HTTP_COOKIE=self.cookies)._base_environ(PATH_INFO=place, QUERY_STRING=query)
        answers: list[str] = []
        body = b"".join(self.application(environ, lambda status, headers: answers.append(status)))
        assert answers == ["200 OK"], (address, answers)
        return body


@pytest.fixture
def kept_connection():
    """The connection of the test, with its open transaction, outlives the requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_pages_with_many_measurements(db, size, as_user, settings, kept_connection):
    """Waste pages over five million measurements (a million rows of five) as a ratio to an empty view.

    Two views are empty: one that answers two bytes to somebody signed in, and a page with nothing but its frame.
    """
    settings.ROOT_URLCONF = "tests.benchmarks.bench_sensors"
    settings.READINGS_SECONDS = 300
    now = timezone.now().replace(second=0, microsecond=0)
    rows = size(1_000_000)
    days = max(1, rows // (STATIONS * 720))
    begin = (now - timedelta(days=days)).replace(minute=0)
    stations = factories.StationFactory.create_batch(STATIONS, active_from=begin)
    browser = Browser(as_user(portal.StaffFactory(role="waste_head", office="dlh")))
    station = stations[0]
    pages = {
        "sensor list": reverse("wastewater:station-list"),
        "one station": station.get_absolute_url(),
        "one station, another parameter": f"{station.get_absolute_url()}?parameter=cod",
        "refused rows": reverse("wastewater:station-refusals", args=[station.public_id]),
        "points": reverse("wastewater:point-list"),
        "results": reverse("wastewater:result-list"),
        "samples": reverse("wastewater:sample-list"),
        "plants": reverse("wastewater:plant-list"),
        "overview with alerts": reverse("wastewater:index"),
    }
    last_day = now.replace(minute=0) - timedelta(days=1)
    load(stations, last_day, 1)
    few = {name: timed(browser, address) for name, address in pages.items()}
    SensorReading.objects.all().delete()
    seconds, _done = clocked(lambda: load(stations, begin, days))
    stored = SensorReading.objects.count()
    report(f"loaded with hours and days by trigger, {days} days", seconds, stored)
    bare, frame = timed(browser, reverse("empty")), timed(browser, reverse("frame"))
    say(f"{stored * 5:,} measurements; p95: empty view {bare * 1000:.1f} ms, empty page {frame * 1000:.1f} ms")
    for name, address in pages.items():
        took = timed(browser, address)
        say(f"{ratios(name, took, bare, frame)}, {took / few[name]:.1f} x itself with one day")
    took = timed(browser, pages["overview with alerts"], readings.forget)
    say(f"{ratios('overview, first time after a write', took, bare, frame)}\n")


def ratios(name: str, took: float, bare: float, frame: float) -> str:
    return (f"  {name:<36}p95 {took * 1000:7.1f} ms = {took / bare:5.1f} x the empty view (goal 5), "
            f"{took / frame:4.1f} x the empty page")  # fmt: skip


def timed(browser: Browser, address: str, before=lambda: None, times: int = 40) -> float:
    """The p95 of a page in seconds; ``before`` runs unclocked before each call."""
    seconds = []
    for n in range(times + 3):
        before()
        took, _body = clocked(lambda: browser.get(address))
        seconds += [took] if n >= 3 else []
    return percentile(seconds, 0.95)


def load(stations, begin: datetime, days: int) -> None:
    """Rows made by the database, five days at a time, with the triggers on."""
    with connection.cursor() as cursor:
        for first in range(0, days, 5):
            cursor.execute(
                """
                INSERT INTO wastewater_sensorreading (
                    measured_at, station_id, batch_id, code, ph, tss, debit, cod, nh3n
                )
                SELECT m, s, 1, 0, 7 + random() / 2, 20 + random() * 9, 0.1 + random() / 50, 90 + random() * 40,
                       2 + random()
                FROM generate_series(%s::timestamptz, %s::timestamptz - interval '2 minutes', interval '2 minutes') AS m
                CROSS JOIN unnest(%s::bigint[]) AS s
                """,
                [
                    begin + timedelta(days=first),
                    begin + timedelta(days=min(days, first + 5)),
                    [one.pk for one in stations],
                ],
            )
            # In one transaction nobody else keeps the statistics, and the triggers would read whole tables.
            cursor.execute("ANALYZE wastewater_sensorreading, wastewater_sensorhour, wastewater_sensorday")
