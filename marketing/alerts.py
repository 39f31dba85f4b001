"""What somebody has to do about the market, with the page where it is done."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from marketing import queries
from marketing.models import Activity
from marketing.queries.figures import day_starts

SHOWN = 50
CLOSING_WITHIN_DAYS = 7
RELEASE_WITHIN_DAYS = 3
ATTENDANCE_WITHIN_DAYS = 3


def _alerts(rows: Iterable[Any], alert: Callable[[Any], Alert]) -> Alerts:
    found: Sequence[Any] = list(rows)
    return Alerts([alert(row) for row in found[:SHOWN]], len(found))


def _page(name: str, activity: Activity) -> str:
    return reverse(f"marketing:{name}", args=[activity.public_id])


def find_few_applicants(scope: Scope) -> Alerts:
    """Calls about to close with fewer applicants than seats."""
    found = queries.calls_with_few_applicants(scope.today, within_days=CLOSING_WITHIN_DAYS)
    return _alerts(
        found,
        lambda call: Alert(
            subject=call.title,
            url=_page("activity-detail", call),
            due_on=timezone.localdate(call.registration_closes_at),
            detail=gettext("%(sent)s pendaftar untuk %(seats)s kursi") % {"sent": call.sent, "seats": call.seats},
        ),
    )


def find_overdue_decisions(scope: Scope) -> Alerts:
    """Selected calls whose promised day of answer has passed."""
    return _alerts(
        queries.overdue_decisions(scope.today),
        lambda activity: Alert(
            subject=activity.title,
            url=_page("decision-list", activity),
            since=activity.decision_due_on,
            due_on=activity.decision_due_on,
            detail=gettext("%(n)s pendaftaran belum dijawab") % {"n": activity.undecided},
        ),
    )


def find_unreleased(scope: Scope) -> Alerts:
    """Decisions that wait for their release."""
    before = day_starts(scope.today - timedelta(days=RELEASE_WITHIN_DAYS - 1))
    return _alerts(
        queries.decisions_waiting_for_release(before),
        lambda activity: Alert(
            subject=activity.title,
            url=_page("decision-list", activity),
            since=timezone.localdate(activity.since),
            due_on=activity.decision_due_on,
            detail=gettext("%(n)s keputusan menunggu rilis") % {"n": activity.pending},
        ),
    )


def find_without_attendance(scope: Scope) -> Alerts:
    """Activities that are over and whose attendance is not noted."""
    before = day_starts(scope.today - timedelta(days=ATTENDANCE_WITHIN_DAYS - 1))
    return _alerts(
        queries.seats_without_attendance(before),
        lambda activity: Alert(
            subject=activity.title,
            url=_page("activity-attendance", activity),
            since=timezone.localdate(activity.ends_at),
            detail=gettext("%(n)s peserta tanpa catatan kehadiran") % {"n": activity.unmarked},
        ),
    )


def find_overdue_completions(scope: Scope) -> Alerts:
    """Applications that were to be completed and were not."""
    return _alerts(
        queries.overdue_completions(scope.today),
        lambda application: Alert(
            subject=f"{application.enterprise.name} – {application.activity.title}",
            url=reverse("marketing:application-detail", args=[application.public_id]),
            since=application.return_due_on,
            due_on=application.return_due_on,
            detail=application.returned_note,
        ),
    )


def find_seat_mismatches(scope: Scope) -> Alerts:
    """Counters of seats that differ from the applications; never expected, and shown if it happens."""
    found = {quota_id: (taken, counted) for quota_id, taken, counted in queries.seat_mismatches()}
    activities = Activity.objects.filter(quotas__in=found).distinct().order_by("pk") if found else []
    return _alerts(
        activities,
        lambda activity: Alert(
            subject=activity.title,
            url=_page("activity-detail", activity),
            detail=gettext("Hitungan kursi tidak sama dengan pendaftaran yang berkursi. Laporkan ke administrator."),
        ),
    )


def _rule(code: str, title: object, severity: str, permission: str, find: Callable[[Scope], Alerts]) -> AlertRule:
    return AlertRule(
        code=f"marketing.{code}",
        title=title,
        focus=Focus.MARKET,
        severity=severity,
        office=Office.DINDAGKOP,
        permission=f"marketing.{permission}",
        find=find,
    )


ALERTS = [
    _rule("seat_mismatch", _("Hitungan kursi tidak cocok"), Severity.HIGH, "publish_activity", find_seat_mismatches),
    _rule("decisions_overdue", _("Pengumuman terlambat"), Severity.HIGH, "view_decision", find_overdue_decisions),
    _rule("decisions_unreleased", _("Keputusan belum dirilis"), Severity.MEDIUM, "view_decision", find_unreleased),
    _rule("few_applicants", _("Pendaftar masih sedikit"), Severity.MEDIUM, "view_activity", find_few_applicants),
    _rule(
        "attendance_missing", _("Kehadiran belum dicatat"), Severity.MEDIUM, "view_application", find_without_attendance
    ),
    _rule(
        "completions_overdue",
        _("Perbaikan lewat batas waktu"),
        Severity.LOW,
        "review_application",
        find_overdue_completions,
    ),
]
