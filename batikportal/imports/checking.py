"""From lines of cells to judged rows: parse every cell, find doubles, ask the sheet, and say what is wrong where."""

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from batikportal.imports import reading
from batikportal.imports.cells import Cell, show
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from batikportal.imports.parsing import Parser, Unreadable
from batikportal.imports.parsing.numbers import looks_english

log = logging.getLogger(__name__)

# After so many rows the progress is told.
STEP = 2000
_QUOTED = re.compile("“[^”]{0,500}”")


@dataclass(slots=True)
class Line:
    """A line of the file: its cells as read, and the row they mean; ``understood`` when no cell was refused."""

    row: Row
    cells: list[Cell]
    understood: bool = True


def understand(
    table: reading.Table, sheet: Sheet, progress: Callable[[int], object] = lambda _done: None
) -> list[Line]:
    """Parse every cell of the table; refused cells leave their error in the row."""
    names = [column.name for column in sheet.columns]
    readers = [(column.name, place, Parser(column), column.secret) for column, place in _placed(sheet, table.positions)]
    lines: list[Line] = []
    for count, (number, cells) in enumerate(table.lines, start=1):
        if _is_example(cells, table.positions, sheet):
            table.notices.append(_("Baris contoh dari templat (baris %(line)s) dilewati.") % {"line": number})
            continue
        row = Row(number, dict.fromkeys(names))
        width = len(cells)
        for name, place, parse, secret in readers:
            try:
                row.values[name] = parse(cells[place] if place < width else None)
            except Unreadable as refused:
                row.refuse(name, _QUOTED.sub("“•••”", str(refused)) if secret else str(refused))
        lines.append(Line(row, cells, understood=not row.errors))
        if count % STEP == 0:
            progress(count)
    _refuse_english_thousands(lines, table, sheet)
    return lines


def _is_example(cells: list[Cell], positions: dict[str, int], sheet: Sheet) -> bool:
    """Whether the line is the example of our own template, left in by mistake."""
    filled = [(column, cells[place]) for column, place in _placed(sheet, positions) if place < len(cells)]
    filled = [(column, cell) for column, cell in filled if cell is not None]
    return len(filled) > 1 and all(column.example and show(cell).strip() == column.example for column, cell in filled)


def _placed(sheet: Sheet, positions: dict[str, int]) -> Iterable[tuple[Column, int]]:
    return ((sheet.by_name[name], place) for name, place in positions.items())


def _refuse_english_thousands(lines: list[Line], table: reading.Table, sheet: Sheet) -> None:
    """Where a column also has decimal points, its ``1,234`` may mean 1234: such cells are refused, not guessed."""
    for column, place in _placed(sheet, table.positions):
        if column.kind not in (Kind.DECIMAL, Kind.CENSORED):
            continue
        points, doubtful = False, []
        for line in lines:
            cell = line.cells[place] if place < len(line.cells) else None
            if isinstance(cell, str) and column.name not in line.row.errors:
                point, thousands = looks_english(cell.strip(" <>≤≥="))
                points = points or point
                if thousands:
                    doubtful.append((line, cell))
        if not points:
            continue
        for line, cell in doubtful:
            line.understood = False
            line.row.refuse(
                column.name,
                _("“%(text)s” meragukan: kolom ini juga memakai titik desimal. Tulis semua angka dengan koma desimal.")
                % {"text": cell},
            )


def judge(rows: list[Row], sheet: Sheet, ctx: Context, unreadable: Sequence[Row] = ()) -> None:
    """Refuse doubles, let the sheet's check look at the rest, and settle every outcome.

    ``unreadable`` are the rows with a refused cell. They come last and by themselves: what they say changes nothing for
    the others, which are judged again without them before they are written.
    """
    first: dict[tuple[Any, ...], int] = {}
    _refuse_doubles(rows, sheet, first)
    sheet.check([row for row in rows if not row.errors], ctx)
    if unreadable:
        _refuse_doubles(unreadable, sheet, first)
        _say_the_rest(unreadable, sheet, ctx)
    for row in [*rows, *unreadable]:
        if row.errors:
            row.outcome = Outcome.REFUSED
            row.before = {}


def _say_the_rest(rows: Sequence[Row], sheet: Sheet, ctx: Context) -> None:
    """Whatever else is wrong with rows that have a refused cell, so that one round of corrections is enough."""
    said = [{column: list(messages) for column, messages in row.errors.items()} for row in rows]
    try:
        with transaction.atomic():
            sheet.check(rows, ctx)
    except Exception:
        # What is known already is worth more than a file that cannot be checked at all.
        log.exception("the check of %s broke on rows with refused cells", sheet.code)
        for row, errors in zip(rows, said, strict=True):
            row.errors = errors
    for row, errors in zip(rows, said, strict=True):
        # A refused cell reads as empty; that it is empty is no second error.
        row.errors |= errors


def _refuse_doubles(rows: Iterable[Row], sheet: Sheet, first: dict[tuple[Any, ...], int]) -> None:
    """The second of two rows with the same key is refused; a key with an empty part tells nothing."""
    if not sheet.key:
        return
    for row in rows:
        key = tuple(_comparable(row.values[name]) for name in sheet.key)
        if None in key:
            continue
        if (line := first.setdefault(key, row.line)) != row.line:
            row.refuse("", _("Sama dengan baris %(line)s dalam berkas ini. Sisakan satu saja.") % {"line": line})


def _comparable(value: Any) -> Any:
    if isinstance(value, str):
        return value.casefold()
    return tuple(value) if isinstance(value, list) else value
