"""Figures: what an indicator answers for a scope, held against its target, with the way to its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import contracts, formats, readings
from batikportal.choices import Direction, Focus, Office
from batikportal.contracts import Indicator, Reading, Scope
from batikportal.dashboard import doors, periods
from batikportal.models import Target

FREQUENCIES: dict[str, object] = {
    "daily": gettext_lazy("harian"),
    "weekly": gettext_lazy("mingguan"),
    "monthly": gettext_lazy("bulanan"),
    "quarterly": gettext_lazy("triwulanan"),
    "semesterly": gettext_lazy("tiap enam bulan"),
    "yearly": gettext_lazy("tahunan"),
    "continuous": gettext_lazy("terus-menerus"),
}


def is_share(indicator: Indicator) -> bool:
    """Whether the figure is a per cent, which can be compared across areas and lengths of time."""
    return str(indicator.unit).strip() in ("%", "persen", "per cent")


@dataclass(frozen=True)
class Goal:
    """The target that applies. ``is_comparable``: a yearly count of the city judges no district and no month."""

    target: Target
    label: str
    is_comparable: bool
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """One indicator with its answer; ``reading`` None means that it failed and was logged."""

    indicator: Indicator
    reading: Reading | None
    rows: str = ""
    goal: Goal | None = None

    @property
    def has_failed(self) -> bool:
        return self.reading is None

    @property
    def is_conclusive(self) -> bool:
        """Whether the value may be judged: it is known and rests on enough data."""
        reading = self.reading
        if reading is None or reading.value is None:
            return False
        return reading.completeness is None or reading.completeness >= self.indicator.minimum_completeness

    @property
    def is_withheld(self) -> bool:
        """Whether the figure makes no sense for this scope; then nothing is missing."""
        return self.reading is not None and bool(self.reading.withheld)

    @property
    def measured(self) -> tuple[Decimal, Decimal] | None:
        """Value and target where one may be held against the other."""
        directed = self.indicator.direction != Direction.NONE
        if self.goal is None or not self.goal.is_comparable or not self.is_conclusive or not directed:
            return None
        value = formats.exact(self.reading.value) if self.reading else None
        return (value, self.goal.target.value) if value is not None else None

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None when there is nothing to judge."""
        if self.measured is None:
            return None
        value, wanted = self.measured
        return value >= wanted if self.indicator.direction == Direction.UP else value <= wanted

    @property
    def distance(self) -> Decimal:
        """How far from the target, as a share of it; for ordering what is missed most."""
        value, wanted = self.measured or (Decimal(0), Decimal(0))
        return abs(value - wanted) / (abs(wanted) or 1)

    @property
    def card_target(self) -> Target | None:
        """The target that the card may hold the value against."""
        directed = self.indicator.direction != Direction.NONE
        return self.goal.target if self.goal and self.goal.is_comparable and directed else None

    @property
    def card_reading(self) -> Reading | None:
        """The reading, with what has to be said about the target added to its note."""
        if self.reading is None:
            return None
        notes = (str(self.reading.note), self.goal.note if self.goal else "")
        return replace(self.reading, note=" ".join(note for note in notes if note))

    @property
    def unit_words(self) -> str:
        return "%" if is_share(self.indicator) else str(self.indicator.unit)

    @property
    def value_words(self) -> str | None:
        """The value as it is printed; None when there is none."""
        if self.reading is None or self.reading.value is None:
            return None
        return formats.number(self.reading.value, self.indicator.decimals)

    @property
    def tone(self) -> str:
        return {True: "good", False: "bad", None: ""}[self.is_reached]

    @property
    def verdict_words(self) -> str:
        return {True: _("tercapai"), False: _("belum tercapai"), None: ""}[self.is_reached]

    @property
    def direction_words(self) -> str:
        return str(Direction(self.indicator.direction).label)

    @property
    def missing_note(self) -> str:
        """What keeps the figure from being judged, and whose data it is."""
        office = office_name(self.indicator.office)
        if self.reading is None:
            return _("sedang tidak tersedia")
        if self.reading.withheld:
            return self.reading.withheld
        if self.reading.value is None:
            return _("belum ada data dari %(office)s") % {"office": office}
        words = {"share": formats.per_cent(self.reading.completeness, 0), "office": office}
        return _("data %(office)s baru lengkap %(share)s") % words


@dataclass(frozen=True)
class Sector:
    """One focus with its figures, a column of the dashboard."""

    code: str
    title: str
    figures: Sequence[Figure]


def office_name(code: str) -> str:
    return str(Office(code).label) if code in Office.values else code


def frequency_name(code: str) -> str:
    return str(FREQUENCIES.get(code, code))


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return isfinite(value)


def read_checked(indicator: Indicator, scope: Scope) -> Reading:
    """The indicator's reading; TypeError when it is not what the contract promises."""
    reading = indicator.read(scope)
    if not isinstance(reading, Reading):
        raise TypeError(f"{indicator.code}.read returned {type(reading).__name__}, no Reading")
    trend = [(str(label), value) for label, value in reading.trend]
    numbers = [reading.value, reading.numerator, reading.denominator, reading.completeness, *(v for _l, v in trend)]
    wrong = [value for value in numbers if value is not None and not _is_number(value)]
    if wrong:
        raise TypeError(f"{indicator.code}.read returned {wrong[0]!r} for a number")
    return replace(reading, trend=trend)


def goal_of(indicator: Indicator, scope: Scope, target: Target | None) -> Goal | None:
    """The target as a goal of this scope; a city target stands in for a district without one, and says so."""
    if target is None:
        return None
    stands_in = scope.area is not None and target.area_id is None
    words = {"year": target.year, "value": formats.number(target.value)}
    label = _("Target kota %(year)s") % words if stands_in else _("Target %(year)s") % words
    if not is_share(indicator) and (stands_in or not periods.covers_a_year(scope.period)):
        whose = _("%(label)s adalah %(value)s untuk setahun; pilihan ini tidak dibandingkan dengannya.")
        return Goal(target, label, False, whose % (words | {"label": label}))
    note = _("Kecamatan ini belum punya target sendiri; dibandingkan dengan target kota.") if stands_in else ""
    return Goal(target, label, True, note)


def rows_for(user, indicator: Indicator, scope: Scope) -> str:
    """The list of the counted rows; nothing for a reader of figures whom that list does not admit."""
    url = str(indicator.rows(scope))
    return url if doors.may_open(user, url) else ""


def figure_of(indicator: Indicator, scope: Scope, target: Target | None, user=None) -> Figure:
    """Ask one indicator. A broken one, or a broken link to its rows, leaves the others alone."""
    answer = readings.ask(indicator, read_checked, scope)
    if answer.failed:
        return Figure(indicator, None)
    rows = contracts.ask(indicator, rows_for, user, indicator, scope).value if user else ""
    return Figure(indicator, answer.value, rows or "", goal_of(indicator, scope, target))


def figures_for(user, scope: Scope, targets: Mapping[str, Target], *, focus: str = "") -> list[Figure]:
    """The figures the user may see, of one focus if asked."""
    shown = [one for one in contracts.for_user("indicators", user) if focus in ("", one.focus)]
    return [figure_of(indicator, scope, targets.get(indicator.code), user) for indicator in shown]


def by_sector(figures: Sequence[Figure]) -> list[Sector]:
    """The figures in columns, in the order of the focuses; a focus without figures has no column."""
    columns = [
        Sector(focus.value, str(focus.label), [one for one in figures if one.indicator.focus == focus])
        for focus in Focus
    ]
    return [column for column in columns if column.figures]
