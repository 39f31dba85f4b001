"""A sensor's first day: secret, hourly batches, an outage, the verdict at night, the officer in the morning."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import wastewater as factories
from tests.wastewater.sensing import hour_of_rows, send
from wastewater.models import SensorReading, SensorVerdict

pytestmark = pytest.mark.django_db


def test_from_the_first_hour_to_the_daily_verdict(as_user, client, waste_head, leader):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    station = factories.StationFactory(active_from=midnight)
    head = as_user(waste_head)

    # The head issues the secret and reads it once.
    shown = head.post(reverse("wastewater:station-secret", args=[station.public_id])).content.decode()
    secret = re.search(r"<code>([\w-]{43})</code>", shown).group(1)

    # The logger sends the day hour by hour; two hours wait for the network and one comes twice.
    hours = [hour_of_rows(midnight + timedelta(hours=n), cod=137.5) for n in range(24)]
    for rows in [*hours[:8], *hours[10:]]:
        assert send(client, station, rows, secret)["desc"] == "30 baris baru, 0 sudah ada, 0 ditolak."
    assert SensorVerdict.objects.get(parameter="cod", is_current=True).verdict == "exceeds"
    for rows in hours[7:10]:
        assert send(client, station, rows, secret)["status"] is True
    assert SensorReading.objects.count() == 720

    # The verdict names value, limit and law, on the station's page and in the list of work.
    verdict = SensorVerdict.objects.get(parameter="cod", is_current=True)
    assert (verdict.verdict, verdict.value, verdict.allowed) == ("exceeds", 137.5, 125)
    page = as_user(leader).get(station.get_absolute_url()).content.decode()
    assert "137,50 / 125" in page
    assert verdict.limit.legal_basis in page
    assert "COD: 137,50, batas 125" in head.get(reverse("wastewater:index")).content.decode()

    # The sensor was dirty in the afternoon: those hours are left out, and the day can no longer be told.
    head.post(
        reverse("wastewater:station-exclude", args=[station.public_id]),
        {
            "starts_at": f"{midnight + timedelta(hours=12):%Y-%m-%dT%H:%M}",
            "ends_at": f"{midnight + timedelta(hours=20):%Y-%m-%dT%H:%M}",
            "reason": "Sensor kotor",
        },
    )
    history = SensorVerdict.objects.filter(parameter="cod").order_by("pk")
    assert [(one.verdict, one.is_current) for one in history] == [
        ("cannot_tell", False),
        ("exceeds", False),
        ("cannot_tell", True),
    ]
