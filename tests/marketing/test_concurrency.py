"""200 applicants at once for 20 seats, in real threads on a real PostgreSQL; first the proof that the test can fail."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.models import F

from batikportal.models import Enterprise, OutboxMessage, User
from marketing import actions, queries
from marketing.choices import ApplicationState, QuotaKind
from marketing.models import Activity, Application, Quota
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory, UserFactory, ward

pytestmark = pytest.mark.django_db(transaction=True)

SEATS = 20
APPLICANTS = 200
THREADS = 16
# How long to wait for what must happen, in seconds: reached only when it does not happen, however busy the machine is.
PATIENCE = 120


def at_once(work: Callable[[int], object], count: int) -> list[object]:
    """Run ``work(0..count-1)`` in threads that start together, each with a connection of its own."""
    start = threading.Barrier(THREADS)
    begun = threading.local()

    def run(number: int) -> object:
        if not getattr(begun, "yes", False):
            begun.yes = True
            start.wait(timeout=PATIENCE)
        return work(number)

    with ThreadPoolExecutor(THREADS, initializer=connections.close_all) as pool:
        results = list(pool.map(run, range(count)))
        closing = threading.Barrier(THREADS)

        def close(_number: int) -> None:
            closing.wait(timeout=PATIENCE)
            connections.close_all()

        list(pool.map(close, range(THREADS)))
    return results


@pytest.fixture
def applicants() -> list[tuple[User, Enterprise]]:
    users = UserFactory.create_batch(APPLICANTS)
    enterprises = EnterpriseFactory.create_batch(APPLICANTS)
    ids = [enterprise.pk for enterprise in enterprises]
    loaded = Enterprise.objects.select_related("ward__parent").in_bulk(ids)
    return list(zip(users, [loaded[pk] for pk in ids], strict=True))


def test_counting_first_and_writing_then_oversells(now, applicants):
    """The positive control: what everybody writes first oversells as soon as two ask before one has written."""
    seats = THREADS - 1
    activity = factories.ActivityFactory(seats=seats)
    all_have_asked = threading.Barrier(THREADS)
    quota = Quota.objects.get(activity=activity)

    def naive(number: int) -> None:
        user, enterprise = applicants[number]
        with transaction.atomic():
            seated = Application.objects.filter(activity=activity, state=ApplicationState.ACCEPTED).count()
            all_have_asked.wait(timeout=PATIENCE)
            state = ApplicationState.ACCEPTED if seated < seats else ApplicationState.WAITLISTED
            Application.objects.create(
                activity=activity,
                enterprise=enterprise,
                state=state,
                sent_by=user,
                submitted_at=now,
                arrival_number=number + 1,
                waiting_order=number + 1,
                snapshot={},
                ward=enterprise.ward,
                is_first_timer=True,
                is_women_led=True,
                counted_quotas=[quota.pk],
            )

    at_once(naive, THREADS)
    assert Application.objects.filter(state=ApplicationState.ACCEPTED).count() == THREADS


def test_two_hundred_at_once_for_twenty_seats(now, applicants):
    activity = factories.ActivityFactory(seats=SEATS)

    def apply(number: int) -> Application:
        user, enterprise = applicants[number]
        return actions.apply(activity=activity, enterprise=enterprise, answer="", key=uuid4(), by=user, at=now)

    answers = at_once(apply, APPLICANTS)

    stored = list(Application.objects.order_by("arrival_number"))
    assert len(stored) == APPLICANTS
    assert [application.arrival_number for application in stored] == list(range(1, APPLICANTS + 1))
    assert [application.state for application in stored] == ["accepted"] * SEATS + ["waitlisted"] * (APPLICANTS - SEATS)
    line = list(queries.waiting_line(activity))
    assert [application.arrival_number for application in line] == list(range(SEATS + 1, APPLICANTS + 1))
    told = {application.pk: (application.state, application.arrival_number) for application in answers}
    assert told == {application.pk: (application.state, application.arrival_number) for application in stored}
    assert Quota.objects.get(activity=activity).taken == SEATS
    assert OutboxMessage.objects.count() == APPLICANTS
    assert queries.seat_mismatches() == []


def test_several_quotas_at_once_are_all_kept(now, applicants):
    """A ward quota and one for those not led by women, beside the seats over all."""
    activity = factories.ActivityFactory(seats=SEATS)
    factories.QuotaFactory(activity=activity, kind=QuotaKind.WARD, value=ward().code, size=12)
    factories.QuotaFactory(activity=activity, kind=QuotaKind.WOMEN_LED, negated=True, size=8)
    elsewhere = ward("Jenggot")
    for number, (_user, enterprise) in enumerate(applicants):
        enterprise.owner_sex = "M" if number % 2 else "F"
        if number % 3 == 0:
            enterprise.ward = elsewhere
        enterprise.save()

    def apply(number: int) -> Application:
        user, enterprise = applicants[number]
        return actions.apply(activity=activity, enterprise=enterprise, answer="", key=uuid4(), by=user, at=now)

    at_once(apply, APPLICANTS)
    assert Application.objects.count() == APPLICANTS
    seated = Application.objects.filter(state=ApplicationState.ACCEPTED)
    assert seated.count() == SEATS
    assert seated.filter(is_women_led=False).count() <= 8
    assert seated.filter(ward=ward()).count() <= 12
    assert queries.seat_mismatches() == []
    # Nobody waits who would have fitted when she arrived: whoever waits found a quota of hers full.
    for waiting in queries.waiting_line(activity):
        assert Quota.objects.filter(pk__in=waiting.counted_quotas, taken=F("size")).exists()


def test_a_double_submit_at_once_gives_one_row_and_one_answer(now):
    activity = factories.ActivityFactory(seats=SEATS)
    user, enterprise, key = UserFactory(), EnterpriseFactory(), uuid4()
    enterprise = Enterprise.objects.select_related("ward__parent").get(pk=enterprise.pk)

    def apply(_number: int) -> Application:
        return actions.apply(activity=activity, enterprise=enterprise, answer="", key=key, by=user, at=now)

    answers = at_once(apply, THREADS * 2)
    assert len({(answer.public_id, answer.state, answer.arrival_number) for answer in answers}) == 1
    assert Application.objects.count() == 1
    assert OutboxMessage.objects.count() == 1
    assert Quota.objects.get(activity=activity).taken == 1
    assert Activity.objects.get(pk=activity.pk).last_arrival == 1


def test_two_members_at_once_make_one_application(now):
    activity = factories.ActivityFactory(seats=SEATS)
    enterprise = Enterprise.objects.select_related("ward__parent").get(pk=EnterpriseFactory().pk)
    users = UserFactory.create_batch(THREADS)

    def apply(number: int) -> str:
        try:
            return actions.apply(
                activity=activity, enterprise=enterprise, answer="", key=uuid4(), by=users[number], at=now
            ).state
        except actions.AlreadyApplied:
            return "already"

    answers = at_once(apply, THREADS)
    assert sorted(answers) == ["accepted"] + ["already"] * (THREADS - 1)
    assert Application.objects.count() == 1
    assert Quota.objects.get(activity=activity).taken == 1


def test_applying_and_withdrawing_at_once_keeps_every_invariant(now, applicants):
    activity = factories.ActivityFactory(seats=SEATS)

    def come_and_go(number: int) -> None:
        user, enterprise = applicants[number]
        application = actions.apply(activity=activity, enterprise=enterprise, answer="", key=uuid4(), by=user, at=now)
        if number % 3 == 0:
            actions.withdraw(application=application, reason="", by=user, at=now)

    at_once(come_and_go, APPLICANTS)
    counts = queries.activity_by_state(activity)
    gone = len(range(0, APPLICANTS, 3))
    assert counts == {"withdrawn": gone, "accepted": SEATS, "waitlisted": APPLICANTS - gone - SEATS}
    assert queries.seat_mismatches() == []
    last_seated = Application.objects.filter(state="accepted").order_by("-arrival_number").first()
    first_waiting = queries.waiting_line(activity).first()
    assert last_seated.arrival_number < first_waiting.arrival_number


def test_a_seat_freed_while_the_statement_waits_is_given(now, applicants):
    """The waiting statement's snapshot still sees a full quota; the CHECK must not be asked with that."""
    activity = factories.ActivityFactory(seats=1)
    (holder, his), (comer, hers) = applicants[:2]
    held = actions.apply(activity=activity, enterprise=his, answer="", key=uuid4(), by=holder, at=now)
    answers = []

    def come() -> None:
        answers.append(actions.apply(activity=activity, enterprise=hers, answer="", key=uuid4(), by=comer, at=now))
        connections.close_all()

    waiting = threading.Thread(target=come)
    with transaction.atomic():
        actions.withdraw(application=held, reason="", by=holder, at=now)
        waiting.start()
        until_somebody_waits_for_a_lock()
    waiting.join(timeout=PATIENCE)
    assert [answer.state for answer in answers] == ["accepted"]
    assert Quota.objects.get(activity=activity).taken == 1


def until_somebody_waits_for_a_lock() -> None:
    for _attempt in range(PATIENCE * 20):
        with connection.cursor() as cursor:
            # A transaction keeps its first list of sessions; the thread's session may be younger than that.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody came to wait")


def test_release_and_withdrawal_at_once_never_seat_who_left(now):
    market_officer, market_head = UserFactory(), UserFactory()
    activity = factories.ActivityFactory(selected=True, closed=True, seats=THREADS)
    chosen = [
        factories.ApplicationFactory(activity=activity, state=ApplicationState.IN_REVIEW) for _number in range(THREADS)
    ]
    actions.decide(chosen=chosen, outcome="accepted", reason="", by=market_officer, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    actions.sign_batch(batch=batch, by=market_head, at=now)

    def one(number: int) -> None:
        if number == THREADS // 2:
            actions.release_batch(batch=batch, by=market_head, at=now)
        else:
            application = Application.objects.get(pk=chosen[number].pk)
            actions.withdraw(application=application, reason="", by=application.sent_by, at=now)

    at_once(one, THREADS)
    assert queries.activity_by_state(activity) == {"accepted": 1, "withdrawn": THREADS - 1}
    assert queries.seat_mismatches() == []
