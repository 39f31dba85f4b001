"""From upload to the written rows: what is shown is what is written, once, wholly or not at all."""

import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django_tasks_db.models import DBTaskResult
from pghistory.models import Events

from batikportal import contracts, encryption, sheets
from batikportal.imports import actions, work
from batikportal.imports.choices import RunState
from batikportal.imports.contract import Context, Row
from batikportal.imports.parsing import Parser
from batikportal.models import StoredFile, Target
from batikportal.models.imports import ImportRow, ImportRun
from tests.batikportal.importing import HEADER, SECRET_TARGETS, TARGETS, applied, checked, row, upload, work_off
from tests.batikportal.spreadsheets import PNG, csv_bytes, xlsx_bytes
from tests.factories import portal as factories

NIK = "3375010503900001"


@pytest.fixture(autouse=True)
def _sheets():
    """The sheets of these tests, offered like those of the apps."""
    sheets.SHEETS.extend([TARGETS, SECRET_TARGETS])
    contracts.contributions.cache_clear()
    yield
    del sheets.SHEETS[-2:]
    contracts.contributions.cache_clear()


def outcomes(run) -> dict[int, str]:
    return dict(ImportRow.objects.filter(run=run).values_list("line", "outcome"))


# Checking -----------------------------------------------------------------------------------------------------------


def test_upload_is_kept_and_checked_in_the_background(data_clerk, now):
    run = upload(data_clerk, now, [row(1)])
    assert (run.state, run.rows.count(), run.file.created_by) == (RunState.UPLOADED, 0, data_clerk)
    assert work_off() == 1
    run.refresh_from_db()
    assert (run.state, run.rows_count, run.rows_done, run.new_count) == (RunState.CHECKED, 1, 1, 1)
    assert Target.objects.count() == 0


def test_check_tells_new_changed_same_and_refused_rows_apart(data_clerk, now):
    Target.objects.create(indicator="uji.00002", year=2026, value="12.5", basis="RPJMD")
    Target.objects.create(indicator="uji.00003", year=2026, value="10", basis="RPJMD")
    run = checked(data_clerk, now, [row(1), row(2), row(3), row(4, value="1.234"), row(5, year="2999"), row(1)])
    assert outcomes(run) == {2: "new", 3: "same", 4: "changed", 5: "refused", 6: "refused", 7: "refused"}
    assert (run.new_count, run.same_count, run.changed_count, run.refused_count) == (1, 1, 1, 3)
    assert run.rows.get(line=4).before == {"value": "10.0000"}
    assert run.rows.get(line=5).errors == {
        "value": ["“1.234” dapat berarti 1234 atau 1,234. Tulis 1234 tanpa titik, atau 1,234."]
    }
    assert run.rows.get(line=6).errors == {"year": ["Terlalu jauh di masa depan."]}
    assert run.rows.get(line=7).errors == {"": ["Sama dengan baris 2 dalam berkas ini. Sisakan satu saja."]}


def test_several_cells_of_a_row_are_all_reported(data_clerk, now):
    run = checked(data_clerk, now, [row(1, year="dua ribu", value="-", basis="")])
    assert set(run.rows.get().errors) == {"year", "value", "basis"}


def test_a_refused_cell_does_not_hide_what_else_is_wrong(data_clerk, now):
    run = checked(
        data_clerk, now, [row(1), row(2, year="2999", value="1.234"), row(1, value="1.234"), row(3, year="x", value="")]
    )
    assert outcomes(run) == {2: "new", 3: "refused", 4: "refused", 5: "refused"}
    too_far, double, unreadable = (run.rows.get(line=line).errors for line in (3, 4, 5))
    assert too_far["year"] == ["Terlalu jauh di masa depan."]
    assert set(too_far) == {"year", "value"}
    assert double[""] == ["Sama dengan baris 2 dalam berkas ini. Sisakan satu saja."]
    # That a refused cell reads as empty is no second error.
    assert [len(messages) for messages in unreadable.values()] == [1, 1]


def test_rows_with_refused_cells_change_nothing_for_the_others(data_clerk, now):
    assert outcomes(checked(data_clerk, now, [row(1, value="1.234"), row(1)])) == {2: "refused", 3: "new"}
    assert applied(data_clerk, now, [row(1, value="1.234"), row(1), row(2)]).state == RunState.APPLIED


def test_a_check_that_breaks_on_a_refused_cell_leaves_what_is_known(data_clerk, now, monkeypatch):
    check = TARGETS.check

    def explode(rows, ctx):
        if any(row.errors for row in rows):
            rows[0].refuse("basis", "Setengah jadi.")
            raise TypeError
        check(rows, ctx)

    monkeypatch.setitem(TARGETS.__dict__, "check", explode)
    run = checked(data_clerk, now, [row(1), row(2, value="x")])
    assert outcomes(run) == {2: "new", 3: "refused"}
    assert set(run.rows.get(line=3).errors) == {"value"}


@pytest.mark.parametrize("sheet", list(contracts.contributions("sheets")), ids=lambda sheet: sheet.code)
def test_every_sheet_checks_rows_with_any_cell_refused(sheet, data_clerk, now):
    names = [column.name for column in sheet.columns]
    parsed = {column.name: Parser(column)(column.example or None) for column in sheet.columns if column.example}
    rows = []
    for line, missing in enumerate([*([name] for name in names), names], start=2):
        one = Row(line, {name: parsed.get(name) for name in names} | dict.fromkeys(missing))
        for name in missing:
            one.refuse(name, "Tidak terbaca.")
        rows.append(one)
    ctx = Context(sheet=sheet, by=data_clerk, at=now, columns=frozenset(names), run_id=0, file_name="x.csv")

    sheet.check(rows, ctx)

    assert all(row.refused for row in rows)


def test_example_row_of_the_template_is_skipped_with_a_remark(data_clerk, now):
    run = checked(data_clerk, now, [["contoh.indikator", "2026", "12,5", "RPJMD"], row(1)])
    assert outcomes(run) == {3: "new"}
    assert run.notices == ["Baris contoh dari templat (baris 2) dilewati."]


def test_comma_thousands_beside_decimal_points_are_refused_not_guessed(data_clerk, now):
    run = checked(data_clerk, now, [row(1, value="1,234"), row(2, value="0.5"), row(3, value="2,5")])
    assert outcomes(run) == {2: "refused", 3: "new", 4: "new"}
    assert checked(data_clerk, now, [row(1, value="1,234"), row(2, value="0,5")]).refused_count == 0


def test_file_that_cannot_be_read_fails_with_the_reason(data_clerk, now):
    run = checked(data_clerk, now, [], data=csv_bytes([["Nama", "Umur"], ["Siti", "40"]]))
    assert run.state == RunState.FAILED
    assert run.problem.startswith("Baris judul kolom tidak ditemukan.")
    assert run.ended_at is not None


def test_broken_sheet_fails_with_a_sentence_and_not_with_a_traceback(data_clerk, now, monkeypatch):
    def explode(rows, ctx):
        raise RuntimeError("secret detail")

    monkeypatch.setitem(TARGETS.__dict__, "check", explode)
    run = checked(data_clerk, now, [row(1)])
    assert run.state == RunState.FAILED
    assert "secret detail" not in run.problem


@pytest.mark.parametrize(("name", "data"), [("foto.xlsx", PNG), ("foto.png", PNG), ("x.xlsx", b"x")])
def test_what_is_no_spreadsheet_is_not_even_kept(data_clerk, now, name, data):
    from batikportal.actions import files

    with pytest.raises(files.FileRefused):
        upload(data_clerk, now, [], name=name, data=data)
    assert ImportRun.objects.count() == 0
    assert StoredFile.objects.count() == 0


def test_nul_and_broken_surrogates_in_labels_cells_and_errors_are_kept_readable(data_clerk, now):
    def spoil(book):
        book.active["E1"] = "Kolom_x0000_aneh_xD800_"

    data = xlsx_bytes([HEADER[:4], [*row(1), "Siti_x0000_\\tab\\"], row(2, basis="a_xD800_b")], before_save=spoil)
    run = checked(data_clerk, now, [], name="a.xlsx", data=data)
    assert run.state == RunState.CHECKED
    assert outcomes(run) == {2: "new", 3: "refused"}
    assert run.rows.get(line=2).cells[4] == "Siti\ufffd\\tab\\"
    assert run.labels[4] == "Kolom\ufffdaneh?"


@pytest.mark.parametrize("language", ["id", "en"])
def test_findings_are_written_in_the_language_of_the_uploader(data_clerk, now, monkeypatch, language):
    spoken = []
    monkeypatch.setitem(TARGETS.__dict__, "check", lambda rows, ctx: spoken.append(get_language()))
    upload(data_clerk, now, [row(1)], language=language)
    work_off()
    assert spoken == [language]


def test_large_file_is_checked_and_written_as_sets(data_clerk, now, django_assert_max_num_queries):
    Target.objects.bulk_create(
        Target(indicator=f"uji.{n:05d}", year=2026, value=1, basis="RPJMD") for n in range(0, 3000, 2)
    )
    run = upload(data_clerk, now, [row(n) for n in range(3000)])
    with django_assert_max_num_queries(20):
        work_off()
    run.refresh_from_db()
    assert (run.new_count, run.changed_count, run.rows_count) == (1500, 1500, 3000)
    actions.confirm_run(run=run, by=data_clerk, at=now)
    with django_assert_max_num_queries(30):
        work_off()
    assert Target.objects.filter(value="12.5").count() == 3000


# Confirming and writing ---------------------------------------------------------------------------------------------


def test_confirmed_rows_are_written_with_source_author_and_reason(data_clerk, now):
    Target.objects.create(indicator="uji.00002", year=2026, value="1", basis="RPJMD")
    run = applied(data_clerk, now, [row(1), row(2), row(3, value="x")])
    assert (run.state, run.confirmed_by, run.new_count, run.changed_count) == (RunState.APPLIED, data_clerk, 1, 1)
    new = Target.objects.get(indicator="uji.00001")
    assert (new.source, new.created_by) == ("import", data_clerk)
    assert Target.objects.count() == 2
    event = Events.objects.tracks(new).get()
    assert event.pgh_context["reason"] == "Impor berkas target.csv"
    assert event.pgh_context["user"] == data_clerk.pk
    assert event.pgh_context["import_run"] == str(run.public_id)


def test_empty_cell_and_absent_column_leave_what_is_stored(data_clerk, now):
    sheet = TARGETS
    Target.objects.create(indicator="uji.00001", year=2026, value="1", basis="Perwal")
    data = csv_bytes([["Indikator", "Tahun", "Nilai", "Dokumen dasar"], ["uji.00001", "2026", "2", "Perwal"]])
    run = checked(data_clerk, now, [], sheet=sheet, data=data)
    assert run.rows.get().before == {"value": "1.0000"}


@pytest.mark.parametrize(
    ("basis", "sentence"),
    [("BERHENTI", "Dokumen BERHENTI"), ("RUSAK", "kesalahan di portal"), ("GANDA", "bertentangan")],
)
def test_nothing_is_half_imported_when_writing_fails(data_clerk, now, basis, sentence):
    Target.objects.create(indicator="uji.00002", year=2026, value="1", basis="RPJMD")
    run = applied(data_clerk, now, [row(1), row(2), row(3, basis=basis)])
    assert run.state == RunState.FAILED
    assert sentence in run.problem
    assert list(Target.objects.values_list("indicator", "value")) == [("uji.00002", 1)]
    again = applied(data_clerk, now, [row(1), row(2)])
    assert again.state == RunState.APPLIED


def test_data_changed_after_the_preview_gives_a_fresh_preview_instead_of_a_surprise(data_clerk, now):
    run = checked(data_clerk, now, [row(1), row(2)])
    Target.objects.create(indicator="uji.00001", year=2026, value="1", basis="RPJMD")
    actions.confirm_run(run=run, by=data_clerk, at=now)
    work_off()
    run.refresh_from_db()
    assert (run.state, run.new_count, run.changed_count) == (RunState.CHECKED, 1, 1)
    assert "Data di portal berubah" in run.notices[-1]
    assert Target.objects.get().value == 1
    actions.confirm_run(run=run, by=data_clerk, at=now)
    work_off()
    assert Target.objects.filter(value="12.5").count() == 2


def test_same_file_a_second_time_is_refused_with_the_earlier_import(data_clerk, now):
    first = applied(data_clerk, now, [row(1)])
    with pytest.raises(actions.AlreadyImported) as refused:
        upload(data_clerk, now, [row(1)])
    assert refused.value.earlier == first
    assert StoredFile.objects.count() == 1


def test_same_file_is_welcome_again_after_a_failure_or_a_cancellation(data_clerk, now):
    first = checked(data_clerk, now, [row(1)])
    actions.cancel_run(run=first, by=data_clerk, at=now)
    assert applied(data_clerk, now, [row(1)]).state == RunState.APPLIED


def test_same_file_waiting_twice_is_written_once(data_clerk, now):
    first, second = checked(data_clerk, now, [row(1)]), checked(data_clerk, now, [row(1)])
    actions.confirm_run(run=first, by=data_clerk, at=now)
    with pytest.raises(actions.AlreadyImported) as refused:
        actions.confirm_run(run=second, by=data_clerk, at=now)
    assert refused.value.earlier == first


def test_confirming_twice_enqueues_once(data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    actions.confirm_run(run=run, by=data_clerk, at=now)
    actions.confirm_run(run=run, by=data_clerk, at=now)
    assert DBTaskResult.objects.ready().count() == 1


def test_writing_twice_writes_once(data_clerk, now):
    run = applied(data_clerk, now, [row(1)])
    work.apply_run(run.pk, clock=lambda: now)
    assert Target.objects.count() == 1


def test_confirming_asks_for_the_permission_again(data_clerk, reviewer, now):
    run = checked(data_clerk, now, [row(1)])
    with pytest.raises(actions.ImportRefused):
        actions.confirm_run(run=run, by=reviewer, at=now)


def test_permission_withdrawn_before_writing_stops_it(data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    actions.confirm_run(run=run, by=data_clerk, at=now)
    data_clerk.role_assignments.update(valid_from="2020-01-01", valid_until="2020-01-02")
    work_off()
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert Target.objects.count() == 0


def test_file_without_anything_to_write_cannot_be_confirmed(data_clerk, now):
    run = checked(data_clerk, now, [row(1, value="x")])
    with pytest.raises(actions.ImportRefused, match="Tidak ada baris"):
        actions.confirm_run(run=run, by=data_clerk, at=now)


# Ending -------------------------------------------------------------------------------------------------------------


def test_cancelled_while_being_checked_stays_cancelled(data_clerk, now):
    run = upload(data_clerk, now, [row(1)])
    actions.cancel_run(run=run, by=data_clerk, at=now)
    work_off()
    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (RunState.CANCELLED, 0)


def test_written_import_cannot_be_cancelled(data_clerk, now):
    run = applied(data_clerk, now, [row(1)])
    with pytest.raises(actions.ImportRefused):
        actions.cancel_run(run=run, by=data_clerk, at=now)


def test_stuck_check_can_be_started_anew_and_the_old_attempt_counts_no_more(data_clerk, now):
    run = upload(data_clerk, now, [row(1)])
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.CHECKING)
    DBTaskResult.objects.all().delete()
    actions.restart_run(run=run, by=data_clerk, at=now + timedelta(seconds=30))
    assert DBTaskResult.objects.count() == 0
    actions.restart_run(run=run, by=data_clerk, at=now + timedelta(minutes=3))
    work.check_run(run.pk, 1, clock=timezone.now)
    run.refresh_from_db()
    assert run.state == RunState.CHECKING
    work_off()
    run.refresh_from_db()
    assert (run.state, run.attempt) == (RunState.CHECKED, 2)


def test_stuck_writing_can_be_started_anew(data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    actions.confirm_run(run=run, by=data_clerk, at=now)
    DBTaskResult.objects.all().delete()
    actions.restart_run(run=run, by=data_clerk, at=now + timedelta(minutes=3))
    work_off()
    assert Target.objects.count() == 1


def test_staged_rows_go_after_thirty_days_and_forgotten_previews_are_cancelled(data_clerk, now):
    written, waiting = applied(data_clerk, now, [row(1)]), checked(data_clerk, now, [row(2)])
    ImportRun.objects.update(checked_at=now)
    ImportRun.objects.filter(pk=written.pk).update(ended_at=now)
    actions.purge_rows(at=now + timedelta(days=29))
    assert ImportRow.objects.count() == 2
    actions.purge_rows(at=now + timedelta(days=31))
    waiting.refresh_from_db()
    assert (ImportRow.objects.count(), waiting.state) == (0, RunState.CANCELLED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (RunState.CHECKED, RunState.APPLIED),
        (RunState.FAILED, RunState.CHECKED),
        (RunState.APPLIED, RunState.FAILED),
    ],
)  # fmt: skip
def test_database_refuses_a_move_that_the_table_does_not_list(data_clerk, now, old, new):
    run = ImportRun.objects.create(
        sheet="x", file_name="x", sha256="0" * 64, state=old, touched_at=now, confirmed_at=now, confirmed_by=data_clerk,
        ended_at=now,
    )  # fmt: skip
    with pytest.raises(Exception, match="Invalid transition"), transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(state=new)


def test_database_refuses_the_same_file_written_twice(data_clerk, now):
    fields = {
        "sheet": "x", "file_name": "x", "sha256": "0" * 64, "state": RunState.APPLIED, "touched_at": now,
        "confirmed_at": now, "confirmed_by": data_clerk, "ended_at": now,
    }  # fmt: skip
    ImportRun.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRun.objects.create(**fields)


def test_progress_leaves_no_trace_in_the_history(data_clerk, now):
    run = checked(data_clerk, now, [row(1)])
    before = Events.objects.tracks(run).count()
    ImportRun.objects.filter(pk=run.pk).update(rows_done=0, touched_at=now + timedelta(minutes=1))
    assert Events.objects.tracks(run).count() == before


# Personal identifiers -----------------------------------------------------------------------------------------------


def test_secret_waits_encrypted_and_reaches_apply_in_clear(data_clerk, now, monkeypatch):
    seen = []
    monkeypatch.setitem(SECRET_TARGETS.__dict__, "apply", lambda rows, ctx: seen.extend(row["nik"] for row in rows))
    run = checked(data_clerk, now, [[*row(1), NIK]], sheet=SECRET_TARGETS)
    stored = ImportRow.objects.filter(run=run).values().get()
    assert NIK not in str(stored)
    assert encryption.decrypt(stored["values"]["nik"]) == NIK
    actions.confirm_run(run=run, by=data_clerk, at=now)
    work_off()
    assert seen == [NIK]


def test_secret_is_not_repeated_in_its_error(data_clerk, now):
    run = checked(data_clerk, now, [[*row(1), "33750105039000XX"]], sheet=SECRET_TARGETS)
    assert "3375" not in str(run.rows.get().errors)


@pytest.mark.parametrize("niks", [[NIK], ["rusak"]])
def test_upload_with_secrets_is_deleted_after_the_check(data_clerk, now, niks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = upload(data_clerk, now, [[*row(n), nik] for n, nik in enumerate(niks)], sheet=SECRET_TARGETS)
    path = run.file.file.name
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        work_off()
    run.refresh_from_db()
    assert (run.state, run.file, default_storage.exists(path)) == (RunState.CHECKED, None, False)


def test_unreadable_upload_with_secrets_is_deleted_too(data_clerk, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = upload(data_clerk, now, [], sheet=SECRET_TARGETS, data=b"NIK\n" + NIK.encode())
        path = run.file.file.name
        work_off()
    run.refresh_from_db()
    assert (run.state, run.file, default_storage.exists(path)) == (RunState.FAILED, None, False)


# Real threads -------------------------------------------------------------------------------------------------------


def _together(count: int, work_of_one) -> list:
    """What each of several threads, released at the same moment, returned or raised."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(index: int) -> None:
        try:
            barrier.wait(120)
            results[index] = work_of_one()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    close_old_connections()
    return results


@pytest.fixture
def clerk(transactional_db):
    return factories.StaffFactory(role="data_clerk")


def test_two_clicks_in_two_threads_write_once(clerk, now):
    run = checked(clerk, now, [row(n) for n in range(200)])
    assert _together(4, lambda: actions.confirm_run(run=run, by=clerk, at=now)) == [None] * 4
    assert DBTaskResult.objects.count() == 1
    assert _together(4, lambda: work.apply_run(run.pk, clock=timezone.now)) == [None] * 4
    run.refresh_from_db()
    assert (run.state, Target.objects.count()) == (RunState.APPLIED, 200)


def test_same_file_confirmed_by_two_people_at_once_is_written_once(clerk, now):
    other = factories.StaffFactory(role="data_clerk")
    runs = [checked(person, now, [row(1)]) for person in (clerk, other)]
    pairs = iter(zip(runs, (clerk, other), strict=True))
    lock = threading.Lock()

    def confirm():
        with lock:
            run, person = next(pairs)
        return actions.confirm_run(run=run, by=person, at=now)

    results = _together(2, confirm)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyImported", "NoneType"]


def test_two_files_with_the_same_rows_written_at_once_make_no_doubles(clerk, now):
    runs = [checked(clerk, now, [row(n) for n in range(100)] + [row(500 + extra)]) for extra in range(2)]
    for run in runs:
        actions.confirm_run(run=run, by=clerk, at=now)
    waiting = iter(runs)
    lock = threading.Lock()

    def write():
        with lock:
            run = next(waiting)
        work.apply_run(run.pk, clock=timezone.now)

    assert _together(2, write) == [None, None]
    states = sorted(ImportRun.objects.values_list("state", flat=True))
    assert states == [RunState.APPLIED, RunState.CHECKED]
    assert Target.objects.count() == 101


def test_worker_that_dies_before_the_commit_leaves_nothing_and_can_be_repeated(clerk, now):
    run = checked(clerk, now, [row(n) for n in range(50)])
    actions.confirm_run(run=run, by=clerk, at=now)

    def die():
        with transaction.atomic():
            work.apply_run(run.pk, clock=timezone.now)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    assert isinstance(_together(1, die)[0], Exception)
    run.refresh_from_db()
    assert (run.state, Target.objects.count()) == (RunState.APPLYING, 0)
    work.apply_run(run.pk, clock=timezone.now)
    assert Target.objects.count() == 50
