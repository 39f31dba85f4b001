"""Figures of the market: seats, applicants, first-timers, participants by ward, and what must add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from marketing import rules
from marketing.choices import ActivityState, QuotaKind
from marketing.models import Activity, Application, Quota

# Activities that count in figures: shown to the public once and not called off.
COUNTED_STATES = (ActivityState.PUBLISHED, ActivityState.CLOSED, ActivityState.FINISHED)


@dataclass(frozen=True)
class CallFigures:
    """What the applications to the activities of a period add up to; None where nothing was offered or sent."""

    sent: int
    seated: int
    seated_first_timers: int
    decided: int
    latest: datetime | None


def day_starts(day: date) -> datetime:
    """The first moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_ends(day: date) -> datetime:
    """The first moment after a local day."""
    return day_starts(date.fromordinal(day.toordinal() + 1))


def activities_starting(start: date, end: date) -> QuerySet[Activity]:
    """Counted activities that start between two days, both counted."""
    return Activity.objects.filter(
        state__in=COUNTED_STATES,
        starts_at__gte=day_starts(start),
        starts_at__lt=day_ends(end),
    )


def seats_offered(start: date, end: date) -> int | None:
    """Seats over all of the activities that start in the period; None when there are none."""
    found = Quota.objects.filter(kind=QuotaKind.ALL, activity__in=activities_starting(start, end))
    return found.aggregate(total=Sum("size"))["total"]


def call_figures(start: date, end: date, wards: Q) -> CallFigures:
    """Applications to the activities that start in the period, of the wards that the condition names."""
    found = Application.objects.sent().filter(wards, activity__in=activities_starting(start, end))
    row = found.aggregate(
        sent=Count("pk"),
        seated=Count("pk", filter=Q(state__in=rules.SEAT_STATES)),
        seated_first_timers=Count("pk", filter=Q(state__in=rules.SEAT_STATES, is_first_timer=True)),
        decided=Count("pk", filter=~Q(state__in=rules.UNDECIDED_STATES)),
        latest=Max("submitted_at"),
    )
    return CallFigures(**row)


def seats_by_month(start: date, end: date) -> Mapping[date, int]:
    """Seats offered by the month in which the activity starts."""
    found = (
        Quota.objects.filter(kind=QuotaKind.ALL, activity__in=activities_starting(start, end))
        .annotate(month=TruncMonth("activity__starts_at"))
        .values("month")
        .annotate(total=Sum("size"))
        .values_list("month", "total")
        .order_by("month")
    )
    return {timezone.localdate(month): total for month, total in found}


def applicants_by_month(start: date, end: date, wards: Q) -> Mapping[date, CallFigures]:
    """The figures of ``call_figures`` by the month in which the activity starts."""
    found = (
        Application.objects.sent()
        .filter(wards, activity__in=activities_starting(start, end))
        .annotate(month=TruncMonth("activity__starts_at"))
        .values("month")
        .annotate(
            sent=Count("pk"),
            seated=Count("pk", filter=Q(state__in=rules.SEAT_STATES)),
            seated_first_timers=Count("pk", filter=Q(state__in=rules.SEAT_STATES, is_first_timer=True)),
            decided=Count("pk", filter=~Q(state__in=rules.UNDECIDED_STATES)),
            latest=Max("submitted_at"),
        )
        .order_by("month")
    )
    return {timezone.localdate(row.pop("month")): CallFigures(**row) for row in found}


def participants_by_ward(start: date, end: date, wards: Q) -> Mapping[str, int]:
    """Enterprises that had a seat in an activity of the period, by ward code; each enterprise counts once."""
    found = (
        Application.objects.seated()
        .filter(wards, activity__in=activities_starting(start, end))
        .values("ward__code")
        .annotate(enterprises=Count("enterprise", distinct=True))
        .values_list("ward__code", "enterprises")
        .order_by("ward__code")
    )
    return dict(found)


_MISMATCHES = """
SELECT q.id, q.taken, count(a.id)
FROM marketing_quota q
LEFT JOIN marketing_application a
    ON a.activity_id = q.activity_id AND q.id = ANY(a.counted_quotas) AND a.state = ANY(%s)
GROUP BY q.id, q.taken
HAVING q.taken <> count(a.id)
ORDER BY q.id
"""


def seat_mismatches() -> list[tuple[int, int, int]]:
    """Quotas whose counter differs from the applications that hold a seat in them: (quota, counter, counted)."""
    with connection.cursor() as cursor:
        cursor.execute(_MISMATCHES, [list(rules.SEAT_STATES)])
        return cursor.fetchall()
