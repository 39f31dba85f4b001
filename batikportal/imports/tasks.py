"""Background work of imports."""

from django.utils import timezone
from django_tasks import task

from batikportal.imports import work


@task()
def check_import(run_id: int, attempt: int) -> None:
    """Read and check the file of a run."""
    work.check_run(run_id, attempt, clock=timezone.now)


@task()
def apply_import(run_id: int) -> None:
    """Write the confirmed rows of a run."""
    work.apply_run(run_id, clock=timezone.now)
