"""Work that comes round by itself: the contract that an app fills in as ``JOBS`` in its module ``periodic``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.translation import gettext_lazy as _


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
    "questions": _("pertanyaan"),
    "reporters": _("data pelapor"),
    "drafts": _("rancangan"),
    "obligations_made": _("kewajiban baru"),
    "obligations_received": _("kewajiban terpenuhi hasil uji"),
    "statuses": _("status ketaatan berubah"),
    "findings_accepted": _("tanggapan diterima karena dinas diam"),
    "violations_found": _("pelanggaran baru"),
    "violations_ended": _("pelanggaran selesai atau ditarik"),
    "violations_reopened": _("pelanggaran terbuka lagi"),
    "pairs": _("kemungkinan ganda"),
}


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
