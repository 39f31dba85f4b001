"""Wages made comparable: the figure of a month, its ratio to the city minimum, its place against the small-firm floor.

Plain Python: no database, no clock. PP 36/2021 art. 17 (days of a month), art. 18 (piece work is a mean of months),
art. 36 (floor of micro and small firms); PP 35/2021 art. 32 (hours of a full-time month). Nothing here says that a rule
was broken: below the city minimum is lawful in a micro or small firm, and judging is the labour inspector's work.
"""

from dataclasses import dataclass
from decimal import Decimal

from workforce.choices import FloorPosition, PayPeriod, WageGap, WageMethod

# Stored with every observation; raise it when a formula below changes, so that old figures can be told apart.
METHOD_VERSION = 1

SHARE_OF_CONSUMPTION = Decimal("0.50")
SHARE_OF_POVERTY_LINE = Decimal("1.25")
MONTHS_OF_PERIOD = {PayPeriod.MONTH.value: 1, PayPeriod.QUARTER.value: 3, PayPeriod.YEAR.value: 12}
# More days than these do not fit into the period.
MOST_DAYS = {
    PayPeriod.BATCH.value: 31,
    PayPeriod.WEEK.value: 7,
    PayPeriod.MONTH.value: 31,
    PayPeriod.QUARTER.value: 92,
    PayPeriod.YEAR.value: 366,
}


@dataclass(frozen=True)
class WageFacts:
    """What was paid and for how much work: rupiah before and after deductions differ; None is "not told", never zero.

    `days` are those worked in the period; `week_days` how many days a week are usual, asked of a batch only.
    """

    gross_idr: Decimal
    period: str
    days: int
    hours_per_day: Decimal | None = None
    week_days: int | None = None
    deductions_idr: Decimal = Decimal(0)

    @property
    def hours(self) -> Decimal | None:
        """Hours worked in the period."""
        return None if self.hours_per_day is None else self.hours_per_day * self.days


@dataclass(frozen=True)
class WageReference:
    """The dated figures that a wage is held against; None: none is recorded for the day."""

    minimum_idr: Decimal | None = None
    consumption_idr: Decimal | None = None
    poverty_line_idr: Decimal | None = None
    six_day_month: Decimal | None = None
    five_day_month: Decimal | None = None
    full_time_hours: Decimal | None = None


@dataclass(frozen=True)
class MonthlyWage:
    """One monthly figure held against both marks; `ratio` None: no city minimum is known."""

    amount_idr: Decimal
    ratio: Decimal | None
    floor: str


@dataclass(frozen=True)
class WageReading:
    """A wage made comparable. `earned`: what the month brings (hours and rate together); `net`: after deductions;
    `full_time`: what the same rate would bring in a full-time month. None with the reason in `gaps`."""

    method: str
    earned: MonthlyWage | None
    net: MonthlyWage | None
    full_time: MonthlyWage | None
    gaps: tuple[str, ...]


def piece_pay(pieces: Decimal, rate_idr: Decimal) -> Decimal:
    """Pay of piece work, rupiah."""
    return pieces * rate_idr


def week_days_of(facts: WageFacts) -> int | None:
    """Days of the working week: those of the very week, or the usual ones of a batch."""
    return facts.days if facts.period == PayPeriod.WEEK else facts.week_days


def month_method(facts: WageFacts) -> str:
    """Which conversion a pay needs: a WageMethod."""
    if facts.period == PayPeriod.MONTH:
        return WageMethod.AS_PAID.value
    if facts.period in MONTHS_OF_PERIOD:
        return WageMethod.MEAN.value
    by_week = {6: WageMethod.SIX_DAYS.value, 5: WageMethod.FIVE_DAYS.value}
    return by_week.get(week_days_of(facts) or 0, WageMethod.OTHER_DAYS.value)


def month_days(facts: WageFacts, reference: WageReference) -> Decimal | None:
    """Days of a month at the pace of the working week: 25 at six days, 21 at five (art. 17), and in proportion to the
    six-day week at any other number. None when the figure or the week is not known."""
    week = week_days_of(facts)
    if week == 5:
        return reference.five_day_month
    if week is None or reference.six_day_month is None:
        return None
    return reference.six_day_month * week / 6


def monthly(amount_idr: Decimal, facts: WageFacts, reference: WageReference) -> Decimal | None:
    """An amount paid for the period as an amount of a month, rupiah; None when a conversion figure is missing."""
    if facts.period in MONTHS_OF_PERIOD:
        return amount_idr / MONTHS_OF_PERIOD[facts.period]
    days = month_days(facts, reference)
    return None if days is None else amount_idr * days / facts.days


def full_time_monthly(pay_idr: Decimal, hours: Decimal | None, full_time_hours: Decimal | None) -> Decimal | None:
    """Pay per hour times the hours of a full-time month; without hours there is no answer, 173 is never assumed."""
    return pay_idr / hours * full_time_hours if hours and full_time_hours else None


def ratio_to_minimum(amount_idr: Decimal, minimum_idr: Decimal | None) -> Decimal | None:
    """Share of the city minimum; None when that is not known."""
    return amount_idr / minimum_idr if minimum_idr else None


def small_firm_floors(reference: WageReference) -> tuple[Decimal | None, Decimal | None]:
    """Both floors of a monthly wage in a micro or small firm, rupiah (PP 36/2021 art. 36 (2)): 50 % of average
    consumption and 125 % of the poverty line, both of the province, per head and month."""
    consumption, poverty_line = reference.consumption_idr, reference.poverty_line_idr
    return (
        None if consumption is None else consumption * SHARE_OF_CONSUMPTION,
        None if poverty_line is None else poverty_line * SHARE_OF_POVERTY_LINE,
    )


def small_firm_wage_floor(consumption_idr: Decimal | None, poverty_line_idr: Decimal | None) -> Decimal | None:
    """The floor that counts: both hold, so the higher one. None unless both inputs are known."""
    floors = small_firm_floors(WageReference(consumption_idr=consumption_idr, poverty_line_idr=poverty_line_idr))
    known = [floor for floor in floors if floor is not None]
    return max(known) if len(known) == len(floors) else None


def floor_position(amount_idr: Decimal, reference: WageReference) -> str:
    """Where a monthly wage lies: a FloorPosition. Both floors hold, so being under the one that is known is enough for
    "below"; "above" needs both."""
    floors = small_firm_floors(reference)
    if any(floor is not None and amount_idr < floor for floor in floors):
        return FloorPosition.BELOW.value
    return (FloorPosition.UNKNOWN if None in floors else FloorPosition.ABOVE).value


def held_against(amount_idr: Decimal | None, reference: WageReference) -> MonthlyWage | None:
    """A monthly figure with its ratio and its place; None stays None."""
    if amount_idr is None:
        return None
    return MonthlyWage(
        amount_idr,
        ratio_to_minimum(amount_idr, reference.minimum_idr),
        floor_position(amount_idr, reference),
    )


def read_wage(facts: WageFacts, reference: WageReference) -> WageReading:
    """Everything that can be told about a wage, and why the rest cannot."""
    earned = monthly(facts.gross_idr, facts, reference)
    net = monthly(facts.gross_idr - facts.deductions_idr, facts, reference)
    full_time = full_time_monthly(facts.gross_idr, facts.hours, reference.full_time_hours)
    missing = (
        (WageGap.NO_CONVERSION, earned is None or reference.full_time_hours is None),
        (WageGap.NO_HOURS, not facts.hours),
        (WageGap.NO_MINIMUM, reference.minimum_idr is None),
        (WageGap.NO_CONSUMPTION, reference.consumption_idr is None),
        (WageGap.NO_POVERTY_LINE, reference.poverty_line_idr is None),
    )
    return WageReading(
        method=month_method(facts),
        earned=held_against(earned, reference),
        net=held_against(net, reference),
        full_time=held_against(full_time, reference),
        gaps=tuple(gap.value for gap, is_missing in missing if is_missing),
    )
