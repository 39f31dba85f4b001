"""Bring back tasks whose worker died; run_periodic does the same every minute."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from batikportal.actions import jobs


class Command(BaseCommand):
    help = "Puts background tasks of dead workers back into the queue, at most three times each."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = jobs.reap_tasks(at=timezone.now())
        self.stdout.write(f"{counts['requeued']} put back into the queue, {counts['given_up']} given up")
