"""Many rows into a table with one COPY: what `bulk_create` does, without building a statement of every value.

Constraints, foreign keys and triggers see the rows as they see any others; columns that are not named get their default
of the database.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, models

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Primary keys for `count` new rows, so that rows which point to them can be copied too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [row[0] for row in cursor.fetchall()]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Copy the rows in, values in the order of `columns` (names of columns, not of fields)."""
    out = io.StringIO()
    out.writelines("\t".join([_text(value) for value in row]) + "\n" for row in rows)
    out.seek(0)
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", out)


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
