"""Reads of imports: the sheets a user may fill, the runs a user may see, and a run's rows ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from batikportal import contracts, encryption, phones
from batikportal.imports import parsing
from batikportal.imports.cells import show
from batikportal.imports.choices import Outcome, RunState
from batikportal.imports.contract import Column, Kind, Sheet
from batikportal.models.imports import ImportRow, ImportRun, ImportRunQuerySet

Written = TypeVar("Written", bound=models.Model)


def sheets_for(user) -> list[Sheet]:
    """The sheets that the user may import."""
    return list(contracts.for_user("sheets", user))


def sheet_named(code: str) -> Sheet | None:
    """The sheet of that code, whoever asks; None when its app no longer offers it."""
    return next((sheet for sheet in contracts.contributions("sheets") if sheet.code == code), None)


def runs_for(user) -> ImportRunQuerySet:
    """The imports that the user may see, newest first."""
    codes = [sheet.code for sheet in sheets_for(user)]
    return ImportRun.objects.shared_with(user, codes).select_related("created_by").order_by("-created_at", "-pk")


def earlier_import(sheet: str, sha256: str) -> ImportRun | None:
    """The import in which the very same file was confirmed for this sheet."""
    return ImportRun.objects.filter(sheet=sheet, sha256=sha256, state__in=[RunState.APPLYING, RunState.APPLIED]).first()


def written_by(rows: models.QuerySet[Written], run: ImportRun) -> models.QuerySet[Written]:
    """Those of the rows that the import wrote or changed, as the history tells."""
    contexts = _history(ImportRun).filter(pgh_obj=run.pk, state=RunState.APPLIED).values("pgh_context")
    return rows.filter(pk__in=_history(rows.model).filter(pgh_context__in=contexts).values("pgh_obj"))


def _history(model: type[models.Model]) -> models.QuerySet[Any]:
    """What the audit trail keeps of a tracked model."""
    events: Any = model._meta.get_field("events").related_model
    return events.objects.all()


@dataclass(slots=True)
class ShownCell:
    """A cell of the preview: its text, what was stored before, and what is wrong with it."""

    label: str
    text: str
    before: str | None = None
    errors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ShownRow:
    """A row of the preview; ``errors`` concern the row as a whole."""

    line: int
    cells: list[ShownCell]
    errors: list[str]


class Preview:
    """Turns staged rows into what a person reads: labels for codes, Indonesian figures, masks over secrets."""

    def __init__(self, run: ImportRun, sheet: Sheet) -> None:
        self.run, self.sheet = run, sheet
        self.columns = [column for column in sheet.columns if column.name in run.positions]
        self.labels = {column.name: dict(column.pairs()) for column in self.columns if column.choices}

    def rows(self, outcome: str) -> models.QuerySet[ImportRow]:
        return ImportRow.objects.filter(run=self.run, outcome=outcome).order_by("line")

    def show(self, rows: Iterable[ImportRow]) -> list[ShownRow]:
        return [self._shown(row) for row in rows]

    def _shown(self, row: ImportRow) -> ShownRow:
        cells = []
        for column in self.columns:
            errors = row.errors.get(column.name, [])
            if row.outcome == Outcome.REFUSED:
                text = self._as_typed(row, column)
            else:
                text = self._meant(column, row.values.get(column.name))
            before = None
            if column.name in row.before:
                before = "•••" if column.secret else self._meant(column, row.before[column.name])
            cells.append(ShownCell(str(column.label), text, before, errors))
        known = {column.name for column in self.columns}
        other = [message for name, messages in row.errors.items() if name not in known for message in messages]
        return ShownRow(row.line, cells, other)

    def _as_typed(self, row: ImportRow, column: Column) -> str:
        place = self.run.positions[column.name]
        cell = row.cells[place] if place < len(row.cells) else None
        if cell is not None and column.secret:
            return encryption.mask(encryption.decrypt(cell))
        return show(cell)[:200]

    def _meant(self, column: Column, stored: Any) -> str:
        if stored is None or stored == "":
            return ""
        if column.secret:
            return encryption.mask(encryption.decrypt(stored))
        labels = self.labels.get(column.name, {})
        if column.kind == Kind.LIST:
            return ", ".join(labels.get(str(item), str(item)) for item in stored)
        if labels:
            return labels.get(str(stored), str(stored))
        if column.kind == Kind.PHONE:
            return phones.shown(str(stored))
        try:
            return parsing.spell(parsing.load(stored, column.kind))
        except (ValueError, TypeError, ArithmeticError, IndexError):
            return str(stored)
