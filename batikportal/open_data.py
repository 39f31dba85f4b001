"""Open data: a dataset as checked rows, as CSV, as JSON, with a version that changes when the content does."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.utils.translation import override

from batikportal import spreadsheets
from batikportal.contracts import Dataset

# The column types whose smallest and largest value tell the period of a dataset.
TIME_TYPES = ("date", "month", "year")


@dataclass(frozen=True)
class Table:
    """The rows of a dataset at one moment; every row as long as the list of columns."""

    dataset: Dataset
    rows: Sequence[Sequence[Any]]

    @property
    def period(self) -> tuple[Any, Any] | None:
        """First and last value of the first column that holds a time; None when there is none."""
        place = next((k for k, column in enumerate(self.dataset.columns) if column[1] in TIME_TYPES), None)
        values = [row[place] for row in self.rows if row[place] is not None] if place is not None else []
        return (min(values), max(values)) if values else None

    @cached_property
    def version(self) -> str:
        """Twelve characters that stay the same as long as the content does."""
        return sha256(self.csv).hexdigest()[:12]

    @cached_property
    def csv(self) -> bytes:
        """RFC 4180: comma, point as decimal sign, ISO dates, empty for unknown; formulas made harmless."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column[0] for column in self.dataset.columns])
        # One content for every reader: the words of a file are Indonesian whatever the browser speaks.
        with override("id"):
            writer.writerows(spreadsheets.safe_row(map(_plain, row)) for row in self.rows)
        return text.getvalue().encode()

    @cached_property
    def json(self) -> bytes:
        """The rows as objects, with the dictionary beside them."""
        names = [column[0] for column in self.dataset.columns]
        with override("id"):
            content = {
                "code": self.dataset.code,
                "title": str(self.dataset.title),
                "description": str(self.dataset.description),
                "licence": self.dataset.licence,
                "version": self.version,
                "columns": [
                    {"name": name, "type": kind, "description": str(description)}
                    for name, kind, description in self.dataset.columns
                ],
                "rows": [dict(zip(names, map(_json_plain, row), strict=True)) for row in self.rows],
            }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """A cell that reads the same whatever the reader's language."""
    # Most cells are text or empty, and a dataset has many.
    if value is None or type(value) is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1)) if value == value.to_integral() else value
    if isinstance(value, int | float):
        return value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _json_plain(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    return _plain(value)


def read_table(dataset: Dataset) -> Table:
    """The dataset's rows now; ValueError when a row does not fit the columns."""
    rows = [list(row) for row in dataset.rows()]
    width = len(dataset.columns)
    wrong = next((row for row in rows if len(row) != width), None)
    if wrong is not None:
        raise ValueError(f"{dataset.code}: a row has {len(wrong)} cells for {width} columns")
    return Table(dataset, rows)
