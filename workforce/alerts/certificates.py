"""Certificates that somebody should have tested again."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from workforce.models import CompetencyCertificate
from workforce.queries.certificates import expiring

SHOWN = 50


def find_expiring(scope: Scope) -> Alerts:
    """Certificates that end within 180 days and are not renewed."""
    visible = CompetencyCertificate.objects.filter(scope.ward_filter("person__ward"))
    found = expiring(visible, scope.today).select_related("person", "scheme")
    items = [
        Alert(
            subject=one.person.name,
            url=one.get_absolute_url(),
            due_on=one.valid_until,
            detail=_("%(scheme)s berakhir %(day)s") % {"scheme": one.scheme, "day": date_format(one.valid_until)},
        )
        for one in found[:SHOWN]
    ]
    return Alerts(items, found.count())


ALERTS = [
    AlertRule(
        code="workforce.certificate_expiring",
        title=_("Sertifikat berakhir dalam 180 hari"),
        focus=Focus.WORKERS,
        severity=Severity.MEDIUM,
        office=Office.DINPERINAKER,
        permission="workforce.view_person",
        find=find_expiring,
    )
]
