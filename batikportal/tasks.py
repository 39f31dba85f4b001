"""Background tasks of the ground floor: enqueued in the transaction of their cause, run by ``manage.py db_worker``."""

from django.utils import timezone
from django_tasks import task

from batikportal import messaging
from batikportal.actions import jobs, outbox

BATCH = 100


@task()
def send_outbox() -> dict[str, int]:
    """Send the messages that are due; a full batch asks for another."""
    counts = outbox.send_due(delivery=messaging.configured(), at=timezone.now(), limit=BATCH)
    if sum(counts.values()) >= BATCH:
        send_outbox.enqueue()
    return counts


@task()
def run_job(name: str) -> str:
    """Run one periodic job now, because somebody asked for it."""
    from batikportal import periodic  # its jobs call this module's neighbours

    return jobs.run_job(periodic.job(name), clock=timezone.now)
