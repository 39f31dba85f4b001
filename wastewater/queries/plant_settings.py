"""The settings of plant operation in force on a day, and the pH that the law asks for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wastewater.choices import LimitKind, Medium
from wastewater.models import Limit, PlantSetting
from wastewater.queries.validity import in_force


def settings_on(day: date) -> dict[str, Decimal]:
    """Every setting in force on the day, by code; a setting without a row that day is missing."""
    return dict(PlantSetting.objects.filter(in_force(day)).values_list("code", "value"))


def setting_on(day: date, code: str) -> Decimal | None:
    """One setting; None when nothing is in force that day, and then nothing is warned about."""
    return settings_on(day).get(code)


@dataclass(frozen=True)
class PhRange:
    """The pH that effluent may have, and the law that says so."""

    minimum: Decimal
    maximum: Decimal
    legal_basis: str

    def holds(self, value: Decimal | None) -> bool | None:
        """Whether the value lies inside; None when there is no value."""
        return None if value is None else self.minimum <= value <= self.maximum


def ph_range_on(day: date) -> PhRange | None:
    """The narrowest pH range for effluent in force on the day; every discharge class has its own row."""
    limits = (
        Limit.objects.filter(
            in_force(day),
            in_force(day, "standard_set__"),
            parameter__code="PH",
            standard_set__medium=Medium.EFFLUENT,
            kind=LimitKind.RANGE,
        )
        .order_by("standard_set__jurisdiction", "pk")
        .values_list("minimum", "maximum", "legal_basis")
    )
    # A range has both ends; the database sees to that.
    rows = [(low, high, basis) for low, high, basis in limits if low is not None and high is not None]
    if not rows:
        return None
    minimum, maximum = max(low for low, _high, _basis in rows), min(high for _low, high, _basis in rows)
    binding = next((row for row in rows if row[:2] == (minimum, maximum)), rows[0])
    return PhRange(minimum, maximum, binding[2])
