"""Run the periodic jobs whenever they are due, until told to stop; with --once, whatever is due now."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from batikportal import schedule
from batikportal.actions import jobs

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs periodic jobs when they are due. Several may run side by side: each job runs in one of them at a time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="One pass over what is due, then exit.")
        parser.add_argument("--pause", type=float, default=2.0, help="Seconds between two looks at the clock.")

    def handle(self, *args: Any, once: bool, pause: float, **options: Any) -> None:
        if once:
            jobs.run_due(schedule.all_jobs(), clock=timezone.now)
            return
        stop = threading.Event()
        if threading.current_thread() is threading.main_thread():
            for kind in (signal.SIGTERM, signal.SIGINT):
                signal.signal(kind, lambda number, frame: stop.set())
        while not stop.is_set():
            self.look(stop)
            stop.wait(pause)
        log.info("periodic runner stopped")

    def look(self, stop: threading.Event) -> None:
        """Run what is due, one by one, so that a stop waits for one job at most; survive a database outage."""
        try:
            close_old_connections()
            for job in schedule.all_jobs():
                if stop.is_set():
                    return
                jobs.run_due([job], clock=timezone.now)
        except (OperationalError, InterfaceError):
            log.warning("database unavailable, trying again")
            connection.close()
