"""Steps of a handover whose day has passed."""

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus, Office, Severity
from batikportal.contracts import Alert, AlertRule, Alerts, Scope
from workforce.queries import handover as queries

SHOWN = 50


def find_overdue_milestones(scope: Scope) -> Alerts:
    """Steps of live plans that are late, oldest first."""
    rows = queries.overdue_milestones(scope.today).filter(scope.ward_filter("plan__person__ward"))
    items = [
        Alert(
            subject=milestone.plan.person.name,
            url=milestone.plan.get_absolute_url(),
            due_on=milestone.due_on,
            detail=milestone.title,
        )
        for milestone in rows[:SHOWN]
    ]
    return Alerts(items, rows.count())


ALERTS = [
    AlertRule(
        code="workforce.handover_late",
        title=_("Langkah penerusan terlambat"),
        focus=Focus.WORKERS,
        severity=Severity.MEDIUM,
        office=Office.DINPERINAKER,
        permission="workforce.read_successionplan",
        find=find_overdue_milestones,
    )
]
