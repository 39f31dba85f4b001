"""Rows of sensor stations: what is accepted, and hints that a value is a spike or that the sensor is stuck.

Cadence, codes and hint thresholds follow public implementations of SPARING loggers (PermenLHK P.93/2018 as amended by
P.80/2019); the official text of the aggregation rule was not available, so its percentages are rows of `SensorRule`.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wastewater.choices.sensors import FlowUnit, OperatingCode, RowProblem

UID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,39}", re.ASCII)
BODY_BYTES = 1024 * 1024
TOKENS = 40
ROWS_PER_TOKEN = 1500
# A logger sends one batch an hour; after a day of silence it may catch up at once.
BATCHES_PER_HOUR = 120
FUTURE_SECONDS = 300
# The keys of a row in the wire format, in the order of the columns.
KEYS = ("pH", "tss", "debit", "cod", "nh3n")
COLUMNS = ("ph", "tss", "debit", "cod", "nh3n")
HIGHEST = (14.0, 1e6, 1e6, 1e6, 1e6)
PLACES = 4
CODES = frozenset(code.value for code in OperatingCode if code)
# 0.6745 makes the median absolute deviation comparable with a standard deviation (Iglewicz and Hoaglin, 1993).
ROBUST = 0.6745


@dataclass(frozen=True)
class Window:
    """Which moments are accepted from a station, in Unix seconds; `opens` and `closes` bound its active life."""

    oldest: float
    newest: float
    opens: float
    closes: float | None


@dataclass(frozen=True, slots=True)
class SensorRow:
    """An accepted row: its second, its operating code (0 for values), its values by column (None is a gap)."""

    second: int
    code: int
    values: tuple[float | None, ...]


def parse_row(row: Any, window: Window, flow_factor: float = 1.0) -> SensorRow | RowProblem:
    """The row, or why it is refused. `flow_factor` turns the station's unit of flow into m³ per minute."""
    if type(row) is not dict:
        return RowProblem.SHAPE
    second = _second(row.get("datetime"))
    if isinstance(second, RowProblem):
        return second
    if second > window.newest:
        return RowProblem.FUTURE
    if second < window.oldest:
        return RowProblem.TOO_OLD
    if second < window.opens or (window.closes is not None and second >= window.closes):
        return RowProblem.NOT_ACTIVE
    return _values(row, second, flow_factor)


def _values(row: Mapping[str, Any], second: int, flow_factor: float) -> SensorRow | RowProblem:
    values: list[float | None] = []
    codes: set[int] = set()
    known = 0
    for key, highest in zip(KEYS, HIGHEST, strict=True):
        value = row.get(key)
        if value is None:
            values.append(None)
            continue
        kind = type(value)
        if kind is not float and kind is not int:
            return RowProblem.SHAPE if kind in (dict, list) else RowProblem.NOT_A_NUMBER
        if 0 <= value <= highest:
            known += 1
            values.append(round(value * flow_factor, PLACES) if key == "debit" else round(value, PLACES))
        elif value in CODES:
            codes.add(int(value))
            values.append(None)
        else:
            return RowProblem.OUT_OF_RANGE
    if codes:
        return SensorRow(second, codes.pop(), NOTHING) if len(codes) == 1 and not known else RowProblem.MIXED
    return SensorRow(second, 0, tuple(values)) if known else RowProblem.EMPTY


NOTHING: tuple[None, ...] = (None,) * len(COLUMNS)


def _second(stamp: Any) -> int | RowProblem:
    """Unix seconds, or a moment that names its offset; a clock time without one could be any of three zones."""
    kind = type(stamp)
    if kind is int:
        return stamp
    if kind is float and abs(stamp) < 1e12 and stamp == int(stamp):
        return int(stamp)
    if kind is not str or not stamp:
        return RowProblem.NO_TIME
    try:
        moment = datetime.fromisoformat(stamp)
        return RowProblem.NAIVE if moment.tzinfo is None else int(moment.astimezone(UTC).timestamp())
    except (ValueError, OverflowError):
        return RowProblem.NO_TIME


def flow_factor(unit: str) -> float:
    """m³ per minute for one of the unit that the station sends."""
    return 1 / 60 if unit == FlowUnit.PER_HOUR else 1.0


@dataclass(frozen=True)
class HintRule:
    """From how many robust deviations (after `least` of `window` values) and from how many equal values on to mark."""

    window: int = 30
    least: int = 10
    spike: float = 5.0
    stuck: int = 10


class Watch:
    """Looks at the values of one parameter in the order of time; a hint marks a value and never blocks it."""

    __slots__ = ("last", "order", "rule", "run", "sorted")

    def __init__(self, rule: HintRule, before: Iterable[float] = ()) -> None:
        self.rule = rule
        self.order: deque[float] = deque()
        self.sorted: list[float] = []
        self.last: float | None = None
        self.run = 0
        for value in before:
            self._keep(value)

    def hint(self, value: float) -> str:
        """Whether the next value is a "spike" or "stuck", else nothing."""
        spiky = len(self.order) >= self.rule.least and self._is_spike(value)
        self._keep(value)
        if spiky:
            return "spike"
        return "stuck" if self.run >= self.rule.stuck else ""

    def _is_spike(self, value: float) -> bool:
        """Whether |x − median| · 0.6745 ÷ MAD > threshold; a MAD of 0 tells nothing about the next value."""
        ranked = self.sorted
        median = _median(ranked)
        away = abs(value - median)
        if away == 0:
            return False
        # MAD ≥ t if at least half of the values lie t or farther from the median: two searches say it mostly.
        needed = away * ROBUST / self.rule.spike
        inside = bisect_left(ranked, median + needed) - bisect_right(ranked, median - needed)
        if 2 * inside < len(ranked):
            return False
        return 0 < _median(sorted(abs(one - median) for one in ranked)) < needed

    def _keep(self, value: float) -> None:
        self.run = self.run + 1 if value == self.last else 1
        self.last = value
        self.order.append(value)
        insort(self.sorted, value)
        if len(self.order) > self.rule.window:
            gone = self.order.popleft()
            del self.sorted[bisect_left(self.sorted, gone)]


def _median(ranked: list[float]) -> float:
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2
