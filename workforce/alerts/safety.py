"""Incidents whose report the office has not received."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from workforce.models import Incident
from workforce.queries.safety import overdue_reports

SHOWN = 50


def find_unreported(scope: Scope) -> Alerts:
    """The clock of 2 x 24 hours runs or has run out."""
    found = overdue_reports(Incident.objects.filter(scope.ward_filter("ward")), timezone.now())
    items = [
        Alert(
            subject=incident.enterprise.name if incident.enterprise else incident.place or incident.ward.name,
            url=incident.get_absolute_url(),
            since=timezone.localdate(incident.occurred_at),
            due_on=timezone.localdate(incident.report_due_at),
            detail=f"{incident.get_kind_display()}: {incident.get_severity_display()}",
        )
        for incident in found.select_related("enterprise", "ward")[:SHOWN]
    ]
    return Alerts(items, found.count())


ALERTS = [
    AlertRule(
        code="workforce.incident_unreported",
        title=_("Laporan kecelakaan kerja belum diterima"),
        focus=Focus.WORKERS,
        severity=Severity.HIGH,
        office=Office.DINPERINAKER,
        permission="workforce.read_incident",
        find=find_unreported,
    )
]
