"""What waits in inspection and enforcement: reports, plans behind, replies, decisions, cures."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater.alerts.listing import listed
from wastewater.models import EnforcementCase, Finding, Inspection
from wastewater.queries import cases, findings, inspections, supervision


def _findings(scope: Scope):
    return Finding.objects.filter(scope.ward_filter("ward")).select_related("enterprise", "plant")


def _inspections(scope: Scope):
    return Inspection.objects.filter(scope.ward_filter("ward")).select_related("enterprise", "plant")


def find_unsigned_reports(scope: Scope) -> Alerts:
    days = int(supervision.settings_on(scope.today)["report_sign_days"])

    def alert(row: Any) -> Alert:
        started = timezone.localdate(row.started_at)
        due = started + timedelta(days=days)
        return Alert(row.subject.name, row.get_absolute_url(), started, due, str(row.get_state_display()))

    return listed(inspections.unsigned_reports(_inspections(scope)), alert)


def find_behind_plan(scope: Scope) -> Alerts:
    def alert(row: Any) -> Alert:
        return Alert(row.subject.name, row.get_absolute_url(), due_on=inspections.due_on(row), detail=row.number)

    return listed(inspections.behind_plan(_inspections(scope), scope.today), alert)


def find_windows_ending(scope: Scope) -> Alerts:
    days = int(supervision.settings_on(scope.today)["reminder_days"])

    def alert(row: Any) -> Alert:
        return Alert(
            row.subject.name,
            row.get_absolute_url(),
            timezone.localdate(row.opened_at),
            row.reply_due_on,
            _("Sudah dijawab") if row.is_answered else _("Belum dijawab"),
        )

    return listed(findings.with_answered(findings.windows_ending(_findings(scope), scope.today, days)), alert)


def find_to_decide(scope: Scope) -> Alerts:
    def alert(row: Any) -> Alert:
        detail = _("Sudah dijawab; diam berarti diterima") if row.is_answered else _("Tidak dijawab; menurut berkas")
        return Alert(row.subject.name, row.get_absolute_url(), row.reply_due_on, row.silence_due_on, detail)

    return listed(findings.with_answered(findings.to_decide(_findings(scope), scope.today)), alert)


def find_uncured(scope: Scope) -> Alerts:
    def alert(row: Any) -> Alert:
        return Alert(
            row.subject.name, row.get_absolute_url(), timezone.localdate(row.decided_at), row.cure_due_on, row.title
        )

    return listed(findings.uncured(_findings(scope), scope.today), alert)


def _cases(scope: Scope):
    return EnforcementCase.objects.filter(scope.ward_filter("ward"))


def find_overdue_orders(scope: Scope) -> Alerts:
    def alert(row: Any) -> Alert:
        case = row.decision.case
        return Alert(case.subject.name, case.get_absolute_url(), row.decision.served_on, row.last_day, row.text[:80])

    return listed(cases.orders_overdue(_cases(scope), scope.today), alert)


def find_objections(scope: Scope) -> Alerts:
    def alert(row: Any) -> Alert:
        case = row.decision.case
        detail = str(row.decision)
        return Alert(case.subject.name, case.get_absolute_url(), row.submitted_on, row.decision_due_on, detail)

    return listed(cases.objections_waiting(_cases(scope)), alert)


def find_late_milestones(scope: Scope) -> Alerts:
    days = int(supervision.settings_on(scope.today)["milestone_late_days"])

    def alert(row: Any) -> Alert:
        return Alert(row.case.subject.name, row.case.get_absolute_url(), due_on=row.due_on, detail=row.text)

    return listed(cases.milestones_late(_cases(scope), scope.today, days - 1), alert)


def _rule(code: str, title: object, severity: str, find) -> AlertRule:
    return AlertRule(
        code=f"wastewater.{code}",
        title=title,
        focus=Focus.WASTE,
        severity=severity,
        office=Office.DLH,
        permission="wastewater.record_inspection_plan",
        find=find,
    )


ALERTS = [
    _rule("finding_to_decide", gettext_lazy("Temuan menunggu putusan"), Severity.HIGH, find_to_decide),
    _rule("finding_uncured", gettext_lazy("Perbaikan lewat tenggat"), Severity.HIGH, find_uncured),
    _rule("order_overdue", gettext_lazy("Perintah lewat tenggat"), Severity.HIGH, find_overdue_orders),
    _rule("objection_waiting", gettext_lazy("Keberatan menunggu putusan"), Severity.HIGH, find_objections),
    _rule("milestone_late", gettext_lazy("Jadwal perbaikan terlambat berat"), Severity.MEDIUM, find_late_milestones),
    _rule("reply_window_ending", gettext_lazy("Hak jawab hampir berakhir"), Severity.LOW, find_windows_ending),
    _rule("report_unsigned", gettext_lazy("Berita acara belum ditandatangani"), Severity.MEDIUM, find_unsigned_reports),
    _rule("inspection_behind", gettext_lazy("Pengawasan tertinggal dari rencana"), Severity.MEDIUM, find_behind_plan),
]
