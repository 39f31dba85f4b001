"""Which cells of a table of people must stay hidden, so that no small one can be worked out from the others.

Plain Python. A table is cells with a total for every row, every column and for all. A cell under five is hidden, and
with it the cheapest three further cells that stand with it on the corners of a rectangle: then all four may grow and
shrink against each other without any total changing, and nobody can subtract one of them.
"""

from collections.abc import Sequence
from itertools import product

SMALLEST = 5
# Corners that can only grow together leave more open than any table of a city holds.
WITHOUT_END = 1_000_000_000


def with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """The cells with the total of each row at its end, and a last row with the totals of the columns."""
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def publishable_table(cells: Sequence[Sequence[int]], smallest: int = SMALLEST) -> list[list[int | None]]:
    """The table with its totals (`with_totals`), None where a figure must not be shown.

    Each hidden cell could be any of at least ``smallest`` values as far as the shown ones tell. Zero is hidden like the
    other small ones: "none of these six" says something about each of the six.
    """
    table = with_totals(cells)
    hidden = {(i, j) for i, row in enumerate(table) for j, value in enumerate(row) if value < smallest}
    for place in sorted(hidden):
        hidden |= _partners(table, place, hidden, smallest)
    return [[None if (i, j) in hidden else value for j, value in enumerate(row)] for i, row in enumerate(table)]


def _partners(
    table: Sequence[Sequence[int]], place: tuple[int, int], hidden: set[tuple[int, int]], smallest: int
) -> set[tuple[int, int]]:
    """The three other corners of the cheapest rectangle that protects the place; the whole table if none does."""
    row, column = place
    best: tuple[int, int, int] | None = None
    for i, j in product(range(len(table)), range(len(table[0]))):
        if i == row or j == column:
            continue
        corners = [(row, j), (i, column), (i, j)]
        if _room(table, place, (i, j)) < smallest:
            continue
        cost = sum(table[y][x] for y, x in corners if (y, x) not in hidden)
        if best is None or (cost, i, j) < best:
            best = (cost, i, j)
    if best is None:
        return set(product(range(len(table)), range(len(table[0]))))
    return {(row, best[2]), (best[1], column), (best[1], best[2])}


def _room(table: Sequence[Sequence[int]], place: tuple[int, int], across: tuple[int, int]) -> int:
    """Over how many values the place may move together with the other three corners: none below zero, no other cell
    changed, every total still the sum of its cells. A corner among the totals moves the other way."""
    (row, column), (i, j) = place, across
    last_row, last_column = len(table) - 1, len(table[0]) - 1
    falling: list[int] = []
    rising: list[int] = []
    for (y, x), sign in {place: 1, (row, j): -1, (i, column): -1, across: 1}.items():
        turned = sign * (-1 if y == last_row else 1) * (-1 if x == last_column else 1)
        (rising if turned > 0 else falling).append(table[y][x])
    return min(falling, default=WITHOUT_END) + min(rising, default=WITHOUT_END)
