"""What waits for somebody: reports that did not come, violations nobody acted on, quarters nobody locked."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from batikportal import formats
from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater.alerts.listing import listed
from wastewater.choices.duties import ViolationState
from wastewater.models import Obligation
from wastewater.queries import obligations, statuses, violations
from wastewater.rules import duties
from wastewater.rules.obligations import DAYS_TO_FOLLOW_UP


def find_overdue(scope: Scope) -> Alerts:
    def alert(obligation: Obligation) -> Alert:
        return Alert(
            subject=f"{obligation.subject}: {obligation}",
            url=obligation.get_absolute_url(),
            since=obligation.period_start,
            due_on=obligation.due_on,
            detail=_("Belum diterima"),
        )

    return listed(obligations.overdue(scope.today).filter(violations.in_scope(scope)), alert)


def find_without_action(scope: Scope) -> Alerts:
    def alert(row: dict[str, Any]) -> Alert:
        name = row["enterprise__name"] or row["plant__name"]
        chosen = {"cari": row["enterprise__registration_number"] or name, "keadaan": ViolationState.OPEN.value}
        count = row["count"]
        return Alert(
            subject=name,
            url=f"{reverse('wastewater:violation-list')}?{urlencode(chosen)}",
            since=row["since"],
            due_on=row["since"] + timedelta(days=DAYS_TO_FOLLOW_UP),
            detail=ngettext("%(count)s pelanggaran terbuka", "%(count)s pelanggaran terbuka", count)
            % {"count": formats.number(count)},
        )

    return listed(violations.subjects_waiting(scope), alert)


def find_unlocked(scope: Scope) -> Alerts:
    found = [
        Alert(
            subject=_("Triwulan %(quarter)s belum dikunci") % {"quarter": duties.quarter_code(quarter.start)},
            url=reverse("wastewater:compliance-quarter", args=[duties.quarter_code(quarter.start)]),
            since=quarter.end,
            due_on=due,
            detail=_("Berakhir %(day)s; status masih dapat berubah") % {"day": formats.day(quarter.end)},
        )
        for quarter, due in statuses.quarters_to_lock(scope.today)
    ]
    return Alerts(found, len(found))


ALERTS = [
    AlertRule(
        code="wastewater.overdue_obligation",
        title=gettext_lazy("Laporan atau uji yang terlambat"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_obligation",
        find=find_overdue,
    ),
    AlertRule(
        code="wastewater.violation_without_action",
        title=gettext_lazy("Pelanggaran tanpa tindak lanjut"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_violation",
        find=find_without_action,
    ),
    AlertRule(
        code="wastewater.quarter_not_locked",
        title=gettext_lazy("Triwulan belum dikunci"),
        focus=Focus.WASTE,
        severity=Severity.LOW,
        office=Office.DLH,
        permission="wastewater.view_compliancestatus",
        find=find_unlocked,
    ),
]
