"""The work of wastewater that comes round by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from wastewater.actions import discharge_logs, log_reminders, violations
from wastewater.queries.compliance_rules import rule_in_force

DAY = timedelta(days=1)


def follow_violations(at: datetime) -> Mapping[str, int]:
    """What verified results and silence say about violations; the steps of the day are repeated as a whole."""
    results = violations.follow_results(at=at)
    silence = violations.follow_obligations(at=at)
    rule = rule_in_force(timezone.localdate(at))
    cured = violations.resolve_cured(at=at, in_a_row=rule.meets_to_resolve) if rule else 0
    return {
        "violations_found": results.found + silence.found,
        "violations_ended": results.withdrawn + silence.resolved + cured,
        "violations_reopened": results.reopened + silence.reopened,
    }


def keep_logbooks(at: datetime) -> Mapping[str, int]:
    """Months of the obliged, then reminders, then what is overdue: nobody is reminded of a month that just closed."""
    return {
        "rows": discharge_logs.open_months_of_the_obliged(at=at),
        "messages": log_reminders.remind_of_deadlines(at=at) + log_reminders.remind_of_silence(at=at),
        "runs": discharge_logs.close_overdue_months(at=at),
    }


JOBS = [
    Job("wastewater.violations", _("Mencatat dan mengakhiri pelanggaran"), DAY, follow_violations),
    Job("logbooks.keep", _("Buku limbah: bulan baru, pengingat, batas kirim"), DAY, keep_logbooks),
]
