"""Helpers of the import tests: a sheet of indicator targets, files for it, and a worker that does what was enqueued."""

from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from batikportal.imports import actions, matching
from batikportal.imports.contract import Column, Kind, Sheet, Stop
from batikportal.models import Target
from batikportal.models.imports import ImportRun
from tests.batikportal.spreadsheets import csv_bytes

HEADER = ["Indikator", "Tahun", "Nilai", "Dokumen dasar", "NIK penanggung jawab"]


def check_targets(rows, ctx) -> None:
    stored = {
        (target.indicator, target.year): target
        for target in Target.objects.filter(indicator__in={row["indicator"] for row in rows}, area=None)
    }
    for row in rows:
        if row["year"] and row["year"] > ctx.today.year + 10:
            row.refuse("year", "Terlalu jauh di masa depan.")
    matching.compare(
        rows,
        stored,
        key=lambda row: (row["indicator"], row["year"]),
        fields={"value": "value", "basis": "basis"},
        ctx=ctx,
    )


def apply_targets(rows, ctx) -> None:
    def values(row) -> dict[str, Any]:
        return {"indicator": row["indicator"], "year": row["year"], "value": row["value"], "basis": row["basis"]}

    matching.upsert(rows, Target, values, ctx)
    if any(row["basis"] == "BERHENTI" for row in rows):
        raise Stop("Dokumen BERHENTI tidak boleh dipakai.")
    if any(row["basis"] == "RUSAK" for row in rows):
        raise ZeroDivisionError
    if any(row["basis"] == "GANDA" for row in rows):
        row = rows[0]
        Target.objects.create(indicator=row["indicator"], year=row["year"], value=Decimal(1), basis="x")


TARGETS = Sheet(
    code="test-targets",
    title="Target uji",
    focus="shared",
    permission="batikportal.import_enterprises",
    key=("indicator", "year"),
    columns=[
        Column(name="indicator", label="Indikator", required=True, max_length=60, example="contoh.indikator"),
        Column(name="year", label="Tahun", kind=Kind.INTEGER, required=True, minimum=2000, example="2026"),
        Column(name="value", label="Nilai", kind=Kind.DECIMAL, required=True, places=4, example="12,5"),
        Column(name="basis", label="Dokumen dasar", required=True, example="RPJMD"),
    ],
    check=check_targets,
    apply=apply_targets,
)
SECRET_TARGETS = Sheet(
    code="test-secret-targets",
    title="Target dengan NIK",
    focus="shared",
    permission="batikportal.import_enterprises",
    columns=[
        *TARGETS.columns,
        Column(name="nik", label="NIK penanggung jawab", kind=Kind.IDENTIFIER, digits=(16,), secret=True),
    ],
    check=check_targets,
    apply=apply_targets,
)


def row(number: int = 1, **changes: Any) -> list[Any]:
    values = {"indicator": f"uji.{number:05d}", "year": "2026", "value": "12,5", "basis": "RPJMD"} | changes
    return list(values.values())


def upload(
    user, now, rows, sheet: Sheet = TARGETS, name: str = "target.csv", data: bytes | None = None, language: str = "id"
) -> ImportRun:
    """An uploaded file whose check waits in the queue."""
    content = csv_bytes([HEADER[: len(rows[0])], *rows]) if data is None else data
    return actions.upload_file(
        sheet=sheet, upload=SimpleUploadedFile(name, content), language=language, by=user, at=now
    )


def work_off() -> int:
    """Do all background work that is ready, as the worker would; returns how much it was."""
    done = 0
    while result := DBTaskResult.objects.ready().order_by("enqueued_at").first():
        result.delete()
        result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
        done += 1
    return done


def checked(user, now, rows, **options: Any) -> ImportRun:
    """An uploaded and checked file."""
    run = upload(user, now, rows, **options)
    work_off()
    run.refresh_from_db()
    return run


def applied(user, now, rows, **options: Any) -> ImportRun:
    """An uploaded, checked, confirmed and written file."""
    run = checked(user, now, rows, **options)
    actions.confirm_run(run=run, by=user, at=now)
    work_off()
    run.refresh_from_db()
    return run
