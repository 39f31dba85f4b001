"""Requests of workers and employers that nobody answered yet."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from workforce.models import RegistryRequest
from workforce.rules import STOP_WITHIN

SHOWN = 50


def find_open(scope: Scope) -> Alerts:
    """The oldest first; a correction is owed as soon as the end of a use, within 3 x 24 hours (UU 27/2022)."""
    of_area = scope.ward_filter("person__ward") | scope.ward_filter("enterprise__ward")
    found = RegistryRequest.objects.open().filter(of_area).select_related("person", "enterprise")
    items = [
        Alert(
            subject=str(one.person or one.enterprise),
            url=reverse("workforce:request-answer", args=[one.public_id]),
            since=timezone.localdate(one.asked_at),
            due_on=timezone.localdate(one.asked_at + STOP_WITHIN),
            detail=str(one.get_kind_display()),
        )
        for one in found[:SHOWN]
    ]
    return Alerts(items, found.count())


ALERTS = [
    AlertRule(
        code="workforce.requests",
        title=_("Permintaan pekerja dan pemilik usaha"),
        focus=Focus.WORKERS,
        severity=Severity.HIGH,
        office=Office.DINPERINAKER,
        permission="workforce.answer_request",
        find=find_open,
    )
]
