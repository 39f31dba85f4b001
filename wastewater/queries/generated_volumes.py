"""How much wastewater enterprises generated and where it went, month by month: the logbook, else what was declared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from batikportal.choices import EnterpriseStatus
from batikportal.models import Enterprise
from wastewater.choices.discharge_logs import Destination, LogKind, VolumeMethod
from wastewater.choices.volumes import VolumeConfidence, VolumeSource
from wastewater.models import Connection, DischargeLog
from wastewater.rules import discharge_logs as rules

_LITRES_PER_M3 = 1000
ZERO = Decimal(0)


@dataclass(frozen=True)
class OwnVolume:
    """What one enterprise is known to have generated in one month, and where it went; all volumes in m³.

    `to_plants` has the plant's key, or None where the connection named in the logbook is not on record. `last_on` is
    the last day that the figure rests on.
    """

    enterprise_id: int
    ward_id: int
    is_active: bool
    first_day: date
    source: str
    confidence: str
    volume_m3: Decimal
    last_on: date
    own_plant_m3: Decimal = ZERO
    truck_m3: Decimal = ZERO
    untreated_m3: Decimal = ZERO
    to_plants: Mapping[int | None, Decimal] = field(default_factory=dict)

    @property
    def collected_m3(self) -> Decimal:
        """What was handed to a plant or a truck."""
        return self.truck_m3 + sum(self.to_plants.values(), ZERO)


def own_volumes(start: date, end: date) -> list[OwnVolume]:
    """Every enterprise and month with a logbook line or a connection in force from `start` to `end`; two queries.

    A month with a line counts by its logbook, else each connection by its declared volume for each calendar day.
    Enterprises that were merged into another one are left out; closed ones count for what they wrote.
    """
    connected = _connections(start, end)
    found = []
    logged = set()
    for line in _logged(start, end):
        key = line["month__enterprise"], line["month__first_day"]
        logged.add(key)
        found.append(_from_log(line, connected.get(key[0], []), start, end))
    for enterprise, links in connected.items():
        for first in months(start, end):
            if (enterprise, first) not in logged and (volume := _from_links(links, first, start, end)):
                found.append(volume)
    return found


def active_by_ward() -> dict[int, int]:
    """How many enterprises of each ward produce today."""
    rows = Enterprise.objects.filter(status=EnterpriseStatus.ACTIVE).order_by().values_list("ward")
    return dict(rows.annotate(count=Count("pk")))


def without_figure(
    own: Iterable[OwnVolume], active: Mapping[int, int], start: date, end: date
) -> dict[tuple[int, date], int]:
    """How many of the active enterprises of each ward have no figure of their own in each month."""
    told: dict[tuple[int, date], int] = defaultdict(int)
    for one in own:
        told[one.ward_id, one.first_day] += one.is_active
    return {
        (ward, first): rest
        for ward, count in active.items()
        for first in months(start, end)
        if (rest := count - told[ward, first]) > 0
    }


def months(start: date, end: date) -> Iterable[date]:
    """The first day of every month that has a day from `start` to `end`."""
    first = rules.first_of(start)
    while first <= end:
        yield first
        first = rules.next_month(first)


def days_of(first: date, start: date, end: date) -> int:
    """How many days of the month lie from `start` to `end`."""
    return _days_within(max(first, start), min(rules.last_of(first), end))


def _days_within(start: date, end: date) -> int:
    return max(0, (end - start).days + 1)


def _litres(**condition) -> Sum:
    return Sum("volume_l", filter=Q(**condition))


def _logged(start: date, end: date) -> QuerySet:
    made = {"kind": LogKind.PRODUCTION}
    return (
        DischargeLog.objects.current()
        .filter(day__range=(start, end))
        .exclude(month__enterprise__status=EnterpriseStatus.MERGED)
        .order_by()
        .values("month__enterprise", "month__enterprise__ward", "month__enterprise__status", "month__first_day")
        .annotate(
            noted=_litres(**made),
            for_truck=_litres(**made, destination=Destination.TRUCK),
            own_plant=_litres(**made, destination=Destination.OWN_PLANT),
            connection=_litres(**made, destination=Destination.CONNECTION),
            untreated=_litres(**made, destination=Destination.UNTREATED),
            picked=_litres(kind=LogKind.PICKUP),
            guessed=Count("pk", filter=Q(**made, volume_method=VolumeMethod.ESTIMATE)),
            days=Count("day", filter=~Q(kind=LogKind.PICKUP), distinct=True),
            last_on=Max("day"),
        )
    )


@dataclass(frozen=True)
class _Link:
    """A connection in the period; `until` is never beyond its end."""

    plant: int
    since: date
    until: date
    m3_per_day: Decimal
    enterprise: int
    ward: int
    is_active: bool

    def volume(self, first: date, start: date, end: date) -> Decimal:
        return self.m3_per_day * _days_within(max(self.since, first, start), min(self.until, rules.last_of(first), end))


def _connections(start: date, end: date) -> dict[int, list[_Link]]:
    rows = (
        Connection.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=start), valid_from__lte=end)
        .exclude(enterprise__status=EnterpriseStatus.MERGED)
        .order_by("pk")
    )
    found: dict[int, list[_Link]] = defaultdict(list)
    for plant, since, until, volume, enterprise, ward, status in rows.values_list(
        "plant",
        "valid_from",
        "valid_until",
        "declared_m3_per_day",
        "enterprise",
        "enterprise__ward",
        "enterprise__status",
    ):
        is_active = status == EnterpriseStatus.ACTIVE
        found[enterprise].append(_Link(plant, since, until or end, volume, enterprise, ward, is_active))
    return found


def _by_plant(links: Iterable[_Link], first: date, start: date, end: date) -> dict[int | None, Decimal]:
    volumes: dict[int | None, Decimal] = {}
    for link in links:
        if volume := link.volume(first, start, end):
            volumes[link.plant] = volumes.get(link.plant, ZERO) + volume
    return volumes


def _from_links(links: list[_Link], first: date, start: date, end: date) -> OwnVolume | None:
    volumes = _by_plant(links, first, start, end)
    if not volumes:
        return None
    return OwnVolume(
        links[0].enterprise,
        links[0].ward,
        links[0].is_active,
        first,
        VolumeSource.CONNECTION,
        VolumeConfidence.DECLARED,
        sum(volumes.values(), ZERO),
        max(min(link.until, rules.last_of(first), end) for link in links if link.volume(first, start, end)),
        to_plants=volumes,
    )


def _from_log(line: Mapping[str, Any], links: Iterable[_Link], start: date, end: date) -> OwnVolume:
    first = line["month__first_day"]
    confidence = VolumeConfidence.ESTIMATED if line["guessed"] else VolumeConfidence.MEASURED
    if line["days"] < days_of(first, start, end):
        confidence = VolumeConfidence.PARTIAL
    litres = rules.generated_l(line["noted"], line["for_truck"], line["picked"]) or ZERO
    sent = (line["connection"] or ZERO) / _LITRES_PER_M3
    return OwnVolume(
        line["month__enterprise"],
        line["month__enterprise__ward"],
        line["month__enterprise__status"] == EnterpriseStatus.ACTIVE,
        first,
        VolumeSource.LOGBOOK,
        confidence,
        litres / _LITRES_PER_M3,
        line["last_on"],
        own_plant_m3=(line["own_plant"] or ZERO) / _LITRES_PER_M3,
        truck_m3=max(line["for_truck"] or ZERO, line["picked"] or ZERO) / _LITRES_PER_M3,
        untreated_m3=(line["untreated"] or ZERO) / _LITRES_PER_M3,
        to_plants=_shared_out(sent, _by_plant(links, first, start, end)),
    )


def _shared_out(sent: Decimal, declared: Mapping[int | None, Decimal]) -> dict[int | None, Decimal]:
    """What the logbook says went through a connection, by plant as the declared volumes stand to each other."""
    if not sent:
        return {}
    if not declared:
        return {None: sent}
    whole = sum(declared.values(), ZERO)
    return {plant: sent * volume / whole for plant, volume in declared.items()}
