"""What comes round by itself among the pages of workers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from workforce.actions import apprenticeships

DAY = timedelta(days=1)


def forget_applicants(at: datetime) -> Mapping[str, int]:
    """What applicants wrote is deleted a year after their placement ended."""
    return {"rows": apprenticeships.forget_applicants(at=at)}


JOBS = [Job("workforce.applicants", _("Menghapus isian pendaftar magang yang sudah lama"), DAY, forget_applicants)]
