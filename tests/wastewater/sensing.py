"""Helpers of the sensor tests: rows of an hour or a day, a logger that signs them, and summaries computed afresh."""

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.urls import reverse

from wastewater.actions import stations as station_actions
from wastewater.actions import telemetry
from wastewater.models import SensorExclusion, SensorReading, SensorRule
from wastewater.rules import sensor_tokens
from wastewater.rules.sensors import COLUMNS

WIB = ZoneInfo("Asia/Jakarta")
# 1 June 2026, midnight in Pekalongan.
MIDNIGHT = datetime(2026, 6, 1, tzinfo=WIB)
VALUES = {"pH": 7.2, "tss": 20.0, "debit": 0.1, "cod": 90.0, "nh3n": 2.0}


def row(at: datetime, **values) -> dict:
    """A row of the wire format; a value of None is left out."""
    given = VALUES | values
    return {"datetime": int(at.timestamp())} | {key: value for key, value in given.items() if value is not None}


def hour_of_rows(start: datetime, count: int = 30, **values) -> list[dict]:
    return [row(start + timedelta(minutes=2 * n), **values) for n in range(count)]


def day_of_rows(start: datetime = MIDNIGHT, hours: int = 24, **values) -> list[dict]:
    return [one for n in range(hours) for one in hour_of_rows(start + timedelta(hours=n), **values)]


def take(station, rows, at: datetime):
    """Take rows in past the door, as if their signature had been checked."""
    return telemetry.take_in(deliveries=[telemetry.Delivery(station, rows)], at=at)[0]


def secret_for(station, at: datetime) -> str:
    return station_actions.issue_secret(station=station, by=None, at=at)


def post(client, body):
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post(reverse("wastewater:sensor-receive"), content, content_type="application/json")


def send(client, station, rows, secret: str) -> dict:
    """Post rows as a logger does; the answer."""
    token = sensor_tokens.sign({"uid": station.uid, "data": rows}, secret)
    response = post(client, {"token": token})
    assert response.status_code == 200
    return response.json()


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def hours_afresh() -> dict:
    """(hour, station, parameter) → the stored fields of a SensorHour, computed row by row in Python."""
    spans = list(SensorExclusion.objects.all())
    groups: dict = defaultdict(list)
    for one in SensorReading.objects.all():
        hour = one.measured_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        out = any(s.station_id == one.station_id and s.starts_at <= one.measured_at < s.ends_at for s in spans)
        for column in COLUMNS:
            value = getattr(one, column)
            if value is not None or one.code:
                groups[hour, one.station_id, column].append((value, one.code, out))
    found = {}
    for key, rows in groups.items():
        rule = _rule(key[0].astimezone(WIB).date())
        values = [value for value, _code, out in rows if value is not None and not out]
        codes = [code for _value, code, out in rows if not out]
        found[key] = (
            len(values),
            codes.count(-1),
            codes.count(-2),
            codes.count(-3),
            sum(out for _value, _code, out in rows),
            sum(values) if values else None,
            _rounded(sum(values) / Decimal(len(values)), 6) if values else None,
            rule is not None and len(values) * 100 >= rule.hour_percent * rule.rows_per_hour,
        )
    return found


def days_afresh() -> dict:
    """(day, station, parameter) → the stored fields of a SensorDay, computed from the hours computed afresh."""
    groups: dict = defaultdict(list)
    for (hour, station, column), fields in hours_afresh().items():
        groups[hour.astimezone(WIB).date(), station, column].append(fields)
    found = {}
    for key, rows in groups.items():
        rule = _rule(key[0])
        means = [mean for *_counts, mean, valid in rows if valid]
        totals = [total for *_counts, total, _mean, _valid in rows if total is not None]
        volume = None
        if key[2] == "debit" and totals and rule:
            volume = _rounded(sum(totals) * 60 / rule.rows_per_hour, 4)
        found[key] = (
            len(means),
            sum(one[0] for one in rows),
            sum(one[1] + one[2] + one[3] for one in rows),
            sum(one[4] for one in rows),
            _rounded(sum(means) / Decimal(len(means)), 6) if means else None,
            volume,
            rule is not None and len(means) * 100 >= rule.day_percent * 24,
        )
    return found


def _rule(day) -> SensorRule | None:
    for one in SensorRule.objects.all():
        if one.effective_from <= day and (one.effective_until is None or day <= one.effective_until):
            return one
    return None
