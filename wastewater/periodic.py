"""Wastewater's own work that comes round by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from wastewater.actions import complaints


def look_after_complaints(at: datetime) -> Mapping[str, int]:
    """Questions nobody answered, contact data whose day has come, drafts nobody sent."""
    return {
        "questions": complaints.time_out_questions(at=at),
        "reporters": complaints.anonymise_due(at=at),
        "drafts": complaints.forget_drafts(at=at),
    }


JOBS = [
    Job("complaints.daily", _("Merawat pengaduan dan data pelapor"), timedelta(hours=6), look_after_complaints),
]
