"""Who stays: retention of those whose window has elapsed, with its interval, and survival where lengths differ.

Plain Python: no database, no clock. A spell is a stretch in the craft of anybody: a newcomer's engagement, an
apprentice's time since completion. Nobody whose window is still running counts; whose fate is unknown is shown apart.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

# 95 %, two-sided.
Z = 1.959963984540054

RETAINED, LOST, UNKNOWN, NOT_YET = "retained", "lost", "unknown", "not_yet"


@dataclass(frozen=True)
class Spell:
    """A stretch in the craft; `until_on` None: still going on; `left` None: it ended and nobody knows whether the
    person left the craft; `seen_from`: since when the person is watched, if later than the beginning."""

    from_on: date
    until_on: date | None = None
    left: bool | None = True
    seen_from: date | None = None


@dataclass(frozen=True)
class Interval:
    """A share with its 95 % interval."""

    share: float
    low: float
    high: float


def wilson(successes: int, trials: int) -> Interval | None:
    """The Wilson score interval of a share; None when there was nobody."""
    if not trials:
        return None
    share = successes / trials
    scale = 1 + Z**2 / trials
    centre = (share + Z**2 / (2 * trials)) / scale
    half = Z / scale * math.sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2))
    # Nobody, and everybody, are certain bounds that rounding must not cross.
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == trials else centre + half
    return Interval(share, low, high)


@dataclass(frozen=True)
class Retention:
    """How many of a cohort are still there after their window; the shares are of those whose window has elapsed."""

    retained: int = 0
    lost: int = 0
    unknown: int = 0
    not_yet: int = 0

    @property
    def known(self) -> int:
        return self.retained + self.lost

    @property
    def elapsed(self) -> int:
        """The denominator: everybody whose window is over, whether the fate is known or not."""
        return self.known + self.unknown

    @property
    def interval(self) -> Interval | None:
        """The share of those whose fate is known; None when there is nobody."""
        return wilson(self.retained, self.known)

    @property
    def lower(self) -> float | None:
        """The share if all unknown were lost."""
        return self.retained / self.elapsed if self.elapsed else None

    @property
    def upper(self) -> float | None:
        """The share if all unknown were retained."""
        return (self.retained + self.unknown) / self.elapsed if self.elapsed else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def fate(spell: Spell, months: int, on: date) -> str:
    """What became of somebody `months` after the beginning, as known on a day."""
    window = months_after(spell.from_on, months)
    if window > on:
        return NOT_YET
    if spell.until_on is None or spell.until_on >= window:
        return RETAINED
    if spell.left is None:
        return UNKNOWN
    return LOST if spell.left else RETAINED


def counted(fates: Iterable[str]) -> Retention:
    """Fates added up."""
    found = Counter(fates)
    return Retention(found[RETAINED], found[LOST], found[UNKNOWN], found[NOT_YET])


def retention(spells: Iterable[Spell], months: int, on: date) -> Retention:
    """Retention of a cohort after so many months."""
    return counted(fate(spell, months, on) for spell in spells)


@dataclass(frozen=True)
class Step:
    """A day on which somebody left: days since the beginning, people at risk, leavers, and the share still there."""

    days: int
    at_risk: int
    left: int
    survival: float
    error: float


def kaplan_meier(spells: Sequence[Spell], on: date) -> list[Step]:
    """The share still in the craft by days since the beginning, as known on a day (product-limit, Greenwood's error).

    Everybody counts as long as watched: those still there until `on`, those of unknown fate until they were last seen,
    and those who were registered later from that day on, since whoever had left before was never registered.
    """
    watched = []
    for spell in spells:
        end = min(spell.until_on or on, on)
        entry = max(0, ((spell.seen_from or spell.from_on) - spell.from_on).days)
        length = (end - spell.from_on).days
        left = spell.until_on is not None and spell.until_on <= on and spell.left is True
        if length > entry or not entry:
            watched.append((entry, length, left))
    events = Counter(length for _entry, length, left in watched if left)
    entries = sorted(entry for entry, _length, _left in watched)
    lengths = sorted(length for _entry, length, _left in watched)
    entered = gone = 0
    survival, variance = 1.0, 0.0
    found = []
    for days in sorted(events):
        # Whoever begins to be watched on the day itself is at risk from the next one on, unless it is the first day.
        while entered < len(entries) and (entries[entered] < days or entries[entered] == 0):
            entered += 1
        while gone < len(lengths) and lengths[gone] < days:
            gone += 1
        at_risk, leavers = entered - gone, events[days]
        survival *= 1 - leavers / at_risk
        variance += leavers / (at_risk * (at_risk - leavers)) if at_risk > leavers else 0.0
        found.append(Step(days, at_risk, leavers, survival, survival * math.sqrt(variance)))
    return found


def step_at(curve: Sequence[Step], days: float) -> Step | None:
    """The last step of the curve within so many days; None before anybody left."""
    return next((step for step in reversed(curve) if step.days <= days), None)


def survival_after(curve: Sequence[Step], days: float) -> float:
    """The share still there after so many days; one before anybody left."""
    step = step_at(curve, days)
    return step.survival if step else 1.0
