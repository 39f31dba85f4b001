"""The work about workers that comes round by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from workforce.actions import duplicates

DAY = timedelta(days=1)


def propose_pairs(at: datetime) -> Mapping[str, int]:
    """Corrections of the day may have made two records alike."""
    return {"pairs": duplicates.propose_pairs()}


JOBS = [Job("workforce.duplicates", _("Mencari pekerja yang tercatat ganda"), DAY, propose_pairs)]
