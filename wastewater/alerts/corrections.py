"""Corrections that wait for somebody to decide."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from wastewater.alerts.listing import listed
from wastewater.models import ResultCorrection
from wastewater.queries import corrections as queries
from wastewater.rules import corrections as rules


def find_waiting_corrections(scope: Scope) -> Alerts:
    def alert(correction: ResultCorrection) -> Alert:
        return Alert(
            subject=f"{correction.result.sample.number}, {correction}",
            url=correction.get_absolute_url(),
            since=correction.requested_on,
            due_on=correction.requested_on + timedelta(days=rules.DAYS_TO_DECIDE),
            detail=correction.reason,
        )

    return listed(queries.waiting().filter(scope.ward_filter("result__sample__point__ward")), alert)


ALERTS = [
    AlertRule(
        code="wastewater.correction_waiting",
        title=gettext_lazy("Koreksi hasil menunggu keputusan"),
        focus=Focus.WASTE,
        severity=Severity.MEDIUM,
        office=Office.DLH,
        permission="wastewater.decide_correction",
        find=find_waiting_corrections,
    ),
]
