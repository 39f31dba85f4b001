"""The worker of django-tasks-db, with a lock on the task it runs, so that a dead one can be told from a slow one."""

from typing import Any

from django.db import connection
from django_tasks.signals import task_finished, task_started
from django_tasks_db.management.commands import db_worker

from batikportal import locks


def hold(sender: type, task_result: Any, **kwargs: Any) -> None:
    """Take the lock of the task; one left over from a task that could not be closed goes first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")
    locks.take(locks.TASK, str(task_result.id))


def let_go(sender: type, task_result: Any, **kwargs: Any) -> None:
    locks.give_back(locks.TASK, str(task_result.id))


class Command(db_worker.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        task_started.connect(hold)
        task_finished.connect(let_go)
        super().handle(*args, **options)
