"""Which limits apply to a result, and which of them is the stricter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wastewater.choices import Jurisdiction, LimitKind, Medium, Process
from wastewater.rules.units import convert

_ORDER_OF_JURISDICTIONS: dict[str, int] = {Jurisdiction.NATIONAL: 0, Jurisdiction.PROVINCE: 1, Jurisdiction.CITY: 2}


@dataclass(frozen=True)
class DischargeSpan:
    """The discharges in m³/day for which a standard set is written; None leaves an end open.

    Regulations differ in whether the edge itself belongs to the lower or the upper class, so each set says so.
    """

    low: Decimal | None = None
    low_included: bool = False
    high: Decimal | None = None
    high_included: bool = True

    def holds(self, discharge_m3_per_day: Decimal) -> bool:
        above = self.low is None or (
            discharge_m3_per_day >= self.low if self.low_included else discharge_m3_per_day > self.low
        )
        below = self.high is None or (
            discharge_m3_per_day <= self.high if self.high_included else discharge_m3_per_day < self.high
        )
        return above and below


@dataclass(frozen=True)
class LimitRow:
    """One limit with the key of its standard set. Dates are inclusive; effective_until None means still in force."""

    id: int
    parameter: str
    kind: str
    minimum: Decimal | None
    maximum: Decimal | None
    unit: str
    expressed_as: str
    process: str
    max_load_kg_per_ton: Decimal | None
    medium: str
    jurisdiction: str
    arrangement: str
    discharge_class: str
    river_class: str
    effective_from: date
    effective_until: date | None
    discharge: DischargeSpan = DischargeSpan()

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_until is None or on <= self.effective_until)


@dataclass(frozen=True)
class Circumstances:
    """What decides about the limits of one sample: the water, the day, and the facts known about the point."""

    medium: str
    on: date
    discharge_m3_per_day: Decimal | None = None
    river_class: str = ""
    arrangement: str = ""
    process: str = ""


def applicable(rows: Iterable[LimitRow], given: Circumstances) -> list[list[LimitRow]]:
    """The sets of concentration limits of one parameter that may apply, one list per possible discharge class.

    With a known discharge (or in a river) there is exactly one list; with an unknown one there is a list for each class
    that some row tells apart. A list holds one limit per jurisdiction, the national one first; it may be empty.
    """
    found = [
        row
        for row in rows
        if row.kind != LimitKind.LOAD and row.process in ("", _process(given)) and _applies(row, given)
    ]
    if given.medium != Medium.EFFLUENT:
        return [_one_per_jurisdiction(row for row in found if row.river_class in ("", given.river_class))]
    discharge = given.discharge_m3_per_day
    if discharge is not None:
        return [_one_per_jurisdiction(row for row in found if _written_for(row, discharge))]
    classes: Sequence[str] = sorted({row.discharge_class for row in found if row.discharge_class}) or [""]
    return [_one_per_jurisdiction(row for row in found if row.discharge_class in ("", name)) for name in classes]


def regulated(
    given: Circumstances, book: Mapping[int, Sequence[LimitRow]], expected: Iterable[tuple[int, Sequence[str]]]
) -> set[int]:
    """The parameters that a monthly sample in these circumstances must carry and that some limit judges.

    `book` holds the limits by parameter, `expected` pairs each parameter with the media that expect it.
    """
    return {
        parameter
        for parameter, media in expected
        if given.medium in media and any(applicable(book.get(parameter, ()), given))
    }


def load_limits(rows: Iterable[LimitRow], given: Circumstances) -> list[LimitRow]:
    """The maximum loads in kg per ton of product that bind one parameter at this point, strictest first."""
    discharge = given.discharge_m3_per_day
    found = [
        row
        for row in rows
        if row.max_load_kg_per_ton is not None
        and _applies(row, given)
        and row.process in ("", _process(given))
        and (_written_for(row, discharge) if discharge is not None else not row.discharge_class)
    ]
    return sorted(found, key=lambda row: (row.max_load_kg_per_ton, _ORDER_OF_JURISDICTIONS[row.jurisdiction]))


def compare_strictness(one: LimitRow, other: LimitRow) -> int | None:
    """-1 when `one` is stricter, 1 when `other` is, 0 when both ask the same, None when they cannot be compared."""
    if one.kind != other.kind:
        return None
    if one.kind == LimitKind.ABSENT:
        return 0
    low, high = _in_units_of(one, other)
    if one.kind in (LimitKind.MAX, LimitKind.DEVIATION):
        return None if high is None or one.maximum is None else _sign(one.maximum, high)
    if one.kind == LimitKind.MIN:
        return None if low is None or one.minimum is None else _sign(low, one.minimum)
    if low is None or high is None or one.minimum is None or one.maximum is None:
        return None
    below, above = _sign(low, one.minimum), _sign(one.maximum, high)
    if below * above < 0:
        return None
    return below or above


def stricter(rows: Sequence[LimitRow]) -> tuple[LimitRow, int | None]:
    """The strictest of the rows, and how it compares with the next (see compare_strictness); the first wins a tie."""
    best, result = rows[0], 0
    for row in rows[1:]:
        compared = compare_strictness(best, row)
        if compared is None:
            return rows[0], None
        if compared > 0:
            best, result = row, -1
        elif compared < 0:
            result = -1
    return best, result


def _applies(row: LimitRow, given: Circumstances) -> bool:
    return row.medium == given.medium and row.in_force(given.on) and row.arrangement in ("", given.arrangement)


def _written_for(row: LimitRow, discharge_m3_per_day: Decimal) -> bool:
    return not row.discharge_class or row.discharge.holds(discharge_m3_per_day)


def _process(given: Circumstances) -> str:
    """A point without a named process discharges all steps together: the integrated ("terpadu") column applies."""
    return given.process or Process.INTEGRATED


def _one_per_jurisdiction(rows: Iterable[LimitRow]) -> list[LimitRow]:
    """One limit per jurisdiction; where a table names the class and another does not, the one that names it applies."""
    kept: dict[str, LimitRow] = {}
    for row in rows:
        held = kept.get(row.jurisdiction)
        if held is None or (row.discharge_class and not held.discharge_class):
            kept[row.jurisdiction] = row
    return sorted(kept.values(), key=lambda row: _ORDER_OF_JURISDICTIONS[row.jurisdiction])


def _in_units_of(one: LimitRow, other: LimitRow) -> tuple[Decimal | None, Decimal | None]:
    def same(value: Decimal | None) -> Decimal | None:
        if value is None:
            return None
        return convert(
            value,
            unit=other.unit,
            expressed_as=other.expressed_as,
            to_unit=one.unit,
            to_expressed_as=one.expressed_as,
        )

    return same(other.minimum), same(other.maximum)


def _sign(left: Decimal, right: Decimal) -> int:
    return (left > right) - (left < right)
