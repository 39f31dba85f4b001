"""The discharge logbook: how volumes are reckoned, which months are due when, what deserves a second look.

The figures that the checks compare with are rows with a source (LogbookRule, SpecificUse), never constants here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from wastewater.choices.discharge_logs import (
    Destination,
    DyeClass,
    DyeFamily,
    LogMark,
    LogProcess,
    LogStanding,
    MonthState,
    TruckState,
    VolumeMethod,
)

STANDING_TRANSITIONS: dict[str, tuple[str, ...]] = {
    LogStanding.CURRENT: (LogStanding.REPLACED, LogStanding.WITHDRAWN),
    LogStanding.REPLACED: (),
    LogStanding.WITHDRAWN: (),
}

# What was sent stays sent: afterwards there are only corrections.
MONTH_TRANSITIONS: dict[str, tuple[str, ...]] = {MonthState.OPEN: (MonthState.CLOSED,), MonthState.CLOSED: ()}

TRUCK_TRANSITIONS: dict[str, tuple[str, ...]] = {
    TruckState.REQUESTED: (TruckState.SCHEDULED, TruckState.REFUSED, TruckState.CANCELLED),
    TruckState.SCHEDULED: (TruckState.DONE, TruckState.REFUSED, TruckState.CANCELLED),
    TruckState.DONE: (),
    TruckState.REFUSED: (),
    TruckState.CANCELLED: (),
}

# Beyond these the paper or the probe is more likely wrong than the water; a mark only.
PH_LOW, PH_HIGH = Decimal(3), Decimal(12)

# Management rule of this portal, not law: a truck request is answered within this many working days.
WORKING_DAYS_TO_SCHEDULE = 3


def first_of(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def last_of(first: date) -> date:
    return next_month(first) - timedelta(days=1)


def due_on(first: date, due_day: int) -> date:
    """The day by which the log of the month that begins on `first` is to be sent: a day of the following month."""
    return next_month(first).replace(day=due_day)


def volume_l(
    method: str,
    *,
    estimate_l: Decimal | None = None,
    meter_start_m3: Decimal | None = None,
    meter_end_m3: Decimal | None = None,
    tank_l: Decimal | None = None,
    tank_fills: Decimal | None = None,
) -> Decimal:
    """Litres of wastewater: the meter's difference (m³ × 1,000), the tank's content times fillings, or the guess."""
    if method == VolumeMethod.METER and meter_start_m3 is not None and meter_end_m3 is not None:
        return (meter_end_m3 - meter_start_m3) * 1000
    if method == VolumeMethod.TANK and tank_l is not None and tank_fills is not None:
        return tank_l * tank_fills
    if method == VolumeMethod.ESTIMATE and estimate_l is not None:
        return estimate_l
    raise ValueError(f"no volume by {method}")


@dataclass(frozen=True)
class UsualUse:
    """What is usual, from rows with a source: litres a piece by dye family, and the share of water in (per cent)."""

    per_piece: Mapping[str, tuple[Decimal, Decimal]]
    tolerance_factor: Decimal
    water_share: tuple[Decimal, Decimal]


def dye_family(dye_class: str) -> str:
    return DyeFamily.NATURAL if dye_class == DyeClass.NATURAL else DyeFamily.SYNTHETIC


def use_mark(litres_per_piece: Decimal, dye_class: str, usual: UsualUse) -> str:
    """Whether the use per piece lies further from the usual span than the tolerance allows; empty when it does not."""
    span = usual.per_piece.get(dye_family(dye_class))
    if span is None:
        return ""
    if litres_per_piece > span[1] * usual.tolerance_factor:
        return LogMark.USE_HIGH
    return LogMark.USE_LOW if litres_per_piece < span[0] / usual.tolerance_factor else ""


def entry_marks(
    *,
    process: str,
    dye_class: str,
    volume: Decimal,
    water_in_l: Decimal | None,
    pieces: Decimal | None,
    ph: Decimal | None,
    destination: str,
    is_connected: bool,
    usual: UsualUse,
) -> list[str]:
    """What in one line deserves a second look.

    One step of one batch may use little water, so only too much is marked; too little shows in the month.
    """
    marks: list[str] = []
    if volume == 0 and process != LogProcess.WAXING:
        marks.append(LogMark.NO_VOLUME)
    if volume > 0 and process == LogProcess.WAXING:
        marks.append(LogMark.WAXING_WITH_WATER)
    if water_in_l:
        share = 100 * volume / water_in_l
        if share > 100:
            marks.append(LogMark.ABOVE_WATER_IN)
        elif not usual.water_share[0] <= share <= usual.water_share[1]:
            marks.append(LogMark.FAR_FROM_WATER_IN)
    if pieces and use_mark(volume / pieces, dye_class, usual) == LogMark.USE_HIGH:
        marks.append(LogMark.USE_HIGH)
    if ph is not None and not PH_LOW <= ph <= PH_HIGH:
        marks.append(LogMark.PH_EXTREME)
    if destination == Destination.CONNECTION and not is_connected:
        marks.append(LogMark.NOT_CONNECTED)
    return marks


def litres_per_piece(volume: Decimal, pieces_by_process: Mapping[str, Decimal]) -> Decimal | None:
    """Wastewater per finished piece; None while no pieces were noted.

    A piece passes several steps, so the step with most pieces says how many there were.
    """
    pieces = max(pieces_by_process.values(), default=Decimal(0))
    return volume / pieces if pieces else None


def generated_l(noted: Decimal | None, noted_for_truck: Decimal | None, picked_up: Decimal | None) -> Decimal | None:
    """Wastewater of a month: what was noted, where the part for the truck is at least what the truck took.

    The same water stands in the log twice, on the day it was made and on the day it was taken away, so the two are
    never added. None when nothing was noted.
    """
    if noted is None and picked_up is None:
        return None
    for_truck = noted_for_truck or Decimal(0)
    return (noted or Decimal(0)) - for_truck + max(for_truck, picked_up or Decimal(0))


def trips(volume_m3: Decimal, m3_per_trip: Decimal) -> int:
    """How many trips a truck needs."""
    return ceil(volume_m3 / m3_per_trip)


def truck_cost_idr(hours: Decimal, idr_per_hour: int) -> int:
    """What a visit costs: begun fractions of an hour count as they are, rounded to whole rupiah."""
    return int((hours * idr_per_hour).quantize(Decimal(1)))
