"""Judging the days of sensor stations by the limit in force; what changed is written anew, the old verdict stays."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from wastewater import queries, rules
from wastewater.choices import PointKind, Reason, Verdict
from wastewater.choices.sensors import DayReason, SensorParameter
from wastewater.models import Parameter, SensorDay, SensorRule, SensorStation, SensorVerdict

# The parameter of the limits behind each column, and the unit in which sensors send it.
JUDGED_AS = {
    SensorParameter.PH: ("PH", "pH", ""),
    SensorParameter.TSS: ("TSS", "mg/L", ""),
    SensorParameter.COD: ("COD", "mg/L", ""),
    SensorParameter.NH3N: ("NH3N", "mg/L", "N"),
}
DAYS_AT_ONCE = 4000
_STORED = (
    "verdict",
    "reason",
    "limit_id",
    "compared_with_id",
    "binding",
    "value",
    "allowed",
    "ratio",
    "engine_version",
)


@dataclass(frozen=True)
class _Terms:
    """What the days of one look are judged by."""

    book: queries.Book
    parameters: dict[str, int]
    rules: Sequence[SensorRule]

    def rule_on(self, day: date) -> SensorRule | None:
        return next(
            (
                one
                for one in self.rules
                if one.effective_from <= day and (one.effective_until is None or day <= one.effective_until)
            ),
            None,
        )


def judge(*, stations: Collection[int] | None = None, days: Collection[date] | None = None, at: datetime) -> int:
    """Judge the days that wait for it and are over, of these stations and days or of all; how many verdicts are new."""
    if days is not None and not days:
        return 0
    waiting = SensorDay.objects.filter(needs_judging=True, day__lt=timezone.localdate(at))
    if stations is not None:
        waiting = waiting.filter(station_id__in=list(stations))
    if days is not None:
        waiting = waiting.filter(day__in=list(days))
    terms: _Terms | None = None
    new_count = 0
    while True:
        with transaction.atomic():
            rows = list(waiting.select_for_update().order_by("day", "station_id", "parameter")[:DAYS_AT_ONCE])
            if not rows:
                return new_count
            terms = terms or _terms()
            new_count += _judge_some(rows, terms, at)


def judge_again(
    *, parameters: Iterable[int] = (), point: int | None = None, station: int | None = None, at: datetime
) -> int:
    """Judge days anew after a change of limits (of these parameters), of a point's circumstances, or of a station."""
    codes = set(Parameter.objects.filter(pk__in=list(parameters)).values_list("code", flat=True))
    columns = [column for column, (code, *_unit) in JUDGED_AS.items() if code in codes]
    touched = SensorDay.objects.filter(needs_judging=False)
    if station is not None:
        touched = touched.filter(station_id=station)
    elif point is not None:
        touched = touched.filter(station_id__in=SensorStation.objects.filter(point=point).values("pk"))
    else:
        touched = touched.filter(parameter__in=columns)
    with transaction.atomic():
        touched.update(needs_judging=True)
        return judge(at=at)


def refresh(*, start: date, end: date | None, at: datetime) -> int:
    """Rewrite the hours and days of a span by the rule now in force on them, and judge them again."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT wastewater_refresh_sensor_summaries(array_agg(station_id), array_agg(hour))
                FROM (
                    SELECT DISTINCT station_id, hour FROM wastewater_sensorhour
                    WHERE hour >= (%s::date::timestamp AT TIME ZONE 'Asia/Jakarta')
                      AND hour < ((coalesce(%s::date, '9999-12-30') + 1)::timestamp AT TIME ZONE 'Asia/Jakarta')
                ) AS touched
                """,
                [start, end],
            )
        return judge(at=at)


def _terms() -> _Terms:
    wanted = {code for code, *_unit in JUDGED_AS.values()}
    return _Terms(
        book=queries.limit_book(),
        parameters=dict(Parameter.objects.filter(code__in=wanted).values_list("code", "pk")),
        rules=list(SensorRule.objects.all()),
    )


def _judge_some(rows: Sequence[SensorDay], terms: _Terms, at: datetime) -> int:
    stations = {
        one.pk: one
        for one in SensorStation.objects.filter(pk__in={row.station_id for row in rows}).select_related(
            "point__water_body"
        )
    }
    verdicts: dict[tuple[int, date, str], dict[str, Any]] = {}
    ranges: dict[tuple[int, date, str], tuple[SensorDay, Decimal, Decimal, SensorRule]] = {}
    for row in rows:
        key = (row.station_id, row.day, row.parameter)
        station = stations[row.station_id]
        if row.parameter not in station.expected_parameters and not row.valid_count:
            continue
        verdicts[key] = _verdict_of(row, station, terms)
        limit = verdicts[key].pop("range", None)
        rule = terms.rule_on(row.day)
        if limit and rule:
            ranges[key] = (row, *limit, rule)
    shares = _shares_in_range(ranges)
    for key in ranges:
        share = shares.get(key)
        if share is None:
            verdicts[key] |= _undecided(DayReason.INCOMPLETE)
            continue
        needed = Decimal(ranges[key][3].ph_percent) / 100
        verdicts[key] |= {
            "value": share,
            "allowed": needed,
            "verdict": str(Verdict.MEETS if share >= needed else Verdict.EXCEEDS),
        }
    new_count = _write(verdicts, at)
    _settle(rows)
    return new_count


def _verdict_of(row: SensorDay, station: SensorStation, terms: _Terms) -> dict[str, Any]:
    """The stored fields of one day's verdict; a pH that can be judged carries its `range` instead of a verdict."""
    values: dict[str, Any] = dict.fromkeys(_STORED)
    values |= {"reason": "", "binding": "", "engine_version": rules.ENGINE_VERSION}
    if row.parameter == SensorParameter.DEBIT:
        return values | _volume_verdict(row, station)
    if station.point.kind == PointKind.INFLUENT:
        return values | _undecided(DayReason.INFLUENT)
    if not row.is_valid or row.mean is None:
        return values | _undecided(DayReason.INCOMPLETE)
    code, unit, substance = JUDGED_AS[SensorParameter(row.parameter)]
    judged = rules.judge_by_rows(
        rules.Measurement(row.mean, "=", unit, substance),
        terms.book.get(terms.parameters.get(code, 0), []),
        _circumstances(station, row.day),
    )
    if judged.limit is None or judged.verdict == Verdict.CANNOT_TELL:
        reason = {Reason.UNIT: DayReason.UNIT, Reason.DISCHARGE_UNKNOWN: DayReason.DISCHARGE_UNKNOWN}
        return values | _undecided(reason.get(Reason(judged.reason or Reason.NO_LIMIT), DayReason.NO_LIMIT))
    values |= {
        "limit_id": judged.limit.id,
        "compared_with_id": judged.compared_with.id if judged.compared_with else None,
        "binding": str(judged.binding),
    }
    if row.parameter == SensorParameter.PH:
        if judged.limit.minimum is None or judged.limit.maximum is None:
            return values | _undecided(DayReason.NO_LIMIT)
        return values | {"range": (judged.limit.minimum, judged.limit.maximum)}
    return values | {
        "verdict": str(judged.verdict),
        "value": judged.converted_value and round(judged.converted_value, 6),
        "allowed": judged.limit.maximum,
        "ratio": None if judged.ratio is None else round(judged.ratio, 4),
    }


def _volume_verdict(row: SensorDay, station: SensorStation) -> dict[str, Any]:
    """The day's volume against the permit: what was seen is a lower bound, so an excess is certain even with gaps."""
    permit, volume = station.permit_m3_per_day, row.volume_m3
    if permit is None:
        return _undecided(DayReason.NO_PERMIT) | {"value": volume}
    exceeds = volume is not None and volume > permit
    if not exceeds and (not row.is_valid or volume is None):
        return _undecided(DayReason.INCOMPLETE) | {"value": volume, "allowed": permit}
    return {
        "verdict": str(Verdict.EXCEEDS if exceeds else Verdict.MEETS),
        "value": volume,
        "allowed": permit,
        "ratio": round(volume / permit, 4) if volume is not None else None,
    }


def _undecided(reason: DayReason) -> dict[str, Any]:
    return {"verdict": str(Verdict.CANNOT_TELL), "reason": str(reason), "limit_id": None, "binding": ""}


def _circumstances(station: SensorStation, day: date) -> rules.Circumstances:
    point = station.point
    return rules.Circumstances(
        medium=point.medium,
        on=day,
        discharge_m3_per_day=point.discharge_m3_per_day or station.permit_m3_per_day,
        river_class=point.water_body.river_class if point.water_body else "",
        arrangement=point.arrangement,
        process=point.process,
    )


def _shares_in_range(
    ranges: dict[tuple[int, date, str], tuple[SensorDay, Decimal, Decimal, SensorRule]],
) -> dict[tuple[int, date, str], Decimal]:
    """The share of a day's valid pH rows inside the limit, for all days in one statement."""
    if not ranges:
        return {}
    keys = list(ranges)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT n.place, r.inside, r.known
            FROM unnest(%s::bigint[], %s::date[], %s::numeric[], %s::numeric[])
                WITH ORDINALITY AS n (station, day, lowest, highest, place)
            CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE s.ph BETWEEN n.lowest AND n.highest) AS inside, count(*) AS known
                FROM wastewater_sensorreading s
                WHERE s.measured_at >= (n.day::timestamp AT TIME ZONE 'Asia/Jakarta')
                  AND s.measured_at < ((n.day + 1)::timestamp AT TIME ZONE 'Asia/Jakarta')
                  AND s.station_id = n.station AND s.ph IS NOT NULL
                  AND NOT EXISTS (
                      SELECT 1 FROM wastewater_sensorexclusion x
                      WHERE x.station_id = s.station_id AND x.starts_at <= s.measured_at AND s.measured_at < x.ends_at
                  )
            ) AS r
            """,
            [
                [key[0] for key in keys],
                [key[1] for key in keys],
                [ranges[key][1] for key in keys],
                [ranges[key][2] for key in keys],
            ],
        )
        return {
            keys[place - 1]: round(Decimal(inside) / known, 6) for place, inside, known in cursor.fetchall() if known
        }


def _write(verdicts: dict[tuple[int, date, str], dict[str, Any]], at: datetime) -> int:
    """Write what differs from the current verdicts, which then stay as history."""
    current: dict[tuple[int, date, str], tuple[Any, ...]] = {}
    by_day: dict[date, set[int]] = defaultdict(set)
    for station, day, _parameter in verdicts:
        by_day[day].add(station)
    known = SensorVerdict.objects.filter(
        is_current=True, day__in=list(by_day), station__in={one for stations in by_day.values() for one in stations}
    ).order_by()
    for station, day, parameter, pk, *stored in known.values_list("station_id", "day", "parameter", "pk", *_STORED):
        current[station, day, parameter] = (pk, tuple(stored))
    new = []
    retired = []
    for key, values in verdicts.items():
        old = current.get(key)
        if old and old[1] == tuple(values[name] for name in _STORED):
            continue
        if old:
            retired.append(old[0])
        station, day, parameter = key
        new.append(SensorVerdict(station_id=station, day=day, parameter=parameter, judged_at=at, **values))
    SensorVerdict.objects.filter(pk__in=retired).update(is_current=False)
    SensorVerdict.objects.bulk_create(new, batch_size=1000)
    return len(new)


def _settle(rows: Sequence[SensorDay]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE wastewater_sensorday d SET needs_judging = false
            FROM unnest(%s::date[], %s::bigint[], %s::text[]) AS n (day, station, parameter)
            WHERE d.day = n.day AND d.station_id = n.station AND d.parameter = n.parameter
            """,
            [[row.day for row in rows], [row.station_id for row in rows], [row.parameter for row in rows]],
        )
