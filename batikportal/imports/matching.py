"""The usual work of a sheet's check and apply: look names up, compare with what is stored, write as sets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

from batikportal.choices import Source
from batikportal.imports.cells import fold
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Context, Row, Text

__all__ = ["compare", "fold", "insert", "look_up", "split", "stamp", "update", "upsert"]

M = TypeVar("M", bound=models.Model)

# Rows of one statement: large enough to be set-based, small enough for the planner and the parser.
BATCH = 1000


def look_up(
    rows: Iterable[Row],
    column: str,
    known: Mapping[str, Any],
    message: Text,
    to: str = "",
) -> None:
    """Find each row's ``column`` among ``known`` and keep the answer in ``row.found[to or column]``.

    The keys of ``known`` are made with ``fold``. A text that is not known refuses the row with ``message``, in which
    ``%(value)s`` is what the cell says; an empty cell finds None.
    """
    for row in rows:
        text = row[column]
        if text is None:
            row.found[to or column] = None
        elif (answer := known.get(fold(str(text)))) is not None:
            row.found[to or column] = answer
        else:
            row.refuse(column, str(message) % {"value": text})


def compare(
    rows: Iterable[Row],
    stored: Mapping[Any, M],
    *,
    key: Callable[[Row], Any],
    fields: Mapping[str, str | Callable[[M], Any]],
    ctx: Context,
    now: Callable[[Row, str], Any] | None = None,
) -> None:
    """Set each row's outcome by comparing it with the stored object of the same ``key``.

    ``fields`` maps a column to the attribute (or a function of the object) that holds its stored value. A column that
    the file does not have, and an empty cell, change nothing. ``now(row, column)`` gives the new value where it is not
    the cell's own, such as the key of a ward found by name. A changed row keeps what is stored in ``before``, and the
    object's key in ``found["id"]``; secrets show only that they differ.
    """
    secrets = set(ctx.sheet.secrets)
    for row in rows:
        if row.refused:
            continue
        thing = stored.get(key(row))
        if thing is None:
            row.outcome = Outcome.NEW
            continue
        row.found["id"] = thing.pk
        row.before = {}
        for column, source in fields.items():
            value = row[column] if now is None else now(row, column)
            if column not in ctx.columns or row[column] is None:
                continue
            old = source(thing) if callable(source) else getattr(thing, source)
            if value != old:
                row.before[column] = "•••" if column in secrets else old
        row.outcome = Outcome.CHANGED if row.before else Outcome.SAME


def split(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The new rows and the changed rows."""
    new, changed = [], []
    for row in rows:
        if row.outcome == Outcome.NEW:
            new.append(row)
        elif row.outcome == Outcome.CHANGED:
            changed.append(row)
    return new, changed


def stamp(ctx: Context) -> dict[str, Any]:
    """The fields that say where a new record came from."""
    return {"source": Source.IMPORT, "created_by": ctx.by}


def insert(
    rows: Iterable[Row],
    model: type[M],
    values: Callable[[Row], dict[str, Any]],
    ctx: Context,
) -> list[M]:
    """Create one object for each row, with ``source`` and ``created_by`` set; returns them in the order of the rows."""
    made = [model(**stamp(ctx), **values(row)) for row in rows]
    return model._default_manager.bulk_create(made, batch_size=BATCH)


def update(rows: Sequence[Row], model: type[M], values: Callable[[Row], dict[str, Any]]) -> list[M]:
    """Write ``values`` of each row into the object ``row.found["id"]``; None leaves the stored value as it is."""
    if not rows:
        return []
    objects = model._default_manager.in_bulk([row.found["id"] for row in rows])
    touched: set[str] = set()
    for row in rows:
        thing = objects[row.found["id"]]
        for name, value in values(row).items():
            if value is not None and getattr(thing, name) != value:
                setattr(thing, name, value)
                touched.add(name)
    if touched:
        model._default_manager.bulk_update(objects.values(), sorted(touched), batch_size=BATCH)
    return list(objects.values())


def upsert(
    rows: Sequence[Row],
    model: type[M],
    values: Callable[[Row], dict[str, Any]],
    ctx: Context,
) -> list[M]:
    """``insert`` the new rows and ``update`` the changed ones."""
    new, changed = split(rows)
    return [*insert(new, model, values, ctx), *update(changed, model, values)]
