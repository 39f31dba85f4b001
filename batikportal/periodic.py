"""Work that comes round by itself: the contract an app fills in as ``JOBS``, and the ground floor's own jobs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from batikportal import accounts, messaging
from batikportal.actions import accounts as account_actions
from batikportal.actions import files, outbox
from batikportal.actions import jobs as job_actions


@dataclass(frozen=True)
class Job:
    """A job run ``every`` so often by ``manage.py run_periodic``.

    ``run`` gets the time and returns counts of what happened, by a word in English; nothing or zeros mean a quiet run.
    It opens its own transactions and bears being run twice.
    """

    name: str
    title: object
    every: timedelta
    run: Callable[[datetime], Mapping[str, int] | None]

    def next_at(self, last_at: datetime) -> datetime:
        """When it is due again after a run that began at ``last_at``."""
        return last_at + self.every


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
    from batikportal.imports import actions

    return {"rows": actions.purge_rows(at=at)}


# What the counts of the jobs mean, for people.
WORDS = {
    "sent": _("terkirim"),
    "retried": _("dicoba lagi nanti"),
    "failed": _("gagal"),
    "requeued": _("dikembalikan"),
    "given_up": _("dihentikan"),
    "messages": _("pesan"),
    "secrets": _("rahasia"),
    "rows": _("baris"),
    "sessions": _("sesi"),
    "accounts": _("akun"),
    "tasks": _("tugas"),
    "runs": _("catatan"),
    "files": _("berkas"),
}

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

JOBS = [
    Job("outbox.send", _("Mengirim pesan"), timedelta(seconds=10), send_messages),
    Job("tasks.reap", _("Mengembalikan tugas yang terputus"), MINUTE, reap_tasks),
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


@cache
def all_jobs() -> tuple[Job, ...]:
    """The jobs of every app, in the order of INSTALLED_APPS."""
    found: list[Job] = []
    for config in apps.get_app_configs():
        if getattr(config, "contributes", False) and find_spec(f"{config.name}.periodic"):
            found.extend(import_module(f"{config.name}.periodic").JOBS)
    return tuple(found)


def job(name: str) -> Job:
    """The job of that name; KeyError if there is none."""
    return {one.name: one for one in all_jobs()}[name]
