"""Plants, their conflicting capacities and what is connected to them; waters and points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from batikportal.models import Area, Enterprise
from wastewater import rules
from wastewater.choices import CapacityKind, PlantKind, PlantStatus, SampleState
from wastewater.choices.plants import SettingCode
from wastewater.models import (
    Connection,
    DischargePoint,
    PlantCapacity,
    PlantPermit,
    Sample,
    TreatmentPlant,
    WaterBody,
)
from wastewater.queries.plant_settings import setting_on

WORKING = (PlantStatus.OPERATING, PlantStatus.DEGRADED)
# Plants that several enterprises send their water to.
SHARED_KINDS = (PlantKind.COMMUNAL, PlantKind.SHARED)
# Which of several published figures is used: the latest source, at equal dates the smaller figure.
LATEST_FIGURE_FIRST = ("-stated_on", "capacity_m3_per_day", "pk")
_VOLUME = DecimalField(max_digits=12, decimal_places=2)


def open_on(day: date) -> Q:
    """Connections in force on the day."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def plants_with_figures(day: date) -> QuerySet[Any]:
    """Plants with their latest stated capacity, the range of all figures, and the volume declared on the day.

    `capacity_m3_per_day` is the figure with the latest source date, `design_m3_per_day` and `current_m3_per_day` the
    latest of their kind; `capacity_low` and `_high` span all sources. A plant without a published figure has None,
    never zero.
    """
    figures = PlantCapacity.objects.filter(plant=OuterRef("pk")).exclude(kind=CapacityKind.RECEIVED)
    by_date = figures.order_by(*LATEST_FIGURE_FIRST).values("capacity_m3_per_day")
    connected = Connection.objects.filter(open_on(day), plant=OuterRef("pk")).order_by().values("plant")
    return (
        TreatmentPlant.objects.select_related("ward__parent", "receiving_water")
        .annotate(
            capacity_m3_per_day=Subquery(by_date[:1]),
            design_m3_per_day=Subquery(by_date.filter(kind=CapacityKind.DESIGN)[:1]),
            current_m3_per_day=Subquery(by_date.filter(kind=CapacityKind.CURRENT)[:1]),
            capacity_low=Subquery(
                figures.order_by().values("plant").annotate(low=Min("capacity_m3_per_day")).values("low")
            ),
            capacity_high=Subquery(
                figures.order_by().values("plant").annotate(high=Max("capacity_m3_per_day")).values("high")
            ),
            declared_m3_per_day=Subquery(
                connected.annotate(all=Sum("declared_m3_per_day")).values("all"), output_field=_VOLUME
            ),
            connections_count=Coalesce(Subquery(connected.annotate(all=Count("pk")).values("all")), 0),
        )
        .order_by("name")
    )


def overloaded_plants(day: date) -> QuerySet[Any]:
    """Working plants whose connected enterprises declare more than the latest stated capacity."""
    return plants_with_figures(day).filter(status__in=WORKING, declared_m3_per_day__gt=F("capacity_m3_per_day"))


def found_plants(
    plants: QuerySet[Any],
    *,
    kecamatan: Area | None = None,
    keadaan: str = "",
    beroperasi: bool = False,
) -> QuerySet[Any]:
    """Plants narrowed by what the list page asks; "beroperasi" are the shared ones that work, fully or in part."""
    if kecamatan:
        plants = plants.filter(ward__parent=kecamatan)
    if beroperasi:
        plants = plants.filter(status__in=WORKING, kind__in=SHARED_KINDS)
    return plants.filter(status=keadaan) if keadaan else plants


@dataclass(frozen=True)
class Totals:
    """Sums over plants. Capacity counts working plants with a published figure; None when there is none at all."""

    capacity_m3_per_day: Decimal | None
    capacity_low: Decimal | None
    capacity_high: Decimal | None
    declared_m3_per_day: Decimal | None
    without_figure_count: int


def totals_of(plants: Iterable[Any]) -> Totals:
    """The sums of plants that carry the columns of plants_with_figures."""
    working = [plant for plant in plants if plant.status in WORKING]

    def total(column: str) -> Decimal | None:
        known = [value for value in (getattr(plant, column) for plant in working) if value is not None]
        return sum(known, Decimal(0)) if known else None

    return Totals(
        total("capacity_m3_per_day"),
        total("capacity_low"),
        total("capacity_high"),
        total("declared_m3_per_day"),
        sum(plant.capacity_m3_per_day is None for plant in working),
    )


def found_points(
    points: QuerySet[DischargePoint],
    *,
    cari: str = "",
    kecamatan: Area | None = None,
    jenis: str = "",
    pemantauan: str = "",
) -> QuerySet[DischargePoint]:
    """Points narrowed by what the list page asks; without a choice those that are monitored."""
    rows = points.filter(is_active=pemantauan != "berhenti")
    if cari:
        rows = rows.filter(
            Q(code__icontains=cari)
            | Q(name__icontains=cari)
            | Q(enterprise__name__icontains=cari)
            | Q(plant__name__icontains=cari)
            | Q(water_body__name__icontains=cari)
        )
    if kecamatan:
        rows = rows.filter(ward__parent=kecamatan)
    return rows.filter(kind=jenis) if jenis else rows


def connections_of(plant: TreatmentPlant, day: date) -> QuerySet[Connection]:
    """The connections of a plant in force on the day, largest volume first."""
    return (
        plant.connections.filter(open_on(day))
        .select_related("enterprise__ward")
        .order_by("-declared_m3_per_day", "enterprise__name")
    )


def connections_of_enterprise(enterprise: Enterprise, day: date) -> QuerySet[Connection]:
    """Where an enterprise sends its wastewater on the day."""
    return (
        Connection.objects.filter(open_on(day), enterprise=enterprise).select_related("plant").order_by("plant__name")
    )


def points_with_last_sample(points: QuerySet[DischargePoint], samples: QuerySet[Sample]) -> QuerySet[Any]:
    """Points with the time and counts of their last judged sample among `samples` (None when there is none)."""
    judged = samples.exclude(state=SampleState.VOID).filter(taken_at__isnull=False, meets_count__isnull=False)
    last = judged.filter(point=OuterRef("pk")).order_by("-taken_at", "-pk")
    return points.select_related("enterprise", "plant", "water_body", "ward__parent").annotate(
        last_taken_at=Subquery(last.values("taken_at")[:1]),
        last_exceeds=Subquery(last.values("exceeds_count")[:1]),
        last_undecided=Subquery(last.values("undecided_count")[:1]),
        last_meets=Subquery(last.values("meets_count")[:1]),
    )


def last_verdict(point: Any) -> str:
    """The verdict of the last sample, for a point that carries the columns of points_with_last_sample."""
    return rules.sample_verdict(exceeds=point.last_exceeds, undecided=point.last_undecided, meets=point.last_meets)


@dataclass
class WaterStatus:
    """How the points of one river or canal did in their last published samples."""

    water: WaterBody
    points_count: int = 0
    exceeding_count: int = 0
    last_taken_at: datetime | None = None


def published_water_status() -> list[WaterStatus]:
    """The rivers and canals with published samples, worst first; two queries at most."""
    points = DischargePoint.objects.filter(water_body__isnull=False, is_active=True)
    published = Sample.objects.filter(state=SampleState.PUBLISHED)
    found: dict[int, WaterStatus] = {}
    for point in points_with_last_sample(points, published).filter(last_taken_at__isnull=False).order_by("code"):
        status = found.setdefault(point.water_body_id, WaterStatus(point.water_body))
        status.points_count += 1
        status.exceeding_count += bool(point.last_exceeds)
        status.last_taken_at = max(filter(None, (status.last_taken_at, point.last_taken_at)))
    return sorted(found.values(), key=lambda one: (-one.exceeding_count / one.points_count, one.water.name))


def water_bodies_with_points() -> QuerySet[WaterBody]:
    """Rivers and canals with how many points watch them."""
    return (
        WaterBody.objects.select_related("flows_into").annotate(points_count=Count("points")).order_by("kind", "name")
    )


def capacities_of(plant: TreatmentPlant) -> list[Any]:
    """Every published figure of a plant, latest first; `used_for` lists the kinds of use the figure is chosen for.

    "any" marks the figure that counts in sums and against overload; "design" and "current" those of their own kind.
    """
    figures: list[Any] = list(plant.capacities.order_by(*LATEST_FIGURE_FIRST))
    chosen: set[str] = set()
    for figure in figures:
        uses = () if figure.kind == CapacityKind.RECEIVED else ("any", str(figure.kind))
        figure.used_for = [use for use in uses if use not in chosen]
        chosen.update(figure.used_for)
    return figures


def ending_permits(today: date) -> QuerySet[PlantPermit]:
    """Permits that end soon, by the setting, or have ended without a later one of their kind."""
    notice = setting_on(today, SettingCode.PERMIT_NOTICE_DAYS)
    if notice is None:
        return PlantPermit.objects.none()
    later = PlantPermit.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until")),
        plant=OuterRef("plant"),
        kind=OuterRef("kind"),
        issued_on__gt=OuterRef("issued_on"),
    )
    return (
        PlantPermit.objects.filter(~Exists(later), valid_until__lte=today + timedelta(days=int(notice)))
        .select_related("plant")
        .order_by("valid_until", "plant__name")
    )
