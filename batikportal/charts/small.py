"""Drawings of word size: a sparkline, a share as a bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from batikportal.charts.coordinates import at, path_data, percent
from batikportal.charts.nouns import Number


@dataclass(frozen=True)
class Sparkline:
    """A line of word size, 100 by 28 units; empty when fewer than two values are known."""

    path: str
    x: str
    y: str


def sparkline(values: Sequence[Number | None]) -> Sparkline | None:
    """The course of a figure without axes; None lifts the pen."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    step = 94 / (len(values) - 1)
    points = [
        None if value is None else (3 + k * step, 25 - (float(value) - low) / span * 22 if high > low else 14.0)
        for k, value in enumerate(values)
    ]
    last = next(point for point in reversed(points) if point is not None)
    return Sparkline(path_data(points), at(last[0]), at(last[1]))


@dataclass(frozen=True)
class ShareBar:
    """A share as a bar, with its target as a mark; widths in per cent, cut at the full width."""

    width: str
    target: str


def share_bar(share: Number, target: Number | None = None) -> ShareBar:
    """The geometry of a bar that is full at 1."""
    inside = min(max(float(share), 0.0), 1.0)
    mark = "" if target is None else percent(min(max(float(target), 0.0), 1.0) * 100)
    return ShareBar(percent(inside * 100), mark)
