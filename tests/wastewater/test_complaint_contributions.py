"""What complaints tell the dashboard, the work list, the map, the home page and open data."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from batikportal import contracts
from batikportal.contracts import Period, Scope
from batikportal.models import Holiday
from tests.factories import complaints as factories
from tests.factories import portal
from wastewater import datasets, indicators
from wastewater.actions import complaints as actions
from wastewater.actions.complaints import upkeep
from wastewater.alerts import complaints as alerts
from wastewater.layers import complaints as layers
from wastewater.models import complaints as models
from wastewater.queries.complaints import figures

pytestmark = pytest.mark.django_db

AT = factories.RECEIVED
DAY = timedelta(days=1)
TODAY = date(2026, 3, 31)


def scope(area=None, start=date(2026, 1, 1), end=TODAY, today=TODAY) -> Scope:
    return Scope(Period(start, end), area, today)


def indicator(code: str) -> contracts.Indicator:
    return next(one for one in indicators.INDICATORS if one.code == f"wastewater.{code}")


def answered_after(days: float, by, **fields):
    case = factories.triaged(by, **fields)
    return actions.answer(complaint=case, text="Sudah diperiksa.", by=by, at=AT + timedelta(days=days))


def rows_behind(browser, address: str) -> int:
    return browser.get(address).context["page"].paginator.count


def test_median_days_with_the_number_behind_it(as_user, leader, waste_officer):
    for days in (1, 2, 9, 30):
        answered_after(days, waste_officer)
    factories.filed()
    answered_after(200, waste_officer)
    item = indicator("complaint_days")
    reading = item.read(scope())
    assert (reading.value, reading.numerator) == (Decimal("5.5"), 4)
    assert reading.trend[-3:] == [("Januari 2026", Decimal(2)), ("Februari 2026", Decimal(30)), ("Maret 2026", None)]
    assert rows_behind(as_user(leader), item.rows(scope())) == 4


def test_no_answer_is_no_figure():
    factories.filed()
    reading = indicator("complaint_days").read(scope())
    assert (reading.value, reading.numerator) == (None, 0)


def test_kept_promises_count_silence_as_broken(as_user, leader, waste_officer):
    Holiday.objects.all().delete()
    question = factories.category("question")  # promised for 15 January
    answered_after(7, waste_officer, category=question)
    answered_after(8, waste_officer, category=question)
    factories.filed(category=question)
    factories.filed(parent=factories.triaged(waste_officer))
    item = indicator("complaints_in_time")
    reading = item.read(scope())
    assert (reading.numerator, reading.denominator, round(reading.value, 1)) == (1, 3, Decimal("33.3"))
    assert rows_behind(as_user(leader), item.rows(scope())) == 3


def test_promise_for_today_is_not_broken_yet(waste_officer):
    factories.filed(category=factories.category("question"))
    due = models.Complaint.objects.get().due_on
    item = indicator("complaints_in_time")
    assert item.read(scope(end=due, today=due)).value is None
    assert item.read(scope(end=due + DAY, today=due + DAY)).value == 0


@pytest.mark.parametrize("area", ["Pekalongan Timur", "Pekalongan Utara"])
def test_figures_of_one_district(area, waste_officer):
    answered_after(3, waste_officer)
    answered_after(5, waste_officer, ward=portal.ward("Krapyak"))
    chosen = portal.models.Area.objects.get(name=area, level="district")
    assert indicator("complaint_days").read(scope(chosen)).value == {"Pekalongan Timur": 3, "Pekalongan Utara": 5}[area]


def subjects(find, today=TODAY) -> list[str]:
    return [alert.subject for alert in find(scope(today=today)).items]


def test_unread_and_late_ones_ask_for_work(waste_officer):
    unread = factories.filed(category=factories.category("question"))
    late = factories.triaged(waste_officer, category=factories.category("question"))
    waiting = factories.triaged(waste_officer, category=factories.category("question"))
    actions.ask(complaint=waiting, text="Di mana?", by=waste_officer, at=AT)
    assert subjects(alerts.find_unread) == [f"{unread.number} – {unread.category}"]
    assert subjects(alerts.find_late) == [
        f"DLH Kota Pekalongan: {one.number} – {one.category}" for one in (unread, late)
    ]
    assert subjects(alerts.find_waiting) == [f"{waiting.number} – {waiting.category}"]


def test_forwarding_and_handover_ask_for_work(waste_officer):
    case = factories.triaged(waste_officer, is_outside_city=True)
    assert subjects(alerts.find_not_forwarded, today=date(2026, 1, 15)) == []
    assert subjects(alerts.find_not_forwarded) == [f"{case.number} → Dinas lingkungan hidup Kabupaten Pekalongan"]
    actions.record_forwarding(
        handling=case.handlings.get(role="partner"), forwarded_on=date(2026, 1, 8), by=waste_officer, at=AT
    )
    assert subjects(alerts.find_not_forwarded) == []
    actions.offer_handover(
        complaint=case, receiver=factories.agency("dlhk-provinsi"), reason="a", by=waste_officer, at=AT
    )
    assert subjects(alerts.find_undecided_handovers) == [
        f"{case.number}: DLH Kota Pekalongan → Dinas lingkungan hidup Provinsi Jawa Tengah"
    ]


def test_answered_ones_can_be_closed_when_the_reporter_is_content(waste_officer):
    case = factories.answered(waste_officer)
    assert subjects(alerts.find_ready_to_close, today=case.reopen_until) == []
    assert subjects(alerts.find_ready_to_close, today=case.reopen_until + DAY) == [f"{case.number} – {case.category}"]


def test_data_past_their_day_are_named(waste_officer):
    case = factories.closed(waste_officer, contact=factories.CONTACT)
    actions.put_on_hold(complaint=case, reason="Perkara", by=waste_officer, at=AT)
    found = alerts.find_kept_data(scope(today=date(2026, 7, 8))).items
    assert [(one.subject, one.detail) for one in found] == [(case.number, "Data pelapor ditahan")]


def test_map_rounds_for_everybody_and_is_exact_for_handlers(waste_officer, client):
    latitude, longitude = factories.KAUMAN
    place = {"latitude": latitude, "longitude": longitude}
    shown = factories.triaged(waste_officer, **place)
    factories.filed(**place)
    factories.triaged(waste_officer, moderation="hidden", **place)
    rounded = layers.read_rounded(scope())
    assert [(one.latitude, one.longitude, one.url) for one in rounded] == [
        (Decimal("-6.888"), Decimal("109.676"), shown.public_url)
    ]
    assert {(one.latitude, one.longitude) for one in layers.read_exact(scope())} == {(latitude, longitude)}
    assert len(layers.read_exact(scope())) == 3
    closed_door = client.get(reverse("map-layer", args=["wastewater.complaint_places"]))
    assert closed_door.status_code == 403


def test_open_data_hide_small_counts(waste_officer):
    for _number in range(5):
        factories.filed()
    for _number in range(4):
        factories.filed(ward=portal.ward("Krapyak"))
    rows = next(one for one in datasets.DATASETS if one.code == "wastewater-complaints").rows()
    name = "Air sungai atau saluran berwarna"
    assert list(rows) == [
        ("2026-01", name, "Pekalongan Timur", 5),
        ("2026-01", name, "Pekalongan Utara", None),
    ]


def test_home_leads_to_the_form_and_counts(client, waste_officer):
    factories.filed()
    for days in (1, 2, 3, 4, 5):
        answered_after(days, waste_officer)
    page = client.get(reverse("home")).content.decode()
    assert reverse("wastewater:complaint-where") in page
    count = figures.public_count(TODAY)
    assert (count.open, count.answered, count.median_days) == (1, 5, 3)
    assert "1 laporan sedang ditangani" in page


def test_daily_job_counts_what_it_did(waste_officer):
    closed = factories.closed(waste_officer, contact=factories.CONTACT)
    waiting = factories.triaged(waste_officer)
    actions.ask(complaint=waiting, text="Di mana?", by=waste_officer, at=AT)
    actions.start_draft(secret="x" * 30, facts={}, at=AT)
    later = datetime(2026, 8, 1, 2, 0, tzinfo=UTC)
    assert upkeep.look_after(later) == {"questions": 1, "reporters": 1, "drafts": 1}
    assert upkeep.look_after(later) == {"questions": 0, "reporters": 0, "drafts": 0}
    closed.refresh_from_db()
    assert closed.description == ""
