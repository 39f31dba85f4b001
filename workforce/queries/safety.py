"""Incidents at work: lists, what is overdue, and how many injuries a month had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from batikportal.choices import AreaLevel
from batikportal.models import Area, Enterprise
from workforce.choices.safety import IncidentKind, IncidentSeverity
from workforce.models import Incident
from workforce.rules import safety as rules

YEAR = timedelta(days=365)


def injuries(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Those in which somebody was hurt."""
    return incidents.filter(severity__gt=IncidentSeverity.NONE)


def _within(area: Area | None) -> Q:
    if area is None or area.level == AreaLevel.CITY:
        return Q()
    return Q(ward__parent=area) if area.level == AreaLevel.DISTRICT else Q(ward=area)


def in_year_to(incidents: QuerySet[Incident], on: date, area: Area | None) -> QuerySet[Incident]:
    """Those of the 365 days that end with the date."""
    return incidents.filter(_within(area), occurred_at__date__gt=on - YEAR, occurred_at__date__lte=on)


def injuries_by_day(days: Sequence[date], area: Area | None) -> list[int]:
    """For each day the injuries of the 365 days that end with it; one query."""
    found = list(
        injuries(Incident.objects.filter(_within(area)))
        .filter(occurred_at__date__gt=days[0] - YEAR, occurred_at__date__lte=days[-1])
        .annotate(day=TruncDate("occurred_at"))
        .order_by()
        .values_list("day", flat=True)
    )
    return [sum(day - YEAR < one <= day for one in found) for day in days]


def overdue_reports(incidents: QuerySet[Incident], at: datetime) -> QuerySet[Incident]:
    """Incidents whose form 3 KK2 A has not come, oldest first; those still within 2 x 24 hours are among them, since
    the clock runs."""
    runs = Q(severity__gt=IncidentSeverity.NONE) | Q(kind__in=(IncidentKind.FIRE, IncidentKind.SPILL))
    return incidents.filter(runs, reported_on__isnull=True, occurred_at__lte=at).order_by("occurred_at", "pk")


@dataclass(frozen=True)
class IncidentFilter:
    """What narrows the list of incidents; `year_to`: only injuries of the year that ends then."""

    kind: str = ""
    state: str = ""
    area: Area | None = None
    year_to: date | None = None


def incidents_matching(incidents: QuerySet[Incident], wanted: IncidentFilter, at: datetime) -> QuerySet[Any]:
    """The incidents of a filter, newest first."""
    found = incidents.select_related("enterprise", "ward", "step")
    if wanted.year_to:
        found = injuries(in_year_to(found, wanted.year_to, None))
    if wanted.area:
        found = found.filter(_within(wanted.area))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state == "open":
        found = found.filter(closed_at__isnull=True)
    if wanted.state == "unreported":
        found = overdue_reports(found, at)
    return found.order_by("-occurred_at", "-pk")


def of_enterprise(enterprise: Enterprise) -> QuerySet[Incident]:
    """Incidents at one workshop, newest first."""
    return Incident.objects.filter(enterprise=enterprise).select_related("step", "ward")


def health_kept_until(today: date) -> date:
    """Incidents before this day keep no health details."""
    return today - timedelta(days=365 * rules.HEALTH_KEPT_YEARS + 1)
