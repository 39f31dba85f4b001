"""Small counts that may not be published, since they would point at somebody; plain Python.

UU 27/2022 protects whoever can be found by combining data; five is the usual floor of official statistics.
"""

from collections.abc import Sequence

SMALLEST = 5


def publishable(count: int) -> int | None:
    """The count, or None when it is between one and four; zero tells nothing about anybody."""
    return count if count == 0 or count >= SMALLEST else None


def publishable_cells(counts: Sequence[int]) -> list[int | None]:
    """Counts that add up to a known total: a single hidden one could be subtracted, so the next smallest hides too."""
    shown = [publishable(count) for count in counts]
    if shown.count(None) == 1:
        others = [(count, place) for place, count in enumerate(counts) if shown[place]]
        if others:
            shown[min(others)[1]] = None
    return shown
