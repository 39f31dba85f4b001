"""Taking in what stations send: any number of batches as one set, all or nothing, each row once."""

import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from wastewater.actions import sensor_days
from wastewater.choices.sensors import RowProblem
from wastewater.models import SensorBatch, SensorRefusal, SensorRule, SensorStation
from wastewater.queries import stations as station_queries
from wastewater.rules import sensors as rules

# The same key as in the function that rewrites the summaries.
LOCK = 7510
_NULL = "\\N"
_COPIED = ("second", "station_id", "batch_id", "code", *rules.COLUMNS, "hints")


class NoRule(Exception):
    """No sensor rule is in force today, so nothing can be judged; an official has ended it without a successor."""


@dataclass(frozen=True)
class Delivery:
    """The rows of one token whose signature was found right."""

    station: SensorStation
    rows: Sequence[Any]


@dataclass
class _Incoming:
    """One delivery on its way: what was accepted, what was refused at which place."""

    delivery: Delivery
    accepted: list[rules.SensorRow] = field(default_factory=list)
    same_count: int = 0
    refusals: list[tuple[int, str, Any]] = field(default_factory=list)
    batch: SensorBatch = field(default_factory=SensorBatch)


def take_in(*, deliveries: Sequence[Delivery], at: datetime) -> list[SensorBatch]:
    """Store the rows of the deliveries, their hours and days, and judge the days that are over; one batch each.

    A row that is known already changes nothing; one that says something else about a known moment is refused, kept with
    its reason, and the first stays.
    """
    if not deliveries:
        return []
    with transaction.atomic():
        _one_at_a_time({one.station.pk for one in deliveries})
        rule = station_queries.rule_on(timezone.localdate(at))
        if rule is None:
            raise NoRule
        incoming = [_Incoming(one) for one in deliveries]
        places: dict[tuple[int, int], tuple[rules.SensorRow, int]] = {}
        for one in incoming:
            _understand(one, rule, places, at)
        _open_batches(incoming, at)
        days = _store(incoming, rule)
        SensorRefusal.objects.bulk_create(
            SensorRefusal(batch=one.batch, position=position, problem=problem, row=_kept(row))
            for one in incoming
            for position, problem, row in one.refusals
        )
        _note_contact(incoming, at)
        today = timezone.localdate(at)
        sensor_days.judge(
            stations={one.station.pk for one in deliveries}, days={day for day in days if day < today}, at=at
        )
    return [one.batch for one in incoming]


def _one_at_a_time(stations: Iterable[int]) -> None:
    """Deliveries of one station are taken in one after the other; locks in one order, so nobody waits in a ring."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, (s %% 2147483647)::int) FROM unnest(%s::bigint[]) AS s",
            [LOCK, sorted(stations)],
        )


def _understand(
    one: _Incoming, rule: SensorRule, places: dict[tuple[int, int], tuple[rules.SensorRow, int]], at: datetime
) -> None:
    station = one.delivery.station
    now = at.timestamp()
    window = rules.Window(
        oldest=now - rule.accept_days * 86400,
        newest=now + rules.FUTURE_SECONDS,
        opens=station.active_from.timestamp(),
        closes=station.active_until.timestamp() if station.active_until else None,
    )
    factor = rules.flow_factor(station.flow_unit)
    for position, raw in enumerate(one.delivery.rows, start=1):
        row = rules.parse_row(raw, window, factor)
        if isinstance(row, RowProblem):
            one.refusals.append((position, row, raw))
            continue
        first, _place = places.setdefault((station.pk, row.second), (row, position))
        if first is row:
            one.accepted.append(row)
        elif first == row:
            one.same_count += 1
        else:
            one.refusals.append((position, RowProblem.DIFFERS, raw))


def _open_batches(incoming: Sequence[_Incoming], at: datetime) -> None:
    for one in incoming:
        seconds = [row.second for row in one.accepted]
        one.batch = SensorBatch(
            station=one.delivery.station,
            received_at=at,
            rows_count=len(one.delivery.rows),
            new_count=len(one.accepted),
            same_count=one.same_count,
            refused_count=len(one.refusals),
            first_at=_moment(min(seconds)) if seconds else None,
            last_at=_moment(max(seconds)) if seconds else None,
        )
    SensorBatch.objects.bulk_create([one.batch for one in incoming])


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _store(incoming: Sequence[_Incoming], rule: SensorRule) -> set[Any]:
    """Copy the accepted rows in, leave out what is known, count both; the days that were touched."""
    if not any(one.accepted for one in incoming):
        return set()
    with connection.cursor() as cursor:
        columns = ", ".join(f"{name} numeric" for name in rules.COLUMNS)
        cursor.execute(
            "CREATE TEMP TABLE sensor_incoming (second bigint, station_id bigint, batch_id bigint, code smallint, "
            f"{columns}, hints text[]) ON COMMIT DROP"
        )
        cursor.copy_expert(f"COPY sensor_incoming ({', '.join(_COPIED)}) FROM STDIN", _lines(incoming, rule))
        names = ", ".join(rules.COLUMNS)
        cursor.execute(
            f"""
            WITH fresh AS (
                INSERT INTO wastewater_sensorreading (measured_at, station_id, batch_id, code, {names}, hints)
                SELECT to_timestamp(second), station_id, batch_id, code, {names}, hints
                FROM sensor_incoming ORDER BY second, station_id
                ON CONFLICT (measured_at, station_id) DO NOTHING
                RETURNING batch_id, measured_at
            )
            SELECT batch_id, count(*), array_agg(DISTINCT (measured_at AT TIME ZONE 'Asia/Jakarta')::date)
            FROM fresh GROUP BY batch_id
            """  # noqa: S608 - the names are constants of ours
        )
        fresh = {batch: (count, days) for batch, count, days in cursor.fetchall()}
        known = [one for one in incoming if fresh.get(one.batch.pk, (0,))[0] < len(one.accepted)]
        if known:
            _sort_out_known(cursor, known)
        cursor.execute("DROP TABLE sensor_incoming")
    return {day for _count, days in fresh.values() for day in days}


def _sort_out_known(cursor: Any, incoming: Sequence[_Incoming]) -> None:
    """Rows whose moment was stored before: the same figures are counted, other figures are refused."""
    ours = ", ".join(f"i.{name}" for name in ("code", *rules.COLUMNS))
    stored = ", ".join(f"r.{name}" for name in ("code", *rules.COLUMNS))
    cursor.execute(
        f"""
        SELECT i.batch_id, i.second, ({ours}) IS DISTINCT FROM ({stored})
        FROM sensor_incoming i
        JOIN wastewater_sensorreading r ON r.measured_at = to_timestamp(i.second) AND r.station_id = i.station_id
        WHERE r.batch_id <> i.batch_id
        """  # noqa: S608 - the names are constants of ours
    )
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    for batch, second, differs in cursor.fetchall():
        found[batch][second] = differs
    for one in incoming:
        here = found[one.batch.pk]
        tally = Counter(here.values())
        one.batch.new_count -= len(here)
        one.batch.same_count += tally[False]
        one.batch.refused_count += tally[True]
        if tally[True]:
            taken: set[int] = set()
            for position, raw in enumerate(one.delivery.rows, start=1):
                second = raw.get("datetime") if isinstance(raw, dict) else None
                if isinstance(second, int | float) and here.get(int(second)) and second not in taken:
                    taken.add(int(second))
                    one.refusals.append((position, RowProblem.DIFFERS, raw))
    SensorBatch.objects.bulk_update([one.batch for one in incoming], ["new_count", "same_count", "refused_count"])


def _lines(incoming: Sequence[_Incoming], rule: SensorRule) -> io.StringIO:
    """The accepted rows as COPY reads them, with the hints that the values before them give."""
    out = io.StringIO()
    hint_rule = rules.HintRule(
        window=rule.hint_window, least=rule.spike_least, spike=float(rule.spike_deviations), stuck=rule.stuck_readings
    )
    firsts: dict[int, int] = {}
    for one in incoming:
        if one.accepted:
            first = min(row.second for row in one.accepted)
            firsts[one.delivery.station.pk] = min(first, firsts.get(one.delivery.station.pk, first))
    before = station_queries.values_before(firsts, rule.hint_window)
    for one in incoming:
        pk = one.delivery.station.pk
        watches = [rules.Watch(hint_rule, values) for values in before[pk]]
        head = f"\t{pk}\t{one.batch.pk}\t"
        for row in sorted(one.accepted, key=lambda row: row.second):
            hints = [
                f"{column}:{hint}"
                for column, watch, value in zip(rules.COLUMNS, watches, row.values, strict=True)
                if value is not None and (hint := watch.hint(value))
            ]
            cells = "\t".join([_NULL if value is None else repr(value) for value in row.values])
            marks = "{" + ",".join(hints) + "}" if hints else _NULL
            out.write(f"{row.second}{head}{row.code}\t{cells}\t{marks}\n")
    out.seek(0)
    return out


def _kept(row: Any) -> str:
    """The refused row as it came, cut to a length that a page can show."""
    return json.dumps(row, ensure_ascii=True, default=str).replace("\\u0000", "�")[:300]


def _note_contact(incoming: Sequence[_Incoming], at: datetime) -> None:
    last: dict[int, datetime | None] = {}
    for one in incoming:
        pk = one.delivery.station.pk
        moments = [moment for moment in (last.get(pk), one.batch.last_at) if moment]
        last[pk] = max(moments, default=None)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO wastewater_stationcontact (station_id, last_contact_at, last_row_at)
            SELECT n.station, %s, n.last FROM unnest(%s::bigint[], %s::timestamptz[]) AS n (station, last)
            ON CONFLICT (station_id) DO UPDATE SET
                last_contact_at = greatest(wastewater_stationcontact.last_contact_at, excluded.last_contact_at),
                last_row_at = greatest(wastewater_stationcontact.last_row_at, excluded.last_row_at)
            """,
            [at, list(last), list(last.values())],
        )
