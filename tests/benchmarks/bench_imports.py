"""How fast a full file of 20,000 rows goes through; `pytest tests/benchmarks/bench_imports.py -s` prints figures.

Ratios come from one run on one machine: our reader against openpyxl, the whole check against reading alone, writing
against a plain bulk_create of the same rows.
"""

import io
import sys
import time
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from batikportal import sheets
from batikportal.imports import actions, checking, reading, rules
from batikportal.models import Enterprise
from batikportal.models.imports import ImportRow
from tests.batikportal.importing import work_off
from tests.batikportal.spreadsheets import csv_bytes, lab_sheet
from tests.factories import portal as factories

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ROWS = rules.ROWS


def say(text: str) -> None:
    sys.stdout.write(text)


def report(what: str, seconds: float, rows: int = ROWS) -> float:
    say(f"\n{what:<58}{seconds:7.2f} s {rows / seconds:>10,.0f} rows/s")
    return seconds


def clocked(work) -> tuple[float, object]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def workbook(rows) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    data = book.create_sheet("Data")
    for row in rows:
        data.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lab_rows():
    yield ["Nomor sampel", "Tanggal ambil", "Parameter", "Hasil (mg/L)", "Metode"]
    for n in range(ROWS):
        result = "<0,01" if n % 7 == 0 else n / 8
        taken_on = date(2026, 1 + n % 12, 1 + n % 28)
        yield [f"AL-{n // 5:06d}-{n % 5}", taken_on, "COD", result, "SNI 6989.2:2019"]


def enterprise_rows():
    yield [str(column.label) for column in sheets.SHEETS[0].columns]
    for n in range(ROWS):
        yield [
            f"Batik Contoh {n}", f"Pemilik {n}", "P", "Kauman", f"Jl. Contoh {n}", "Batik tulis, Batik cap",
            str(n % 40), f"{n:013d}", f"0812{34000000 + n}", "1998", "",
        ]  # fmt: skip


def test_reading():
    data, sheet = workbook(lab_rows()), lab_sheet()
    theirs, _count = clocked(
        lambda: sum(1 for _row in openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.iter_rows())
    )
    ours, table = clocked(lambda: reading.read(data, "a.xlsx", sheet))
    report("XLSX, openpyxl read-only, cells only", theirs)
    report("XLSX, our reader, header found", ours)
    report("XLSX, cells parsed as dates, choices, figures", clocked(lambda: checking.understand(table, sheet))[0])
    text = csv_bytes([["" if c is None else str(c).replace(".", ",") for c in row] for row in lab_rows()])
    seconds, _table = clocked(lambda: reading.read(text, "a.csv", sheet))
    report("CSV, our reader", seconds)
    say(f"\nour reader = {theirs / ours:.1f} x openpyxl")


def bulk_create(batch) -> None:
    Enterprise.objects.bulk_create(batch, batch_size=1000)


def take(clerk, name: str, data: bytes) -> tuple[float, float]:
    """Seconds for the check and for the writing of a file of enterprises."""
    upload = SimpleUploadedFile(name, data)
    run = actions.upload_file(sheet=sheets.SHEETS[0], upload=upload, language="id", by=clerk, at=NOW)
    checked, _done = clocked(work_off)
    run.refresh_from_db()
    if run.refused_count or run.problem:
        say(f"\n{run.refused_count} refused; {run.problem} {run.rows.filter(outcome='refused').first().errors}")
    actions.confirm_run(run=run, by=clerk, at=NOW)
    written, _done = clocked(work_off)
    return checked, written


@pytest.mark.parametrize("name", ["enterprises.csv", "enterprises.xlsx"])
def test_whole_way(db, name):
    clerk = factories.StaffFactory(role="data_clerk")
    rows = list(enterprise_rows())
    data = csv_bytes(rows) if name.endswith("csv") else workbook(rows)
    reading_alone, _table = clocked(lambda: reading.read(data, name, sheets.SHEETS[0]))
    report(f"{name}: read", reading_alone)
    checking_all, written = take(clerk, name, data)
    report(f"{name}: read, parsed, checked, staged", checking_all)
    report(f"{name}: checked again and written, history kept", written)
    ward = factories.ward()
    batch = [Enterprise(name=f"B {n}", owner_name="x", ward=ward) for n in range(ROWS)]
    alone = report("the same number by plain bulk_create", clocked(lambda: bulk_create(batch))[0])
    say(f"\nwriting = {written / alone:.1f} x bulk_create; check = {checking_all / reading_alone:.1f} x reading")


def test_changed_rows(db):
    clerk = factories.StaffFactory(role="data_clerk")
    rows = list(enterprise_rows())
    take(clerk, "a.csv", csv_bytes(rows))
    busier = [rows[0], *([*row[:6], "77", *row[7:]] for row in rows[1:])]
    checked, written = take(clerk, "b.csv", csv_bytes(busier))
    report("20,000 changed rows: read, parsed, checked, staged", checked)
    report("20,000 changed rows: checked again and written", written)
    say(f"\n{ImportRow.objects.count()} staged rows")
