"""The outbox: never sent when rolled back, never sent twice, retried, and codes for their recipient alone."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from batikportal import actions, messaging
from batikportal.actions.outbox import MessageRefused
from batikportal.messaging import DeliveryFailed
from batikportal.models import OutboxMessage
from tests.factories import portal as factories

pytestmark = pytest.mark.django_db


class Hand:
    """A delivery that remembers what it was given, and fails when told to."""

    def __init__(self, fails: int = 0, error: type[Exception] = DeliveryFailed):
        self.sent: list[int] = []
        self.fails, self.error = fails, error

    def send(self, message: OutboxMessage) -> None:
        if self.fails:
            self.fails -= 1
            raise self.error("gateway: away")
        self.sent.append(message.pk)


def queue(at, to="+6281234567890", **changes) -> OutboxMessage:
    given = {"template": "phone_known", "context": {}, "by": None} | changes
    return actions.outbox.queue(to=to, at=at, **given)


# ── Sending ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_message_of_a_rolled_back_cause_never_exists_and_wakes_nobody(now):
    def cause():
        with transaction.atomic():
            queue(now)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any will do
        cause()

    assert not OutboxMessage.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_message_enqueues_its_sending_in_the_same_transaction(now):
    queue(now)

    assert [row.task_path for row in DBTaskResult.objects.all()] == ["batikportal.actions.outbox.send_outbox"]


@pytest.mark.django_db(transaction=True)
def test_message_is_invisible_to_the_worker_until_its_cause_is_committed(now):
    seen = []

    def worker():
        seen.append((OutboxMessage.objects.count(), DBTaskResult.objects.ready().count()))
        connection.close()

    with transaction.atomic():
        queue(now)
        thread = threading.Thread(target=worker)
        thread.start()
        thread.join()
    assert seen == [(0, 0)]
    assert (OutboxMessage.objects.count(), DBTaskResult.objects.ready().count()) == (1, 1)


def test_sending_marks_the_message_sent(now):
    message = queue(now)
    hand = Hand()

    counts = actions.outbox.send_due(delivery=hand, at=now)

    message.refresh_from_db()
    assert (counts, hand.sent) == ({"sent": 1, "retried": 0, "failed": 0}, [message.pk])
    assert (message.state, message.sent_at, message.attempts_count) == ("sent", now, 1)
    assert actions.outbox.send_due(delivery=hand, at=now)["sent"] == 0


def test_sending_pauses_longer_after_every_failure_and_gives_up_after_six(now):
    message = queue(now)
    hand = Hand(fails=99)
    at, pauses = now, []
    for _try in range(6):
        actions.outbox.send_due(delivery=hand, at=at)
        message.refresh_from_db()
        if message.next_attempt_at:
            pauses.append(message.next_attempt_at - at)
            at = message.next_attempt_at

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16)]
    assert (message.state, message.attempts_count, message.error) == ("failed", 6, "gateway: away")


def test_sending_goes_on_behind_a_message_that_breaks_the_delivery(now):
    broken, fine = queue(now), queue(now + timedelta(seconds=1))
    hand = Hand(fails=1, error=UnicodeError)

    actions.outbox.send_due(delivery=hand, at=now + timedelta(minutes=1))

    broken.refresh_from_db()
    assert hand.sent == [fine.pk]
    assert (broken.state, broken.attempts_count) == ("queued", 1)


def test_sending_drops_codes_that_have_expired(now):
    message = queue(now, template="phone_code", context={"code": "123456"}, is_secret=True)
    OutboxMessage.objects.update(created_at=now - timedelta(minutes=11))
    hand = Hand()

    actions.outbox.send_due(delivery=hand, at=now)

    message.refresh_from_db()
    assert (hand.sent, message.state) == ([], "failed")


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_the_same_message(now):
    messages = actions.outbox.queue_many(
        [
            actions.outbox.compose(template="phone_known", to="+6281234567890", context={}, by=None)
            for _one in range(40)
        ],
        at=now,
    )
    hand, start = Hand(), threading.Barrier(4)

    def worker():
        start.wait()
        try:
            actions.outbox.send_due(delivery=hand, at=now)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(hand.sent) == sorted(message.pk for message in messages)


@pytest.mark.django_db(transaction=True)
def test_the_race_of_two_workers_would_be_seen_without_row_locks(now):
    """The positive control: readers who do not lock do take the same row."""
    queue(now)
    taken, start = [], threading.Barrier(2)

    def worker():
        with transaction.atomic():
            row = OutboxMessage.objects.filter(state="queued").first()
            start.wait()
            taken.append(row.pk)
        connection.close()

    threads = [threading.Thread(target=worker) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 2


def test_codes_are_blanked_after_a_day(now):
    old = queue(now, template="phone_code", context={"code": "123456"}, is_secret=True)
    fresh = queue(now, template="phone_code", context={"code": "654321"}, is_secret=True)
    OutboxMessage.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=2))
    OutboxMessage.objects.filter(pk=fresh.pk).update(created_at=now)

    assert actions.outbox.forget_codes(at=now) == 1
    assert actions.outbox.forget_codes(at=now) == 0
    assert OutboxMessage.objects.get(pk=old.pk).body == ""
    assert "654321" in OutboxMessage.objects.get(pk=fresh.pk).body


# ── Ways out ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mail_goes_by_smtp_with_an_id_that_stays_the_same(now, settings):
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@contoh.id>"
    message = queue(now, to="siti@contoh.id")

    messaging.Post().send(message)

    assert (mail.outbox[0].to, mail.outbox[0].subject) == (["siti@contoh.id"], message.subject)
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{message.public_id}@contoh.id>"


@pytest.fixture
def gateway(settings):
    """A city's gateway on this machine; ``gateway.status`` is what it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.got.append((self.path, self.headers["Authorization"], body))
            self.send_response(self.server.status)
            if self.server.status == 302:
                self.send_header("Location", "/lain")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.MESSAGE_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/kirim"
    settings.MESSAGE_GATEWAY_TOKEN = "rahasia"
    yield server
    server.shutdown()
    server.server_close()


def test_phones_are_reached_by_the_gateway(now, gateway):
    message = queue(now)

    messaging.Post().send(message)

    path, token, body = gateway.got[0]
    assert (path, token) == ("/kirim", "Bearer rahasia")
    assert b'"to": "+6281234567890"' in body
    assert str(message.public_id).encode() in body


@pytest.mark.parametrize("status", [302, 400, 500])
def test_gateway_that_refuses_or_sends_elsewhere_is_a_failed_delivery(now, gateway, status):
    gateway.status = status

    with pytest.raises(DeliveryFailed):
        messaging.Post().send(queue(now))
    assert len(gateway.got) == 1


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:1/"])
def test_gateway_that_is_missing_or_away_is_a_failed_delivery(now, settings, url):
    settings.MESSAGE_GATEWAY_URL = url

    with pytest.raises(DeliveryFailed):
        messaging.Post().send(queue(now))


@pytest.mark.parametrize(
    ("demo", "debug", "way"), [(True, False, "Screen"), (False, True, "Screen"), (False, False, "Post")]
)
def test_way_out_follows_the_settings(settings, demo, debug, way):
    settings.DEMO, settings.DEBUG = demo, debug

    assert type(messaging.configured()).__name__ == way


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_outbox_lists_filters_and_masks(as_user, market_officer, now):
    queue(now, to=factories.UserFactory(full_name="Bu Wati", phone="+6281299990000"))
    queue(now)
    client = as_user(market_officer)

    def found(**query):
        return client.get(reverse("outbox"), query).context["page"].paginator.count

    assert found() == 2
    assert (found(cari="wati"), found(cari="0812-9999"), found(cari="tidak ada")) == (1, 1, 0)
    assert (found(status="queued"), found(status="sent"), found(saluran="whatsapp")) == (2, 0, 1)
    assert (found(templat="phone_known"), found(templat="tidak_ada")) == (2, 2)
    assert "0812-••••-•890" in client.get(reverse("outbox")).content.decode()


def test_outbox_asks_the_database_as_often_for_1_as_for_30(as_user, market_officer, now, django_assert_max_num_queries):
    for _number in range(30):
        queue(now, to=factories.UserFactory())
    client = as_user(market_officer)
    client.get(reverse("outbox"))

    with django_assert_max_num_queries(12):
        client.get(reverse("outbox"))


def test_outbox_message_offers_the_text_and_whatsapp(as_user, market_officer, now):
    message = queue(now)

    page = as_user(market_officer).get(reverse("outbox-message", args=[message.public_id]))

    address = urlsplit(page.context["whatsapp_url"])
    assert (address.netloc, address.path) == ("wa.me", "/6281234567890")
    assert parse_qs(address.query)["text"] == [message.body]
    assert message.body in page.content.decode()


@pytest.mark.parametrize(("demo", "seen"), [(False, False), (True, True)])
def test_outbox_message_hides_codes_from_staff_except_in_the_demo(as_user, market_officer, now, settings, demo, seen):
    settings.DEMO = demo
    message = queue(now, template="phone_code", context={"code": "481516"}, is_secret=True)
    client = as_user(market_officer)

    page = client.get(reverse("outbox-message", args=[message.public_id])).content.decode()

    assert ("481516" in page) is seen
    assert "481516" not in client.get(reverse("outbox")).content.decode()


def test_outbox_message_sent_by_hand_is_not_sent_again(as_user, market_officer, now):
    message = queue(now)

    as_user(market_officer).post(reverse("outbox-sent", args=[message.public_id]))

    message.refresh_from_db()
    hand = Hand()
    actions.outbox.send_due(delivery=hand, at=now + timedelta(days=1))
    assert (message.state, hand.sent) == ("sent", [])


def test_outbox_retry_puts_a_failed_message_back(as_user, market_officer, now):
    message = queue(now)
    OutboxMessage.objects.update(state="failed", next_attempt_at=None, attempts_count=6)

    as_user(market_officer).post(reverse("outbox-retry", args=[message.public_id]))

    message.refresh_from_db()
    assert (message.state, message.attempts_count) == ("queued", 0)
    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize("name", ["outbox-sent", "outbox-retry"])
def test_outbox_verbs_need_their_permission_and_a_post(as_user, administrator, market_officer, now, name):
    url = reverse(name, args=[queue(now).public_id])

    assert as_user(administrator).post(url).status_code == 403
    assert as_user(market_officer).get(url).status_code == 405


def test_outbox_never_sends_codes_by_hand_or_again(market_officer, now):
    message = queue(now, template="phone_code", context={"code": "481516"}, is_secret=True)

    with pytest.raises(MessageRefused):
        actions.outbox.mark_sent_by_hand(message=message, by=market_officer, at=now)
    with pytest.raises(MessageRefused):
        actions.outbox.retry(message=message, by=market_officer, at=now)


def test_demo_messages_exist_in_the_demo_only(client, settings, now):
    queue(timezone.now(), template="phone_code", context={"code": "481516"}, is_secret=True)

    settings.DEMO = False
    assert client.get(reverse("demo-messages")).status_code == 404
    settings.DEMO = True
    assert "481516" in client.get(reverse("demo-messages")).content.decode()
