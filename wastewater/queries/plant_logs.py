"""The daily log of plants: the sheet of a month, what is missing, and what was out of bounds."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth

from batikportal.contracts import Scope
from batikportal.imports.queries import written_by
from batikportal.models import ImportRun
from wastewater.choices.plants import SettingCode
from wastewater.models import ChemicalDose, PlantLog, TreatmentPlant
from wastewater.queries.plant_settings import PhRange, ph_range_on, settings_on
from wastewater.queries.plants import WORKING, plants_with_figures

RECENT_DAYS = 30
_DOSES = Prefetch("doses", ChemicalDose.objects.select_related("chemical").order_by("chemical__display_order"))


def log_of(plant: TreatmentPlant, day: date) -> PlantLog | None:
    """The log of one day with its chemicals; None when it is missing."""
    return PlantLog.objects.filter(plant=plant, day=day).select_related("plant").prefetch_related(_DOSES).first()


def log_before(plant: TreatmentPlant, day: date) -> PlantLog | None:
    """The last log before the day, however old."""
    rows = PlantLog.objects.filter(plant=plant, day__lt=day).order_by("-day")
    return rows.select_related("plant").prefetch_related(_DOSES).first()


@dataclass(frozen=True)
class Day:
    """One day of a month's sheet; `log` None is a missing day."""

    day: date
    log: PlantLog | None
    ph_out_is_fine: bool | None = None


@dataclass(frozen=True)
class MonthSheet:
    """A month of one plant, first day to the last that has passed, with its sums over the days that were logged."""

    first: date
    days: Sequence[Day]
    ph_range: PhRange | None
    inflow_m3: Decimal | None
    outflow_m3: Decimal | None
    inflow_days: int
    outflow_days: int
    downtime_hours: Decimal | None
    chemicals: dict[str, Decimal] = field(default_factory=dict)

    @property
    def logged_days(self) -> int:
        return sum(one.log is not None for one in self.days)

    @property
    def missing_days(self) -> int:
        return len(self.days) - self.logged_days

    @property
    def mean_inflow_m3(self) -> Decimal | None:
        """m³/day over the days whose inflow is known."""
        return self.inflow_m3 / self.inflow_days if self.inflow_m3 is not None else None


def last_day_of(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def month_sheet(plant: TreatmentPlant, first: date, today: date) -> MonthSheet:
    """The sheet of the month that begins on `first`; days after today are not on it."""
    last = min(last_day_of(first), today)
    rows = PlantLog.objects.filter(plant=plant, day__range=(first, last)).select_related("plant", "created_by")
    logs = {log.day: log for log in rows.prefetch_related(_DOSES)}
    allowed = ph_range_on(last)
    days = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        log = logs.get(day)
        if log is None or allowed is None:
            days.append(Day(day, log))
        else:
            days.append(Day(day, log, allowed.holds(log.ph_out)))
    chemicals: dict[str, Decimal] = {}
    for log in logs.values():
        for dose in log.doses.all():
            chemicals[str(dose.chemical)] = chemicals.get(str(dose.chemical), Decimal(0)) + dose.kg
    inflows = [log.inflow_m3 for log in logs.values() if log.inflow_m3 is not None]
    outflows = [log.outflow_m3 for log in logs.values() if log.outflow_m3 is not None]
    stops = [log.downtime_hours for log in logs.values() if log.downtime_hours is not None]
    return MonthSheet(
        first=first,
        days=days,
        ph_range=allowed,
        inflow_m3=sum(inflows, Decimal(0)) if inflows else None,
        outflow_m3=sum(outflows, Decimal(0)) if outflows else None,
        inflow_days=len(inflows),
        outflow_days=len(outflows),
        downtime_hours=sum(stops, Decimal(0)) if stops else None,
        chemicals=chemicals,
    )


def found_logs(
    logs: QuerySet[PlantLog],
    *,
    ipal: TreatmentPlant | None = None,
    dari: date | None = None,
    sampai: date | None = None,
    impor: ImportRun | None = None,
) -> QuerySet[PlantLog]:
    """Logged days narrowed by what the list asks, with their plant."""
    if ipal:
        logs = logs.filter(plant=ipal)
    if dari:
        logs = logs.filter(day__gte=dari)
    if sampai:
        logs = logs.filter(day__lte=sampai)
    if impor:
        logs = written_by(logs, impor)
    return logs.select_related("plant__ward")


def recent_logs(plant: TreatmentPlant, today: date, days: int) -> dict[date, PlantLog]:
    """The logs of the last so many days, by day."""
    rows = PlantLog.objects.filter(plant=plant, day__gt=today - timedelta(days=days), day__lte=today)
    return {log.day: log for log in rows}


def mean_inflow(plants: QuerySet[Any], today: date, days: int = RECENT_DAYS) -> QuerySet[Any]:
    """Plants with `inflow_m3_per_day`, the mean of the logged inflow of the last days, and `inflow_days`, how many.

    Both leave out days without a figure; a plant without any has None, never zero.
    """
    recent = (
        PlantLog.objects.filter(
            plant=OuterRef("pk"), day__gt=today - timedelta(days=days), day__lte=today, inflow_m3__isnull=False
        )
        .order_by()
        .values("plant")
    )
    return plants.annotate(
        inflow_m3_per_day=Subquery(recent.annotate(mean=Avg("inflow_m3")).values("mean")),
        inflow_days=Subquery(recent.annotate(days=Count("pk")).values("days")),
    )


def plants_with_operation(today: date) -> QuerySet[Any]:
    """Plants with their figures, their recent inflow and the day of their last log."""
    last = PlantLog.objects.filter(plant=OuterRef("pk"), day__lte=today).order_by("-day")
    return mean_inflow(plants_with_figures(today), today).annotate(
        last_log_on=Subquery(last.values("day")[:1]), last_ph_out=Subquery(last.values("ph_out")[:1])
    )


def plants_without_recent_log(today: date) -> QuerySet[Any]:
    """Working plants whose last log is at least as old as the setting says, or that have none."""
    late_after = settings_on(today).get(SettingCode.LOG_MISSING_DAYS)
    plants = plants_with_operation(today).filter(status__in=WORKING)
    if late_after is None:
        return plants.none()
    return plants.filter(
        Q(last_log_on__isnull=True) | Q(last_log_on__lte=today - timedelta(days=int(late_after)))
    ).order_by(F("last_log_on").asc(nulls_first=True), "name")


def long_downtimes(today: date, days: int = 7) -> QuerySet[PlantLog]:
    """Logs of the last days whose downtime reaches the setting."""
    hours = settings_on(today).get(SettingCode.LONG_DOWNTIME_HOURS)
    rows = PlantLog.objects.filter(day__gt=today - timedelta(days=days), day__lte=today).select_related("plant")
    return rows.none() if hours is None else rows.filter(downtime_hours__gte=hours).order_by("-day", "plant__name")


def plants_outside_ph(today: date, allowed: PhRange | None) -> QuerySet[PlantLog]:
    """The last log of each working plant, where its outlet pH lies outside the range."""
    last = PlantLog.objects.filter(plant=OuterRef("plant"), day__lte=today, ph_out__isnull=False).order_by("-day")
    rows = PlantLog.objects.filter(plant__status__in=WORKING, pk=Subquery(last.values("pk")[:1]))
    if allowed is None:
        return rows.none()
    return (
        rows.exclude(ph_out__range=(allowed.minimum, allowed.maximum)).select_related("plant").order_by("plant__name")
    )


def plants_over_inflow(today: date) -> QuerySet[Any]:
    """Working plants whose mean logged inflow passes the share of the latest stated capacity set as overload."""
    share = settings_on(today).get(SettingCode.OVERLOAD_PER_CENT)
    plants = plants_with_operation(today).filter(status__in=WORKING)
    if share is None:
        return plants.none()
    return plants.filter(inflow_m3_per_day__gt=F("capacity_m3_per_day") * share / 100)


@dataclass(frozen=True)
class Completeness:
    """Logged against expected days of working plants in a period."""

    logged: int
    expected: int
    last_on: date | None


def log_completeness(scope: Scope) -> Completeness:
    """Working plants are expected to log every day since their first log, up to the day before the day of asking."""
    end = min(scope.period.end, scope.today - timedelta(days=1))
    plants = (
        TreatmentPlant.objects.filter(scope.ward_filter("ward"), status__in=WORKING)
        .annotate(
            first_on=Min("logs__day"),
            logged=Count("logs", filter=Q(logs__day__range=(scope.period.start, end))),
            last_on=Max("logs__day"),
        )
        .values_list("first_on", "logged", "last_on")
    )
    logged = expected = 0
    lasts: list[date] = []
    for first_on, count, last_on in plants:
        if first_on is None:
            continue
        logged += count
        expected += max(0, (end - max(first_on, scope.period.start)).days + 1)
        lasts.append(last_on)
    return Completeness(logged, expected, max(lasts, default=None))


def monthly_operation() -> QuerySet[Any]:
    """Month, plant and its sums over the logged days, for open data."""
    return (
        PlantLog.objects.annotate(month=TruncMonth("day"))
        .values("month", "plant")
        .annotate(
            logged_days=Count("pk"),
            inflow_days=Count("inflow_m3"),
            inflow=Sum("inflow_m3"),
            outflow_days=Count("outflow_m3"),
            outflow=Sum("outflow_m3"),
            ph_out_low=Min("ph_out"),
            ph_out_high=Max("ph_out"),
            downtime=Sum("downtime_hours"),
        )
        .order_by("month", "plant__name")
        .values_list(
            "month",
            "plant__name",
            "logged_days",
            "inflow_days",
            "inflow",
            "outflow_days",
            "outflow",
            "ph_out_low",
            "ph_out_high",
            "downtime",
        )
    )
