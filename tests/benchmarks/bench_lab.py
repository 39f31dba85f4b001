"""I2: a laboratory file through the portal against django-import-export, and a batch into many results against few.

`pytest tests/benchmarks/bench_lab.py -s --size 0.1`. All ratios come from one run.
"""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from import_export import resources

from batikportal.imports import actions as imports
from batikportal.models.imports import ImportRun
from tests.batikportal.importing import work_off
from tests.batikportal.spreadsheets import csv_bytes
from tests.benchmarks.measuring import clocked, report, say
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import actions, models, sheets
from wastewater.choices import SampleState

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PARAMETERS = ("PH", "COD", "BOD5", "TSS", "FENOL", "CR_T", "NH3N", "SULFIDA", "OIL", "WARNA")
HEADER = ["Laboratorium", "Nomor laboratorium", "Kode titik", "Tanggal ambil", "Parameter", "Hasil", "Satuan"]


class ResultResource(resources.ModelResource):
    """The same rows by django-import-export: results of samples that exist already, no verdicts."""

    class Meta:
        model = models.Result
        import_id_fields = ("sample", "parameter")
        fields = ("sample", "parameter", "qualifier", "value", "unit")


def codes() -> list[str]:
    known = set(models.Parameter.objects.values_list("code", flat=True))
    return [code for code in PARAMETERS if code in known]


def lines(count: int, lab: models.Laboratory, points: list[models.DischargePoint], prefix: str):
    names = codes()
    for n in range(count):
        sample, place = divmod(n, len(names))
        code = names[place]
        result = "7,1" if code == "PH" else "<0,01" if n % 7 == 0 else f"{n % 180},{n % 10}"
        taken_on = (date(2026, 1, 5) + timedelta(days=sample % 300)).isoformat()
        unit = "" if code in ("PH", "WARNA") else "mg/L"
        yield [lab.name, f"{prefix}-{sample:06d}", points[sample % len(points)].code, taken_on, code, result, unit]


def workbook(rows) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    data = book.create_sheet("Data")
    for row in rows:
        data.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def through_the_portal(clerk, name: str, data: bytes) -> tuple[float, float]:
    """Seconds for read + check + stage, and for check again + write + judge."""
    sheet = next(one for one in sheets.SHEETS if one.code == "lab-results")
    run = imports.upload_file(sheet=sheet, upload=SimpleUploadedFile(name, data), language="id", by=clerk, at=NOW)
    checked, _done = clocked(work_off)
    run.refresh_from_db()
    assert not run.refused_count, list(run.rows.filter(outcome="refused").values_list("errors", flat=True)[:3])
    imports.confirm_run(run=run, by=clerk, at=NOW)
    written, _done = clocked(work_off)
    run.refresh_from_db()
    assert run.state == "applied", run.problem
    return checked, written


def by_import_export(count: int, kind: str) -> float:
    """Rows a second of django-import-export on new results of existing samples."""
    names = [factories.parameter(code).pk for code in codes()]
    samples = models.Sample.objects.bulk_create(
        models.Sample(
            point=factories.EnterprisePointFactory() if n == 0 else models.DischargePoint.objects.first(),
            state=SampleState.RESULTED, taken_at=NOW, results_entered_at=NOW,
        )
        for n in range(count // len(names) + 1)
    )  # fmt: skip
    rows = [[samples[n // len(names)].pk, names[n % len(names)], "=", "7.1", "mg/L"] for n in range(count)]
    table = tablib.Dataset(*rows, headers=["sample", "parameter", "qualifier", "value", "unit"])
    raw = table.export(kind)

    def load() -> None:
        read = tablib.Dataset().load(raw, format=kind)
        result = ResultResource().import_data(read, dry_run=False, raise_errors=True)
        assert result.totals["new"] == count

    return report(f"django-import-export, {kind}, {count} rows", clocked(load)[0], count)


def test_lab_file_against_import_export(db, size):
    clerk = portal.StaffFactory(role="data_clerk")
    lab = factories.LaboratoryFactory()
    points = factories.EnterprisePointFactory.create_batch(20)
    count = size(20_000)
    for name, kind in (("a.csv", "csv"), ("a.xlsx", "xlsx")):
        rows = [HEADER, *lines(count, lab, points, kind)]
        data = csv_bytes(rows) if kind == "csv" else workbook(rows)
        checked, written = through_the_portal(clerk, name, data)
        report(f"{kind}: read, checked, staged", checked, count)
        report(f"{kind}: checked again, written, judged, history kept", written, count)
        ours = report(f"{kind}: whole way", checked + written, count)
        theirs = by_import_export(max(200, count // 20), kind)
        say(f"{kind}: {ours / theirs:.1f} x django-import-export (goal {100 if kind == 'csv' else 35})\n")
    assert ImportRun.objects.filter(state="applied").count() == 2


def test_writing_alone(db, size):
    """The write path without the file: samples, results, verdicts and counts."""
    lab = factories.LaboratoryFactory()
    points = factories.EnterprisePointFactory.create_batch(20)
    names = len(codes())
    count = size(20_000) // names * names
    seconds, judged = clocked(lambda: record(count, lab, points, "W"))
    assert judged.new_count == count
    report("record_reports: samples, results, verdicts, counts, history", seconds, count)


def record(count: int, lab, points, prefix: str):
    names = [factories.parameter(code) for code in codes()]
    reports = []
    for sample in range(count // len(names)):
        reports.append(
            actions.Report(
                laboratory_id=lab.pk, lab_number=f"{prefix}-{sample}", point_id=points[sample % len(points)].pk,
                taken_at=datetime(2026, 1, 5, 2, tzinfo=UTC) + timedelta(days=sample % 300),
                results=[
                    actions.ReportedResult(one.pk, "=", Decimal(sample % 90 + 1) / 10, one.unit, one.expressed_as)
                    for one in names
                ],
            )
        )  # fmt: skip
    return actions.record_reports(reports=reports, by=None, at=NOW)


def grow(results: int, point, lab, prefix: str) -> None:
    """So many results with their verdicts, ten to a sample, written past the triggers: only their weight matters."""
    parameters = list(models.Parameter.objects.order_by("pk").values_list("pk", flat=True)[:10])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            """
            INSERT INTO wastewater_sample (
                public_id, point_id, state, taken_at, laboratory_id, lab_number, results_entered_at, created_at, source,
                sampler_name, note, void_reason
            )
            SELECT gen_random_uuid(), %s, 'resulted', timestamptz '2010-01-01' + n * interval '7 minutes', %s,
                   %s || n, now(), now(), 'seed', '', '', ''
            FROM generate_series(1, %s) AS n
            """,
            [point.pk, lab.pk, prefix, results // 10],
        )
        cursor.execute(
            """
            INSERT INTO wastewater_result (
                public_id, sample_id, parameter_id, qualifier, value, unit, expressed_as, method, created_at, source,
                note
            )
            SELECT gen_random_uuid(), s.id, p, '=', 7, 'mg/L', '', '', now(), 'seed', ''
            FROM wastewater_sample s CROSS JOIN unnest(%s::bigint[]) AS p WHERE s.lab_number LIKE %s
            """,
            [parameters, f"{prefix}%"],
        )
        cursor.execute(
            """
            INSERT INTO wastewater_evaluation (
                result_id, is_current, verdict, reason, binding, reported, load_verdict, engine_version, evaluated_at
            )
            SELECT r.id, true, 'cannot_tell', 'no_limit', '', '=7', '', '1', now()
            FROM wastewater_result r JOIN wastewater_sample s ON s.id = r.sample_id WHERE s.lab_number LIKE %s
            """,
            [f"{prefix}%"],
        )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE wastewater_sample, wastewater_result, wastewater_evaluation")


def test_batch_into_many_against_few(db, size):
    lab = factories.LaboratoryFactory()
    points = factories.EnterprisePointFactory.create_batch(20)
    count = size(5_000)

    def median(prefix: str) -> float:
        return sorted(clocked(lambda n=n: record(count, lab, points, f"{prefix}{n}"))[0] for n in range(5))[2]

    few, many = size(200_000), size(20_000_000)
    record(count, lab, points, "WARM")
    grow(few, points[0], lab, "FEW-")
    into_few = median("F")
    report(f"batch of {count} into {few:,} results", into_few, count)
    grow(many, points[0], lab, "MANY-")
    into_many = median("M")
    report(f"batch of {count} into {many:,} results", into_many, count)
    say(f"many : few = {into_many / into_few:.2f} (goal 1.2)\n")
