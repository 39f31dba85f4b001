"""The sampling plan: schedules become planned samples, one per schedule and period, however often it is asked for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from batikportal.choices import Source
from batikportal.models import User
from batikportal.queries.calendar import holidays
from batikportal.rules import is_working_day
from wastewater.choices import SampleState
from wastewater.models import PlannedSample, Sample
from wastewater.queries import schedules as queries
from wastewater.rules import duties

# Two people who press the button at once wait for each other.
_LOCK = "SELECT pg_advisory_xact_lock(7511)"


@dataclass(frozen=True)
class Planned:
    """What became of the periods: new planned samples, samples that were there already, and periods planned before."""

    new_count: int
    found_count: int
    same_count: int


def generate_samples(*, first: date, last: date, schedules, by: User | None, at: datetime) -> Planned:
    """Plan a sample for every period of these schedules that begins from ``first`` to ``last``.

    A period that has its sample keeps it. A sample of that point and period that nobody had tied to the plan is taken
    for it; only otherwise a new one is planned, on the working day of the due rule. Voided samples are replaced.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)
        lines = queries.plan_lines(schedules, first, last)
        missing = [line for line in lines if line.sample is None]
        free = queries.untied_samples(missing)
        made: list[Sample] = []
        ties: list[tuple[queries.PlanLine, Sample]] = []
        days_off = holidays(first, last.replace(year=last.year + 1))
        found_count = 0
        for line in missing:
            sample = free.pop((line.schedule.pk, line.period.start), None)
            if sample is None:
                sample = Sample(
                    point=line.schedule.point,
                    state=SampleState.PLANNED,
                    planned_on=_working_day(line, days_off),
                    created_by=by,
                    created_at=at,
                    source=Source.FORM,
                )
                made.append(sample)
            else:
                found_count += 1
            ties.append((line, sample))
        Sample.objects.bulk_create(made, batch_size=1000)
        PlannedSample.objects.bulk_create(
            [
                PlannedSample(
                    schedule=line.schedule, period_start=line.period.start, period_end=line.period.end, sample=sample
                )
                for line, sample in ties
            ],
            update_conflicts=True,
            unique_fields=["schedule", "period_start"],
            update_fields=["sample"],
            batch_size=1000,
        )
    return Planned(len(made), found_count, len(lines) - len(missing))


def _working_day(line: queries.PlanLine, days_off: frozenset[date]) -> date:
    """The day of the due rule, moved to the working day before it, or after it when the period has none before."""
    wanted = duties.day_in_period(line.period, line.schedule.due_day)
    return duties.working_day_near(wanted, line.period, lambda day: is_working_day(day, days_off))
