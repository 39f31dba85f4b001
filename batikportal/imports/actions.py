"""What people do with an import: upload, confirm, cancel, start anew; and clearing up what nobody needs any more."""

import hashlib
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from batikportal.actions import files
from batikportal.choices import FileKind
from batikportal.imports import permissions, queries, rules, staging, tasks
from batikportal.imports.choices import RunState
from batikportal.imports.contract import Sheet
from batikportal.models import User
from batikportal.models.imports import ImportRow, ImportRun


class ImportRefused(Exception):
    """The import may not go on like this; the message says why and what to do."""


class AlreadyImported(ImportRefused):
    """The very same file was confirmed before; ``earlier`` is that import."""

    def __init__(self, earlier: ImportRun) -> None:
        self.earlier = earlier
        super().__init__(
            _("Berkas yang sama sudah diimpor. Perbaiki isinya dahulu bila ada yang perlu diubah, lalu unggah lagi.")
        )


@transaction.atomic
def upload_file(*, sheet: Sheet, upload: UploadedFile, language: str, by: User, at: datetime) -> ImportRun:
    """Keep the file and have it checked in the background.

    Raises ``AlreadyImported``, and ``files.FileRefused`` when it is no spreadsheet at all.
    """
    sha256 = hashlib.sha256()
    for piece in upload.chunks():
        sha256.update(piece)
    upload.seek(0)
    if earlier := queries.earlier_import(sheet.code, sha256.hexdigest()):
        raise AlreadyImported(earlier)
    stored = files.store(upload=upload, kinds=(FileKind.SPREADSHEET,), by=by, at=at)
    run = ImportRun.objects.create(
        sheet=sheet.code,
        file=stored,
        file_name=staging.plain(stored.name),
        sha256=stored.sha256,
        language=language,
        touched_at=at,
        created_by=by,
    )
    tasks.check_import.enqueue(run.pk, run.attempt)
    return run


@transaction.atomic
def confirm_run(*, run: ImportRun, by: User, at: datetime) -> None:
    """Have the checked rows written in the background; a second call changes nothing.

    Raises ``AlreadyImported`` when the same file was confirmed meanwhile, ``ImportRefused`` when there is nothing new.
    """
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.state in (RunState.APPLYING, RunState.APPLIED):
        return
    if not permissions.may_confirm(by, current):
        raise ImportRefused(_("Impor ini tidak dapat disetujui lagi. Unggah berkasnya sekali lagi."))
    if not current.accepted_count:
        raise ImportRefused(_("Tidak ada baris baru atau berubah yang perlu disimpan."))
    try:
        with transaction.atomic():
            ImportRun.objects.filter(pk=run.pk).update(
                state=RunState.APPLYING, confirmed_at=at, confirmed_by=by, touched_at=at
            )
    except IntegrityError as error:
        if earlier := queries.earlier_import(current.sheet, current.sha256):
            raise AlreadyImported(earlier) from error
        raise
    tasks.apply_import.enqueue(run.pk)


@transaction.atomic
def cancel_run(*, run: ImportRun, by: User, at: datetime) -> None:
    """Drop a run that was not confirmed; its rows and, with personal identifiers, its file go."""
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.state == RunState.CANCELLED:
        return
    if not permissions.may_cancel(by, current):
        raise ImportRefused(_("Impor ini tidak dapat dibatalkan lagi."))
    _cancel(current, at)


def _cancel(run: ImportRun, at: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.CANCELLED, ended_at=at, touched_at=at)
    ImportRow.objects.filter(run=run).delete()
    staging.forget_secret_upload(run, queries.sheet_named(run.sheet))


@transaction.atomic
def restart_run(*, run: ImportRun, by: User, at: datetime) -> None:
    """Start the background work of a run anew, when its process has ended without a word."""
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not current.is_stuck(at):
        return
    attempt = current.attempt + 1
    ImportRun.objects.filter(pk=run.pk).update(attempt=attempt, touched_at=at)
    if current.state == RunState.APPLYING:
        tasks.apply_import.enqueue(run.pk)
    else:
        tasks.check_import.enqueue(run.pk, attempt)


@transaction.atomic
def purge_rows(*, at: datetime) -> int:
    """Delete the staged rows of runs that ended, or were left unconfirmed, 30 days ago; returns how many rows went."""
    limit = at - timedelta(days=rules.KEEP_ROWS_DAYS)
    for forgotten in ImportRun.objects.select_for_update().filter(state=RunState.CHECKED, checked_at__lt=limit):
        _cancel(forgotten, at)
    deleted, _by_model = ImportRow.objects.filter(run__ended_at__lt=limit).delete()
    return deleted
