"""Judging results as a set: one look at the limits, one at the results, a few statements to write."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from wastewater import queries, rules
from wastewater.actions.violations import follow_results
from wastewater.choices import PointKind, Reason, SampleState, Verdict
from wastewater.models import Evaluation, Result, Sample

# Samples whose results are judged in one go: bounds the memory, not the meaning.
SAMPLES_AT_ONCE = 2000

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
    current = _current_evaluations(list(by_id))
    made: list[Evaluation] = []
    retired: list[int] = []
    same_count = 0
    tallies: dict[int, Counter[str]] = defaultdict(Counter)
    reported: dict[int, set[int]] = defaultdict(set)
    for result in Result.objects.filter(sample__in=by_id).order_by("pk").iterator(chunk_size=5000):
        sample = by_id[result.sample_id]
        values = _judge(result, sample, book.get(result.parameter_id, []), given[sample.pk])
        tallies[sample.pk][_tally_of(values)] += 1
        reported[sample.pk].add(result.parameter_id)
        old = current.get(result.pk)
        if old is not None and old[1:] == tuple(values[name] for name in _STORED):
            same_count += 1
            continue
        if old is not None:
            retired.append(old[0])
        made.append(Evaluation(result_id=result.pk, evaluated_at=at, **values))
    Evaluation.objects.filter(pk__in=retired).update(is_current=False)
    Evaluation.objects.bulk_create(made, batch_size=2000)
    _write_counts(by_id, given, book, expected, tallies, reported)
    if made:
        follow_results(samples=[pk for pk, sample in by_id.items() if sample.state in rules.COUNTED], at=at)
    return Judged(len(made), same_count)


def _current_evaluations(samples: list[int]) -> dict[int, tuple[Any, ...]]:
    rows = Evaluation.objects.filter(is_current=True, result__sample__in=samples).order_by()
    return {result: (pk, *stored) for result, pk, *stored in rows.values_list("result_id", "pk", *_STORED)}


def _judge(result: Result, sample: Sample, rows: list[rules.LimitRow], given: rules.Circumstances) -> dict[str, Any]:
    """The stored fields of the evaluation of one result."""
    measured = rules.Measurement(
        result.value, result.qualifier, result.unit, result.expressed_as, sample.air_temperature_c
    )
    load = None
    if sample.point.kind == PointKind.INFLUENT:
        judged = rules.Judgement(Verdict.CANNOT_TELL, Reason.INFLUENT)
    else:
        judged = rules.judge_by_rows(measured, rows, given)
        load = rules.judge_load(measured, rows, given, sample.water_use_m3_per_ton)
    return {
        "verdict": str(judged.verdict),
        "reason": str(judged.reason),
        "limit_id": judged.limit.id if judged.limit else None,
        "binding": str(judged.binding),
        "compared_with_id": judged.compared_with.id if judged.compared_with else None,
        "reported": _reported(result),
        "converted_value": _rounded(judged.converted_value, 8),
        "ratio": _rounded(judged.ratio, 4),
        "percent": _rounded(judged.percent, 4),
        "distance": _rounded(judged.distance, 6),
        "load_kg_per_ton": _rounded(load.load_kg_per_ton, 6) if load else None,
        "load_limit_id": load.limit.id if load else None,
        "load_verdict": str(load.verdict) if load else "",
        "engine_version": rules.ENGINE_VERSION,
    }


def _reported(result: Result) -> str:
    """The result as it was judged, so that a later correction can be told from it."""
    return f"{result.qualifier}{result.value.normalize():f} {result.unit} {result.expressed_as}".strip()


def _rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else round(value, places)


def _tally_of(values: dict[str, Any]) -> str:
    if values["verdict"] != Verdict.CANNOT_TELL:
        return values["verdict"]
    return "ungraded" if values["reason"] in (Reason.NO_LIMIT, Reason.INFLUENT) else "undecided"


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
