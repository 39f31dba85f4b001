"""Reads about the registry as a whole: how many enterprises, where, with which technique, and what waits."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from batikportal.choices import AreaLevel, EnterpriseStatus, Technique
from batikportal.contracts import Scope
from batikportal.models import Area, Enterprise


def active_enterprises(scope: Scope | None = None) -> QuerySet[Enterprise]:
    """Enterprises that produce now, in the chosen kecamatan."""
    where = scope.ward_filter("ward") if scope else Q()
    return Enterprise.objects.filter(where, status=EnterpriseStatus.ACTIVE)


def registered_by_month(scope: Scope) -> dict[date, int]:
    """How many of today's active enterprises were registered in each month."""
    months = active_enterprises(scope).annotate(month=TruncMonth("created_at")).values("month")
    return {row["month"].date(): row["count"] for row in months.annotate(count=Count("pk")).order_by("month")}


def pending_enterprises(before: date, scope: Scope) -> QuerySet[Enterprise]:
    """Enterprises registered before a day that still wait to be verified, the oldest first."""
    until = timezone.make_aware(datetime.combine(before, time.min))
    waiting = Enterprise.objects.filter(
        scope.ward_filter("ward"), status=EnterpriseStatus.PENDING, created_at__lt=until
    )
    return waiting.select_related("ward").order_by("created_at", "pk")


def enterprises_by_ward() -> list[tuple[Area, int]]:
    """Every kelurahan in force, with its district, and how many enterprises produce there now."""
    counts = dict(active_enterprises().values_list("ward").annotate(count=Count("pk")).order_by())
    wards = Area.objects.filter(level=AreaLevel.WARD, valid_until__isnull=True).select_related("parent")
    return [(ward, counts.get(ward.pk, 0)) for ward in wards.order_by("code")]


def technique_counts() -> dict[str, int]:
    """How many active enterprises use each technique; one enterprise may use several."""
    each = {code: Count("pk", filter=Q(techniques__contains=[code])) for code in Technique.values}
    return active_enterprises().aggregate(**each)


def month_starts(today: date, count: int = 12) -> list[date]:
    """The first days of the last months, this one included."""
    first = today.replace(day=1)
    starts = [first]
    for _earlier in range(count - 1):
        starts.append((starts[-1] - timedelta(days=1)).replace(day=1))
    return starts[::-1]
