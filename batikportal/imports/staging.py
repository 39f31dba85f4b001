"""Rows between reading and writing, kept in the database as JSON; personal identifiers wait encrypted."""

import io
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from batikportal import encryption
from batikportal.imports import cells as cell_forms
from batikportal.imports import parsing
from batikportal.imports.checking import Line
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Context, Kind, Row, Sheet
from batikportal.models.files import StoredFile
from batikportal.models.imports import ImportRow, ImportRun

_COLUMNS = ("run_id", "line", "cells", "values", "errors", "before", "found", "outcome", "understood")


def plain(thing: Any) -> Any:
    """The same text, list or mapping without what PostgreSQL cannot keep: NUL and halves of surrogate pairs."""
    if isinstance(thing, str):
        return thing.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if isinstance(thing, dict):
        return {plain(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(item) for item in thing]
    return thing


def _json(thing: Any) -> str:
    text = json.dumps(thing, default=str)
    if "\\u0000" in text or "\\ud" in text:
        text = json.dumps(plain(json.loads(text)))
    # COPY reads a backslash as its own escape; raw tabs and line breaks do not occur in JSON.
    return text.replace("\\", "\\\\")


def keep_rows(run: ImportRun, lines: Iterable[Line], sheet: Sheet, positions: dict[str, int]) -> None:
    """Put the rows of a run into the database with one COPY; rows of an earlier attempt go."""
    ImportRow.objects.filter(run=run).delete()
    kinds = {column.name: column.kind for column in sheet.columns}
    secrets = {name: positions.get(name) for name in sheet.secrets}
    out = io.StringIO()
    for line in lines:
        row = line.row
        cells: list[Any] = [cell_forms.keep(cell) for cell in line.cells]
        values = {name: parsing.dump(value, kinds[name]) for name, value in row.values.items() if value is not None}
        for name, place in secrets.items():
            if values.get(name):
                values[name] = encryption.encrypt(values[name])
            if place is not None and place < len(cells) and cells[place] is not None:
                cells[place] = encryption.encrypt(cell_forms.show(cells[place]))
        fields = (
            str(run.pk),
            str(row.line),
            *(_json(thing) for thing in (cells, values, row.errors, _before(row, sheet), row.found)),
            str(row.outcome),
            "t" if line.understood else "f",
        )
        out.write("\t".join(fields) + "\n")
    out.seek(0)
    table = connection.ops.quote_name(ImportRow._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(name) for name in _COLUMNS)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", out)


def _dump(value: Any, kind: Kind) -> Any:
    try:
        return parsing.dump(value, kind)
    except (AttributeError, TypeError, IndexError):
        return str(value)


def restore(stored: ImportRow, sheet: Sheet) -> Row:
    """The row as check and apply see it, its secrets in clear."""
    values: dict[str, Any] = dict.fromkeys(column.name for column in sheet.columns)
    for name, value in stored.values.items():
        if column := sheet.by_name.get(name):
            clear = encryption.decrypt(value) if column.secret else value
            values[name] = parsing.load(clear, column.kind)
    return Row(stored.line, values, stored.errors, stored.outcome, stored.before, stored.found)


def staged(run: ImportRun, sheet: Sheet) -> list[tuple[ImportRow, Row]]:
    """The understood rows of the run, each with its row as it was before its check."""
    waiting = ImportRow.objects.filter(run=run, understood=True).order_by("line")
    return [(stored, Row(stored.line, restore(stored, sheet).values)) for stored in waiting]


def differs(stored: ImportRow, row: Row, sheet: Sheet) -> bool:
    """Whether a second check says something else of the row than the preview did."""
    return stored.outcome != row.outcome or stored.before != _before(row, sheet)


def rewrite(pairs: Iterable[tuple[ImportRow, Row]], sheet: Sheet) -> None:
    """Put the findings of a second check into the staged rows."""
    changed = []
    for stored, row in pairs:
        stored.outcome, stored.errors, stored.found = row.outcome, row.errors, row.found
        stored.before = _before(row, sheet)
        changed.append(stored)
    ImportRow.objects.bulk_update(changed, ["outcome", "errors", "found", "before"], batch_size=500)


def _before(row: Row, sheet: Sheet) -> dict[str, Any]:
    """The stored values of a changed row as JSON gives them back."""
    if not row.before:
        return {}
    kinds = {column.name: column.kind for column in sheet.columns}
    dumped = {name: _dump(value, kinds.get(name, Kind.TEXT)) for name, value in row.before.items()}
    before: dict[str, Any] = json.loads(json.dumps(plain(dumped), default=str))
    return before


def counts(rows: Iterable[Row]) -> dict[str, int]:
    """The counts of the run's outcomes, by the names of its fields."""
    found = Counter(str(row.outcome) for row in rows)
    return {f"{outcome}_count": found[outcome] for outcome in Outcome.values}


def context(run: ImportRun, sheet: Sheet, by: Any, at: Any) -> Context:
    """Who imports what and when, for check and apply."""
    return Context(
        sheet=sheet,
        by=by,
        at=at,
        columns=frozenset(run.positions),
        run_id=run.pk,
        file_name=run.file_name,
        language=run.language,
        headings={name: run.labels[place] for name, place in run.positions.items() if place < len(run.labels)},
    )


def forget_secret_upload(run: ImportRun, sheet: Sheet | None) -> None:
    """Delete an uploaded file with personal identifiers, once its rows wait in encrypted form or it has failed."""
    if run.file_id is None or (sheet is not None and not any(sheet.secrets)):
        return
    stored = StoredFile.objects.get(pk=run.file_id)
    name, storage = str(stored.file.name), stored.file.storage
    ImportRun.objects.filter(pk=run.pk).update(file=None)
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name))
