"""The door of the loggers: secrets that rotate, signatures, bodies of another shape, floods, and what the log keeps."""

import json
import logging
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.factories import portal
from tests.factories import wastewater as factories
from tests.wastewater.sensing import MIDNIGHT, post, row, secret_for, send
from wastewater.actions import stations as station_actions
from wastewater.models import (
    SensorBatch,
    SensorReading,
    SensorRule,
    StationSecret,
)
from wastewater.rules import sensor_tokens

pytestmark = pytest.mark.django_db

AFTER = MIDNIGHT + timedelta(days=1, hours=1)


# Secrets


def test_rotation_keeps_the_old_secret_for_the_overlap(client):
    now = timezone.now()
    station = factories.StationFactory()
    first = secret_for(station, now - timedelta(hours=3))
    second = secret_for(station, now - timedelta(hours=2))
    rows = [row(now - timedelta(hours=5))]

    assert send(client, station, rows, first)["status"] is True
    assert send(client, station, rows, second)["status"] is True
    StationSecret.objects.filter(valid_until__isnull=False).update(valid_until=now - timedelta(minutes=1))
    assert send(client, station, rows, first)["status"] is False
    assert send(client, station, rows, second)["status"] is True


def test_third_secret_ends_the_first_at_once():
    now = timezone.now()
    station = factories.StationFactory()
    for hours in (3, 2, 1):
        secret_for(station, now - timedelta(hours=hours))
    ends = list(StationSecret.objects.order_by("valid_from").values_list("valid_until", flat=True))
    assert ends == [now - timedelta(hours=1), now - timedelta(hours=1) + timedelta(hours=48), None]


def test_withdrawn_secrets_sign_nothing(client):
    now = timezone.now()
    station = factories.StationFactory()
    secret = secret_for(station, now - timedelta(hours=1))
    assert station_actions.withdraw_secrets(station=station, reason="Bocor", by=portal.UserFactory(), at=now) == 1
    assert send(client, station, [row(now)], secret)["status"] is False


def test_secret_is_encrypted_and_only_for_active_stations():
    now = timezone.now()
    station = factories.StationFactory()
    secret = secret_for(station, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM wastewater_stationsecret")
        assert secret not in cursor.fetchone()[0]
    assert secret not in str(StationSecret.objects.get().secret)
    closed = factories.StationFactory(active_until=now)
    with pytest.raises(station_actions.StationRefused):
        secret_for(closed, now)


# The door


@pytest.fixture
def station():
    return factories.StationFactory()


@pytest.fixture
def secret(station):
    cache.clear()
    return secret_for(station, timezone.now() - timedelta(days=1))


def test_logger_is_answered_as_it_expects(client, station, secret):
    now = timezone.now()
    answer = send(client, station, [row(now), row(now - timedelta(minutes=2))], secret)
    assert answer == {"status": True, "desc": "2 baris baru, 0 sudah ada, 0 ditolak."}
    answer = send(client, station, [row(now), row(now, pH=15)], secret)
    assert answer["status"] is True
    assert answer["desc"].startswith("0 baris baru, 1 sudah ada, 1 ditolak. Baris 2: ")


def test_batch_of_refused_rows_has_status_false(client, station, secret):
    assert send(client, station, [{"datetime": "2026-06-01T00:00:00", "cod": 1}], secret)["status"] is False


def test_no_cookie_no_session_no_csrf_token_is_needed(station, secret):
    careful = Client(enforce_csrf_checks=True)
    assert send(careful, station, [row(timezone.now())], secret)["status"] is True
    assert careful.cookies == {}
    assert careful.get("/air-limbah/api/send-hourly").status_code == 405


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", "[]", '"x"', "{}", {"token": 7}, {"token": None}, {"tokens": []}, {"tokens": [7]}, "[" * 100_000,
     {"token": "x"}, {"token": "a.b.c"}, {"tokens": ["x"] * 41}],
)  # fmt: skip
def test_other_bodies_are_refused_kindly(client, station, secret, body):
    response = post(client, body)
    assert response.status_code == 200
    assert response.json()["status"] is False
    assert not SensorBatch.objects.exists()


def test_wrong_signature_and_unknown_station_are_answered_alike(client, station, secret):
    known = sensor_tokens.sign({"uid": station.uid, "data": [row(timezone.now())]}, "salah")
    unknown = sensor_tokens.sign({"uid": "SPR-TIDAK-ADA", "data": [row(timezone.now())]}, secret)
    empty = sensor_tokens.sign({"uid": station.uid, "data": [row(timezone.now())]}, "")
    answers = [post(client, {"token": token}).json() for token in (known, unknown, empty)]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["status"] is False


def test_station_without_secret_is_refused_even_with_an_empty_one(client):
    bare = factories.StationFactory()
    assert send(client, bare, [row(timezone.now())], "")["status"] is False


@pytest.mark.parametrize(
    "payload",
    [
        {"data": [{}]}, {"uid": "SPR-1"}, {"uid": "SPR-1", "data": {}}, {"uid": "SPR-1", "data": []},
        {"uid": "a\u0000bc", "data": [{}]}, {"uid": "\ud800abc", "data": [{}]}, {"uid": "x" * 41, "data": [{}]},
        {"uid": "SPR-1", "data": [{}] * 1501},
    ],
)  # fmt: skip
def test_payloads_of_another_shape_are_refused(client, station, secret, payload):
    body = sensor_tokens._encoded(json.dumps(payload).encode())
    head = sensor_tokens._packed(sensor_tokens.HEADER)
    token = f"{head}.{body}.{sensor_tokens._encoded(sensor_tokens._signature(f'{head}.{body}', secret))}"
    assert post(client, {"token": token}).json()["status"] is False


def test_too_large_a_body_is_not_read(client, station, secret):
    answer = post(client, {"token": "x" * (1024 * 1024)})
    assert answer.json() == {"status": False, "desc": "Kiriman terlalu besar. Bagi menjadi beberapa kiriman."}


def test_gateway_sends_several_tokens_and_hears_of_each(client, station, secret):
    now = timezone.now()
    good = sensor_tokens.sign({"uid": station.uid, "data": [row(now)]}, secret)
    bad = sensor_tokens.sign({"uid": station.uid, "data": [row(now)]}, "salah")
    answer = post(client, {"tokens": [good, bad]}).json()
    assert [one["status"] for one in answer["results"]] == [True, False]
    assert answer["status"] is False
    assert SensorReading.objects.count() == 1


def test_flood_of_refusals_is_asked_to_wait_and_loggers_are_not(client, station, secret):
    codes = [post(client, {"token": "x"}).status_code for _ in range(62)]
    assert (codes[0], codes[-1]) == (200, 429)
    assert send(client, station, [row(timezone.now())], secret)["status"] is True


def test_station_that_sends_without_end_is_asked_to_wait(client, station, secret):
    now = timezone.now()
    SensorBatch.objects.bulk_create(SensorBatch(station=station, received_at=now, rows_count=0) for _ in range(120))
    token = sensor_tokens.sign({"uid": station.uid, "data": [row(now)]}, secret)
    response = post(client, {"token": token})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "300")


def test_neither_token_nor_secret_is_logged(client, station, secret, caplog, monkeypatch):
    # Whatever another test of the same process did to logging, the door's own lines are caught where they are written.
    door = logging.getLogger("wastewater.views.telemetry")
    monkeypatch.setattr(logging.root.manager, "disable", logging.NOTSET)
    monkeypatch.setattr(door, "disabled", False)
    monkeypatch.setattr(door, "handlers", [caplog.handler])
    caplog.set_level(logging.DEBUG, logger=door.name)
    caplog.set_level(logging.DEBUG)
    now = timezone.now()
    good = sensor_tokens.sign({"uid": station.uid, "data": [row(now), row(now, pH=20)]}, secret)
    bad = sensor_tokens.sign({"uid": station.uid, "data": [row(now)]}, "rahasia-yang-salah")
    for token in (good, bad, "rusak." + good):
        post(client, {"token": token})
    text = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert "rows refused" in text
    assert not any(part in text for token in (good, bad) for part in token.split("."))
    assert secret not in text


def test_without_a_rule_loggers_are_asked_to_come_again(client, station, secret):
    SensorRule.objects.update(effective_until=date(2026, 1, 1))
    token = sensor_tokens.sign({"uid": station.uid, "data": [row(timezone.now())]}, secret)
    assert post(client, {"token": token}).status_code == 429
    assert not SensorReading.objects.exists()
