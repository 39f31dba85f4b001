"""Pairs of records on which somebody has to decide."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from workforce.models import DuplicateCandidate

SHOWN = 50


def find_open(scope: Scope) -> Alerts:
    """Undecided pairs with somebody of the area, the likeliest first."""
    pairs = DuplicateCandidate.objects.open().filter(scope.ward_filter("first__ward"))
    found = pairs.select_related("first", "second").order_by("-score", "pk")
    items = [
        Alert(
            subject=pair.first.name,
            url=pair.get_absolute_url(),
            since=timezone.localdate(pair.created_at),
            detail=str(pair.get_rule_display()),
        )
        for pair in found[:SHOWN]
    ]
    return Alerts(items, found.count())


ALERTS = [
    AlertRule(
        code="workforce.duplicates",
        title=_("Kemungkinan tercatat ganda"),
        focus=Focus.WORKERS,
        severity=Severity.LOW,
        office=Office.DINPERINAKER,
        permission="workforce.merge_person",
        find=find_open,
    )
]
