"""The sampling plan: one sample per schedule and period, however often and by how many it is asked for."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import wastewater as factories
from tests.wastewater.test_obligations import schedule
from wastewater import actions as samples
from wastewater.actions import schedules as actions
from wastewater.models import MonitoringSchedule, PlannedSample, Sample
from wastewater.queries import schedules as queries

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def generate(**more) -> tuple[int, int, int]:
    rows = queries.found_schedules(MonitoringSchedule.objects.all())
    done = actions.generate_samples(**YEAR | more, schedules=rows, by=None, at=AT)
    return done.new_count, done.found_count, done.same_count


def test_every_period_gets_one_sample_on_a_working_day():
    schedule()
    assert generate() == (12, 0, 0)
    assert generate() == (0, 0, 12)

    days = list(Sample.objects.order_by("planned_on").values_list("planned_on", flat=True))
    assert days[:3] == [date(2026, 1, 15), date(2026, 2, 13), date(2026, 3, 13)]
    assert all(day.weekday() < 5 for day in days)
    assert [day.month for day in days] == list(range(1, 13))


def test_quarterly_schedule_within_its_validity():
    schedule(frequency="quarterly", valid_until=date(2026, 8, 31))
    assert generate() == (3, 0, 0)


def test_samples_that_are_there_are_taken_for_the_plan():
    made = schedule()
    taken = factories.SampleFactory(point=made.point)
    assert generate(last=date(2026, 3, 31)) == (2, 1, 0)
    assert PlannedSample.objects.get(period_start=date(2026, 3, 1)).sample == taken


def test_a_voided_sample_is_planned_again():
    schedule()
    generate(last=date(2026, 1, 31))
    samples.void_sample(sample=Sample.objects.get(), reason="Salah titik", by=None, at=AT)

    assert generate(last=date(2026, 1, 31)) == (1, 0, 0)
    assert PlannedSample.objects.get().sample.state == "planned"


def test_the_database_plans_no_period_twice():
    schedule()
    generate(last=date(2026, 1, 31))
    tie = PlannedSample.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedSample.objects.create(
            schedule=tie.schedule, period_start=tie.period_start, period_end=tie.period_end,
            sample=factories.SampleFactory(),
        )  # fmt: skip


def test_planning_has_the_same_number_of_statements_for_many_schedules():
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            generate()
        return len(seen)

    schedule()
    one = count()
    for _number in range(5):
        schedule()
    assert count() == one


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_plan_once():
    schedule()
    outcomes = []

    def press() -> None:
        try:
            outcomes.append(generate())
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [(0, 0, 12), (12, 0, 0)]
    assert Sample.objects.count() == 12


def test_page_previews_first_then_writes(as_user, waste_officer):
    schedule()
    browser = as_user(waste_officer)
    url = "/air-limbah/rencana-sampel/buat/"
    asked = {"dari": "2026-01-01", "sampai": "2026-06-30"}

    preview = browser.get(url, asked).context["preview"]
    assert (preview["new_count"], preview["found_count"], preview["same_count"]) == (6, 0, 0)
    assert Sample.objects.count() == 0
    assert browser.get(url, asked | {"sampai": "2025-01-01"}).context["form"].errors.keys() == {"sampai"}
    assert browser.get(url, asked | {"sampai": "2028-01-01"}).context["form"].errors.keys() == {"sampai"}
    browser.post(url, asked)
    assert Sample.objects.count() == 6


def test_calendar_shows_plan_against_done(as_user, leader):
    made = schedule()
    generate(last=date(2026, 3, 31))
    march = Sample.objects.get(planned_on__month=3)
    taking = samples.Taking(taken_at=datetime(2026, 3, 11, 2, 0, tzinfo=UTC))
    samples.record_taking(sample=march, taking=taking, by=None, at=datetime(2026, 3, 12, 2, 0, tzinfo=UTC))

    page = as_user(leader).get("/air-limbah/rencana-sampel/?tahun=2026")
    row = page.context["rows"][0]
    assert (row.schedule, row.planned_count, row.done_count) == (made, 12, 1)
    assert [bool(lines and lines[0].sample) for lines in row.months] == [True, True, True, *[False] * 9]
    lines = as_user(leader).get("/air-limbah/rencana-sampel.csv?tahun=2026").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 13


def test_calendar_has_constant_queries(as_user, waste_head):
    browser = as_user(waste_head)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/air-limbah/rencana-sampel/?tahun=2026").status_code == 200
        return len(seen)

    schedule()
    generate()
    count()
    one = count()
    for _number in range(8):
        schedule()
    generate()
    assert count() == one


def test_who_may_not_plan(as_user, leader, field_officer, owner):
    for person in (leader, field_officer):
        assert as_user(person).post("/air-limbah/rencana-sampel/buat/").status_code == 403
    assert as_user(owner).get("/air-limbah/rencana-sampel/").status_code == 403
