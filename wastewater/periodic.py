"""The work of wastewater that comes round by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.schedule import Job
from wastewater.actions import (
    compliance,
    discharge_logs,
    findings,
    log_reminders,
    notices,
    obligations,
    sensor_days,
    violations,
)
from wastewater.actions.complaints import upkeep
from wastewater.actions.indices import compute_all_indices
from wastewater.queries.compliance_rules import rule_in_force

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def judge_sensor_days(at: datetime) -> Mapping[str, int]:
    """The days that ended while their stations were silent."""
    return {"rows": sensor_days.judge(at=at)}


def keep_logbooks(at: datetime) -> Mapping[str, int]:
    """Months of the obliged, then reminders, then what is overdue: nobody is reminded of a month that just closed."""
    return {
        "rows": discharge_logs.open_months_of_the_obliged(at=at),
        "messages": log_reminders.remind_of_deadlines(at=at) + log_reminders.remind_of_silence(at=at),
        "runs": discharge_logs.close_overdue_months(at=at),
    }


def follow_duties(at: datetime) -> Mapping[str, int]:
    """The day's order: what is owed, what came, what stayed silent, what ended, and the statuses that follow."""
    made = obligations.make_obligations(at=at)
    told = obligations.receive_logbooks(at=at)
    kept = obligations.settle_by_samples(at=at)
    results = violations.follow_results(at=at)
    silence = violations.follow_obligations(at=at)
    rule = rule_in_force(timezone.localdate(at))
    cured = violations.resolve_cured(at=at, in_a_row=rule.meets_to_resolve) if rule else 0
    return {
        "obligations_made": made,
        "obligations_received": kept.received + told,
        "violations_found": results.found + silence.found,
        "violations_ended": results.withdrawn + silence.resolved + cured,
        "violations_reopened": results.reopened + silence.reopened,
        "statuses": compliance.recompute_open(at=at),
    }


def remind(at: datetime) -> Mapping[str, int]:
    return {"messages": obligations.remind_owners(at=at) + obligations.remind_officers(at=at)}


def compute_river_indices(at: datetime) -> Mapping[str, int]:
    """Indices that a changed class, limit or rule left behind; a quiet day writes nothing."""
    return {"rows": compute_all_indices(at=at).new_count}


def accept_silence(at: datetime) -> Mapping[str, int]:
    """Replies that the office left without a decision for too long count as accepted."""
    return {"findings_accepted": findings.accept_unanswered(at=at)}


def remind_firms(at: datetime) -> Mapping[str, int]:
    return {"messages": notices.send_reminders(at=at)}


JOBS = [
    Job("findings.silence", _("Menerima tanggapan yang tidak diputus dinas"), DAY, accept_silence),
    Job("findings.reminders", _("Mengingatkan tenggat temuan dan perintah"), DAY, remind_firms),
    Job("complaints.daily", _("Merawat pengaduan dan data pelapor"), timedelta(hours=6), upkeep.look_after),
    Job("wastewater.sensors", _("Menilai hari sensor yang sudah lewat"), HOUR, judge_sensor_days),
    Job("wastewater.duties", _("Kewajiban, pelanggaran dan status ketaatan"), DAY, follow_duties),
    Job("wastewater.reminders", _("Mengingatkan kewajiban yang jatuh tempo"), DAY, remind),
    Job("logbooks.keep", _("Buku limbah: bulan baru, pengingat, batas kirim"), DAY, keep_logbooks),
    Job("wastewater.river-indices", _("Menghitung indeks sungai"), DAY, compute_river_indices),
]
