"""Judging results as a set: one look at the limits, one at the results, a few statements to write."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from batikportal import copying
from wastewater import queries, rules
from wastewater.actions.indices import compute_indices
from wastewater.actions.violations import follow_results
from wastewater.choices import PointKind, Reason, SampleState, Verdict
from wastewater.models import Evaluation, Result, Sample

# Samples whose results are judged in one go: bounds the memory, not the meaning.
SAMPLES_AT_ONCE = 2000

_READ = ("pk", "sample_id", "parameter_id", "value", "qualifier", "unit", "expressed_as")
_STORED = (
    "verdict",
    "reason",
    "limit_id",
    "binding",
    "compared_with_id",
    "reported",
    "converted_value",
    "ratio",
    "percent",
    "distance",
    "load_kg_per_ton",
    "load_limit_id",
    "load_verdict",
    "engine_version",
)


@dataclass(frozen=True)
class Judged:
    """How many evaluations were written, and how many stayed since nothing about them changed."""

    new_count: int
    same_count: int

    def __add__(self, other: "Judged") -> "Judged":
        return Judged(self.new_count + other.new_count, self.same_count + other.same_count)


def evaluate(*, samples: Iterable[int], at: datetime) -> Judged:
    """Judge every result of these samples (primary keys) by the limits in force on their sampling day.

    A result whose verdict would be the same keeps its evaluation; otherwise a new one is written and the old one stays,
    no longer current. The counts on the samples are written in the same transaction. Asking twice changes nothing.
    """
    wanted = sorted(set(samples))
    book = queries.limit_book()
    expected = queries.expected_parameters()
    done = Judged(0, 0)
    with transaction.atomic():
        for start in range(0, len(wanted), SAMPLES_AT_ONCE):
            done += _evaluate_some(wanted[start : start + SAMPLES_AT_ONCE], book, expected, at)
    return done


def evaluate_again(*, parameters: Iterable[int], at: datetime) -> Judged:
    """Judge again every sample that has, or should have, a result of these parameters: their limits were changed."""
    holders = Result.objects.filter(parameter__in=list(parameters)).order_by().values("sample_id").distinct()
    return evaluate(samples=holders.values_list("sample_id", flat=True), at=at)


def _evaluate_some(wanted: list[int], book: queries.Book, expected: queries.Expected, at: datetime) -> Judged:
    locked = (
        Sample.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted, taken_at__isnull=False)
        .exclude(state=SampleState.VOID)
        .select_related("point__water_body")
        .order_by("pk")
    )
    by_id = {sample.pk: sample for sample in locked}
    given = {pk: queries.circumstances_of(sample) for pk, sample in by_id.items()}
    limits = _Limits(book)
    current = _current_evaluations(list(by_id))
    made: list[tuple[Any, ...]] = []
    retired: list[int] = []
    same_count = 0
    tallies: dict[int, Counter[str]] = defaultdict(Counter)
    reported: dict[int, set[int]] = defaultdict(set)
    results = Result.objects.filter(sample__in=by_id).order_by("pk").values_list(*_READ)
    for pk, sample_id, parameter, *measured in results.iterator(chunk_size=5000):
        values = _judge(rules.Measurement(*measured), parameter, by_id[sample_id], given[sample_id], limits)
        tallies[sample_id][_tally_of(*values[:2])] += 1
        reported[sample_id].add(parameter)
        old = current.get(pk)
        if old is not None and old[1:] == values:
            same_count += 1
            continue
        if old is not None:
            retired.append(old[0])
        made.append((pk, at, True, *values))
    Evaluation.objects.filter(pk__in=retired).update(is_current=False)
    if made:
        copying.insert(Evaluation, ("result_id", "evaluated_at", "is_current", *_STORED), made)
    _write_counts(by_id, given, book, expected, tallies, reported)
    rivers = (one.pk for one in by_id.values() if one.point.kind == PointKind.RECEIVING and one.state in rules.COUNTED)
    compute_indices(samples=rivers, at=at)
    if made:
        follow_results(samples=[pk for pk, sample in by_id.items() if sample.state in rules.COUNTED], at=at)
    return Judged(len(made), same_count)


class _Limits:
    """The limits that apply to one parameter in some circumstances, looked up once for all results that share them."""

    def __init__(self, book: queries.Book) -> None:
        self.book = book
        self.known: dict[rules.Circumstances, dict[int, list[list[rules.LimitRow]]]] = defaultdict(dict)

    def applicable(self, parameter: int, given: rules.Circumstances) -> list[list[rules.LimitRow]]:
        here = self.known[given]
        found = here.get(parameter)
        if found is None:
            found = here[parameter] = rules.applicable(self.book.get(parameter, []), given)
        return found


def _current_evaluations(samples: list[int]) -> dict[int, tuple[Any, ...]]:
    rows = Evaluation.objects.filter(is_current=True, result__sample__in=samples).order_by()
    return {result: (pk, *stored) for result, pk, *stored in rows.values_list("result_id", "pk", *_STORED)}


def _judge(
    result: rules.Measurement, parameter: int, sample: Sample, given: rules.Circumstances, limits: _Limits
) -> tuple[Any, ...]:
    """The stored fields of the evaluation of one result, in the order of `_STORED`."""
    load = None
    if sample.point.kind == PointKind.INFLUENT:
        judged = rules.Judgement(Verdict.CANNOT_TELL, Reason.INFLUENT)
    else:
        if sample.air_temperature_c is not None:
            result = replace(result, air_temperature_c=sample.air_temperature_c)
        judged = rules.judge_by_classes(result, limits.applicable(parameter, given))
        load = rules.judge_load(result, limits.book.get(parameter, []), given, sample.water_use_m3_per_ton)
    return (
        str(judged.verdict),
        str(judged.reason),
        judged.limit.id if judged.limit else None,
        str(judged.binding),
        judged.compared_with.id if judged.compared_with else None,
        _reported(result),
        _rounded(judged.converted_value, 8),
        _rounded(judged.ratio, 4),
        _rounded(judged.percent, 4),
        _rounded(judged.distance, 6),
        _rounded(load.load_kg_per_ton, 6) if load else None,
        load.limit.id if load else None,
        str(load.verdict) if load else "",
        rules.ENGINE_VERSION,
    )


def _reported(result: rules.Measurement) -> str:
    """The result as it was judged, so that a later correction can be told from it."""
    return f"{result.qualifier}{result.value.normalize():f} {result.unit} {result.expressed_as}".strip()


def _rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else round(value, places)


def _tally_of(verdict: str, reason: str) -> str:
    if verdict != Verdict.CANNOT_TELL:
        return verdict
    return "ungraded" if reason in (Reason.NO_LIMIT, Reason.INFLUENT) else "undecided"


def _write_counts(
    by_id: dict[int, Sample],
    given: dict[int, rules.Circumstances],
    book: queries.Book,
    expected: queries.Expected,
    tallies: dict[int, Counter[str]],
    reported: dict[int, set[int]],
) -> None:
    """One statement writes the counts of all samples; rows that would not change are left alone."""
    regulated: dict[rules.Circumstances, set[int]] = {}
    columns: list[list[int]] = [[] for _column in range(6)]
    for pk, sample in by_id.items():
        if sample.point.kind == PointKind.INFLUENT:
            missing = 0
        else:
            if given[pk] not in regulated:
                regulated[given[pk]] = rules.regulated(given[pk], book, expected)
            missing = len(regulated[given[pk]] - reported[pk])
        tally = tallies[pk]
        counts = (pk, tally["meets"], tally["exceeds"], tally["undecided"], tally["ungraded"], missing)
        for column, count in zip(columns, counts, strict=True):
            column.append(count)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE wastewater_sample s
            SET meets_count = n.meets, exceeds_count = n.exceeds, undecided_count = n.undecided,
                ungraded_count = n.ungraded, missing_count = n.missing
            FROM unnest(%s::bigint[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[])
                AS n (id, meets, exceeds, undecided, ungraded, missing)
            WHERE s.id = n.id
              AND (s.meets_count, s.exceeds_count, s.undecided_count, s.ungraded_count, s.missing_count)
                  IS DISTINCT FROM (n.meets, n.exceeds, n.undecided, n.ungraded, n.missing)
            """,
            columns,
        )
