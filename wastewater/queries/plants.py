"""Plants, their conflicting capacities and what is connected to them; waters and points."""

from datetime import date

from django.db.models import Count, DecimalField, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from batikportal.models import Enterprise
from wastewater.choices import CapacityKind, PlantStatus
from wastewater.models import Connection, DischargePoint, PlantCapacity, Sample, TreatmentPlant, WaterBody

WORKING = (PlantStatus.OPERATING, PlantStatus.DEGRADED)
_VOLUME = DecimalField(max_digits=12, decimal_places=2)


def open_on(day: date) -> Q:
    """Connections in force on the day."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def plants_with_figures(day: date) -> QuerySet[TreatmentPlant]:
    """Plants with their latest stated capacity, the range of all figures, and the volume declared on the day.

    `capacity_m3_per_day` is the figure with the latest source date; `capacity_low` and `_high` span all sources.
    A plant without a published figure has None, never zero.
    """
    figures = PlantCapacity.objects.filter(plant=OuterRef("pk")).exclude(kind=CapacityKind.RECEIVED)
    latest = figures.order_by("-stated_on", "capacity_m3_per_day").values("capacity_m3_per_day")[:1]
    connected = Connection.objects.filter(open_on(day), plant=OuterRef("pk")).order_by().values("plant")
    return (
        TreatmentPlant.objects.select_related("ward__parent", "receiving_water")
        .annotate(
            capacity_m3_per_day=Subquery(latest),
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


def overloaded_plants(day: date) -> QuerySet[TreatmentPlant]:
    """Working plants whose connected enterprises declare more than the latest stated capacity."""
    return plants_with_figures(day).filter(status__in=WORKING, declared_m3_per_day__gt=F("capacity_m3_per_day"))


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


def points_with_last_sample(points: QuerySet[DischargePoint], samples: QuerySet[Sample]) -> QuerySet[DischargePoint]:
    """Points with the time and counts of their last sample among `samples` (None when there is none)."""
    last = samples.filter(point=OuterRef("pk"), taken_at__isnull=False).order_by("-taken_at", "-pk")
    return points.select_related("enterprise", "plant", "water_body", "ward__parent").annotate(
        last_taken_at=Subquery(last.values("taken_at")[:1]),
        last_exceeds=Subquery(last.values("exceeds_count")[:1]),
        last_undecided=Subquery(last.values("undecided_count")[:1]),
        last_meets=Subquery(last.values("meets_count")[:1]),
    )


def water_bodies_with_points() -> QuerySet[WaterBody]:
    """Rivers and canals with how many points watch them."""
    return (
        WaterBody.objects.select_related("flows_into").annotate(points_count=Count("points")).order_by("kind", "name")
    )
