"""What laboratories can measure: the method of a day, what lies outside their scope, limits too high to judge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wastewater import rules
from wastewater.choices import PointKind, Qualifier, Reason
from wastewater.models import AnalysisMethod, LabMethod, Laboratory, Result, Sample
from wastewater.queries.standards import circumstances_of, limit_book
from wastewater.queries.validity import in_force

# (laboratory, parameter) → its rows, which never overlap.
MethodBook = dict[tuple[int, int], list[LabMethod]]


def in_use(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def method_book(laboratories: Iterable[int]) -> MethodBook:
    """The methods of these laboratories (primary keys), old and new; one query."""
    book: MethodBook = {}
    for row in LabMethod.objects.filter(laboratory__in=set(laboratories)).select_related("parameter").order_by("pk"):
        book.setdefault((row.laboratory_id, row.parameter_id), []).append(row)
    return book


def method_on(book: MethodBook, laboratory: int | None, parameter: int, on: date) -> LabMethod | None:
    """How this laboratory measured the parameter on the day."""
    rows = book.get((laboratory or 0, parameter), ())
    return next(
        (row for row in rows if row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)), None
    )


@dataclass(frozen=True)
class Known:
    """What the laboratory's own row says when the report is silent."""

    method: str
    limit: Decimal | None


def known_of(row: LabMethod | None, *, unit: str, expressed_as: str) -> Known:
    """Method and limit of a row, the limit in the unit of the result; None where it cannot be converted."""
    if row is None:
        return Known("", None)
    own = row.quantification_limit or row.detection_limit
    if own is None:
        return Known(row.method, None)
    limit = rules.convert(
        own,
        unit=row.parameter.unit,
        expressed_as=row.parameter.expressed_as,
        to_unit=unit,
        to_expressed_as=expressed_as,
    )
    return Known(row.method, None if limit is None else round(limit, 6) or None)


def completed(
    own: LabMethod | None, *, method: str, limit: Decimal | None, unit: str, expressed_as: str
) -> tuple[str, Decimal | None]:
    """Method and limit of a result: what the report says, else what the laboratory's own row knows.

    The limit belongs to the method: a report that names another method keeps its own silence.
    """
    known = known_of(own, unit=unit, expressed_as=expressed_as)
    if method and method != known.method:
        return method, limit
    return known.method, limit or known.limit


def outside_scope(sample: Sample, results: Sequence[Result]) -> set[int]:
    """Parameters (primary keys) that the laboratory was not accredited for on the sampling day.

    Empty while nothing is known about the laboratory: without rows nobody can tell.
    """
    if sample.laboratory_id is None or sample.taken_at is None or not results:
        return set()
    accredited = LabMethod.objects.filter(laboratory=sample.laboratory_id, is_accredited=True)
    if not accredited.exists():
        return set()
    covered = accredited.filter(in_use(timezone.localdate(sample.taken_at))).values_list("parameter_id", flat=True)
    return {result.parameter_id for result in results} - set(covered)


def limits_too_high(sample: Sample, laboratory: Laboratory) -> list[LabMethod]:
    """Methods with which "not detected" could not be judged for this sample: their limit is above the standard."""
    if sample.taken_at is None or sample.point.kind == PointKind.INFLUENT:
        return []
    given, book = circumstances_of(sample), limit_book()
    rows = laboratory.methods.filter(in_use(timezone.localdate(sample.taken_at))).select_related("parameter")
    found = []
    for row in rows.order_by("parameter__display_order"):
        own = row.quantification_limit or row.detection_limit
        if own is None:
            continue
        undetected = rules.Measurement(
            own, Qualifier.LESS, row.parameter.unit, row.parameter.expressed_as, sample.air_temperature_c
        )
        judged = rules.judge_by_rows(undetected, book.get(row.parameter_id, []), given)
        if judged.reason == Reason.DETECTION_LIMIT:
            found.append(row)
    return found


def laboratories_with_scope(on: date) -> QuerySet[Laboratory]:
    """Laboratories with how many parameters each is accredited for on the day."""
    accredited = Q(methods__is_accredited=True, methods__valid_from__lte=on) & (
        Q(methods__valid_until__isnull=True) | Q(methods__valid_until__gte=on)
    )
    return Laboratory.objects.annotate(scope_count=Count("methods", filter=accredited)).order_by("name")


def reference_methods(on: date) -> QuerySet[AnalysisMethod]:
    """The standard methods in force on the day."""
    rows = AnalysisMethod.objects.filter(in_force(on)).select_related("parameter")
    return rows.order_by("parameter__display_order", "method")
