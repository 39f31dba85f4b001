"""Fills an empty portal with fictitious demo data."""

import random
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from batikportal import demo
from batikportal.models import Enterprise


class Command(BaseCommand):
    help = "Fill the portal with fictitious demo data; does nothing when they are there already."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--force", action="store_true", help="Seed although DEMO is not set.")

    def handle(self, *args, **options) -> None:
        if not (settings.DEMO or settings.DEBUG or options["force"]):
            raise CommandError("Demo data belong on a demo: set DEMO=True, or give --force.")
        if demo.is_seeded():
            self.stdout.write("The demo data are there already.")
            return
        if Enterprise.objects.exists():
            raise CommandError("The portal holds real enterprises; demo data are not mixed with them.")
        at = timezone.now()
        with transaction.atomic():
            self._timed("people and enterprises", demo.seed_shared, at)
            enterprises = list(Enterprise.objects.select_related("ward__parent").order_by("pk"))
            for name, module in demo.app_seeds():
                demo.seed_targets(module.TARGETS, at.year)
                self._timed(name, module.seed, random.Random(f"{demo.SEED}-{name}"), enterprises, at)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _timed(self, name: str, step, *args) -> None:
        started = time.monotonic()
        step(*args)
        self.stdout.write(f"  {name}: {time.monotonic() - started:.1f} s")
