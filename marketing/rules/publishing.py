"""What may be published: no count from which fewer than five could be known (UU 27/2022; rule of the portal)."""

from collections.abc import Sequence

SMALLEST = 5


def publishable(count: int) -> int | None:
    """The count, or None when it is between one and four; zero tells nothing about anybody."""
    return count if count == 0 or count >= SMALLEST else None


def publishable_cells(counts: Sequence[int]) -> list[int | None]:
    """Counts that add up to a known total: where only one is hidden, the next smallest is hidden as well."""
    shown = [publishable(count) for count in counts]
    if shown.count(None) == 1:
        others = [(count, place) for place, count in enumerate(counts) if shown[place]]
        if others:
            shown[min(others)[1]] = None
    return shown
