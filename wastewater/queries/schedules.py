"""The sampling plan: what the schedules ask for, and what was done."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from batikportal.models import Area
from wastewater.choices import SampleState
from wastewater.models import MonitoringSchedule, PlannedSample, Sample
from wastewater.queries.samples import start_of
from wastewater.rules import duties

# States in which the water is there.
DONE = (
    SampleState.TAKEN,
    SampleState.AT_LAB,
    SampleState.RESULTED,
    SampleState.VERIFIED,
    SampleState.PUBLISHED,
)


@dataclass
class PlanLine:
    """One period of one schedule, with its sample once there is one that is not void."""

    schedule: MonitoringSchedule
    period: duties.DutyPeriod
    sample: Sample | None

    @property
    def due_day(self) -> date:
        return duties.day_in_period(self.period, self.schedule.due_day)

    @property
    def is_done(self) -> bool:
        return self.sample is not None and self.sample.state in DONE

    @property
    def month(self) -> int:
        """The month of the calendar in which the line stands: taken, else planned, else due."""
        if self.sample and self.sample.taken_at:
            return timezone.localdate(self.sample.taken_at).month
        if self.sample and self.sample.planned_on:
            return self.sample.planned_on.month
        return self.due_day.month


def found_schedules(
    schedules: QuerySet[MonitoringSchedule], *, cari: str = "", kecamatan: Area | None = None, jenis: str = ""
) -> QuerySet[MonitoringSchedule]:
    """Schedules narrowed by what the plan page asks, with the names of their points and sets."""
    rows = schedules.filter(point__is_active=True)
    if cari:
        rows = rows.filter(
            Q(point__code__icontains=cari)
            | Q(point__name__icontains=cari)
            | Q(point__enterprise__name__icontains=cari)
            | Q(point__plant__name__icontains=cari)
            | Q(point__water_body__name__icontains=cari)
        )
    if kecamatan:
        rows = rows.filter(point__ward__parent=kecamatan)
    if jenis:
        rows = rows.filter(point__kind=jenis)
    return rows.select_related(
        "point__enterprise", "point__plant", "point__water_body", "point__ward", "parameter_set", "kind"
    ).order_by("point__code", "parameter_set__name", "valid_from")


def plan_lines(schedules: Iterable[MonitoringSchedule], first: date, last: date) -> list[PlanLine]:
    """Every period of these schedules that begins from the first to the last day, with its sample; two queries."""
    rows = list(schedules)
    ties = (
        PlannedSample.objects.filter(schedule__in=[row.pk for row in rows], period_start__range=(first, last))
        .exclude(sample__state=SampleState.VOID)
        .select_related("sample")
    )
    tied = {(tie.schedule_id, tie.period_start): tie.sample for tie in ties}
    lines = []
    for row in rows:
        until = last if row.valid_until is None else min(last, row.valid_until)
        for period in duties.periods_between(max(first, row.valid_from), until, row.frequency):
            lines.append(PlanLine(row, period, tied.get((row.pk, period.start))))
    return lines


def untied_samples(lines: Sequence[PlanLine]) -> dict[tuple[int, date], Sample]:
    """For each line the earliest sample of its point and period that stands on no plan yet; one query."""
    if not lines:
        return {}
    first, last = min(line.period.start for line in lines), max(line.period.end for line in lines)
    rows = (
        Sample.objects.filter(point__in={line.schedule.point_id for line in lines})
        .exclude(state=SampleState.VOID)
        .exclude(pk__in=PlannedSample.objects.values("sample"))
        .filter(
            Q(taken_at__gte=start_of(first), taken_at__lt=start_of(duties.day_after(last)))
            | Q(taken_at__isnull=True, planned_on__range=(first, last))
        )
        .order_by("taken_at", "planned_on", "pk")
    )
    by_point: dict[int, list[Sample]] = defaultdict(list)
    for sample in rows:
        by_point[sample.point_id].append(sample)
    found = {}
    used: set[int] = set()
    for line in lines:
        for sample in by_point[line.schedule.point_id]:
            day = timezone.localdate(sample.taken_at) if sample.taken_at else sample.planned_on
            assert day is not None  # noqa: S101 - the query above
            if sample.pk not in used and line.period.start <= day <= line.period.end:
                found[(line.schedule.pk, line.period.start)] = sample
                used.add(sample.pk)
                break
    return found


@dataclass
class PlanRow:
    """One schedule over the year: its lines by month, and how much of what fell due was done."""

    schedule: MonitoringSchedule
    months: list[list[PlanLine]]

    @property
    def planned_count(self) -> int:
        return sum(len(month) for month in self.months)

    @property
    def done_count(self) -> int:
        return sum(line.is_done for month in self.months for line in month)


def plan_of_year(schedules: Iterable[MonitoringSchedule], year: int) -> list[PlanRow]:
    """The calendar of a year, one row per schedule; two queries."""
    rows: dict[int, PlanRow] = {}
    for line in plan_lines(schedules, date(year, 1, 1), date(year, 12, 31)):
        row = rows.setdefault(line.schedule.pk, PlanRow(line.schedule, [[] for _month in range(12)]))
        row.months[line.month - 1].append(line)
    return list(rows.values())
