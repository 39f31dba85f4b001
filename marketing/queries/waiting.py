"""What waits for somebody: calls with few applicants, overdue answers, unreleased decisions, missing attendance."""

from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q, QuerySet

from marketing import rules
from marketing.choices import ActivityState, ApplicationState, DecisionState, SelectionMode
from marketing.models import Activity, Application
from marketing.queries.activities import with_seats
from marketing.queries.figures import day_ends, day_starts

RUNNING_STATES = (ActivityState.PUBLISHED, ActivityState.CLOSED)


def calls_with_few_applicants(today: date, *, within_days: int) -> QuerySet[Activity]:
    """Open calls that close within so many days with fewer applicants (``sent``) than seats."""
    found = Activity.objects.filter(
        state=ActivityState.PUBLISHED,
        registration_closes_at__gte=day_starts(today),
        registration_closes_at__lt=day_ends(today + timedelta(days=within_days)),
    )
    counted = with_seats(found).annotate(
        sent=Count("applications", filter=Q(applications__submitted_at__isnull=False), distinct=True)
    )
    return counted.filter(sent__lt=F("seats")).order_by("registration_closes_at", "pk")


def overdue_decisions(today: date) -> QuerySet[Activity]:
    """Selected calls whose promised day of answer has passed while applications (``undecided``) wait."""
    found = Activity.objects.filter(
        state__in=RUNNING_STATES, selection_mode=SelectionMode.SELECTED, decision_due_on__lt=today
    )
    counted = found.annotate(undecided=Count("applications", filter=Q(applications__state__in=rules.UNDECIDED_STATES)))
    return counted.filter(undecided__gt=0).order_by("decision_due_on", "pk")


def decisions_waiting_for_release(before: datetime) -> QuerySet[Activity]:
    """Activities with decisions made before ``before`` and not released (``pending``, the oldest ``since``)."""
    waiting = Q(applications__decisions__state=DecisionState.PENDING, applications__decisions__decided_at__lt=before)
    found = Activity.objects.filter(state__in=RUNNING_STATES).annotate(
        pending=Count("applications__decisions", filter=waiting),
        since=Min("applications__decisions__decided_at", filter=waiting),
    )
    return found.filter(pending__gt=0).order_by("since", "pk")


def seats_without_attendance(before: datetime) -> QuerySet[Activity]:
    """Activities that ended before ``before`` with seats (``unmarked``) whose attendance is not noted."""
    found = Activity.objects.filter(state__in=RUNNING_STATES, ends_at__lt=before).annotate(
        unmarked=Count("applications", filter=Q(applications__state=ApplicationState.ACCEPTED))
    )
    return found.filter(unmarked__gt=0).order_by("ends_at", "pk")


def overdue_completions(today: date) -> QuerySet[Application]:
    """Applications returned for completion whose day has passed."""
    found = Application.objects.filter(
        state=ApplicationState.RETURNED, return_due_on__lt=today, activity__state__in=RUNNING_STATES
    )
    return found.select_related("activity", "enterprise").order_by("return_due_on", "pk")
