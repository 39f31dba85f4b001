"""Messages to the people of an enterprise about findings and decisions, and the reminders of the daily job.

Every message is tied to what it is about. The database refuses one that asks something of a cleared firm, and stops
what is still unsent when a firm is cleared.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from batikportal.actions import outbox
from batikportal.choices import MembershipRole
from batikportal.models import Enterprise, User
from wastewater.choices.enforcement import FindingState, NoticeKind
from wastewater.models import EnforcementDecision, Finding, Notice, OrderedItem
from wastewater.queries import supervision
from wastewater.rules import enforcement as rules


def owners_of(enterprise: Enterprise | None) -> list[User]:
    """The people who own the enterprise today, under whatever name it goes; a plant has none, and is told on paper."""
    if enterprise is None:
        return []
    while enterprise.merged_into is not None:
        enterprise = enterprise.merged_into
    held = enterprise.memberships.filter(valid_until__isnull=True, role=MembershipRole.OWNER)
    return [membership.user for membership in held.select_related("user").order_by("pk")]


def tell(
    *,
    kind: str,
    template: str,
    enterprise: Enterprise | None,
    context: Mapping[str, Any],
    by: User | None,
    at: datetime,
    finding: Finding | None = None,
    decision: EnforcementDecision | None = None,
    item: OrderedItem | None = None,
    due_on: date | None = None,
) -> int:
    """Queue one message per owner; returns how many."""
    people = owners_of(enterprise)
    for person in people:
        message = outbox.queue(
            template=template, to=person, context={"enterprise": enterprise, **context}, by=by, at=at
        )
        Notice.objects.create(message=message, kind=kind, finding=finding, decision=decision, item=item, due_on=due_on)
    return len(people)


def send_reminders(*, at: datetime) -> int:
    """Remind of replies, cures and orders that fall due soon, once per deadline; returns how many messages."""
    today = timezone.localdate(at)
    until = today + timedelta(days=int(supervision.settings_on(today)["reminder_days"]))
    sent = 0
    for finding in _unanswered(today, until):
        sent += _remind("finding_reminder", finding.reply_due_on, at, finding=finding)
    for finding in _uncured(today, until):
        sent += _remind("cure_reminder", finding.cure_due_on, at, finding=finding)
    for item in _unfulfilled(today, until):
        sent += _remind("order_reminder", item.deadline, at, item=item)
    return sent


def _remind(template: str, due_on, at: datetime, *, finding: Finding | None = None, item: OrderedItem | None = None):
    """One reminder in its own savepoint: a firm that is cleared this very moment is left alone.

    Only that refusal of the trigger `cleared_is_not_reminded` is expected; every other failure is one and is raised.
    """
    decision = item.decision if item else None
    enterprise = finding.enterprise if finding else item.decision.case.enterprise if item else None
    try:
        with transaction.atomic():
            return tell(
                kind=NoticeKind.REMINDER,
                template=template,
                enterprise=enterprise,
                context={"finding": finding, "item": item, "decision": decision, "due_on": due_on},
                finding=finding,
                decision=decision,
                item=item,
                due_on=due_on,
                by=None,
                at=at,
            )
    except IntegrityError as refusal:
        if not str(refusal).partition("\n")[0].endswith(": no reminder"):
            raise
        return 0


def _unanswered(today: date, until: date):
    return (
        Finding.objects.filter(
            state=FindingState.REPLY_WINDOW,
            reply_due_on__range=(today, until),
            reply_ended_at__isnull=True,
            replies__isnull=True,
            enterprise__isnull=False,
        )
        .exclude(notices__kind=NoticeKind.REMINDER, notices__due_on=F("reply_due_on"))
        .select_related("enterprise")
    )


def _uncured(today: date, until: date):
    return (
        Finding.objects.filter(
            state=FindingState.DECIDED,
            outcome__in=rules.STANDING_OUTCOMES,
            cure_due_on__range=(today, until),
            enterprise__isnull=False,
        )
        .exclude(notices__kind=NoticeKind.REMINDER, notices__due_on=F("cure_due_on"))
        .select_related("enterprise")
    )


def _unfulfilled(today: date, until: date):
    return (
        OrderedItem.objects.annotate(last_day=Coalesce("extended_until", "due_on"))
        .filter(
            Q(finding__isnull=True)
            | Q(finding__state=FindingState.DECIDED, finding__outcome__in=rules.STANDING_OUTCOMES),
            verified_at__isnull=True,
            done_on__isnull=True,
            last_day__range=(today, until),
            decision__state__in=rules.RUNNING,
            decision__case__enterprise__isnull=False,
        )
        .exclude(notices__kind=NoticeKind.REMINDER, notices__due_on=F("last_day"))
        .select_related("decision__case__enterprise")
    )
