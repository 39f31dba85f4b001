"""The life of an inspection, and the points of the list of whom to inspect."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from wastewater.choices.inspections import InspectionOrigin, InspectionState, SettingKey

INSPECTION_TRANSITIONS: dict[str, tuple[str, ...]] = {
    InspectionState.PLANNED: (InspectionState.ONGOING, InspectionState.NOT_INSPECTED),
    InspectionState.ONGOING: (InspectionState.REPORT_DRAFTED, InspectionState.NOT_INSPECTED),
    InspectionState.REPORT_DRAFTED: (InspectionState.ONGOING, InspectionState.REPORT_SIGNED),
    InspectionState.REPORT_SIGNED: (InspectionState.CLOSED,),
    InspectionState.CLOSED: (),
    InspectionState.NOT_INSPECTED: (),
}

# States in which the team still writes down what it sees.
OPEN_FOR_NOTES = (InspectionState.ONGOING,)
# States in which the report is signed and only addenda follow.
FROZEN = (InspectionState.REPORT_SIGNED, InspectionState.CLOSED)
# Origins that may name the very row of the portal that led to the inspection.
LINKED_ORIGINS = (InspectionOrigin.COMPLAINT, InspectionOrigin.VIOLATION, InspectionOrigin.REPEATED)
# What counts as done in the figure "inspections done against plan".
DONE = FROZEN
# What the business itself may read.
SEEN_BY_SUBJECT = FROZEN


@dataclass(frozen=True)
class Facts:
    """What is on record about one business on the day of asking."""

    exceedances: int = 0
    open_violations: int = 0
    repeated: bool = False
    months_since_inspection: int | None = None
    untreated: bool = False
    volume_m3_per_day: Decimal | None = None
    open_complaints: int = 0
    overdue_orders: int = 0


@dataclass(frozen=True)
class RiskReason:
    """One reason to go there: its code, how often or how much, and its points."""

    code: str
    amount: Decimal
    points: Decimal


def risk_reasons(facts: Facts, settings: Mapping[str, Decimal]) -> list[RiskReason]:
    """Why to inspect this business, heaviest first; a management rule of the office, never a verdict."""
    found = [
        _counted("exceedance", facts.exceedances, settings),
        _counted("violation", facts.open_violations, settings),
        _counted("complaint", facts.open_complaints, settings),
        _counted("overdue_order", facts.overdue_orders, settings),
        _plain("repeated", facts.repeated, settings),
        _plain("untreated", facts.untreated, settings),
        _by_last_visit(facts.months_since_inspection, settings),
        _by_volume(facts.volume_m3_per_day, settings),
    ]
    return sorted((one for one in found if one and one.points), key=lambda one: (-one.points, one.code))


def risk_points(reasons: list[RiskReason]) -> Decimal:
    return sum((one.points for one in reasons), Decimal(0))


def _counted(code: str, count: int, settings: Mapping[str, Decimal]) -> RiskReason | None:
    points = min(count * settings[f"points_{code}"], settings[f"most_{code}"])
    return RiskReason(code, Decimal(count), points) if count else None


def _plain(code: str, holds: bool, settings: Mapping[str, Decimal]) -> RiskReason | None:
    return RiskReason(code, Decimal(1), settings[f"points_{code}"]) if holds else None


def _by_last_visit(months: int | None, settings: Mapping[str, Decimal]) -> RiskReason | None:
    if months is None:
        return RiskReason("never", Decimal(1), settings[SettingKey.POINTS_NEVER])
    if months >= settings[SettingKey.LONG_AGO_MONTHS]:
        return RiskReason("long_ago", Decimal(months), settings[SettingKey.POINTS_LONG_AGO])
    return None


def _by_volume(volume: Decimal | None, settings: Mapping[str, Decimal]) -> RiskReason | None:
    if volume is None or volume < settings[SettingKey.LARGE_VOLUME]:
        return None
    return RiskReason("large_volume", volume, settings[SettingKey.POINTS_LARGE_VOLUME])


def as_failing(question: str) -> str | None:
    """What is the matter when a question that names a good state is answered with no, without two negations:
    "Tidak ada saluran pintas" becomes "Ada saluran pintas". None where the question has no negation to drop."""
    if question.startswith("Tidak ada "):
        return "A" + question.removeprefix("Tidak a")
    if " tidak " in question:
        return question.replace(" dan tidak ", " atau ").replace(" tidak ", " ")
    return None
