"""Rivers, plants, connections and points of the demo."""

import math
import random
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from batikportal.choices import EnterpriseStatus, Source
from batikportal.models import Area, Enterprise, EnterpriseMembership
from wastewater.choices import CapacityKind, PlantStatus, PointKind, PointPosition
from wastewater.models import Connection, DischargePoint, PlantCapacity, TreatmentPlant, WaterBody


class NamedPlant(NamedTuple):
    """A communal plant as published."""

    code: str
    name: str
    ward: str
    built: int
    technology: str
    status: str
    status_source: str
    receiving: str
    capacities: tuple[tuple[str, int, date, bool, str], ...]
    note: str
    # How many enterprises the demo connects, and the discharge it gives the outlet (m³/day); 0 for a plant that stands.
    connected: int
    discharge: int


PLANTS = (
    NamedPlant(
        "jenggot",
        "IPAL Jenggot",
        "Jenggot",
        2003,
        "Lahan basah buatan aliran bawah permukaan horizontal",
        PlantStatus.DEGRADED,
        "Perbaikan lahan basah direncanakan 2024 (Antara)",
        "asem-binatur",
        (
            (CapacityKind.DESIGN, 400, date(2022, 7, 6), False, "Antara Jateng, 6 Juli 2022; situs DLH"),
            (CapacityKind.CURRENT, 150, date(2023, 1, 1), True, "Radio Kota Batik (RKB), kemampuan saat ini"),
            (CapacityKind.RECEIVED, 1000, date(2018, 4, 1), True, "Tribun Jateng, April 2018: limbah di kelurahan"),
        ),
        "Sumber berbeda: 400 m³/hari sebagai kapasitas nominal, 150 m³/hari sebagai kemampuan saat ini.",
        62,
        150,
    ),
    NamedPlant(
        "kauman",
        "IPAL Kauman",
        "Kauman",
        2009,
        "Ekualisasi, lumpur aktif, kimia dengan penjernih",
        PlantStatus.OPERATING,
        "Antara, Januari 2024",
        "loji",
        (
            (CapacityKind.DESIGN, 200, date(2015, 1, 1), True, "Antara Jateng, 2015"),
            (CapacityKind.DESIGN, 200, date(2024, 1, 1), True, "Antara, Januari 2024; situs DLH"),
        ),
        "Perubahan sistem direncanakan untuk menghemat listrik.",
        34,
        140,
    ),
    NamedPlant(
        "banyurip",
        "IPAL Banyurip Ageng",
        "Banyurip",
        2018,
        "Anaerobik dan lahan basah",
        PlantStatus.OPERATING,
        "Situs DLH",
        "",
        ((CapacityKind.DESIGN, 250, date(2017, 1, 1), True, "Antara Jateng, Januari 2017; situs DLH"),),
        "Untuk sekitar 60 industri rumahan. Badan air penerima belum dipublikasikan.",
        46,
        170,
    ),
    NamedPlant(
        "pringlangu",
        "IPAL Pringrejo (Pringlangu)",
        "Pringrejo",
        2015,
        "",
        PlantStatus.STOPPED,
        "pekalongankota.go.id, 17 Januari 2024: tidak berfungsi",
        "bremi",
        (),
        "Direncanakan untuk 60 usaha, 29 terdaftar. Kapasitas tidak dipublikasikan.",
        0,
        0,
    ),
    NamedPlant(
        "pringrejo-2024",
        "IPAL Pringrejo (Unikal)",
        "Pringrejo",
        2024,
        "",
        PlantStatus.OPERATING,
        "Antara, Januari 2025",
        "",
        ((CapacityKind.DESIGN, 60, date(2025, 1, 6), True, "Antara dan Suara Baru, Januari 2025"),),
        "Komunal untuk 18 UMKM.",
        16,
        45,
    ),
)

RIVER_POINTS = (
    # water, upstream, midstream and downstream ward
    ("loji", "LOJI", ("Kuripan Kertoharjo", "Sapuro Kebulen", "Panjang Wetan")),
    ("bremi", "BREMI", ("Pringrejo", "Tirto", "Bandengan")),
    ("banger", "BANGER", ("Sokoduwet", "Klego", "Krapyak")),
    ("asem-binatur", "ASEM", ("Banyurip", "Jenggot", "Kuripan Yosorejo")),
    ("meduri", "MEDURI", ("Pringrejo", "Tirto", "Pasirkratonkramat")),
)
POSITIONS = (PointPosition.UPSTREAM, PointPosition.MIDSTREAM, PointPosition.DOWNSTREAM)
OWN_OUTLETS_COUNT = 40


def public_id(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def volume_m3_per_day(rng: random.Random) -> Decimal:
    """What one enterprise discharges: median 3, 5–95 % from 0.3 to 12 m³/day."""
    return Decimal(str(round(min(max(math.exp(rng.gauss(math.log(3), 1.0)), 0.1), 40.0), 1)))


def known_waters() -> dict[str, WaterBody]:
    """The rivers and canals that every portal starts with, by code."""
    return {water.code: water for water in WaterBody.objects.all()}


def _ward(name: str) -> Area:
    return Area.objects.get(name=name, level="ward", valid_until__isnull=True)


def make_plants(rng: random.Random, waters: dict[str, WaterBody]) -> dict[str, TreatmentPlant]:
    """The communal plants; their place is the ward's label point, marked as an estimate."""
    made = {}
    for plant in PLANTS:
        ward = _ward(plant.ward)
        made[plant.code] = TreatmentPlant.objects.create(
            public_id=public_id(rng),
            code=plant.code,
            name=plant.name,
            status=plant.status,
            status_source=plant.status_source,
            ward=ward,
            latitude=ward.latitude,
            longitude=ward.longitude,
            operator="DLH Kota Pekalongan",
            technology=plant.technology,
            built_year=plant.built,
            receiving_water=waters.get(plant.receiving),
            note=plant.note,
            source=Source.SEED,
        )
        PlantCapacity.objects.bulk_create(
            PlantCapacity(
                plant=made[plant.code],
                kind=kind,
                capacity_m3_per_day=capacity,
                stated_on=stated_on,
                date_is_approximate=approximate,
                origin=origin,
            )
            for kind, capacity, stated_on, approximate, origin in plant.capacities
        )
    return made


def make_connections(
    rng: random.Random, plants: dict[str, TreatmentPlant], enterprises: list[Enterprise], at: datetime
) -> None:
    """Active enterprises of the plant's ward, then of its district, connected some time in the last eight years."""
    taken = _with_owner_account()
    rows = []
    for named in PLANTS:
        plant = plants[named.code]
        near = [one for one in enterprises if one.status == EnterpriseStatus.ACTIVE and one.pk not in taken]
        near.sort(key=lambda one: (one.ward_id != plant.ward_id, one.ward.parent_id != plant.ward.parent_id, one.pk))
        for enterprise in near[: named.connected]:
            taken.add(enterprise.pk)
            since = max(date(named.built + 1, 1, 15), at.date() - timedelta(days=rng.randint(30, 2900)))
            rows.append(
                Connection(
                    public_id=public_id(rng),
                    plant=plant,
                    enterprise=enterprise,
                    declared_m3_per_day=volume_m3_per_day(rng),
                    valid_from=min(since, at.date()),
                    source=Source.SEED,
                )
            )
    Connection.objects.bulk_create(rows)


def _with_owner_account() -> set[int]:
    """Enterprises whose owner can log in to the demo: they get an outlet of their own, to see results there."""
    return set(EnterpriseMembership.objects.values_list("enterprise_id", flat=True))


def make_points(
    rng: random.Random,
    plants: dict[str, TreatmentPlant],
    waters: dict[str, WaterBody],
    enterprises: list[Enterprise],
    at: datetime,
) -> list[DischargePoint]:
    """15 river points, inlet and outlet of every working plant, and the outlets of some enterprises."""
    rows = [*_river_points(rng, waters), *_plant_points(rng, plants), *_own_outlets(rng, enterprises)]
    return DischargePoint.objects.bulk_create(rows)


def _river_points(rng: random.Random, waters: dict[str, WaterBody]) -> list[DischargePoint]:
    rows = []
    for code, short, wards in RIVER_POINTS:
        for number, (position, name) in enumerate(zip(POSITIONS, wards, strict=True), start=1):
            ward = _ward(name)
            rows.append(
                DischargePoint(
                    public_id=public_id(rng),
                    code=f"{short}-{number}",
                    name=f"{waters[code].name} di {ward.name}",
                    kind=PointKind.RECEIVING,
                    position=position,
                    water_body=waters[code],
                    ward=ward,
                    latitude=round(float(ward.latitude) + rng.gauss(0, 0.0008), 5),
                    longitude=round(float(ward.longitude) + rng.gauss(0, 0.0008), 5),
                    source=Source.SEED,
                )
            )
    return rows


def _plant_points(rng: random.Random, plants: dict[str, TreatmentPlant]) -> list[DischargePoint]:
    rows = []
    for named in PLANTS:
        for kind, short in ((PointKind.INFLUENT, "IN"), (PointKind.EFFLUENT, "OUT")) if named.discharge else ():
            plant = plants[named.code]
            rows.append(
                DischargePoint(
                    public_id=public_id(rng),
                    code=f"IPAL-{named.code.upper()}-{short}",
                    name=f"{'Inlet' if short == 'IN' else 'Outlet'} {plant.name}",
                    kind=kind,
                    plant=plant,
                    receiving_water=plant.receiving_water if short == "OUT" else None,
                    ward=plant.ward,
                    latitude=plant.latitude,
                    longitude=plant.longitude,
                    discharge_m3_per_day=named.discharge,
                    discharge_basis="Data contoh",
                    source=Source.SEED,
                )
            )
    return rows


def _own_outlets(rng: random.Random, enterprises: list[Enterprise]) -> list[DischargePoint]:
    """Outlets of enterprises whose owner can log in and of the largest ones that no plant serves.

    A few have no known discharge.
    """
    owned = _with_owner_account()
    connected = set(Connection.objects.values_list("enterprise_id", flat=True))
    free = [one for one in enterprises if one.status == EnterpriseStatus.ACTIVE and one.pk not in connected]
    free.sort(key=lambda one: (one.pk not in owned, -(one.workers_count or 0), one.pk))
    rows = []
    for number, enterprise in enumerate(free[:OWN_OUTLETS_COUNT], start=1):
        discharge = round(min(math.exp(rng.gauss(math.log(18), 1.1)), 320.0), 1)
        rows.append(
            DischargePoint(
                public_id=public_id(rng),
                code=f"USAHA-{number:03d}",
                name=f"Outlet {enterprise.name}",
                kind=PointKind.EFFLUENT,
                enterprise=enterprise,
                ward=enterprise.ward,
                latitude=enterprise.latitude,
                longitude=enterprise.longitude,
                process="printing" if "printing" in enterprise.techniques else "",
                discharge_m3_per_day=None if rng.random() < 0.12 else discharge,
                discharge_basis="Data contoh",
                source=Source.SEED,
            )
        )
    return rows
