"""The worker's voice: told without a name, read with a secret, closed to everybody else, and forgotten in time."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from batikportal.models import AccessEvent
from tests.raw_sql import sql
from workforce.actions import voice as actions
from workforce.forms.voice import timing_token
from workforce.models import VoiceMessage, VoiceReport
from workforce.queries import voice as queries

pytestmark = pytest.mark.django_db

WORDS = "Upah dipotong tanpa sebab, kata sandi pelangi"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def told(topic: str = "wage", at=None) -> tuple[VoiceReport, str]:
    return actions.tell(topic=topic, text=WORDS, ward=None, workplace="Gang Contoh", at=at or timezone.now())


def typed(**changes):
    early = timezone.now() - timedelta(seconds=9)
    return {"topic": "wage", "text": WORDS, "workplace": "", "ward": "", "mulai": timing_token(early)} | changes


def test_anybody_tells_and_reads_the_answer_with_the_secret(client, workforce_head, as_user):
    response = client.post(reverse("workforce:voice-tell"), typed())

    report = VoiceReport.objects.get()
    link = response.context["link"]
    assert report.number in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    head = as_user(workforce_head)
    assert WORDS not in head.get(reverse("workforce:voice-list")).content.decode()
    assert WORDS in head.get(report.get_absolute_url()).content.decode()
    assert AccessEvent.objects.filter(subject_type="workforce.voicereport", user=workforce_head).count() == 1
    head.post(report.get_absolute_url(), {"text": "Kami periksa."})

    assert "Kami periksa." in client.get(link).content.decode()
    client.post(reverse("workforce:voice-own"), {"kunci": link.split("kunci=")[1], "text": "Masih terjadi."})

    report.refresh_from_db()
    assert report.state == "received"
    assert "Masih terjadi." in head.get(report.get_absolute_url()).content.decode()


def test_a_wrong_key_opens_nothing(client):
    told()

    assert client.get(reverse("workforce:voice-own"), {"kunci": "salah"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"topic": ""}, "topic"),
        ({"situs_web": "http://x"}, "__all__"),
        ({"mulai": ""}, "__all__"),
        ({"mulai": "palsu"}, "__all__"),
    ],
)
def test_machines_and_gaps_are_refused(changes, field, client):
    response = client.post(reverse("workforce:voice-tell"), typed(**changes))

    assert list(response.context["form"].errors) == [field]
    assert not VoiceReport.objects.exists()


def test_one_address_tells_ten_times_an_hour(client):
    for _ in range(11):
        client.post(reverse("workforce:voice-tell"), typed())

    assert VoiceReport.objects.count() == 10


@pytest.mark.parametrize(
    "role",
    [
        "administrator", "leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "cadre",
        "ward_officer", "workforce_officer", "market_head", "market_officer", "selection_secretary", "reviewer",
        "data_clerk", "auditor", "owner", "outsider",
    ],
)  # fmt: skip
def test_nobody_else_reads_a_voice(role, as_user, request):
    report, _secret = told()
    client = as_user(request.getfixturevalue(role))

    for url in (reverse("workforce:voice-list"), report.get_absolute_url()):
        assert client.get(url).status_code == 403, url


def test_only_counts_of_five_reach_a_page(client):
    for _ in range(4):
        told("safety")
    for _ in range(5):
        told("wage")

    counts = client.get(reverse("workforce:voice-tell")).context["counts"]

    assert counts == [("Upah atau potongan", 5)]


def test_words_stand_nowhere_in_clear():
    report, secret = told()

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM workforce_voicemessage UNION ALL SELECT workplace FROM workforce_voicereport")
        stored = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'workforce_voice%event'")
        assert cursor.fetchone() == (0,)
    assert "pelangi" not in stored
    assert "Contoh" not in stored
    assert secret not in str(VoiceReport.objects.values().get())
    assert [text for _one, text in queries.words_of(report)] == [WORDS]


def test_the_database_knows_the_moves():
    report, _secret = told()
    sql("UPDATE workforce_voicereport SET state = 'closed' WHERE id = %s", report.pk)

    with pytest.raises(Exception, match="state"):
        sql("UPDATE workforce_voicereport SET state = 'answered' WHERE id = %s", report.pk)


def test_words_end_two_years_after_the_last(now):
    told(at=now - timedelta(days=731))
    kept, _secret = told(at=now - timedelta(days=700))

    assert actions.forget_old(at=now) == 1

    assert list(VoiceReport.objects.all()) == [kept]
    assert VoiceMessage.objects.count() == 1


def test_an_answer_leaves_a_closed_report_closed(workforce_head, now):
    report, _secret = told()
    actions.answer(report=report, text="Sudah kami periksa.", close=True, by=workforce_head, at=now)
    actions.answer(report=report, text="Satu hal lagi.", close=False, by=workforce_head, at=now)

    report.refresh_from_db()
    assert (report.state, report.messages.count()) == ("closed", 3)
