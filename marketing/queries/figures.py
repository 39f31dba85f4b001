"""Figures of the market: seats, applicants, first-timers, participants by ward, and what must add up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.db.models import Count, FilteredRelation, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from marketing import rules
from marketing.choices import ActivityState, QuotaKind
from marketing.models import Activity, Application

# Activities that count in figures: shown to the public once and not called off.
COUNTED_STATES = (ActivityState.PUBLISHED, ActivityState.CLOSED, ActivityState.FINISHED)


@dataclass(frozen=True)
class ActivityFigures:
    """What one activity offered and got; counts of enterprises, from the wards that were asked for."""

    starts_on: date
    seats: int
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


def figures_by_activity(start: date, end: date, wards: Callable[[str], Q]) -> list[ActivityFigures]:
    """The figures of every counted activity that starts in the period; one statement.

    ``wards`` gives the condition for a path to a ward, as ``Scope.ward_filter`` does.
    """
    sent = Q(applications__submitted_at__isnull=False) & wards("applications__ward")
    seated = sent & Q(applications__state__in=rules.SEAT_STATES)
    found = activities_starting(start, end).annotate(
        over_all=FilteredRelation("quotas", condition=Q(quotas__kind=QuotaKind.ALL)),
        seats=Coalesce("over_all__size", 0),
        sent=Count("applications", filter=sent),
        seated=Count("applications", filter=seated),
        seated_first_timers=Count("applications", filter=seated & Q(applications__is_first_timer=True)),
        decided=Count("applications", filter=sent & ~Q(applications__state__in=rules.UNDECIDED_STATES)),
        latest=Max("applications__submitted_at", filter=sent),
    )
    rows = found.order_by("starts_at", "pk").values_list(
        "starts_at", "seats", "sent", "seated", "seated_first_timers", "decided", "latest"
    )
    return [ActivityFigures(timezone.localdate(starts_at), *rest) for starts_at, *rest in rows]


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


def participation_by_district() -> list[tuple[int, str, str, str, int, int, int]]:
    """(year, kind, district code, district, sent, seated, seated for the first time), over all published activities."""
    found = (
        Application.objects.sent()
        .filter(activity__state__in=COUNTED_STATES)
        .values_list(
            "activity__starts_at__year",
            "activity__programme__kind",
            "ward__parent__code",
            "ward__parent__name",
        )
        .annotate(
            sent=Count("pk"),
            seated=Count("pk", filter=Q(state__in=rules.SEAT_STATES)),
            seated_first_timers=Count("pk", filter=Q(state__in=rules.SEAT_STATES, is_first_timer=True)),
        )
        .order_by("activity__starts_at__year", "activity__programme__kind", "ward__parent__code")
    )
    return list(found)
