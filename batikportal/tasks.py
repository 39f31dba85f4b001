"""Background tasks of the ground floor that somebody asks for, run by ``manage.py db_worker``."""

from django.utils import timezone
from django_tasks import task

from batikportal import schedule
from batikportal.actions import jobs


@task()
def run_job(name: str) -> str:
    """Run one periodic job now."""
    return jobs.run_job(schedule.job(name), clock=timezone.now)
