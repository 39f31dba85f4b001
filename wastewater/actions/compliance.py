"""The quarterly status: computed while the quarter is open, frozen when it is locked, opened again with a reason."""

from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.choices import Source
from batikportal.models import User
from wastewater.models import ComplianceStatus, QuarterLock
from wastewater.queries import statuses as queries
from wastewater.queries.compliance_rules import rule_in_force
from wastewater.rules import duties

# The current quarter and the four before it: late results of a year still count while nobody has locked.
QUARTERS_OPEN = 5


class QuarterRefused(Exception):
    """The step is not possible; the message says why and what to do."""


def recompute_open(*, at: datetime) -> int:
    """Write the statuses of every recent quarter that is not locked; returns how many rows changed."""
    locked = queries.locked_starts()
    recent = duties.quarters_back(timezone.localdate(at), QUARTERS_OPEN)
    return sum(recompute(quarter=quarter, at=at) for quarter in recent if quarter.start not in locked)


def recompute(*, quarter: duties.DutyPeriod, at: datetime) -> int:
    """Write the statuses of one quarter by the rule in force on its last day; rows that stay equal are not touched.

    The database refuses it for a locked quarter.
    """
    rule = rule_in_force(quarter.end)
    if rule is None:
        return 0
    with transaction.atomic():
        computed = queries.compute(quarter, rule, timezone.localdate(at))
        written = {
            (row.enterprise_id, row.plant_id): row
            for row in ComplianceStatus.objects.select_for_update().filter(quarter_start=quarter.start)
        }
        made: list[ComplianceStatus] = []
        changed: list[ComplianceStatus] = []
        for key, status in computed.items():
            row = written.pop(key, None)
            if row is not None and row.rule_id == rule.pk and status.equals(row):
                continue
            is_new = row is None
            row = row or ComplianceStatus(
                enterprise_id=key[0], plant_id=key[1], quarter_start=quarter.start, created_at=at, source=Source.API
            )
            row.level, row.reasons, row.rule, row.computed_at = status.level, status.reasons, rule, at
            for name, count in status.counts.items():
                setattr(row, name, count)
            (made if is_new else changed).append(row)
        ComplianceStatus.objects.filter(pk__in=[row.pk for row in written.values()]).delete()
        ComplianceStatus.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
        ComplianceStatus.objects.bulk_update(
            changed, ["level", "reasons", "rule", "computed_at", *queries.COUNTS], batch_size=500
        )
    return len(made) + len(changed) + len(written)


def lock_quarter(*, quarter: duties.DutyPeriod, by: User, at: datetime) -> QuarterLock:
    """Compute the quarter a last time and freeze it."""
    if timezone.localdate(at) <= quarter.end:
        raise QuarterRefused(_("Triwulan ini belum selesai. Kunci setelah hari terakhirnya lewat."))
    try:
        with transaction.atomic():
            _wait_for_readers(quarter.start)
            if quarter.start in queries.locked_starts():
                raise QuarterRefused(_("Triwulan ini sudah dikunci."))
            recompute(quarter=quarter, at=at)
            return QuarterLock.objects.create(
                quarter_start=quarter.start, locked_at=at, locked_by=by, created_by=by, created_at=at
            )
    except IntegrityError as error:
        raise QuarterRefused(_("Triwulan ini sudah dikunci.")) from error


def unlock_quarter(*, quarter: duties.DutyPeriod, reason: str, by: User, at: datetime) -> QuarterLock:
    """Open a locked quarter for a stated reason; its statuses are computed anew at once."""
    reason = reason.strip()
    if not reason:
        raise QuarterRefused(_("Tulis alasan membuka kunci."))
    with transaction.atomic(), audit.because(reason):
        lock = QuarterLock.objects.select_for_update().filter(quarter_start=quarter.start, unlocked_at=None).first()
        if lock is None:
            raise QuarterRefused(_("Triwulan ini tidak dikunci."))
        lock.unlocked_at, lock.unlocked_by, lock.unlock_reason = at, by, reason
        lock.save(update_fields=["unlocked_at", "unlocked_by", "unlock_reason"])
        recompute(quarter=quarter, at=at)
    return lock


def _wait_for_readers(quarter_start: date) -> None:
    """Take the quarter's lock as its triggers do, before anything of it is read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7510, %s::date - DATE '2000-01-01')", [quarter_start])
