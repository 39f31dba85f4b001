"""What the background does with an import: check its file, then write its confirmed rows in one piece."""

import logging
from collections.abc import Callable
from datetime import datetime

import pghistory
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.imports import checking, permissions, queries, reading, staging
from batikportal.imports.choices import Outcome, RunState
from batikportal.imports.contract import Row, Sheet, Stop
from batikportal.models.imports import ImportRow, ImportRun

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def check_run(run_id: int, attempt: int, *, clock: Clock) -> None:
    """Read and check the file of a run; called by the background task, outside any transaction, so progress is seen."""
    mine = ImportRun.objects.filter(pk=run_id, attempt=attempt)
    started = mine.filter(state__in=[RunState.UPLOADED, RunState.CHECKING]).update(
        state=RunState.CHECKING, rows_done=0, touched_at=clock()
    )
    if not started:
        return
    run = ImportRun.objects.select_related("file", "created_by").get(pk=run_id)
    sheet = queries.sheet_named(run.sheet)
    with translation.override(run.language):
        try:
            _check(run, sheet, clock)
        except reading.Refusal as refused:
            _fail(run, str(refused), clock())
        except (OperationalError, InterfaceError):
            # The database went away: the run stays as it is and can be started anew.
            raise
        except Exception:
            log.exception("import %s could not be checked", run.public_id)
            problem = _("Pemeriksaan berhenti karena kesalahan di portal. Coba lagi; bila berulang, hubungi pengelola.")
            _fail(run, problem, clock())


def _check(run: ImportRun, sheet: Sheet | None, clock: Clock) -> None:
    if sheet is None or run.file is None:
        raise reading.Refusal(_("Jenis lembar ini tidak tersedia lagi. Pilih lembar lain lalu unggah ulang."))
    with run.file.file.open("rb") as stored:
        data = stored.read()
    try:
        table = reading.read(data, run.file_name, sheet)
    except reading.Refusal as refused:
        if fitting := _fitting_sheet(run, data):
            hint = _("Berkas ini cocok untuk lembar “%(sheet)s”. Unggah lagi di sana.") % {"sheet": fitting.title}
            raise reading.Refusal(f"{refused} {hint}") from refused
        raise
    here = ImportRun.objects.filter(pk=run.pk, attempt=run.attempt)
    here.update(rows_count=len(table.lines), touched_at=clock())
    lines = checking.understand(table, sheet, lambda done: here.update(rows_done=done, touched_at=clock()))
    run.labels, run.positions = table.labels, table.positions
    rows = [line.row for line in lines if line.understood]
    unreadable = [line.row for line in lines if not line.understood]
    checking.judge(rows, sheet, staging.context(run, sheet, run.created_by, clock()), unreadable)
    with transaction.atomic():
        finished = here.filter(state=RunState.CHECKING).update(
            state=RunState.CHECKED,
            labels=staging.plain(table.labels),
            positions=table.positions,
            notices=staging.plain(table.notices),
            rows_count=len(lines),
            rows_done=len(lines),
            checked_at=clock(),
            touched_at=clock(),
            **staging.counts(line.row for line in lines),
        )
        # Cancelled or started anew in the meantime: then these findings are nobody's.
        if finished:
            staging.keep_rows(run, lines, sheet, table.positions)
            staging.forget_secret_upload(run, sheet)


def _fitting_sheet(run: ImportRun, data: bytes) -> Sheet | None:
    """Another sheet of the same person that has every column it needs in this file."""
    for other in queries.sheets_for(run.created_by) if run.created_by else []:
        if other.code != run.sheet:
            try:
                reading.read(data, run.file_name, other)
            except reading.Refusal:
                continue
            return other
    return None


def _fail(run: ImportRun, problem: str, at: datetime) -> None:
    with transaction.atomic():
        ImportRun.objects.filter(
            pk=run.pk, attempt=run.attempt, state__in=[RunState.UPLOADED, RunState.CHECKING, RunState.APPLYING]
        ).update(state=RunState.FAILED, problem=staging.plain(problem), ended_at=at, touched_at=at)
        staging.forget_secret_upload(run, queries.sheet_named(run.sheet))


def apply_run(run_id: int, *, clock: Clock) -> None:
    """Write the confirmed rows in one transaction, or nothing; called by the background task.

    The sheet's check runs again first. When it now says something else than the preview did, nothing is written and the
    person gets a fresh preview.
    """
    run = ImportRun.objects.select_related("confirmed_by").get(pk=run_id)
    sheet = queries.sheet_named(run.sheet)
    with translation.override(run.language):
        try:
            _apply(run, sheet, clock())
        except (OperationalError, InterfaceError):
            raise
        except Stop as stopped:
            _fail(run, str(stopped), clock())
        except IntegrityError:
            log.exception("import %s contradicts the database", run.public_id)
            problem = _("Isi berkas bertentangan dengan data yang sudah tercatat. Tidak ada yang disimpan.")
            _fail(run, problem, clock())
        except Exception:
            log.exception("import %s could not be written", run.public_id)
            problem = _("Penyimpanan berhenti karena kesalahan di portal. Tidak ada yang disimpan. Hubungi pengelola.")
            _fail(run, problem, clock())


@transaction.atomic
def _apply(run: ImportRun, sheet: Sheet | None, at: datetime) -> None:
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != RunState.APPLYING:
        return
    by = run.confirmed_by
    if sheet is None or by is None or not permissions.may_import(by, sheet):
        raise Stop(_("Izin untuk mengimpor lembar ini sudah dicabut. Tidak ada yang disimpan."))
    _one_at_a_time(sheet)
    pairs = staging.staged(run, sheet)
    ctx = staging.context(run, sheet, by, at)
    checking.judge([row for _stored, row in pairs], sheet, ctx)
    if any(staging.differs(stored, row, sheet) for stored, row in pairs):
        _show_again(run, sheet, pairs, at)
        return
    reason = _("Impor berkas %(name)s") % {"name": run.file_name}
    with pghistory.context(user=by.pk, import_run=str(run.public_id)), audit.because(reason):
        sheet.apply([row for _stored, row in pairs if row.outcome in (Outcome.NEW, Outcome.CHANGED)], ctx)
        ImportRun.objects.filter(pk=run.pk).update(
            state=RunState.APPLIED, rows_done=run.rows_count or 0, ended_at=at, touched_at=at
        )


def _one_at_a_time(sheet: Sheet) -> None:
    """Two imports of one sheet write one after the other, so that the second check sees what the first wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '120s'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import'), hashtext(%s))", [sheet.code])


def _show_again(run: ImportRun, sheet: Sheet, pairs: list[tuple[ImportRow, Row]], at: datetime) -> None:
    staging.rewrite(pairs, sheet)
    not_understood = ImportRow.objects.filter(run=run, understood=False).count()
    counts = staging.counts(row for _stored, row in pairs)
    counts["refused_count"] += not_understood
    notice = _("Data di portal berubah setelah pratinjau dibuat. Belum ada yang disimpan. Periksa pratinjau baru ini.")
    ImportRun.objects.filter(pk=run.pk).update(
        state=RunState.CHECKED, checked_at=at, touched_at=at, notices=[*run.notices, notice], **counts
    )
