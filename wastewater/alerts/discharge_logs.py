"""What waits around the logbook: silence, untreated water, and requests for the suction truck."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import formats
from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater.alerts.listing import listed
from wastewater.models import LogMonth, TruckRequest
from wastewater.queries import discharge_logs as queries
from wastewater.queries import trucks
from wastewater.rules import discharge_logs as rules

# Untreated water stays on the work list while its month or the next one is running.
UNTREATED_DAYS = 31


def find_silent(scope: Scope) -> Alerts:
    def alert(month: Any) -> Alert:
        if month.last_day is None:
            detail = _("Belum pernah mencatat")
        else:
            detail = _("Catatan terakhir %(day)s") % {"day": formats.short_day(month.last_day)}
        return Alert(str(month.enterprise), month.get_absolute_url(), month.last_day, month.due_on, detail)

    rows = queries.quiet_months(scope.today).filter(scope.ward_filter("enterprise__ward"))
    return listed(rows.order_by("last_day", "pk"), alert)


def find_untreated(scope: Scope) -> Alerts:
    def alert(month: LogMonth) -> Alert:
        litres = getattr(month, "untreated_l")  # noqa: B009 - annotated
        return Alert(
            subject=str(month.enterprise),
            url=month.get_absolute_url(),
            since=month.first_day,
            due_on=month.due_on,
            detail=_("%(volume)s L dibuang tanpa diolah pada %(month)s")
            % {"volume": formats.number(litres, 0), "month": formats.month(month.first_day)},
        )

    since = rules.first_of(scope.today - timedelta(days=UNTREATED_DAYS))
    return listed(queries.months_with_untreated(since).filter(scope.ward_filter("enterprise__ward")), alert)


def find_waiting_requests(scope: Scope) -> Alerts:
    def alert(request: TruckRequest) -> Alert:
        return Alert(
            subject=str(request.enterprise),
            url=request.get_absolute_url(),
            since=timezone.localdate(request.created_at),
            due_on=request.answer_due_on,
            detail=_("%(volume)s m³, diminta untuk %(day)s")
            % {"volume": formats.number(request.volume_m3), "day": formats.short_day(request.wanted_on)},
        )

    return listed(trucks.waiting_requests().filter(scope.ward_filter("enterprise__ward")), alert)


ALERTS = [
    AlertRule(
        code="wastewater.truck_waiting",
        title=gettext_lazy("Permintaan truk sedot belum dijawab"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_truckrequest",
        find=find_waiting_requests,
    ),
    AlertRule(
        code="wastewater.untreated_discharge",
        title=gettext_lazy("Air limbah dibuang tanpa diolah menurut buku limbah"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.view_dischargelog",
        find=find_untreated,
    ),
    AlertRule(
        code="wastewater.silent_logbook",
        title=gettext_lazy("Buku limbah tidak diisi"),
        focus=Focus.WASTE,
        severity=Severity.LOW,
        office=Office.DLH,
        permission="wastewater.view_dischargelog",
        find=find_silent,
    ),
]
