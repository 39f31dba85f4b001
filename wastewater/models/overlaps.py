"""Expressions with which an exclusion constraint says: the same key, at the same time.

Scalars are compared as one-number ranges, so that plain PostgreSQL can do it without an extension.
"""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db.models import BigIntegerField, F, Func, Q, Value
from django.db.models.functions import Concat


def _same_number(column: str) -> Func:
    return Func(F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def _same_text(*columns: str) -> Func:
    """The texts folded into one 64-bit number."""
    parts: list[F | Value] = []
    for column in columns:
        parts += [F(column), Value("|")]
    number = Func(Concat(*parts), Value(0), function="hashtextextended", output_field=BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def never_overlap(
    name: str,
    *,
    numbers: tuple[str, ...] = (),
    texts: tuple[str, ...] = (),
    dates: tuple[str, str],
    message: Any,
    span: Func[Any] | None = None,
    condition: Q | None = None,
) -> ExclusionConstraint:
    """Two rows with equal `numbers` and `texts` may not share a day; `dates` are inclusive, an empty end is open.

    With a `span`, a range, they may share a day as long as their spans do not meet. `condition` names the rows meant; a
    column of `numbers` that may be empty needs one that leaves the empty rows out.
    """
    days = Func(F(dates[0]), F(dates[1]), Value("[]"), function="daterange", output_field=DateRangeField())
    keys = [(_same_number(column), RangeOperators.OVERLAPS) for column in numbers]
    if texts:
        keys.append((_same_text(*texts), RangeOperators.OVERLAPS))
    if span is not None:
        keys.append((span, RangeOperators.OVERLAPS))
    return ExclusionConstraint(
        name=name,
        expressions=[*keys, (days, RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )
