"""Made-up sensor stations at plants' outlets: twelve days of two-minute rows with calibrations, gaps and bad days."""

import math
import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from batikportal.choices import Source
from wastewater.actions import stations as actions
from wastewater.actions import telemetry
from wastewater.choices import PointKind
from wastewater.demo.places import public_id
from wastewater.models import DischargePoint, SensorStation

DAYS = 12
NOTE = "Stasiun contoh; semua nilainya dibuat-buat."
# How dirty each station's water is, and how many hours before now it fell silent.
STATIONS = ((0.75, 0), (1.15, 0), (0.95, 9))


def make_stations(rng: random.Random, points: list[DischargePoint], at: datetime) -> None:
    """Three stations with their rows up to `at`, taken in through the same door as real ones, and one that waits."""
    outlets = [one for one in points if one.plant_id and one.kind == PointKind.EFFLUENT]
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(at), time()))
    start = midnight - timedelta(days=DAYS)
    for number, (point, (strength, silent_hours)) in enumerate(zip(outlets, STATIONS, strict=False), start=1):
        station = _station(rng, number, point, start, at)
        actions.issue_secret(station=station, by=None, at=start)
        last = at - timedelta(hours=silent_hours)
        rows = [row for hour in _hours(start, last) for row in rows_of_hour(rng, hour, strength, until=last)]
        telemetry.take_in(deliveries=[telemetry.Delivery(station, rows)], at=at)
    if len(outlets) > len(STATIONS):
        _station(rng, len(STATIONS) + 1, outlets[len(STATIONS)], midnight, at)


def _station(rng: random.Random, number: int, point: DischargePoint, start: datetime, at: datetime) -> SensorStation:
    flow = point.discharge_m3_per_day or Decimal(180)
    return SensorStation.objects.create(
        public_id=public_id(rng),
        uid=f"SPR-CONTOH-{number:04d}",
        name=f"Sensor {point.name}",
        point=point,
        permit_m3_per_day=max(flow, Decimal(170)),
        permit_basis="Angka contoh",
        active_from=start,
        is_published=True,
        note=NOTE,
        source=Source.SEED,
        created_at=at,
    )


def _hours(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += timedelta(hours=1)


def rows_of_hour(
    rng: random.Random, hour: datetime, strength: float, *, until: datetime | None = None
) -> list[dict[str, Any]]:
    """The two-minute rows of an hour in the wire format: dirtier in the afternoon, calibrated on Mondays at eight."""
    local = timezone.localtime(hour)
    working = 7 <= local.hour < 17
    wave = 1 + 0.25 * math.sin((local.hour - 8) / 24 * 2 * math.pi) + rng.gauss(0, 0.05)
    bad_day = local.toordinal() % 11 == 4
    level = strength * wave * (1.35 if bad_day else 1)
    rows = []
    for minute in range(0, 60, 2):
        moment = hour + timedelta(minutes=minute)
        if until is not None and moment > until:
            break
        if rng.random() < 0.01:
            continue
        row: dict[str, Any] = {"datetime": int(moment.timestamp())}
        if local.weekday() == 0 and local.hour == 8 and minute < 30:
            rows.append(row | dict.fromkeys(("pH", "tss", "debit", "cod", "nh3n"), -2))
            continue
        rows.append(
            row
            | {
                "pH": round(7.3 + rng.gauss(0, 0.08), 2),
                "tss": round(max(1, 28 * level + rng.gauss(0, 1.2)), 2),
                "debit": round(max(0, (0.16 if working else 0.07) + rng.gauss(0, 0.008)), 3),
                "cod": round(max(5, 98 * level + rng.gauss(0, 3)) * (3 if rng.random() < 0.0015 else 1), 2),
                "nh3n": round(max(0.1, 3.1 * level + rng.gauss(0, 0.15)), 2),
            }
        )
    return rows
