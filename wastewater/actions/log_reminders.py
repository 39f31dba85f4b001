"""Reminders about the discharge logbook, before a month falls due and on silence: once a month, never unwanted."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from batikportal.actions import outbox
from wastewater.models import LogMonth
from wastewater.queries import discharge_logs as queries

BATCH = 500


def remind_of_deadlines(*, at: datetime) -> int:
    """Tell the owners whose month falls due within the days of the rule; returns how many messages."""
    return _remind(queries.months_to_remind(timezone.localdate(at)), "logbook_due", "due_reminded_at", at)


def remind_of_silence(*, at: datetime) -> int:
    """Tell the owners who must keep the log and have noted nothing for as many days as the rule says."""
    return _remind(queries.silent_months(timezone.localdate(at)), "logbook_silent", "silence_reminded_at", at)


def _remind(months: queries.MonthRows, template: str, mark: str, at: datetime) -> int:
    """One message a month; the rows are held while they are marked, so that two runs never send twice."""
    with transaction.atomic():
        held = list(
            LogMonth.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(pk__in=months.values("pk"), **{f"{mark}__isnull": True})
            .select_related("enterprise")[:BATCH]
        )
        owners = queries.owners_of([month.enterprise_id for month in held])
        reached = [month for month in held if month.enterprise_id in owners]
        outbox.queue_many(_messages(reached, owners, template), at=at)
        LogMonth.objects.filter(pk__in=[month.pk for month in held]).update(**{mark: at})
    return len(reached)


def _messages(months: Iterable[LogMonth], owners, template: str):
    return [
        outbox.compose(
            template=template,
            to=owners[month.enterprise_id],
            context={"month": month, "enterprise": month.enterprise},
            by=None,
        )
        for month in months
    ]
