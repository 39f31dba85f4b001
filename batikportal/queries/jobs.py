"""Reads about background work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db.models import Count, Max, Min, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from batikportal.choices import JobState
from batikportal.models import JobRun

NEVER: dict[str, Any] = {"eventful_at": None, "failures": 0}


class Job(Protocol):
    """What is asked of a periodic job here (batikportal/periodic.py)."""

    @property
    def name(self) -> str: ...

    def next_at(self, last_at: datetime) -> datetime: ...


@dataclass(frozen=True)
class JobLine:
    """One periodic job with what is known about its runs."""

    job: Job
    last: JobRun | None
    next_at: datetime | None
    eventful_at: datetime | None
    failures: int

    @property
    def failed(self) -> bool:
        return self.last is not None and self.last.state == JobState.FAILED


def job_lines(jobs: Iterable[Job], *, at: datetime) -> list[JobLine]:
    """Every periodic job with its last run, the last one in which something happened, and failures of seven days."""
    last = {run.name: run for run in JobRun.objects.order_by("name", "-started_at", "-pk").distinct("name")}
    week = Q(started_at__gte=at - timedelta(days=7), state=JobState.FAILED)
    figures = {
        row["name"]: row
        for row in JobRun.objects.order_by()
        .values("name")
        .annotate(failures=Count("pk", filter=week), eventful_at=Max("started_at", filter=~Q(counts={})))
    }
    lines = []
    for job in jobs:
        run, seen = last.get(job.name), figures.get(job.name, NEVER)
        next_at = job.next_at(run.started_at) if run else None
        lines.append(JobLine(job, run, next_at, seen["eventful_at"], seen["failures"]))
    return lines


@dataclass(frozen=True)
class TaskFigures:
    """The queue of background tasks at a glance."""

    waiting: int
    oldest_at: datetime | None
    running: int
    running_since: datetime | None
    failed: int


def task_figures() -> TaskFigures:
    """Counts over the task table, in one query."""
    row = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=Q(status=TaskResultStatus.READY)),
        oldest_at=Min("enqueued_at", filter=Q(status=TaskResultStatus.READY)),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        running_since=Min("started_at", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
    )
    return TaskFigures(**row)


def failed_tasks(limit: int) -> QuerySet[DBTaskResult]:
    """The last tasks that failed."""
    return DBTaskResult.objects.failed().order_by("-finished_at")[:limit]


def failed_runs(limit: int) -> QuerySet[JobRun]:
    """The last runs of periodic jobs that failed."""
    return JobRun.objects.filter(state=JobState.FAILED).order_by("-started_at")[:limit]
