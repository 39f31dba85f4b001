"""Connections of enterprises to plants, as the list asks for them."""

from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from batikportal.imports.queries import written_by
from batikportal.models import Area, ImportRun
from wastewater.models import Connection, TreatmentPlant
from wastewater.queries.plants import open_on


def listed_connections(connections: QuerySet[Connection]) -> QuerySet[Connection]:
    """Connections with what a line of the list shows."""
    return connections.select_related("plant", "enterprise__ward__parent")


def found_connections(
    connections: QuerySet[Connection],
    day: date,
    *,
    cari: str = "",
    ipal: TreatmentPlant | None = None,
    kecamatan: Area | None = None,
    masa: str = "",
    impor: ImportRun | None = None,
) -> QuerySet[Connection]:
    """Connections narrowed by what the list asks; without a choice those in force on the day, or all of a file."""
    if impor:
        connections = written_by(connections, impor)
        masa = masa or "semua"
    if masa == "berakhir":
        connections = connections.filter(valid_until__lt=day)
    elif masa == "akan":
        connections = connections.filter(valid_from__gt=day)
    elif masa != "semua":
        connections = connections.filter(open_on(day))
    if cari:
        connections = connections.filter(
            Q(enterprise__name__icontains=cari)
            | Q(enterprise__registration_number__iexact=cari.strip())
            | Q(plant__name__icontains=cari)
        )
    if ipal:
        connections = connections.filter(plant=ipal)
    return connections.filter(enterprise__ward__parent=kecamatan) if kecamatan else connections


def sums_of(connections: QuerySet[Connection]) -> dict[str, Decimal | int | None]:
    """How many enterprises and how much volume the rows stand for; the volume is None when there are none."""
    return connections.order_by().aggregate(
        enterprises=Count("enterprise", distinct=True), declared_m3_per_day=Sum("declared_m3_per_day")
    )
