"""Sludge: the storage clock, what the database refuses, manifests, the race of two clerks, pages and alerts."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, connections, transaction
from django.urls import reverse

from batikportal.contracts import Period, Scope
from tests.factories import wastewater as factories
from tests.raw_sql import sql
from wastewater import models
from wastewater.actions import sludge as actions
from wastewater.alerts import plants as alerts
from wastewater.choices.plants import DispatchState
from wastewater.queries import sludge as queries

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def manifest(number: str = "CONTOH-1", on: date = date(2026, 6, 1)) -> actions.Manifest:
    return actions.Manifest(number=number, dispatched_on=on, carrier="Pengangkut Contoh", receiver="Pengolah Contoh")


def send(entry, kg, number: str = "CONTOH-1", on: date = date(2026, 6, 1)) -> models.SludgeDispatch:
    return actions.dispatch_sludge(
        plant=entry.plant, manifest=manifest(number, on), kg_by_entry={entry.pk: Decimal(kg)}, by=None, at=AT
    )


def balance(entry):
    return queries.entries_with_balance(models.SludgeEntry.objects.filter(pk=entry.pk)).get()


# The storage clock


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "generated", "days", "due_on"),
    [
        ("B322-3", "49.99", 365, date(2027, 1, 10)),
        ("B322-3", "50", 90, date(2026, 4, 10)),
        ("A108d", "5", 180, date(2026, 7, 9)),
        ("A108d", "80", 90, date(2026, 4, 10)),
    ],
)
def test_storage_limit_follows_category_and_generation(code, generated, days, due_on):
    entry = factories.SludgeEntryFactory(
        waste_code=models.WasteCode.objects.get(code=code), generated_kg_per_day=Decimal(generated)
    )
    found = balance(entry)
    assert (found.storage_days, found.due_on) == (days, due_on)


@pytest.mark.django_db
def test_storage_limit_is_the_row_in_force_on_the_day_and_without_a_row_cannot_be_told():
    entry = factories.SludgeEntryFactory()
    old = models.StorageRule.objects.get(category=2, from_kg_per_day=0)
    old.effective_until = date(2026, 1, 9)
    old.save()
    assert balance(entry).due_on is None
    models.StorageRule.objects.create(
        category=2, from_kg_per_day=0, days=200, effective_from=date(2026, 1, 10), legal_basis="Aturan contoh"
    )
    assert balance(entry).due_on == date(2026, 7, 29)


@pytest.mark.django_db
def test_codes_and_limits_cannot_overlap():
    with pytest.raises(IntegrityError, match="waste_code_once_at_a_time"), transaction.atomic():
        models.WasteCode.objects.create(
            code="B322-3", name="Lain", category=1, effective_from=date(2024, 1, 1), legal_basis="Contoh"
        )
    with pytest.raises(IntegrityError, match="storage_rule_once_at_a_time"), transaction.atomic():
        models.StorageRule.objects.create(
            category=1, from_kg_per_day=50, days=10, effective_from=date(2024, 1, 1), legal_basis="Contoh"
        )


# What the database refuses


@pytest.mark.django_db
def test_database_refuses_to_dispatch_more_than_is_stored():
    entry = factories.SludgeEntryFactory(kg=Decimal(100))
    one, two = (factories.SludgeDispatchFactory(plant=entry.plant) for _ in range(2))
    add = "INSERT INTO wastewater_dispatchline (dispatch_id, entry_id, kg) VALUES (%s, %s, %s)"
    sql(add, one.pk, entry.pk, 60)
    with pytest.raises(IntegrityError, match="more is dispatched"):
        sql(add, two.pk, entry.pk, "40.01")
    sql(add, two.pk, entry.pk, 40)
    with pytest.raises(IntegrityError, match="more is dispatched"):
        sql("UPDATE wastewater_dispatchline SET kg = 61 WHERE dispatch_id = %s", one.pk)
    with pytest.raises(IntegrityError, match="holds less"):
        sql("UPDATE wastewater_sludgeentry SET kg = 99 WHERE id = %s", entry.pk)


@pytest.mark.django_db
def test_database_refuses_another_plant_and_an_earlier_day():
    entry = factories.SludgeEntryFactory(stored_on=date(2026, 5, 1))
    elsewhere = factories.SludgeDispatchFactory()
    early = factories.SludgeDispatchFactory(plant=entry.plant, dispatched_on=date(2026, 4, 30))
    add = "INSERT INTO wastewater_dispatchline (dispatch_id, entry_id, kg) VALUES (%s, %s, 10)"
    for dispatch in (elsewhere, early):
        with pytest.raises(IntegrityError, match="not in the store"):
            sql(add, dispatch.pk, entry.pk)
    good = factories.SludgeDispatchFactory(plant=entry.plant, dispatched_on=date(2026, 5, 2))
    sql(add, good.pk, entry.pk)
    with pytest.raises(IntegrityError, match="does not fit"):
        sql("UPDATE wastewater_sludgedispatch SET dispatched_on = '2026-04-30' WHERE id = %s", good.pk)
    with pytest.raises(IntegrityError, match="another place or day"):
        sql("UPDATE wastewater_sludgeentry SET stored_on = '2026-05-03' WHERE id = %s", entry.pk)


@pytest.mark.django_db
def test_database_refuses_to_bring_a_void_manifest_back():
    sent = send(factories.SludgeEntryFactory(), 10)
    actions.void_dispatch(dispatch=sent, reason="Salah nomor", by=None, at=AT)
    with pytest.raises(InternalError, match=r"(?i)invalid"):
        sql("UPDATE wastewater_sludgedispatch SET state = 'sent' WHERE id = %s", sent.pk)


@pytest.mark.django_db
def test_database_refuses_a_receipt_without_a_day_or_before_leaving():
    sent = send(factories.SludgeEntryFactory(), 10)
    for day in (None, "2026-05-31"):
        with pytest.raises(IntegrityError, match="dispatch_received_has_day"):
            sql("UPDATE wastewater_sludgedispatch SET state = 'received', received_on = %s WHERE id = %s", day, sent.pk)


# Actions


@pytest.mark.django_db
def test_dispatch_reduces_the_balance_and_voiding_brings_it_back():
    entry = factories.SludgeEntryFactory(kg=Decimal(100))
    sent = send(entry, 70)
    assert balance(entry).left_kg == Decimal(30)
    with pytest.raises(actions.SludgeRefused, match="tinggal 30 kg"):
        send(entry, 31, "CONTOH-2")
    actions.void_dispatch(dispatch=sent, reason="Salah jumlah", by=None, at=AT)
    assert balance(entry).left_kg == Decimal(100)
    # The number of a void manifest is free again.
    assert send(entry, 100).manifest_number == "CONTOH-1"
    assert list(queries.on_store(models.SludgeEntry.objects.all())) == []


@pytest.mark.django_db
def test_refusals_say_what_to_do():
    entry = factories.SludgeEntryFactory(stored_on=date(2026, 5, 1))
    with pytest.raises(actions.SludgeRefused, match="Belum ada yang dikirim"):
        actions.dispatch_sludge(plant=entry.plant, manifest=manifest(), kg_by_entry={}, by=None, at=AT)
    with pytest.raises(actions.SludgeRefused, match="baru masuk 1 Mei 2026"):
        send(entry, 10, on=date(2026, 4, 1))
    with pytest.raises(actions.SludgeRefused, match="belum tiba"):
        send(entry, 10, on=date(2026, 12, 1))
    send(entry, 10)
    with pytest.raises(actions.SludgeRefused, match="sudah dipakai"):
        send(entry, 10)
    assert balance(entry).left_kg == Decimal(90)


@pytest.mark.django_db
def test_receipt_closes_a_manifest():
    sent = send(factories.SludgeEntryFactory(), 10)
    with pytest.raises(actions.SludgeRefused, match="sebelum tanggal keluar"):
        actions.receive_dispatch(dispatch=sent, received_on=date(2026, 5, 1), by=None, at=AT)
    done = actions.receive_dispatch(dispatch=sent, received_on=date(2026, 6, 4), by=None, at=AT)
    assert (done.state, done.received_on) == (DispatchState.RECEIVED, date(2026, 6, 4))
    with pytest.raises(actions.SludgeRefused, match="tidak dapat diubah lagi"):
        actions.void_dispatch(dispatch=sent, reason="Salah", by=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_cannot_send_the_same_sludge():
    entry = factories.SludgeEntryFactory(kg=Decimal(100))
    start, answers = threading.Barrier(2), []

    def clerk(number: str) -> None:
        start.wait()
        try:
            send(entry, 80, number)
            answers.append("sent")
        except actions.SludgeRefused:
            answers.append("refused")
        finally:
            connections.close_all()

    clerks = [threading.Thread(target=clerk, args=[f"CONTOH-{n}"]) for n in range(2)]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join()
    assert sorted(answers) == ["refused", "sent"]
    assert balance(entry).left_kg == Decimal(20)


# Pages and alerts


@pytest.mark.django_db
def test_pages_store_send_and_receive(as_user, waste_officer, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    plant = factories.TreatmentPlantFactory()
    code = models.WasteCode.objects.get(code="B322-3")
    browser = as_user(waste_officer)
    store = reverse("wastewater:sludge-store", args=[plant.public_id])
    data = {"waste_code": code.pk, "stored_on": "2026-11-01", "kg": "120,5", "packaging": "Karung",
            "generated_kg_per_day": "4"}  # fmt: skip
    wrong = browser.post(store, data | {"kg": "0"})
    assert list(wrong.context["form"].errors) == ["kg"]
    assert browser.post(store, data).status_code == 302
    entry = models.SludgeEntry.objects.get()
    assert (entry.kg, entry.created_by) == (Decimal("120.5"), waste_officer)
    dispatch = reverse("wastewater:sludge-dispatch", args=[plant.public_id])
    head = {"manifest_number": "CONTOH-7", "dispatched_on": "2026-11-20", "carrier": "A", "receiver": "B"}
    too_much = browser.post(dispatch, head | {f"kg-{entry.pk}": "121"})
    assert list(too_much.context["form"].errors) == [f"kg-{entry.pk}"]
    nothing = browser.post(dispatch, head)
    assert "Belum ada yang dikirim" in str(nothing.context["form"].non_field_errors())
    assert browser.post(dispatch, head | {f"kg-{entry.pk}": "100"}).status_code == 302
    page = browser.get(reverse("wastewater:plant-sludge", args=[plant.public_id]))
    assert page.context["left_kg"] == Decimal("20.5")
    sent = models.SludgeDispatch.objects.get()
    receive = reverse("wastewater:sludge-receive", args=[sent.public_id])
    assert browser.post(receive, {"received_on": "2026-11-22"}).status_code == 302
    sent.refresh_from_db()
    assert sent.state == DispatchState.RECEIVED


@pytest.mark.django_db
def test_alert_comes_before_the_limit_with_its_day():
    near = factories.SludgeEntryFactory(stored_on=date(2025, 12, 20))
    factories.SludgeEntryFactory(stored_on=date(2026, 6, 1))
    gone = factories.SludgeEntryFactory(stored_on=date(2025, 11, 1))
    send(gone, 100)
    found = alerts.find_sludge_due(Scope(Period(TODAY, TODAY), None, TODAY)).items
    assert [(one.subject, one.due_on) for one in found] == [(f"{near.plant}: B322-3", date(2026, 12, 20))]
    models.PlantSetting.objects.filter(code="storage_notice_days").update(value=10)
    assert alerts.find_sludge_due(Scope(Period(TODAY, TODAY), None, TODAY)).items == []
