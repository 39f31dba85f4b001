"""The hiding of small cells: nothing under five is shown, and nothing hidden follows from what is shown."""

import random
from itertools import product

import pytest

from workforce.rules.suppression import SMALLEST, publishable_table, with_totals


def solutions(shown: list[list[int | None]], most: int) -> list[list[list[int]]]:
    """Every table with totals that agrees with what is shown, cells up to `most`; plain search."""
    rows, columns = len(shown) - 1, len(shown[0]) - 1
    found = []
    free = [(i, j) for i, j in product(range(rows), range(columns)) if shown[i][j] is None]
    for values in product(range(most + 1), repeat=len(free)):
        guess = dict(zip(free, values, strict=True))
        cells = [[guess.get((i, j), shown[i][j]) for j in range(columns)] for i in range(rows)]
        table = with_totals(cells)
        if all(shown[i][j] in (None, table[i][j]) for i, j in product(range(rows + 1), range(columns + 1))):
            found.append(table)
    return found


def test_a_large_table_is_shown_whole():
    assert publishable_table([[10, 20], [30, 40]]) == [[10, 20, 30], [30, 40, 70], [40, 60, 100]]


def test_a_row_total_does_not_reveal_the_hidden_cell():
    shown = publishable_table([[3, 20, 30], [40, 25, 60]])

    assert shown == [[None, None, 30, 53], [None, None, 60, 125], [43, 45, 90, 178]]


def test_a_hidden_zero_may_still_be_five():
    shown = publishable_table([[0, 9, 9], [9, 9, 9]])

    values = {table[0][0] for table in solutions(shown, 18)}
    assert len(values) >= SMALLEST


def test_one_column_hides_a_total_too():
    shown = publishable_table([[2], [30]])

    assert [row[0] for row in shown].count(None) >= 2
    assert len({table[0][0] for table in solutions(shown, 40)}) >= SMALLEST


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_cell_can_be_worked_out(seed):
    dice = random.Random(seed)
    cells = [[dice.choice((0, 1, 3, 5, 6, 7)) for _ in range(2)] for _ in range(2)]

    shown = publishable_table(cells)

    flat = [value for row in shown for value in row if value is not None]
    assert all(value >= SMALLEST for value in flat)
    found = solutions(shown, 12)
    for i, j in product(range(3), range(3)):
        if shown[i][j] is None:
            assert len({table[i][j] for table in found}) >= SMALLEST, (cells, shown, i, j)
