"""The work about workers that comes round by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from workforce.actions import apprenticeships, duplicates, entries, safety, voice

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def propose_pairs(at: datetime) -> Mapping[str, int]:
    """Corrections of the day may have made two records alike."""
    return {"pairs": duplicates.propose_pairs()}


def forget_entries(at: datetime) -> Mapping[str, int]:
    """What cadres left unfinished, and the codes of the cards they handed out, end with the day."""
    return {"rows": entries.forget_entries(at=at)}


def forget_applicants(at: datetime) -> Mapping[str, int]:
    """What applicants wrote is deleted a year after their placement ended."""
    return {"rows": apprenticeships.forget_applicants(at=at)}


def erase_health(at: datetime) -> Mapping[str, int]:
    """Health details of incidents end after five years."""
    return {"rows": safety.erase_old_health(at=at)}


def forget_voice(at: datetime) -> Mapping[str, int]:
    """Reports of workers end two years after the last word."""
    return {"rows": voice.forget_old(at=at)}


JOBS = [
    Job("workforce.voice", _("Menghapus suara pekerja yang sudah lama"), DAY, forget_voice),
    Job("workforce.health", _("Menghapus data kesehatan kejadian kerja yang sudah lama"), DAY, erase_health),
    Job("workforce.duplicates", _("Mencari pekerja yang tercatat ganda"), DAY, propose_pairs),
    Job("workforce.forget-entries", _("Menghapus isian kader hari kemarin"), HOUR, forget_entries),
    Job("workforce.applicants", _("Menghapus isian pendaftar magang yang sudah lama"), DAY, forget_applicants),
]
