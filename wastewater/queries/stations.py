"""Sensor stations as people look at them: how they stand, their hours and days, and what was refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.utils import timezone

from wastewater.choices import Verdict
from wastewater.choices.sensors import SensorParameter, StationStatus
from wastewater.models import (
    SensorBatch,
    SensorDay,
    SensorHour,
    SensorReading,
    SensorRefusal,
    SensorRule,
    SensorStation,
    SensorVerdict,
    StationSecret,
)
from wastewater.queries.validity import in_force
from wastewater.rules import sensors as rules

SILENT_WITHOUT_RULE = timedelta(hours=3)


def rule_on(day: date) -> SensorRule | None:
    """The rule in force on the day."""
    return SensorRule.objects.filter(in_force(day)).order_by("-effective_from").first()


def values_before(firsts: Mapping[int, int], window: int) -> dict[int, list[list[float]]]:
    """The last values before a second, by station: a list per column, oldest first; what hints compare with."""
    found: dict[int, list[list[float]]] = {pk: [[] for _column in rules.COLUMNS] for pk in firsts}
    if not firsts:
        return found
    names = ", ".join(f"s.{name}" for name in rules.COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT n.station, r.* FROM unnest(%s::bigint[], %s::bigint[]) AS n (station, first)
            CROSS JOIN LATERAL (
                SELECT {names} FROM wastewater_sensorreading s
                WHERE s.station_id = n.station AND s.code = 0 AND s.measured_at < to_timestamp(n.first)
                  AND s.measured_at >= to_timestamp(n.first) - make_interval(mins => %s)
                ORDER BY s.measured_at DESC LIMIT %s
            ) AS r
            """,  # noqa: S608 - the names are constants of ours
            [list(firsts), list(firsts.values()), 4 * window, window],
        )
        for station, *values in reversed(cursor.fetchall()):
            for column, value in zip(found[station], values, strict=True):
                if value is not None:
                    column.append(float(value))
    return found


def secrets_of(uids: Sequence[str], at: datetime) -> dict[str, tuple[SensorStation, list[str]]]:
    """The stations of these uids with the clear secrets that sign for them now."""
    stations = {one.uid: one for one in SensorStation.objects.filter(uid__in=uids)}
    found: dict[str, tuple[SensorStation, list[str]]] = {uid: (one, []) for uid, one in stations.items()}
    valid = StationSecret.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=at),
        station__in=[one.pk for one in stations.values()],
        valid_from__lte=at,
    ).annotate(uid=F("station__uid"))
    for row in valid:
        found[row.uid][1].append(row.secret.reveal())
    return found


def sending_too_often(stations: Sequence[SensorStation], at: datetime) -> set[int]:
    """Those that sent more batches in the last hour than a logger that catches up ever would."""
    recent = SensorBatch.objects.filter(
        station__in=[one.pk for one in stations], received_at__gt=at - timedelta(hours=1)
    ).order_by()
    counts = recent.values("station_id").annotate(count=Count("pk")).filter(count__gte=rules.BATCHES_PER_HOUR)
    return set(counts.values_list("station_id", flat=True))


def with_status(stations: QuerySet[SensorStation], at: datetime) -> QuerySet[Any]:
    """Each station with its last contact and how it stands at the moment."""
    rule = rule_on(timezone.localdate(at))
    silent = timedelta(hours=rule.silent_hours) if rule else SILENT_WITHOUT_RULE
    return stations.annotate(
        last_contact_at=F("contact__last_contact_at"),
        last_row_at=F("contact__last_row_at"),
        status=Case(
            When(Q(active_until__lte=at) | Q(active_from__gt=at), then=Value(StationStatus.CLOSED.value)),
            When(contact__isnull=True, then=Value(StationStatus.NEVER.value)),
            When(contact__last_row_at__gte=at - silent, then=Value(StationStatus.SENDING.value)),
            default=Value(StationStatus.SILENT.value),
            output_field=CharField(),
        ),
    )


def with_yesterday(stations: QuerySet[SensorStation], today: date) -> QuerySet[SensorStation]:
    """Each station with how many hours of yesterday are valid, and its worst verdict of that day."""
    yesterday = today - timedelta(days=1)
    days = SensorDay.objects.filter(day=yesterday, station_id=OuterRef("pk")).order_by()
    verdicts = SensorVerdict.objects.filter(day=yesterday, station=OuterRef("pk"), is_current=True)
    worst = Case(
        When(verdict=Verdict.EXCEEDS, then=Value(0)), When(verdict=Verdict.CANNOT_TELL, then=Value(1)), default=Value(2)
    )
    return stations.annotate(
        yesterday_hours=Subquery(days.values("station_id").annotate(most=Max("valid_hours")).values("most")),
        yesterday_verdict=Subquery(verdicts.order_by(worst).values("verdict")[:1]),
    )


def found_stations(
    stations: QuerySet[Any], *, cari: str = "", keadaan: str = "", kecamatan: Any = None
) -> QuerySet[Any]:
    """The stations that a filter leaves; wants `with_status`."""
    if cari:
        stations = stations.filter(
            Q(uid__icontains=cari)
            | Q(name__icontains=cari)
            | Q(point__code__icontains=cari)
            | Q(point__name__icontains=cari)
            | Q(point__plant__name__icontains=cari)
            | Q(point__enterprise__name__icontains=cari)
        )
    if keadaan:
        stations = stations.filter(status=keadaan)
    if kecamatan:
        stations = stations.filter(point__ward__parent=kecamatan)
    return stations


def sent_parameters(station: SensorStation) -> list[SensorParameter]:
    """The parameters of a station in the order of the wire format."""
    return [one for one in SensorParameter if one in station.expected_parameters]


@dataclass(frozen=True)
class Hour:
    """One hour of one parameter on the page; without rows everything but the hour is None or zero."""

    hour: datetime
    row: SensorHour | None

    @property
    def mean(self) -> Decimal | None:
        return self.row.mean if self.row else None


def hours(station: SensorStation, parameter: str, at: datetime, count: int = 24) -> list[Hour]:
    """The last hours that are over, oldest first; an hour without rows is a gap."""
    last = at.replace(minute=0, second=0, microsecond=0)
    first = last - timedelta(hours=count)
    rows = SensorHour.objects.filter(station_id=station.pk, parameter=parameter, hour__gte=first, hour__lt=last)
    known = {row.hour: row for row in rows}
    moments = [first + timedelta(hours=n) for n in range(count)]
    return [Hour(moment, known.get(moment)) for moment in moments]


@dataclass
class Day:
    """One day of one station: a row and a current verdict per parameter; empty where nothing arrived."""

    day: date
    rows: dict[str, SensorDay]
    verdicts: dict[str, SensorVerdict]

    @property
    def valid_hours(self) -> int:
        return max((row.valid_hours for row in self.rows.values()), default=0)

    @property
    def coded_count(self) -> int:
        return max((row.coded_count for row in self.rows.values()), default=0)

    @property
    def excluded_count(self) -> int:
        return max((row.excluded_count for row in self.rows.values()), default=0)


def days(station: SensorStation, first: date, last: date) -> list[Day]:
    """Every day of the station's active life from `first` to `last`, oldest first, with or without rows."""
    begins = max(first, timezone.localdate(station.active_from))
    ends = min(last, timezone.localdate(station.active_until)) if station.active_until else last
    found = {
        begins + timedelta(days=n): Day(begins + timedelta(days=n), {}, {}) for n in range((ends - begins).days + 1)
    }
    for row in SensorDay.objects.filter(station_id=station.pk, day__range=(first, last)):
        if row.day in found:
            found[row.day].rows[row.parameter] = row
    verdicts = SensorVerdict.objects.filter(station=station, is_current=True, day__range=(first, last))
    for verdict in verdicts.select_related("limit__standard_set__regulation"):
        if verdict.day in found:
            found[verdict.day].verdicts[verdict.parameter] = verdict
    return list(found.values())


@dataclass(frozen=True)
class Codes:
    """How many rows of the last 24 hours were values, codes or out of the figures, and how many should have come."""

    valid: int
    stopped: int
    calibration: int
    fault: int
    excluded: int
    expected: int

    @property
    def missing(self) -> int:
        return max(0, self.expected - self.valid - self.stopped - self.calibration - self.fault - self.excluded)


def codes(rows: Sequence[Hour], rows_per_hour: int) -> Codes:
    """The row counts behind a list of hours."""
    known = [one.row for one in rows if one.row]
    return Codes(
        valid=sum(row.valid_count for row in known),
        stopped=sum(row.stopped_count for row in known),
        calibration=sum(row.calibration_count for row in known),
        fault=sum(row.fault_count for row in known),
        excluded=sum(row.excluded_count for row in known),
        expected=rows_per_hour * len(rows),
    )


def hinted_rows(station: SensorStation, at: datetime, limit: int = 8) -> QuerySet[SensorReading]:
    """The newest rows of the last day that carry a hint."""
    return SensorReading.objects.filter(
        station_id=station.pk, measured_at__gt=at - timedelta(days=1), measured_at__lte=at, hints__isnull=False
    ).order_by("-measured_at")[:limit]


def refusals_of(station: SensorStation) -> QuerySet[SensorRefusal]:
    """The refused rows of a station, newest first."""
    return SensorRefusal.objects.filter(batch__station=station).select_related("batch").order_by("-batch", "position")


def silent_stations(at: datetime) -> QuerySet[Any]:
    """Active stations from which no row came for longer than the rule allows, longest first."""
    stations = with_status(SensorStation.objects.select_related("point"), at)
    return stations.filter(status__in=[StationStatus.SILENT, StationStatus.NEVER]).order_by(
        F("last_row_at").asc(nulls_first=True), "uid"
    )


def exceeding_days(today: date, days: int = 7) -> QuerySet[SensorVerdict]:
    """Days of the last week on which a station's value was over its limit, newest first."""
    return (
        SensorVerdict.objects.filter(
            is_current=True, verdict=Verdict.EXCEEDS, day__range=(today - timedelta(days=days), today)
        )
        .select_related("station")
        .order_by("-day", "station__uid", "parameter")
    )


def stations_with_many_refusals(at: datetime) -> QuerySet[SensorStation]:
    """Stations of whose rows of the last day more than the rule's share was refused; wants no more than ten rows."""
    rule = rule_on(timezone.localdate(at))
    share = rule.rejected_percent if rule else 100
    batches = SensorBatch.objects.filter(station=OuterRef("pk"), received_at__gt=at - timedelta(days=1)).order_by()
    sums = batches.values("station").annotate(rows=Sum("rows_count"), refused=Sum("refused_count"))
    return (
        SensorStation.objects.select_related("point")
        .annotate(day_rows=Subquery(sums.values("rows")), day_refused=Subquery(sums.values("refused")))
        .filter(day_refused__gte=10, day_refused__gt=F("day_rows") * share / 100)
        .order_by("-day_refused", "uid")
    )


def published_days() -> QuerySet[SensorVerdict]:
    """The judged days of plants' stations that the office has opened."""
    return (
        SensorVerdict.objects.filter(is_current=True, station__is_published=True, station__point__plant__isnull=False)
        .select_related("station__point__plant", "limit__standard_set__regulation")
        .order_by("-day", "station__uid", "parameter")
    )
