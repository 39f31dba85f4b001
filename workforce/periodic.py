"""The work about workers that comes round by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from workforce.actions import duplicates, entries

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def propose_pairs(at: datetime) -> Mapping[str, int]:
    """Corrections of the day may have made two records alike."""
    return {"pairs": duplicates.propose_pairs()}


def forget_entries(at: datetime) -> Mapping[str, int]:
    """What cadres left unfinished, and the codes of the cards they handed out, end with the day."""
    return {"rows": entries.forget_entries(at=at)}


JOBS = [
    Job("workforce.duplicates", _("Mencari pekerja yang tercatat ganda"), DAY, propose_pairs),
    Job("workforce.forget-entries", _("Menghapus isian kader hari kemarin"), HOUR, forget_entries),
]
