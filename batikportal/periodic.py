"""The ground floor's own work that comes round by itself."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from batikportal import accounts, messaging
from batikportal.actions import accounts as account_actions
from batikportal.actions import files, outbox
from batikportal.actions import jobs as job_actions
from batikportal.imports import actions as import_actions
from batikportal.schedule import Job


def counted(word: str, action: Callable[..., int]) -> Callable[[datetime], Mapping[str, int]]:
    """An action that takes ``at`` and returns one number, as the ``run`` of a job."""
    return lambda at: {word: action(at=at)}


def send_messages(at: datetime) -> Mapping[str, int]:
    """The sweep behind the task that is enqueued with every message: retries, and what a lost task left behind."""
    return outbox.send_due(delivery=messaging.configured(), at=at)


def reap_tasks(at: datetime) -> Mapping[str, int]:
    return job_actions.reap_tasks(at=at)


def rotate_keys(at: datetime) -> Mapping[str, int]:
    return {"secrets": accounts.rotate_second_factors()}


def purge_imports(at: datetime) -> Mapping[str, int]:
    return {"rows": import_actions.purge_rows(at=at)}


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

JOBS = [
    Job("outbox.send", _("Mengirim pesan"), timedelta(seconds=10), send_messages),
    Job("tasks.reap", _("Mengembalikan tugas yang terputus"), MINUTE, reap_tasks),
    Job("outbox.forget-private", _("Menghapus pesan pribadi lama"), HOUR, counted("messages", outbox.forget_private)),
    Job("outbox.forget-codes", _("Menghapus teks kode lama"), HOUR, counted("messages", outbox.forget_codes)),
    Job("accounts.rotate-keys", _("Mengganti kunci verifikasi dua langkah"), HOUR, rotate_keys),
    Job("cache.prune", _("Membersihkan tembolok"), HOUR, counted("rows", job_actions.prune_cache)),
    Job("sessions.prune", _("Menghapus sesi yang berakhir"), DAY, counted("sessions", job_actions.prune_sessions)),
    Job("accounts.prune", _("Menghapus pendaftaran akun yang tidak selesai"), DAY,
        counted("accounts", account_actions.prune_unfinished)),
    Job("tasks.prune", _("Menghapus hasil tugas lama"), DAY, counted("tasks", job_actions.prune_tasks)),
    Job("runs.prune", _("Menghapus catatan pekerjaan lama"), DAY, counted("runs", job_actions.prune_runs)),
    Job("files.prune", _("Menghapus berkas tanpa catatan"), DAY, counted("files", files.remove_orphans)),
    Job("imports.prune", _("Menghapus baris impor lama"), DAY, purge_imports),
]  # fmt: skip
