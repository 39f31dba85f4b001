"""Background work: due jobs run once, quiet runs leave one row, tasks of dead workers come back."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from batikportal import locks, schedule, tasks
from batikportal.actions import jobs
from batikportal.models import JobRun, OutboxMessage
from batikportal.queries import jobs as queries
from batikportal.schedule import Job

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


class Probe:
    """A job that counts its runs and gives back what it is told."""

    def __init__(self, counts=None, error: Exception | None = None):
        self.runs, self.counts, self.error = 0, counts, error

    def __call__(self, at):
        self.runs += 1
        if self.error:
            raise self.error
        return self.counts

    def as_job(self, every: timedelta = timedelta(minutes=1)) -> Job:
        return Job("probe", "Percobaan", every, self)


class Clock:
    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at

    def forward(self, **by):
        self.at += timedelta(**by)


@pytest.fixture
def clock(now):
    return Clock(now)


# ── Periodic jobs ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_job_runs_when_due_and_not_before(clock):
    probe = Probe()
    for seconds in (0, 30, 30, 59, 1):
        clock.forward(seconds=seconds)
        jobs.run_due([probe.as_job()], clock=clock)

    assert probe.runs == 3


def test_job_without_effect_keeps_one_row_with_the_last_time(clock):
    for _round in range(5):
        jobs.run_due([Probe({"rows": 0}).as_job()], clock=clock)
        clock.forward(minutes=1)

    run = JobRun.objects.get()
    assert (run.state, run.counts, run.started_at) == ("done", {}, clock.at - timedelta(minutes=1))


def test_job_with_effect_leaves_a_row_each_time(clock):
    for counts in ({"rows": 3}, {}, {}, {"rows": 1}):
        jobs.run_due([Probe(counts).as_job()], clock=clock)
        clock.forward(minutes=1)

    assert [run.counts for run in JobRun.objects.order_by("pk")] == [{"rows": 3}, {}, {"rows": 1}]


def test_job_that_fails_is_noted_once_per_failure_and_stops_nobody(clock):
    broken, fine = Probe(error=ValueError("rusak")), Probe({"rows": 1})
    other = Job("other", "Lain", timedelta(minutes=1), fine)
    for _round in range(3):
        jobs.run_due([broken.as_job(), other], clock=clock)
        clock.forward(minutes=1)

    run = JobRun.objects.get(name="probe")
    assert (run.state, run.counts, "ValueError: rusak" in run.error) == ("failed", {"times": 3}, True)
    assert fine.runs == 3


# How long to wait for what must happen, in seconds: reached only when it does not happen, however busy the machine is.
PATIENCE = 120


@pytest.mark.django_db(transaction=True)
def test_job_runs_in_one_of_several_runners(clock):
    inside, leave = threading.Event(), threading.Event()

    def slow(at):
        inside.set()
        leave.wait(PATIENCE)

    def first_runner():
        jobs.run_job(Job("probe", "Percobaan", timedelta(minutes=1), slow), clock=clock)
        connection.close()

    thread = threading.Thread(target=first_runner)
    thread.start()
    assert inside.wait(PATIENCE)
    second = Probe()
    try:
        outcome = jobs.run_job(second.as_job(), clock=clock)
    finally:
        leave.set()
        thread.join()

    assert (outcome, second.runs) == ("busy", 0)
    assert jobs.run_job(second.as_job(), clock=clock) == "done"


def test_job_that_another_runner_has_just_finished_is_not_run_again(clock):
    probe = Probe()
    jobs.run_job(probe.as_job(), clock=clock)

    assert jobs.run_job(probe.as_job(), clock=clock, unless_run_since=clock.at - timedelta(minutes=1)) == "busy"
    assert probe.runs == 1


def test_all_jobs_have_names_of_their_own_and_run(clock):
    names = [job.name for job in schedule.all_jobs()]

    assert len(names) == len(set(names))
    assert {"outbox.send", "tasks.reap", "sessions.prune", "cache.prune"} <= set(names)
    call_command("run_periodic", "--once")
    failed = {run.name: run.error for run in JobRun.objects.filter(state="failed")}
    assert failed == {}
    assert set(JobRun.objects.values_list("name", flat=True)) == set(names)


# ── Tidying ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tidying_sessions_takes_those_that_ended(client, owner, now):
    client.force_login(owner)
    kept = client.session.session_key
    Session.objects.create(session_key="old", session_data="", expire_date=now)

    jobs.prune_sessions(at=timezone.now())

    assert [row.session_key for row in Session.objects.all()] == [kept]


def test_tidying_the_cache_takes_expired_rows_only():
    cache = caches["default"]
    cache.clear()
    cache.set("stays", 1, 3600)
    cache.set("goes", 1, 1)

    assert jobs.prune_cache(at=timezone.now() + timedelta(minutes=1)) == 1
    assert cache.get("stays") == 1


def test_tidying_results_keeps_the_fresh_and_failures_for_longer(now):
    ages = {"done-old": 15, "done-fresh": 13, "failed-old": 91, "failed-fresh": 15}
    for name, days in ages.items():
        status = TaskResultStatus.SUCCESSFUL if name.startswith("done") else TaskResultStatus.FAILED
        row = _task(status=status, task_path=name)
        DBTaskResult.objects.filter(pk=row.pk).update(finished_at=now - timedelta(days=days))

    assert jobs.prune_tasks(at=now) == 2
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) == {"done-fresh", "failed-fresh"}


def test_tidying_runs_keeps_the_last_of_each_job(now):
    for name, days in (("a", 200), ("a", 100), ("b", 300)):
        at = now - timedelta(days=days)
        JobRun.objects.create(name=name, state="done", started_at=at, ended_at=at)

    assert jobs.prune_runs(at=now) == 1
    assert set(JobRun.objects.values_list("name", flat=True)) == {"a", "b"}


# ── Tasks of dead workers ────────────────────────────────────────────────────────────────────────────────────────────


def _task(**fields) -> DBTaskResult:
    given = {
        "status": TaskResultStatus.RUNNING,
        "task_path": "batikportal.actions.outbox.send_outbox",
        "args_kwargs": {"args": [], "kwargs": {}},
        "backend_name": "default",
        "worker_ids": ["one"],
        "started_at": timezone.now() - timedelta(minutes=5),
    }
    return DBTaskResult.objects.create(**(given | fields))


def test_task_of_a_dead_worker_goes_back_into_the_queue():
    row = _task()

    assert jobs.reap_tasks(at=timezone.now()) == {"requeued": 1, "given_up": 0}
    row.refresh_from_db()
    assert (row.status, row.started_at) == ("READY", None)


def test_task_that_has_just_begun_is_left_alone():
    _task(started_at=timezone.now())

    assert jobs.reap_tasks(at=timezone.now()) == {"requeued": 0, "given_up": 0}


def test_task_whose_workers_died_three_times_is_given_up():
    row = _task(worker_ids=["one", "two", "three"])

    assert jobs.reap_tasks(at=timezone.now()) == {"requeued": 0, "given_up": 1}
    row.refresh_from_db()
    assert (row.status, "died 3 times" in row.traceback) == ("FAILED", True)


@pytest.mark.django_db(transaction=True)
def test_task_of_a_living_worker_is_left_alone_however_slow():
    row = _task(started_at=timezone.now() - timedelta(hours=5))
    held, leave = threading.Event(), threading.Event()

    def worker():
        locks.take(locks.TASK, str(row.pk))
        held.set()
        leave.wait(PATIENCE)
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    assert held.wait(PATIENCE)
    try:
        while_alive = jobs.reap_tasks(at=timezone.now())
    finally:
        leave.set()
        thread.join()

    assert while_alive == {"requeued": 0, "given_up": 0}
    assert _wait_for(lambda: _is_free(str(row.pk))), "the server gives the lock back a moment after the connection ends"
    assert jobs.reap_tasks(at=timezone.now()) == {"requeued": 1, "given_up": 0}


def _process(*command: str) -> subprocess.Popen:
    """manage.py in a process of its own, on the test database."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {"DATABASE_URL": urlunsplit(address), "DEBUG": "True", "LOG_LEVEL": "INFO"}
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def _wait_for(condition) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_of_a_task_loses_nothing():
    row = _task(
        status=TaskResultStatus.READY, started_at=None, worker_ids=[], task_path="tests.batikportal.test_jobs.slow"
    )
    worker = _process("db_worker", "--no-reload", "--interval=0.1", "--no-startup-delay")
    later = timezone.now() + timedelta(minutes=5)
    try:
        assert _wait_for(lambda: DBTaskResult.objects.filter(pk=row.pk, status="RUNNING").exists())
        assert _wait_for(lambda: not _is_free(str(row.pk))), "the worker holds no lock"
        assert jobs.reap_tasks(at=later)["requeued"] == 0
    finally:
        worker.kill()
        worker.communicate()

    assert _wait_for(lambda: _is_free(str(row.pk)))
    assert jobs.reap_tasks(at=later)["requeued"] == 1
    assert DBTaskResult.objects.get(pk=row.pk).status == "READY"


def _is_free(name: str) -> bool:
    """Looks without taking: a probe that held the lock for a moment could keep it from the worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND classid::bigint = %s AND objid::bigint = (hashtext(%s)::bigint & 4294967295))",
            [locks.TASK, name],
        )
        return cursor.fetchone()[0]


@tasks.task()
def slow() -> None:
    """Longer than any test waits; the process that runs it is killed."""
    time.sleep(3600)


@pytest.mark.django_db(transaction=True)
def test_periodic_runner_sends_messages_and_stops_on_term():
    message = OutboxMessage.objects.create(
        address="+6281234567890", channel="sms", template="x", subject="x", body="x", next_attempt_at=timezone.now()
    )
    runner = _process("run_periodic", "--pause=0.2")
    sent = _wait_for(lambda: OutboxMessage.objects.filter(pk=message.pk, state="sent").exists())

    runner.send_signal(signal.SIGTERM)
    output, _nothing = runner.communicate(timeout=PATIENCE)

    assert sent, output
    assert runner.returncode == 0
    assert "periodic runner stopped" in output


# ── Page ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_job_list_shows_every_job_the_queue_and_failures(as_user, administrator, now):
    JobRun.objects.create(name="outbox.send", state="failed", started_at=now, ended_at=now, error="gateway away")
    _task(status=TaskResultStatus.FAILED, finished_at=now, traceback="ValueError: rusak")
    _task(status=TaskResultStatus.READY)

    page = as_user(administrator).get(reverse("job-list")).content.decode()

    assert all(str(job.title) in page for job in schedule.all_jobs())
    assert all(text in page for text in ("gateway away", "ValueError: rusak", "Tugas tertua menunggu", "Jalankan"))


def test_job_list_warns_when_nobody_works_off_the_queue(as_user, administrator):
    row = _task(status=TaskResultStatus.READY)
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - timedelta(minutes=6))

    assert "Antrean tidak bergerak" in as_user(administrator).get(reverse("job-list")).content.decode()


def test_job_list_asks_the_database_rarely(now, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.job_lines(schedule.all_jobs(), at=now)


def test_job_run_now_leaves_the_work_to_the_worker(as_user, administrator):
    answer = as_user(administrator).post(reverse("job-run-now", args=["tasks.reap"]))

    assert answer.url == reverse("job-list")
    assert DBTaskResult.objects.get().args_kwargs["args"] == ["tasks.reap"]
    assert tasks.run_job.call("tasks.reap") == "done"
    assert JobRun.objects.get().name == "tasks.reap"


def test_job_run_now_knows_its_jobs_and_needs_the_permission(as_user, administrator, auditor):
    assert as_user(administrator).post(reverse("job-run-now", args=["tidak.ada"])).status_code == 404
    assert as_user(auditor).get(reverse("job-list")).status_code == 200
    assert as_user(auditor).post(reverse("job-run-now", args=["tasks.reap"])).status_code == 403
