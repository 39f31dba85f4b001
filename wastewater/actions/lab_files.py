"""Writing what a laboratory file says, for many samples at once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import copying
from batikportal.choices import Source
from batikportal.models import User
from wastewater import rules
from wastewater.actions.evaluations import Judged, evaluate
from wastewater.actions.samples import SampleRefused
from wastewater.choices import SampleState
from wastewater.models import Result, Sample
from wastewater.queries import methods

BATCH = 1000
_SAMPLE_COLUMNS = (
    "id", "public_id", "point_id", "state", "taken_at", "laboratory_id", "lab_number", "air_temperature_c",
    "results_entered_by_id", "results_entered_at", "created_by_id", "created_at", "source", "sampler_name", "note",
    "void_reason",
)  # fmt: skip
_RESULT_COLUMNS = (
    "public_id", "sample_id", "parameter_id", "qualifier", "value", "unit", "expressed_as", "detection_limit", "method",
    "created_by_id", "created_at", "source", "note",
)  # fmt: skip


@dataclass(frozen=True)
class ReportedResult:
    """One line of a report; None in a correction leaves what is stored."""

    parameter_id: int
    qualifier: str
    value: Decimal
    unit: str
    expressed_as: str
    detection_limit: Decimal | None = None
    method: str | None = None
    note: str = ""


@dataclass
class Report:
    """One sample of a file: a new one at a point, or one that is already known by its key."""

    laboratory_id: int
    lab_number: str
    point_id: int
    taken_at: datetime
    sample_id: int | None = None
    air_temperature_c: Decimal | None = None
    results: list[ReportedResult] = field(default_factory=list)


def record_reports(*, reports: Sequence[Report], by: User | None, at: datetime) -> Judged:
    """Write samples and results of a laboratory file and judge them; all or nothing.

    New samples arrive as "resulted". Known ones must still be open for results; results of parameters that they have
    already are corrected in place, and the history keeps the old figures.
    """
    with transaction.atomic():
        known = _known_samples(reports, by, at)
        made = _new_samples(reports, by, at)
        samples = [made[id(report)] if report.sample_id is None else known[report.sample_id].pk for report in reports]
        _write_results(samples, reports, by, at)
        return evaluate(samples=samples, at=at)


def _known_samples(reports: Sequence[Report], by: User | None, at: datetime) -> dict[int, Sample]:
    wanted = {report.sample_id: report for report in reports if report.sample_id is not None}
    known = {row.pk: row for row in Sample.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    for pk, sample in known.items():
        if not rules.may_enter_results(sample.state):
            raise SampleRefused(
                _("Sampel %(number)s sudah diverifikasi. Hasilnya tidak dapat diubah lewat berkas.")
                % {"number": sample.number}
            )
        report = wanted[pk]
        sample.state = SampleState.RESULTED
        sample.laboratory_id, sample.lab_number = report.laboratory_id, report.lab_number
        sample.air_temperature_c = report.air_temperature_c or sample.air_temperature_c
        sample.results_entered_by, sample.results_entered_at = by, at
    columns = ["state", "laboratory", "lab_number", "air_temperature_c", "results_entered_by", "results_entered_at"]
    Sample.objects.bulk_update(known.values(), columns, batch_size=BATCH)
    return known


def _new_samples(reports: Sequence[Report], by: User | None, at: datetime) -> dict[int, int]:
    """The new samples, by the identity of their report: their primary keys."""
    new = [report for report in reports if report.sample_id is None]
    keys = copying.reserve(Sample, len(new))
    who = by.pk if by else None
    rows = [
        (
            pk,
            uuid.uuid4(),
            report.point_id,
            SampleState.RESULTED.value,
            report.taken_at,
            report.laboratory_id,
            report.lab_number,
            report.air_temperature_c,
            who,
            at,
            who,
            at,
            Source.IMPORT.value,
            "",
            "",
            "",
        )
        for pk, report in zip(keys, new, strict=True)
    ]
    if rows:
        copying.insert(Sample, _SAMPLE_COLUMNS, rows)
    return {id(report): pk for report, pk in zip(new, keys, strict=True)}


def _completed(line: ReportedResult, report: Report, book: methods.MethodBook) -> ReportedResult:
    """A new line with what the file leaves out and the laboratory's own row of the sampling day knows."""
    on = timezone.localdate(report.taken_at)
    own = methods.method_on(book, report.laboratory_id, line.parameter_id, on)
    method, limit = methods.completed(
        own, method=line.method or "", limit=line.detection_limit, unit=line.unit, expressed_as=line.expressed_as
    )
    return replace(line, method=method, detection_limit=limit)


def _write_results(samples: Sequence[int], reports: Sequence[Report], by: User | None, at: datetime) -> None:
    known = [report.sample_id for report in reports if report.sample_id is not None]
    stored = {(row.sample_id, row.parameter_id): row for row in Result.objects.filter(sample__in=known)}
    book = methods.method_book(report.laboratory_id for report in reports)
    new: list[tuple[Any, ...]] = []
    changed: list[Result] = []
    who = by.pk if by else None
    for sample, report in zip(samples, reports, strict=True):
        for line in report.results:
            row = stored.get((sample, line.parameter_id))
            if row is None:
                line = _completed(line, report, book)
                new.append(
                    (
                        uuid.uuid4(),
                        sample,
                        line.parameter_id,
                        line.qualifier,
                        line.value,
                        line.unit,
                        line.expressed_as,
                        line.detection_limit,
                        line.method or "",
                        who,
                        at,
                        Source.IMPORT.value,
                        line.note,
                    )
                )
            else:
                _correct(row, line)
                changed.append(row)
    if new:
        copying.insert(Result, _RESULT_COLUMNS, new)
    columns = ["qualifier", "value", "unit", "expressed_as", "detection_limit", "method", "note"]
    Result.objects.bulk_update(changed, columns, batch_size=BATCH)


def _correct(row: Result, line: ReportedResult) -> None:
    if (row.qualifier, row.value) != (line.qualifier, line.value):
        row.note = line.note
    row.qualifier, row.value = line.qualifier, line.value
    row.unit, row.expressed_as = line.unit, line.expressed_as
    row.detection_limit = row.detection_limit if line.detection_limit is None else line.detection_limit
    row.method = row.method if line.method is None else line.method
