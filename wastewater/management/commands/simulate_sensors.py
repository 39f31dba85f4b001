"""Plays a sensor logger against a portal on this machine: signs hourly batches, loses the network, and sends again.

It makes data up, so it runs in a demo or on a developer's machine only, and it never speaks to another address.
"""

import json
import random
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from wastewater.demo.sensors import rows_of_hour
from wastewater.models import SensorStation
from wastewater.queries import stations as queries
from wastewater.rules import sensor_tokens

LOCAL = ("127.0.0.1", "localhost", "::1", "testserver")


class Command(BaseCommand):
    help = "Sign and post made-up hourly sensor batches to a portal on this machine."

    def add_arguments(self, parser) -> None:
        parser.add_argument("uid", help="the station, as its batches name it; it needs a valid secret")
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="address of the local portal")
        parser.add_argument("--hours", type=int, default=6, help="how many hours up to now to send")
        parser.add_argument("--outage", type=int, default=2, help="how many of them wait and are sent later")
        parser.add_argument("--strength", type=float, default=1.0, help="how dirty the water is; 1 is usual")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, **options) -> None:
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("Made-up data are for a demo: set DEMO=True or DEBUG=True.")
        if urlsplit(options["url"]).hostname not in LOCAL:
            raise CommandError("Only an address on this machine: http://127.0.0.1:8000")
        now = datetime.now(UTC)
        station, secrets = queries.secrets_of([options["uid"]], now).get(options["uid"], (None, []))
        if station is None:
            raise CommandError(f"No station {options['uid']}.")
        if not secrets:
            raise CommandError("The station has no valid secret: issue one on its page.")
        address = options["url"].rstrip("/") + reverse("wastewater:sensor-receive")
        rng = random.Random(options["seed"])  # noqa: S311 - made-up measurements
        first = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=options["hours"])
        waiting: list[list[dict[str, Any]]] = []
        batches = [rows_of_hour(rng, first + timedelta(hours=n), options["strength"]) for n in range(options["hours"])]
        for number, rows in enumerate(batches, start=1):
            if number <= options["outage"]:
                waiting.append(rows)
                self.stdout.write(f"hour {number}: no network, {len(rows)} rows wait")
                continue
            self._post(address, station, rows, secrets[-1], f"hour {number}")
        for rows in waiting:
            # Kept raw and signed only now: the secret may have been rotated meanwhile.
            self._post(address, station, rows, secrets[-1], "sent later")
        if batches:
            self._post(address, station, batches[-1], secrets[-1], "sent twice")

    def _post(self, address: str, station: SensorStation, rows: list[dict[str, Any]], secret: str, what: str) -> None:
        token = sensor_tokens.sign({"uid": station.uid, "data": rows}, secret)
        request = urllib.request.Request(  # noqa: S310 - a local address, checked above
            address, json.dumps({"token": token}).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                answer = json.load(response)
        except urllib.error.URLError as error:
            raise CommandError(f"The portal at {address} does not answer: {error}") from error
        self.stdout.write(f"{what}: {answer['desc']}")
