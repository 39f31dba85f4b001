"""What waits in the registry."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from batikportal.queries import registry

AT_MOST = 50
# A registration is to be verified within a week; the first days are no alert yet.
DAYS_BEFORE_ALERT = 3
DAYS_TO_VERIFY = 7


def find_pending(scope: Scope) -> Alerts:
    """Enterprises that have waited for verification for some days."""
    waiting = registry.pending_enterprises(scope.today - timedelta(days=DAYS_BEFORE_ALERT), scope)
    first = list(waiting[:AT_MOST])
    total = len(first) if len(first) < AT_MOST else waiting.count()
    items = []
    for enterprise in first:
        since = timezone.localdate(enterprise.created_at)
        where = _("Kelurahan %(ward)s") % {"ward": enterprise.ward.name}
        due = since + timedelta(days=DAYS_TO_VERIFY)
        items.append(Alert(enterprise.name, enterprise.get_absolute_url(), since, due, where))
    return Alerts(items, total)


ALERTS = [
    AlertRule(
        code="portal.pending_enterprises",
        title=gettext_lazy("Usaha menunggu pemeriksaan"),
        focus=Focus.SHARED,
        severity=Severity.LOW,
        office=Office.DINDAGKOP,
        permission="batikportal.view_enterprise",
        find=find_pending,
    ),
]
