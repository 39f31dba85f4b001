"""The work of wastewater that comes round by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from wastewater.actions import discharge_logs, log_reminders


def keep_logbooks(at: datetime) -> Mapping[str, int]:
    """Months of the obliged, then reminders, then what is overdue: nobody is reminded of a month that just closed."""
    return {
        "rows": discharge_logs.open_months_of_the_obliged(at=at),
        "messages": log_reminders.remind_of_deadlines(at=at) + log_reminders.remind_of_silence(at=at),
        "runs": discharge_logs.close_overdue_months(at=at),
    }


JOBS = [Job("logbooks.keep", _("Buku limbah: bulan baru, pengingat, batas kirim"), timedelta(days=1), keep_logbooks)]
