"""Fictitious operation of the communal plants: units, permits, four months of daily logs, sludge and its manifests."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from batikportal.choices import Source
from wastewater.choices.plants import DispatchState, DowntimeCause, FlowMethod, PermitKind, UnitKind, UnitStatus
from wastewater.demo.places import public_id
from wastewater.models import (
    Chemical,
    ChemicalDose,
    DispatchLine,
    PlantLog,
    PlantPermit,
    PlantUnit,
    SludgeDispatch,
    SludgeEntry,
    TreatmentPlant,
    WasteCode,
)

NOTE = "Data contoh, bukan keadaan sebenarnya."
DAYS = 120


class Operated(NamedTuple):
    """How the demo lets a plant work; what is published about it stays in `places`."""

    code: str
    units: tuple[tuple[str, int], ...]
    inflow_m3: int
    # Whether its inlet has a meter, which chemicals it doses (kg/day), and when its last log was (days before today).
    metered: bool
    chemicals: tuple[tuple[str, int], ...]
    last_log_days_ago: int
    ph_out: float
    sludge_kg: int


OPERATED = (
    Operated(
        "jenggot",
        ((UnitKind.SCREEN, 4), (UnitKind.EQUALISATION, 160), (UnitKind.WETLAND, 900)),
        180,
        False,
        (),
        0,
        7.6,
        0,
    ),
    Operated(
        "kauman",
        (
            (UnitKind.EQUALISATION, 90),
            (UnitKind.AERATION, 180),
            (UnitKind.CLARIFIER, 60),
            (UnitKind.COAGULATION, 12),
            (UnitKind.SLUDGE_TANK, 25),
        ),
        138,
        True,
        (("tawas", 14), ("kapur", 6), ("polimer", 1)),
        1,
        7.3,
        640,
    ),
    Operated(
        "banyurip",
        ((UnitKind.EQUALISATION, 120), (UnitKind.ANAEROBIC, 260), (UnitKind.WETLAND, 600)),
        172,
        True,
        (("kapur", 4),),
        6,
        7.8,
        380,
    ),
    Operated(
        "pringrejo-2024",
        ((UnitKind.EQUALISATION, 30), (UnitKind.COAGULATION, 6), (UnitKind.FILTER, 8), (UnitKind.DRYING_BED, 10)),
        41,
        True,
        (("pac", 5), ("soda", 2)),
        0,
        9.1,
        220,
    ),
)


def make_operation(rng: random.Random, plants: dict[str, TreatmentPlant], at: datetime) -> None:
    """Everything that the pages of operation show, for the plants that work."""
    today = at.date()
    chemicals = {one.code: one for one in Chemical.objects.all()}
    code = WasteCode.objects.get(code="B322-3")
    for operated in OPERATED:
        plant = plants[operated.code]
        units = _make_units(rng, plant, operated)
        _make_permits(rng, plant, today)
        _make_logs(rng, plant, operated, chemicals, today)
        if operated.sludge_kg:
            _make_sludge(rng, plant, operated, code, units[-1], today)


def _make_units(rng: random.Random, plant: TreatmentPlant, operated: Operated) -> list[PlantUnit]:
    return PlantUnit.objects.bulk_create(
        PlantUnit(
            public_id=public_id(rng),
            plant=plant,
            position=position,
            kind=kind,
            volume_m3=volume,
            status=UnitStatus.DEGRADED
            if kind == UnitKind.WETLAND and operated.code == "jenggot"
            else UnitStatus.WORKING,
            valid_from=date(plant.built_year or 2020, 1, 1),
            note=f"Volume contoh. {NOTE}",
            source=Source.SEED,
        )
        for position, (kind, volume) in enumerate(operated.units, start=1)
    )


def _make_permits(rng: random.Random, plant: TreatmentPlant, today: date) -> None:
    days_left = {"kauman": 45, "banyurip": -20}.get(plant.code, 900)
    PlantPermit.objects.bulk_create(
        PlantPermit(
            public_id=public_id(rng),
            plant=plant,
            kind=kind,
            number=f"CONTOH/{short}/{plant.code.upper()}",
            issuer="Penerbit Contoh",
            issued_on=today - timedelta(days=1100),
            valid_until=today + timedelta(days=days_left) if kind == PermitKind.SLO else None,
            note=NOTE,
            source=Source.SEED,
        )
        for kind, short in ((PermitKind.PERTEK, "PERTEK"), (PermitKind.SLO, "SLO"))
    )


def _make_logs(
    rng: random.Random, plant: TreatmentPlant, operated: Operated, chemicals: dict[str, Chemical], today: date
) -> None:
    logs = PlantLog.objects.bulk_create(_logs(rng, plant, operated, today))
    ChemicalDose.objects.bulk_create(
        ChemicalDose(log=log, chemical=chemicals[code], kg=_decimal(kg * rng.uniform(0.8, 1.25), 1))
        for log in logs
        for code, kg in operated.chemicals
        if log.downtime_hours == 0
    )


def _logs(rng: random.Random, plant: TreatmentPlant, operated: Operated, today: date) -> Iterator[PlantLog]:
    """One row for most days: fewer on Sundays, none on forgotten ones; the meter says what flowed in between."""
    meter, gap = Decimal(rng.randint(20_000, 90_000)), 0
    pending = Decimal(0)
    for back in range(DAYS, operated.last_log_days_ago - 1, -1):
        day = today - timedelta(days=back)
        share = 0.35 if day.weekday() == 6 else 0.8 if day.weekday() == 4 else 1.0
        stopped = rng.random() < 0.04 or (operated.code == "kauman" and back == 3)
        hours = Decimal(rng.choice((5, 6, 8))) if stopped else Decimal(0)
        inflow = _decimal(operated.inflow_m3 * share * rng.uniform(0.85, 1.18) * (1 - float(hours) / 24), 1)
        gap, pending = gap + 1, pending + inflow
        if rng.random() < 0.06 and back > operated.last_log_days_ago:
            continue
        meter += pending
        mean = (pending / gap).quantize(Decimal("0.01"))
        is_first = back == DAYS
        volume, method = _inflow(operated, inflow, mean, gap, is_first)
        yield PlantLog(
            public_id=public_id(rng),
            plant=plant,
            day=day,
            ph_in=_decimal(rng.gauss(8.6, 0.4), 1),
            ph_out=_decimal(operated.ph_out + rng.gauss(0, 0.15), 1),
            meter_in=meter if operated.metered else None,
            inflow_m3=volume,
            inflow_method=method,
            outflow_m3=_decimal(float(mean) * rng.uniform(0.9, 0.98), 1) if operated.metered else None,
            outflow_method=FlowMethod.MEASURED if operated.metered else "",
            downtime_hours=hours,
            downtime_cause=rng.choice((DowntimeCause.POWER, DowntimeCause.PUMP)) if stopped else "",
            operator_name="Petugas Contoh",
            note=NOTE if is_first else "",
            source=Source.SEED,
        )
        gap, pending = 0, Decimal(0)


def _inflow(operated: Operated, inflow: Decimal, mean: Decimal, gap: int, is_first: bool) -> tuple[Decimal | None, str]:
    """What the log says flowed in, and how that is known; a first reading of a meter says nothing yet."""
    if not operated.metered:
        return inflow, FlowMethod.ESTIMATE
    if is_first:
        return None, ""
    return mean, FlowMethod.METER if gap == 1 else FlowMethod.METER_MEAN


def _make_sludge(
    rng: random.Random, plant: TreatmentPlant, operated: Operated, code: WasteCode, unit: PlantUnit, today: date
) -> None:
    """Four entries; the oldest went away whole, the next in part, and one must go soon."""
    entries = SludgeEntry.objects.bulk_create(
        SludgeEntry(
            public_id=public_id(rng),
            plant=plant,
            waste_code=code,
            stored_on=today - timedelta(days=days),
            kg=_decimal(operated.sludge_kg * rng.uniform(0.8, 1.2), 0),
            unit=unit,
            packaging="Karung 25 kg",
            generated_kg_per_day=_decimal(operated.sludge_kg / 90, 1),
            note=NOTE,
            source=Source.SEED,
        )
        for days in (420, 345, 180, 60)
    )
    for number, (entry, share, days, state) in enumerate(
        ((entries[0], Decimal(1), 200, DispatchState.RECEIVED), (entries[1], Decimal("0.5"), 12, DispatchState.SENT)), 1
    ):
        dispatch = SludgeDispatch.objects.create(
            public_id=public_id(rng),
            plant=plant,
            manifest_number=f"CONTOH-{plant.code.upper()}-{number:03d}",
            dispatched_on=today - timedelta(days=days),
            carrier="Pengangkut Contoh (fiktif)",
            receiver="Pengolah Contoh (fiktif)",
            state=state,
            received_on=today - timedelta(days=days - 4) if state == DispatchState.RECEIVED else None,
            note=NOTE,
            source=Source.SEED,
        )
        DispatchLine.objects.create(dispatch=dispatch, entry=entry, kg=(entry.kg * share).quantize(Decimal(1)))


def _decimal(value: float, places: int) -> Decimal:
    return Decimal(str(round(value, places)))
