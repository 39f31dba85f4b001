"""Obligations: written once per period, ended by receipt or waiver only, remembered once, seen by whom they concern."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from batikportal.choices import EnterpriseStatus
from batikportal.models import Enterprise, OutboxMessage
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import actions, models, periodic
from wastewater.actions import obligations
from wastewater.models import Obligation, Violation

pytestmark = pytest.mark.django_db

entry = factories.entry
PDF = b"%PDF-1.4 contoh"


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T03:00:00+00:00")


def kind(code: str) -> models.DutyKind:
    return models.DutyKind.objects.get(code=code)


def duty(code: str = "water-report", **more) -> models.ReportDuty:
    subject = {} if {"enterprise", "plant"} & set(more) else {"enterprise": portal.EnterpriseFactory()}
    return models.ReportDuty.objects.create(
        kind=kind(code), basis="UKL-UPL contoh", **{"valid_from": date(2026, 1, 1)} | subject | more
    )


def schedule(**more) -> models.MonitoringSchedule:
    point = more.pop("point", None) or factories.EnterprisePointFactory()
    return models.MonitoringSchedule.objects.create(
        **{
            "point": point,
            "parameter_set": models.ParameterSet.objects.get(code="effluent-monthly"),
            "kind": kind("effluent-test"),
            "frequency": "monthly",
            "due_day": 15,
            "grace_days": 30,
            "legal_basis": "Dasar contoh",
            "valid_from": date(2026, 1, 1),
        }
        | more
    )


def periods() -> list[tuple]:
    return list(Obligation.objects.order_by("period_start").values_list("period_start", "period_end", "due_on"))


def test_report_duty_is_owed_for_every_period_once():
    duty()

    assert obligations.make_obligations(at=at("2026-07-02")) == 3
    assert obligations.make_obligations(at=at("2026-07-02")) == 0
    assert periods() == [
        (date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 15)),
        (date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 15)),
        (date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 15)),
    ]


def test_half_a_period_is_not_owed_and_an_ended_duty_no_longer():
    duty(valid_from=date(2026, 2, 10), valid_until=date(2026, 6, 30))
    obligations.make_obligations(at=at("2026-11-02"))

    assert [row[0] for row in periods()] == [date(2026, 4, 1)]


def test_terms_that_change_ask_by_the_term_of_the_day():
    models.DutyTerm.objects.filter(kind__code="water-report").update(valid_until=date(2026, 3, 31))
    models.DutyTerm.objects.create(
        kind=kind("water-report"), frequency="monthly", grace_days=5, legal_basis="Baru", valid_from=date(2026, 4, 1)
    )
    duty()
    obligations.make_obligations(at=at("2026-05-20"))

    assert periods() == [
        (date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 15)),
        (date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 5)),
        (date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 5)),
    ]


def test_schedule_makes_obligations_of_its_point_with_day_and_grace():
    made = schedule()
    obligations.make_obligations(at=at("2026-02-10"))

    assert list(
        Obligation.objects.order_by("period_start").values_list("enterprise", "point", "period_start", "due_on")
    ) == [
        (made.point.enterprise_id, made.point_id, date(2026, 1, 1), date(2026, 2, 14)),
        (made.point.enterprise_id, made.point_id, date(2026, 2, 1), date(2026, 3, 17)),
    ]


def test_rivers_schedules_without_duty_and_closed_enterprises_owe_nothing():
    schedule(point=factories.RiverPointFactory(), kind=None)
    schedule(kind=None)
    closed = duty()
    Enterprise.objects.filter(pk=closed.enterprise_id).update(status=EnterpriseStatus.CLOSED)

    assert obligations.make_obligations(at=at("2026-03-10")) == 0


@pytest.mark.parametrize(
    "make",
    [
        lambda: factories.ObligationFactory(enterprise=Obligation.objects.get().enterprise),
        lambda: factories.ObligationFactory(enterprise=None),
        lambda: factories.ObligationFactory(plant=factories.TreatmentPlantFactory()),
        lambda: factories.ObligationFactory(state="received"),
        lambda: factories.ObligationFactory(state="received", received_on=date(2026, 4, 1), days_late=0),
        lambda: factories.ObligationFactory(state="waived"),
        lambda: factories.ObligationFactory(due_on=date(2025, 12, 31)),
    ],
)
def test_the_database_refuses_what_cannot_be(make):
    factories.ObligationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_schedules_of_one_point_and_set_never_overlap():
    first = schedule(valid_until=date(2026, 6, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        schedule(point=first.point, valid_from=date(2026, 6, 30))
    schedule(point=first.point, valid_from=date(2026, 7, 1))


def test_report_duties_of_one_subject_never_overlap():
    first = duty()
    duty()
    duty(plant=factories.TreatmentPlantFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        duty(enterprise=first.enterprise, valid_from=date(2027, 1, 1))


def test_a_verified_sample_of_the_period_ends_the_waiting_with_its_days_late():
    made = schedule()
    obligations.make_obligations(at=at("2026-03-20"))
    entered = datetime(2026, 4, 20, 2, 0, tzinfo=UTC)
    sample = factories.verified(entry("COD", 100), point=made.point, at=entered)

    found = Obligation.objects.get(period_start=date(2026, 3, 1))
    assert (found.state, found.sample, found.received_on, found.days_late) == (
        "received", sample, date(2026, 4, 20), 6,
    )  # fmt: skip
    assert set(Obligation.objects.exclude(pk=found.pk).values_list("state", flat=True)) == {"due"}


def test_unverified_foreign_and_unrelated_samples_end_nothing():
    made = schedule()
    obligations.make_obligations(at=at("2026-03-20"))
    factories.resulted(entry("COD", 100), point=made.point)
    factories.verified(entry("COD", 100))
    factories.verified(entry("TCOLI", 10), point=made.point, taken_at=datetime(2026, 3, 5, 2, 0, tzinfo=UTC))

    assert set(Obligation.objects.values_list("state", flat=True)) == {"due"}


def test_voiding_the_sample_begins_the_waiting_again_and_the_silence():
    made = schedule(valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 31))
    obligations.make_obligations(at=at("2026-03-20"))
    periodic.follow_duties(at("2026-05-20"))
    assert Violation.objects.get().state == "open"

    sample = factories.verified(entry("COD", 100), point=made.point, at=at("2026-05-21"))
    assert (Violation.objects.get().state, Violation.objects.get().resolution) == ("resolved", "receipt")

    actions.void_sample(sample=sample, reason="Botol tertukar", by=None, at=at("2026-05-22"))
    found = Obligation.objects.get()
    assert (found.state, found.sample, found.received_on) == ("due", None, None)
    assert (Violation.objects.get().state, Violation.objects.get().resolution) == ("open", "")


def test_the_database_refuses_a_sample_that_does_not_fit():
    made = schedule()
    obligations.make_obligations(at=at("2026-03-20"))
    other = factories.verified(entry("COD", 100))
    april = factories.verified(
        entry("COD", 100), point=made.point, taken_at=datetime(2026, 4, 6, 2, 0, tzinfo=UTC), at=at("2026-04-20")
    )
    march = Obligation.objects.get(period_start=date(2026, 3, 1))
    for sample in (other, april):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE wastewater_obligation SET state = 'received', received_on = now(), days_late = 0,"
                " sample_id = %s WHERE id = %s",
                [sample.pk, march.pk],
            )


def test_the_database_knows_the_moves_of_an_obligation(waste_head):
    owed = factories.ObligationFactory()
    obligations.waive_obligation(obligation=owed, reason="Tutup sementara", by=waste_head, at=at("2026-04-20"))
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wastewater_obligation SET state = 'received', received_on = now(), days_late = 0, record = 'x',"
            " waived_by_id = NULL, waived_on = NULL, waiver_reason = '' WHERE id = %s",
            [owed.pk],
        )


def test_waiver_ends_the_violation_with_person_and_reason_and_can_be_revoked(waste_head):
    owed = factories.ObligationFactory()
    periodic.follow_duties(at("2026-04-20"))
    obligations.waive_obligation(obligation=owed, reason="Tutup sementara", by=waste_head, at=at("2026-04-21"))
    ended = Violation.objects.get()
    assert (ended.state, ended.resolution, ended.resolved_by, ended.resolution_note) == (
        "resolved", "waiver", waste_head, "Tutup sementara",
    )  # fmt: skip
    with pytest.raises(obligations.ObligationRefused):
        obligations.waive_obligation(obligation=owed, reason="Lagi", by=waste_head, at=at("2026-04-21"))

    obligations.revoke_waiver(obligation=owed, reason="Masih berproduksi", by=waste_head, at=at("2026-04-22"))
    assert Violation.objects.get().state == "open"


def test_a_record_of_the_portal_fulfils(waste_officer):
    owed = factories.ObligationFactory()
    done = obligations.receive_record(
        obligation=owed, record="Buku catatan 2026-T1", received_on=date(2026, 4, 18), by=waste_officer,
        at=at("2026-04-20"),
    )  # fmt: skip
    assert (done.state, done.days_late, done.record) == ("received", 3, "Buku catatan 2026-T1")


def _owner_owes(owner, **more) -> Obligation:
    return factories.ObligationFactory(enterprise=owner.enterprise, **more)


def test_reminder_goes_once_to_the_owner_before_the_last_day(owner):
    owed = _owner_owes(owner)
    _owner_owes(owner, kind=kind("plant-log"), period_end=date(2026, 1, 31), due_on=date(2026, 4, 20))
    factories.ObligationFactory(enterprise=None, plant=factories.TreatmentPlantFactory())

    assert obligations.remind_owners(at=at("2026-03-31")) == 0
    assert obligations.remind_owners(at=at("2026-04-02")) == 1
    assert obligations.remind_owners(at=at("2026-04-03")) == 0
    message = OutboxMessage.objects.get()
    assert (message.recipient, message.template) == (owner, "obligation_reminder")
    assert "Laporan air limbah triwulanan" in message.subject
    assert "15 April 2026" in message.body
    owed.refresh_from_db()
    assert owed.reminded_at == at("2026-04-02")


def test_nobody_who_is_clear_is_reminded(owner, waste_head):
    codes = ("water-report", "plant-log", "discharge-logbook")
    first, second, late = (_owner_owes(owner, kind=kind(code)) for code in codes)
    obligations.receive_record(
        obligation=first, record="x", received_on=date(2026, 4, 1), by=owner, at=at("2026-04-01")
    )
    obligations.waive_obligation(obligation=second, reason="Tutup", by=waste_head, at=at("2026-04-01"))
    Obligation.objects.filter(pk=late.pk).update(due_on=date(2026, 4, 9))

    assert obligations.remind_owners(at=at("2026-04-10")) == 0


def test_officers_are_told_only_when_they_asked(waste_officer, waste_head, outsider):
    factories.ObligationFactory()
    obligations.subscribe(user=waste_officer, at=at("2026-04-01"))
    obligations.subscribe(user=outsider, at=at("2026-04-01"))

    assert obligations.remind_officers(at=at("2026-04-20")) == 1
    assert obligations.remind_officers(at=at("2026-04-20")) == 0
    assert obligations.remind_officers(at=at("2026-04-21")) == 1
    assert set(OutboxMessage.objects.values_list("recipient", flat=True)) == {waste_officer.pk}
    obligations.unsubscribe(user=waste_officer)
    assert obligations.remind_officers(at=at("2026-04-22")) == 0


@pytest.fixture
def in_april(monkeypatch):
    """The clock of the views stands on 20 April 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-04-20"))


def test_owner_hands_in_on_her_page(as_user, owner, in_april):
    owed = _owner_owes(owner)
    browser = as_user(owner)
    page = browser.get("/air-limbah/kewajiban-saya/")
    assert [row.pk for row in page.context["waiting"]] == [owed.pk]
    url = f"/air-limbah/kewajiban/{owed.public_id}/serahkan/"

    assert browser.post(url).context["form"].errors.keys() == {"upload"}
    wrong = SimpleUploadedFile("catatan.exe", b"MZ....")
    assert browser.post(url, {"upload": wrong}).context["form"].errors.keys() == {"upload"}
    assert Obligation.objects.get().state == "due"

    answer = browser.post(url, {"upload": SimpleUploadedFile("laporan.pdf", PDF)})
    assert answer.url == "/air-limbah/kewajiban-saya/"
    done = Obligation.objects.get()
    assert (done.state, done.received_on, done.days_late, done.received_by) == (
        "received", date(2026, 4, 20), 5, owner,
    )  # fmt: skip
    assert browser.get(f"/berkas/{done.document.public_id}/").status_code == 200
    assert "belum diterima" not in browser.get("/air-limbah/kewajiban-saya/").content.decode()
    again = browser.post(url, {"upload": SimpleUploadedFile("lagi.pdf", PDF)})
    assert again.context["form"].non_field_errors() == ["Kewajiban ini sudah diterima. Muat ulang halaman ini."]


def test_officer_says_on_which_day_it_came_and_returns_what_is_wrong(as_user, waste_officer, owner, in_april):
    owed = _owner_owes(owner)
    browser = as_user(waste_officer)
    url = f"/air-limbah/kewajiban/{owed.public_id}/serahkan/"
    tomorrow = {"upload": SimpleUploadedFile("laporan.pdf", PDF), "received_on": "2026-04-21"}
    assert browser.post(url, tomorrow).context["form"].errors.keys() == {"received_on"}
    browser.post(url, {"upload": SimpleUploadedFile("laporan.pdf", PDF), "received_on": "2026-04-14"})
    assert list(Obligation.objects.values_list("state", "days_late")) == [("received", 0)]

    browser.post(f"/air-limbah/kewajiban/{owed.public_id}/kembalikan/", {"reason": "Halaman 2 kosong"})
    assert list(Obligation.objects.values_list("state", "returned_reason", "document")) == [
        ("due", "Halaman 2 kosong", None)
    ]
    assert "Halaman 2 kosong" in as_user(owner).get("/air-limbah/kewajiban-saya/").content.decode()


def test_nobody_hands_in_or_reads_for_somebody_else(as_user, owner, outsider, leader):
    other = factories.ObligationFactory()
    upload = {"upload": SimpleUploadedFile("laporan.pdf", PDF)}
    for person in (owner, outsider):
        assert as_user(person).get(other.get_absolute_url()).status_code == 404
        assert as_user(person).post(f"/air-limbah/kewajiban/{other.public_id}/serahkan/", upload).status_code == 404
    as_user(leader).post(f"/air-limbah/kewajiban/{other.public_id}/serahkan/", upload)
    waive = f"/air-limbah/kewajiban/{other.public_id}/bebaskan/"
    assert as_user(leader).post(waive, {"reason": "x"}).status_code == 403
    assert Obligation.objects.get().state == "due"


def test_obligation_list_overdue_first_filters_and_exports(as_user, leader, in_april):
    soon = factories.ObligationFactory(due_on=date(2026, 4, 24))
    late = factories.ObligationFactory()
    later = factories.ObligationFactory(kind=kind("plant-log"), due_on=date(2026, 6, 24))
    browser = as_user(leader)

    def shown(query: str = "") -> list:
        return [row.pk for row in browser.get(f"/air-limbah/kewajiban/{query}").context["page"]]

    assert shown() == [late.pk, soon.pk, later.pk]
    assert shown("?keadaan=late") == [late.pk]
    assert shown("?keadaan=soon") == [soon.pk]
    assert shown("?jenis=plant-log") == [later.pk]
    assert shown(f"?cari={soon.enterprise.registration_number}") == [soon.pk]
    assert browser.get("/air-limbah/kewajiban/").context["counts"] == {"late": 1, "soon": 1, "later": 1}
    lines = browser.get("/air-limbah/kewajiban.csv?keadaan=late").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert late.enterprise.name in lines[1]


@pytest.mark.parametrize("address", ["/air-limbah/kewajiban/", "/air-limbah/kewajiban/usaha/{}/"])
def test_pages_have_constant_queries(address, as_user, waste_head):
    browser = as_user(waste_head)
    subject = portal.EnterpriseFactory()
    url = address.format(subject.public_id)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url).status_code == 200
        return len(seen)

    factories.ObligationFactory(enterprise=subject)
    periodic.follow_duties(at("2026-04-20"))
    queries()
    one = queries()
    for number in range(12):
        factories.ObligationFactory(enterprise=subject, period_start=date(2026, 1, 2 + number))
        factories.ObligationFactory()
    periodic.follow_duties(at("2026-04-20"))
    assert queries() == one


def test_officer_switches_her_reminder(as_user, waste_officer):
    browser = as_user(waste_officer)
    browser.post("/air-limbah/kewajiban/pengingat/", {"aktif": "1"})
    assert models.ReminderSubscription.objects.filter(user=waste_officer).count() == 1
    browser.post("/air-limbah/kewajiban/pengingat/")
    assert models.ReminderSubscription.objects.count() == 0
