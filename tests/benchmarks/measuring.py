"""What benchmarks share: a clock, percentiles, and lines on the screen."""

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any


def say(text: str) -> None:
    sys.stdout.write(f"\n{text}")


def report(what: str, seconds: float, rows: int) -> float:
    """Print a line and return rows a second."""
    say(f"{what:<66}{seconds:8.2f} s {rows / seconds:>10,.0f} rows/s")
    return rows / seconds


def clocked(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def percentile(seconds: Sequence[float], share: float) -> float:
    ranked = sorted(seconds)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
