"""Coordinates as text, round axis values, and paths.

Horizontal places are per cent of the width, vertical ones pixels: a chart stretches and its text does not.
Every coordinate is a ready string, since a template would write 12.5 as 12,5 in Indonesian and break the drawing.
"""

import math
from collections.abc import Sequence


def at(number: float) -> str:
    """A coordinate with at most two decimals and a point, whatever the language."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(number: float) -> str:
    """A horizontal place."""
    return f"{at(number)}%"


def nice_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round values that cover low to high, about `count` steps of 1, 2, 2.5 or 5 times a power of ten."""
    if high <= low:
        high = low + (abs(low) or 1)
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [float(f"{step * k:.10g}") for k in range(first, last + 1)]


def path_data(points: Sequence[tuple[float, float] | None]) -> str:
    """An SVG path through the points; None lifts the pen."""
    parts, down = [], False
    for point in points:
        if point is None:
            down = False
            continue
        parts.append(f"{'L' if down else 'M'}{at(point[0])} {at(point[1])}")
        down = True
    return "".join(parts)
