"""The public pages of open calls."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketing.choices import ActivityState, RuleCode
from marketing.models import Quota
from tests.factories import marketing as factories
from tests.marketing.pages import open_now, url

pytestmark = pytest.mark.django_db


def test_the_open_list_shows_what_is_open_and_what_opens_next(client):
    now = timezone.now()
    open_now(title="Contoh Terbuka", seats=20)
    open_now(title="Contoh Nanti", registration_opens_at=now + timedelta(days=1))
    open_now(title="Contoh Lewat", registration_closes_at=now - timedelta(minutes=1))
    open_now(title="Contoh Batal", state=ActivityState.CANCELLED, cancelled_reason="x")
    text = client.get(url("open-list")).content.decode()
    assert "Contoh Terbuka" in text
    assert "Sisa 20 dari 20 kursi" in text
    assert text.index("Segera dibuka") < text.index("Contoh Nanti")
    assert "Contoh Lewat" not in text
    assert "Contoh Batal" not in text


def test_the_open_list_is_not_drawn_twice_for_the_same_reader(client):
    activity = open_now(seats=20)
    client.get(url("open-list"))
    first = client.get(url("open-list"))
    again = client.get(url("open-list"), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    Quota.objects.filter(activity=activity).update(taken=3)
    changed = client.get(url("open-list"), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert "Sisa 17 dari 20 kursi" in changed.content.decode()


def test_the_activity_page_tells_everything_before_logging_in(client):
    activity = open_now(selected=True, seats=30, fee_idr=150000, title="Contoh Ekspor")
    factories.RuleFactory(activity=activity, code=RuleCode.NIB)
    factories.RuleFactory(activity=activity, code=RuleCode.BATIK, is_blocking=False)
    factories.SessionFactory(activity=activity, title="Hari pertama")
    text = client.get(activity.get_absolute_url()).content.decode()
    for words in (
        "Memiliki Nomor Induk Berusaha (NIB)",
        "SNI 0239:2014",
        "diutamakan",
        "Hari pertama",
        "Rp150.000",
        "Diseleksi",
        "10 Desember 2026",
    ):
        assert words in text


def test_the_calendar_has_an_event_per_session(client):
    activity = open_now(title="Contoh; Ekspor, Dasar")
    for day in range(2):
        factories.SessionFactory(
            activity=activity, title=f"Hari {day + 1}", starts_at=activity.starts_at + timedelta(day)
        )
    response = client.get(url("activity-calendar", activity.public_id))
    text = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:Contoh\\; Ekspor\\, Dasar: Hari 1" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
