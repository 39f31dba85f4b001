"""Sums over complaints for the dashboard, the map, the home page and open data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Max, Q, QuerySet
from django.db.models.functions import TruncMonth

from batikportal import formats, small_cells
from wastewater.choices.complaints import ComplaintState, HandlingState, HandoverState
from wastewater.models.complaints import AgencyHandling, Complaint, Handover, Reporter
from wastewater.queries.complaints.cases import promised_between
from wastewater.rules import complaints as rules

MONTHS = 12


class Median(Aggregate):
    """percentile_cont(0.5): the middle of the values, between the two middle ones when their number is even."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


_TAKEN = ExpressionWrapper(F("first_answered_at") - F("received_at"), output_field=DurationField())


def _days(span: timedelta | None) -> Decimal | None:
    return None if span is None else Decimal(span.total_seconds()) / 86400


@dataclass(frozen=True)
class AnswerTimes:
    """The median days from receipt to the first answer, over how many, and the months behind it."""

    median_days: Decimal | None
    answered: int
    last_answered_at: datetime | None
    months: Sequence[tuple[str, Decimal | None]]


def answer_times(rows: QuerySet[Complaint], start: date, end: date) -> AnswerTimes:
    """Complaints first answered in the period; two queries."""
    answered = rows.filter(first_answered_at__isnull=False)
    chosen = answered.filter(first_answered_at__date__range=(start, end)).aggregate(
        median=Median(_TAKEN), count=Count("pk"), last=Max("first_answered_at")
    )
    wanted = _months_until(end)
    by_month = (
        answered.filter(first_answered_at__date__range=(wanted[0], end))
        .annotate(month=TruncMonth("first_answered_at"))
        .values("month")
        .annotate(median=Median(_TAKEN))
        .order_by()
    )
    medians = {row["month"].date(): _days(row["median"]) for row in by_month}
    months = [(formats.month(month), medians.get(month)) for month in wanted]
    return AnswerTimes(_days(chosen["median"]), chosen["count"], chosen["last"], months)


def _months_until(day: date) -> list[date]:
    last = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


@dataclass(frozen=True)
class KeptPromises:
    """Promises of the period that are past: how many, and how many of them were kept."""

    due: int
    kept: int


def kept_promises(rows: QuerySet[Complaint], start: date, end: date) -> KeptPromises:
    """A promise counts by the day it fell due; one that nobody has answered by then was not kept."""
    found = rows.filter(promised_between(start, end)).aggregate(
        due=Count("pk"), kept=Count("pk", filter=Q(first_answered_at__date__lte=F("first_due_on")))
    )
    return KeptPromises(found["due"], found["kept"])


def unread() -> QuerySet[Complaint]:
    """Complaints that nobody has read yet, the oldest first."""
    rows = Complaint.objects.filter(state=ComplaintState.RECEIVED).select_related("category")
    return rows.order_by("received_at")


def late_parts(today: date) -> QuerySet[AgencyHandling]:
    """Parts of agencies past their own promise in cases that still wait for an answer."""
    states = [state for state in rules.OPEN_STATES if state != ComplaintState.WAITING]
    rows = AgencyHandling.objects.filter(state=HandlingState.ACTIVE, due_on__lt=today, complaint__state__in=states)
    return rows.select_related("agency", "complaint__category").order_by("due_on", "pk")


def unverified(today: date) -> QuerySet[Complaint]:
    """Open cases whose place nobody has seen by the day that the term sets; those that wait are not ours to hurry."""
    states = [one for one in rules.OPEN_STATES if one not in (ComplaintState.WAITING, ComplaintState.EXTERNAL)]
    rows = Complaint.objects.filter(state__in=states, verified_on__isnull=True, verification_due_on__lt=today)
    return rows.select_related("category").order_by("verification_due_on", "pk")


def waiting_for_reporters() -> QuerySet[Complaint]:
    """Cases whose reporter was asked and has not answered, by the day on which that ends."""
    rows = Complaint.objects.filter(state=ComplaintState.WAITING, questions__ended_at__isnull=True)
    return rows.annotate(reply_due_on=Max("questions__reply_due_on")).order_by("reply_due_on")


def ready_to_close(today: date) -> QuerySet[Complaint]:
    """Answered cases whose reporter can no longer ask for more."""
    rows = Complaint.objects.filter(state=ComplaintState.ANSWERED, reopen_until__lt=today)
    return rows.select_related("category").order_by("reopen_until")


def undecided_handovers() -> QuerySet[Handover]:
    rows = Handover.objects.filter(state=HandoverState.OFFERED)
    return rows.select_related("sender", "receiver", "complaint").order_by("offered_at")


def reporters_past_their_day(today: date) -> QuerySet[Reporter]:
    """Contact data that should be gone: held for a case at law, or the daily job has not run."""
    rows = Reporter.objects.filter(anonymise_on__lt=today, anonymised_at__isnull=True)
    return rows.select_related("complaint").order_by("anonymise_on")


@dataclass(frozen=True)
class PublicCount:
    """What the home page says about complaints."""

    open: int
    answered: int
    median_days: Decimal | None


def public_count(today: date) -> PublicCount:
    """Open ones, and those answered within a year; the median only over five or more."""
    times = answer_times(Complaint.objects.all(), today - timedelta(days=364), today)
    shown = times.median_days if times.answered >= small_cells.SMALLEST else None
    return PublicCount(Complaint.objects.filter(state__in=rules.OPEN_STATES).count(), times.answered, shown)


def counts_for_everybody() -> list[tuple[datetime, str, str, int | None]]:
    """(month, category, district, count) of everything taken up; counts under five are hidden."""
    rows = (
        Complaint.objects.exclude(state=ComplaintState.REJECTED)
        .annotate(month=TruncMonth("received_at"))
        .values_list("month", "category__name", "ward__parent__name")
        .annotate(count=Count("pk"))
        .order_by("month", "category__name", "ward__parent__name")
    )
    return [(month, category, area or "", small_cells.publishable(count)) for month, category, area, count in rows]


def on_map(rows: QuerySet[Complaint], start: date, end: date) -> QuerySet[Complaint]:
    """Complaints with a place, received in the period, on their own feet."""
    placed = rows.filter(received_at__date__range=(start, end), latitude__isnull=False)
    return placed.exclude(state=ComplaintState.JOINED).select_related("category")
