"""Background work: running periodic jobs one at a time, and bringing back tasks whose worker died."""

import logging
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import InterfaceError, OperationalError, connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from batikportal import locks, readings
from batikportal.choices import JobState
from batikportal.models import JobRun
from batikportal.schedule import Job

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]

# A task may be started this often; after that something is wrong with the task, not with the worker.
MAX_STARTS = 3
# A worker takes its lock in the moment it starts a task; this much later a task without a lock has no worker.
GRACE = timedelta(minutes=1)
KEEP_TASKS_FOR = timedelta(days=14)
KEEP_FAILED_TASKS_FOR = timedelta(days=90)
KEEP_RUNS_FOR = timedelta(days=90)


# ── Periodic jobs ────────────────────────────────────────────────────────────────────────────────────────────────────


def latest_runs() -> dict[str, JobRun]:
    """The newest run of every job, by name."""
    return {run.name: run for run in JobRun.objects.order_by("name", "-started_at", "-pk").distinct("name")}


def run_due(jobs: Iterable[Job], *, clock: Clock) -> list[str]:
    """Run every job whose time has come; returns the names of those that ran."""
    runs = latest_runs()
    at = clock()
    due = [job for job in jobs if job.name not in runs or job.next_at(runs[job.name].started_at) <= at]
    return [job.name for job in due if run_job(job, clock=clock, unless_run_since=at - job.every) != "busy"]


def run_job(job: Job, *, clock: Clock, unless_run_since: datetime | None = None) -> str:
    """Run one job unless another process is at it (``busy``); otherwise the state it ended in.

    ``unless_run_since``: also ``busy`` when it turns out, under the lock, that another process ran it after that.
    """
    with locks.held(locks.PERIODIC, job.name) as ours:
        if not ours:
            return "busy"
        last = JobRun.objects.filter(name=job.name).order_by("-started_at", "-pk").first()
        if unless_run_since is not None and last is not None and last.started_at > unless_run_since:
            return "busy"
        started_at = clock()
        try:
            counts = {name: count for name, count in (job.run(started_at) or {}).items() if count}
        except (OperationalError, InterfaceError):
            if not connection.is_usable():
                raise
            return _note(job, last, started_at, clock(), {}, traceback.format_exc())
        except Exception:
            log.exception("periodic job failed: %s", job.name)
            return _note(job, last, started_at, clock(), {}, traceback.format_exc())
        finally:
            readings.forget()
        return _note(job, last, started_at, clock(), counts, "")


def _note(
    job: Job, last: JobRun | None, started_at: datetime, ended_at: datetime, counts: dict[str, int], error: str
) -> str:
    """Keep the run. One in which nothing happened, or the same failure again, only moves the time of the last row."""
    state = JobState.FAILED if error else JobState.DONE
    if last is not None and last.state == state and _is_same(last, counts, error):
        times = {"times": int(last.counts.get("times", 1)) + 1} if error else {}
        JobRun.objects.filter(pk=last.pk).update(
            started_at=started_at, ended_at=ended_at, error=error[-3000:], counts=times
        )
    else:
        JobRun.objects.create(
            name=job.name, started_at=started_at, ended_at=ended_at, state=state, counts=counts, error=error[-3000:]
        )
    return state


def _is_same(last: JobRun, counts: dict[str, int], error: str) -> bool:
    return _gist(last.error) == _gist(error) if error else not counts and not last.counts


def _gist(error: str) -> str:
    """The last line of a traceback."""
    return error.strip().rpartition("\n")[2]


# ── Tasks of dead workers ────────────────────────────────────────────────────────────────────────────────────────────


def reap_tasks(*, at: datetime) -> dict[str, int]:
    """Put tasks of dead workers back into the queue, three times at most; a living one holds the lock of its task."""
    counts = {"requeued": 0, "given_up": 0}
    running = DBTaskResult.objects.running().filter(started_at__lt=at - GRACE)
    for pk in running.values_list("pk", flat=True):
        with locks.held(locks.TASK, str(pk)) as abandoned:
            if abandoned:
                outcome = _reap(pk, at)
                if outcome:
                    counts[outcome] += 1
    return counts


@transaction.atomic
def _reap(pk: UUID, at: datetime) -> str:
    row = DBTaskResult.objects.select_for_update().filter(pk=pk, status=TaskResultStatus.RUNNING).first()
    if row is None:
        return ""
    if len(row.worker_ids) >= MAX_STARTS:
        row.status, row.finished_at = TaskResultStatus.FAILED, at
        row.exception_class_path = "batikportal.actions.jobs.WorkerDied"
        row.traceback = f"The worker died {len(row.worker_ids)} times while it ran this task."
        row.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
        return "given_up"
    row.status, row.started_at = TaskResultStatus.READY, None
    row.save(update_fields=["status", "started_at"])
    return "requeued"


class WorkerDied(Exception):
    """Named in the row of a task that was given up."""


# ── Tidying ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def prune_tasks(*, at: datetime) -> int:
    """Delete the results of finished tasks: two weeks old, failed ones three months old."""
    done, _models = DBTaskResult.objects.successful().filter(finished_at__lt=at - KEEP_TASKS_FOR).delete()
    failed, _models = DBTaskResult.objects.failed().filter(finished_at__lt=at - KEEP_FAILED_TASKS_FOR).delete()
    return done + failed


def prune_runs(*, at: datetime) -> int:
    """Delete runs of three months ago, but the last of each job."""
    last = [run.pk for run in latest_runs().values()]
    deleted, _models = JobRun.objects.filter(started_at__lt=at - KEEP_RUNS_FOR).exclude(pk__in=last).delete()
    return deleted


def prune_sessions(*, at: datetime) -> int:
    """Delete sessions that have ended, and what the list of devices knew about them."""
    from allauth.usersessions.models import UserSession

    deleted, _models = Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return deleted


def prune_cache(*, at: datetime) -> int:
    """Delete expired rows of the database cache; other caches do that themselves."""
    backend = caches["default"]
    if not isinstance(backend, DatabaseCache):
        return 0
    table = connection.ops.quote_name(backend._table)  # type: ignore[attr-defined]  # the stubs leave it out
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [at])  # noqa: S608 - the table is ours
        return cursor.rowcount
