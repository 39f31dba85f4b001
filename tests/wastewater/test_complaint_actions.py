"""Complaints through their doors: promises by the calendar, moves, agencies, reporters, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection

from batikportal.models import AccessEvent, Holiday
from tests.factories import complaints as factories
from tests.factories import portal
from wastewater.actions import complaints as actions
from wastewater.choices.complaints import ComplaintState, HandlingRole, HandlingState, HandoverState
from wastewater.models import complaints as models
from wastewater.queries.complaints import figures

pytestmark = pytest.mark.django_db

AT = factories.RECEIVED
DAY = timedelta(days=1)


@pytest.fixture
def no_holidays(db):
    """The vectors of the field count Mondays to Fridays only."""
    Holiday.objects.all().delete()


def lead_of(case) -> str:
    return case.handlings.get(role=HandlingRole.LEAD).agency.code


@pytest.mark.parametrize(
    ("code", "due_on"),
    [
        ("question", date(2026, 1, 15)),  # 5 working days
        ("service", date(2026, 1, 28)),  # 14
        ("coloured-water", date(2026, 4, 2)),  # 60
    ],
)
def test_promise_follows_the_category(no_holidays, code, due_on):
    case = factories.filed(category=factories.category(code))
    assert (case.first_response_due_on, case.due_on) == (date(2026, 1, 13), due_on)
    assert case.term.basis.startswith("SP4N-LAPOR!")


def test_holiday_moves_the_promise(no_holidays):
    monday = datetime(2026, 1, 12, 2, 0, tzinfo=UTC)
    assert factories.filed(category=factories.category("question"), at=monday).due_on == date(2026, 1, 19)
    Holiday.objects.create(day=date(2026, 1, 16), name="Contoh libur", basis="Contoh")
    assert factories.filed(category=factories.category("question"), at=monday).due_on == date(2026, 1, 20)


def test_newest_term_in_force_wins_and_old_promises_stay(no_holidays):
    question = factories.category("question")
    before = factories.filed(category=question)
    models.ComplaintTerm.objects.create(
        kind="answer", category=question, days=3, valid_from=date(2026, 2, 1), basis="Contoh", confidence="L"
    )
    models.ComplaintTerm.objects.create(kind="answer", days=1, valid_from=date(2026, 2, 1), basis="Contoh umum")
    after = factories.filed(category=question, at=datetime(2026, 2, 2, 2, 0, tzinfo=UTC))
    before.refresh_from_db()
    assert (before.due_on, before.term.days) == (date(2026, 1, 15), 5)
    assert (after.due_on, after.term.days) == (date(2026, 2, 5), 3)


def test_day_of_receipt_is_the_day_in_pekalongan(no_holidays):
    late = datetime(2026, 1, 7, 17, 30, tzinfo=UTC)  # Thursday 00:30 in Pekalongan
    assert factories.filed(category=factories.category("question"), at=late).due_on == date(2026, 1, 15)


def test_same_secret_is_the_same_complaint():
    first = factories.filed(secret="s" * 32)
    assert factories.filed(secret="s" * 32, description="lain").pk == first.pk
    assert models.Complaint.objects.count() == 1


def test_secret_is_kept_as_a_hash_only():
    secret = "rahasia-" * 4
    factories.filed(secret=secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM wastewater_complaint c")
        row = cursor.fetchone()[0]
    assert secret not in row


def test_point_finds_its_ward_and_a_point_outside_goes_to_the_regency_as_well():
    latitude, longitude = factories.KAUMAN
    inside = factories.filed(ward=None, latitude=latitude, longitude=longitude)
    outside = factories.filed(ward=None, latitude=Decimal("-6.99000"), longitude=Decimal("109.64000"))
    assert (inside.ward.name, inside.ward_is_estimated, inside.is_outside_city) == ("Kauman", True, False)
    assert (outside.ward, outside.is_outside_city, lead_of(outside)) == (None, True, "dlh-kota")
    partner = outside.handlings.get(role=HandlingRole.PARTNER)
    assert (partner.agency.code, partner.state, partner.due_on) == ("dlh-kabupaten", HandlingState.WAITING, None)
    assert partner.forward_due_on == date(2026, 1, 15)


def test_telephone_takes_the_same_route_as_the_form(waste_officer):
    by_phone = factories.filed(channel="phone", by=waste_officer, is_outside_city=True)
    by_form = factories.filed(is_outside_city=True)
    assert list(by_phone.handlings.values_list("agency__code", "role", "state")) == list(
        by_form.handlings.values_list("agency__code", "role", "state")
    )
    assert by_phone.due_on == by_form.due_on


def test_rule_cannot_make_a_body_outside_responsible():
    models.RoutingRule.objects.create(place=1, agency=factories.agency("dlhk-provinsi"))
    case = factories.filed()
    assert lead_of(case) == "dlh-kota"
    assert case.handlings.get(role=HandlingRole.PARTNER).agency.code == "dlhk-provinsi"


def test_anonymous_complaint_has_no_reporter_row():
    factories.filed()
    factories.filed(contact=actions.Contact())
    assert models.Reporter.objects.count() == 0


def test_reporter_is_encrypted_and_masked():
    case = factories.filed(contact=factories.CONTACT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM wastewater_reporter r")
        row = cursor.fetchone()[0]
    assert "Warga" not in row
    assert "81200001234" not in row
    assert str(case.reporter_row.name) == "W" + "•" * 11


def test_far_point_and_future_day_are_refused_with_nothing_kept():
    with pytest.raises(actions.ComplaintRefused, match="jauh dari Pekalongan"):
        factories.filed(latitude=Decimal("-6.2"), longitude=Decimal("106.8"))
    with pytest.raises(actions.ComplaintRefused, match="masih di depan"):
        factories.filed(happened_on=date(2026, 1, 9))
    assert models.Complaint.objects.count() == 0


def test_whole_way_of_a_case(waste_officer, no_holidays):
    case = factories.triaged(waste_officer, sentence="Sudah kami baca.", category=factories.category("question"))
    assert (case.read_by, case.first_response_at) == (waste_officer, AT)
    actions.assign(complaint=case, by=waste_officer, at=AT + DAY)
    actions.start_field_check(complaint=case, sentence="Petugas berangkat.", by=waste_officer, at=AT + DAY)
    actions.answer(complaint=case, text="Airnya sudah diperiksa.", by=waste_officer, at=AT + 5 * DAY)
    done = actions.close(complaint=case, text="Selesai.", by=waste_officer, at=AT + 6 * DAY)
    assert (done.state, done.first_due_on) == (ComplaintState.CLOSED, date(2026, 1, 15))
    assert done.first_answered_at == AT + 5 * DAY
    assert done.reopen_until == date(2026, 1, 28)
    assert done.handlings.get().state == HandlingState.DONE
    assert [step.state for step in done.steps.all()] == [
        "received", "triaged", "assigned", "in_field", "answered", "closed"
    ]  # fmt: skip


def test_unread_case_cannot_be_answered_or_closed(waste_officer):
    case = factories.filed()
    for step in (actions.answer, actions.close):
        with pytest.raises(actions.ComplaintRefused, match="tidak dapat menjadi"):
            step(complaint=case, text="Selesai.", by=waste_officer, at=AT)


@pytest.mark.parametrize("step", [actions.answer, actions.reject])
def test_public_word_is_demanded(step, waste_officer):
    case = factories.triaged(waste_officer)
    with pytest.raises(actions.ComplaintRefused, match="Tulis"):
        step(complaint=case, text="  ", by=waste_officer, at=AT)


def test_waiting_for_the_reporter_stops_the_clock_and_the_answer_starts_it(waste_officer, no_holidays):
    case = factories.triaged(waste_officer, category=factories.category("question"))
    actions.ask(complaint=case, text="Di jembatan mana?", by=waste_officer, at=AT + DAY)  # Friday
    waiting = models.Complaint.objects.get(pk=case.pk)
    assert (waiting.state, waiting.waiting_since_on) == (ComplaintState.WAITING, date(2026, 1, 9))
    back = actions.reply(complaint=case, text="Jembatan Kauman.", at=AT + 5 * DAY)  # Tuesday: two working days later
    assert (back.state, back.paused_days, back.due_on) == (ComplaintState.TRIAGED, 2, date(2026, 1, 19))
    assert back.handlings.get().due_on == date(2026, 1, 19)
    assert back.questions.get().reply == "Jembatan Kauman."


def test_clock_goes_on_while_waiting_if_the_term_says_so(waste_officer, no_holidays):
    question = factories.category("question")
    models.ComplaintTerm.objects.create(
        kind="answer", category=question, days=5, valid_from=date(2026, 1, 1), basis="Contoh", pauses=False
    )
    case = factories.triaged(waste_officer, category=question)
    actions.ask(complaint=case, text="Di jembatan mana?", by=waste_officer, at=AT + DAY)
    back = actions.reply(complaint=case, text="Jembatan Kauman.", at=AT + 5 * DAY)
    assert (back.paused_days, back.due_on) == (0, date(2026, 1, 15))


def test_silence_of_the_reporter_ends_after_the_term(waste_officer, no_holidays):
    case = factories.triaged(waste_officer)
    actions.ask(complaint=case, text="Di mana?", by=waste_officer, at=AT)  # ten working days: 22 January
    assert actions.time_out_questions(at=datetime(2026, 1, 22, 16, 0, tzinfo=UTC)) == 0
    assert actions.time_out_questions(at=datetime(2026, 1, 22, 18, 0, tzinfo=UTC)) == 1
    assert actions.time_out_questions(at=datetime(2026, 1, 23, 18, 0, tzinfo=UTC)) == 0
    case.refresh_from_db()
    assert case.state == ComplaintState.TRIAGED
    assert case.steps.last().public_text == (
        "Pelapor belum menjawab sampai 22 Januari 2026. Kami melanjutkan dengan keterangan yang ada."
    )


def test_reporter_reopens_within_the_term_only(waste_officer, no_holidays):
    case = factories.closed(waste_officer, category=factories.category("question"), contact=factories.CONTACT)
    assert case.reporter_row.anonymise_on == date(2026, 7, 7)
    with pytest.raises(actions.ComplaintRefused, match="sudah lewat"):
        actions.reopen(complaint=case, reason="Masih merah", by=None, at=datetime(2026, 1, 23, 2, 0, tzinfo=UTC))
    back = actions.reopen(complaint=case, reason="Masih merah", by=None, at=datetime(2026, 1, 22, 2, 0, tzinfo=UTC))
    assert (back.state, back.due_on) == (ComplaintState.REOPENED, date(2026, 1, 29))
    assert back.handlings.get().state == HandlingState.ACTIVE
    case.reporter_row.refresh_from_db()
    assert case.reporter_row.anonymise_on is None
    assert "Masih merah" not in "".join(back.steps.values_list("public_text", flat=True))


def test_promise_kept_at_the_first_answer_survives_reopening(waste_officer, no_holidays):
    case = factories.closed(waste_officer, category=factories.category("question"))
    actions.reopen(complaint=case, reason="Lagi", by=waste_officer, at=AT + 7 * DAY)
    again = actions.answer(complaint=case, text="Sudah.", by=waste_officer, at=AT + 40 * DAY)
    assert (again.first_answered_at, again.first_due_on) == (AT, date(2026, 1, 15))


def test_joined_case_follows_and_takes_its_own_followers_along(waste_officer):
    one, two = factories.triaged(waste_officer), factories.triaged(waste_officer)
    follower = factories.filed(parent=one)
    joined = actions.join(complaint=one, parent=two, by=waste_officer, at=AT)
    follower.refresh_from_db()
    assert (joined.state, joined.lead_case, follower.parent) == (ComplaintState.JOINED, two, two)
    with pytest.raises(actions.ComplaintRefused, match="Pilih induknya"):
        actions.join(complaint=two, parent=one, by=waste_officer, at=AT)


def test_retention_of_followers_begins_with_the_case_they_follow(waste_officer):
    case = factories.triaged(waste_officer)
    follower = factories.filed(parent=case, contact=factories.CONTACT)
    actions.answer(complaint=case, text="Sudah.", by=waste_officer, at=AT)
    actions.close(complaint=case, text="Selesai.", by=waste_officer, at=AT)
    assert models.Reporter.objects.get(complaint=follower).anonymise_on == date(2026, 7, 7)


def test_split_makes_a_second_case_without_the_reporter(waste_officer):
    case = factories.triaged(waste_officer, contact=factories.CONTACT)
    part = actions.split(
        complaint=case, category=factories.category("smell"), description="Bau dari gudang", by=waste_officer, at=AT
    )
    assert (part.split_from, part.state, part.received_at) == (case, ComplaintState.TRIAGED, case.received_at)
    assert lead_of(part) == "dlh-kota"
    assert models.Reporter.objects.get().complaint == case


def test_handover_moves_the_lead_only_when_the_receiver_accepts(waste_officer):
    case = factories.triaged(waste_officer)
    province = factories.agency("dlhk-provinsi")
    offer = actions.offer_handover(complaint=case, receiver=province, reason="Sungai provinsi", by=waste_officer, at=AT)
    assert lead_of(case) == "dlh-kota"
    with pytest.raises(actions.ComplaintRefused, match="nomor surat"):
        actions.decide_handover(handover=offer, accepted=True, decided_on=date(2026, 1, 8), by=waste_officer, at=AT)
    actions.decide_handover(
        handover=offer, accepted=True, decided_on=date(2026, 1, 8), reference="660/12/2026", by=waste_officer, at=AT
    )
    case.refresh_from_db()
    assert (case.state, lead_of(case)) == (ComplaintState.EXTERNAL, "dlhk-provinsi")
    lead = case.handlings.get(role=HandlingRole.LEAD)
    assert (lead.accepted_on, lead.acceptance_reference) == (date(2026, 1, 8), "660/12/2026")
    assert case.handlings.get(role=HandlingRole.PARTNER).state == HandlingState.DONE


def test_declined_handover_leaves_the_sender_responsible(waste_officer):
    case = factories.triaged(waste_officer)
    offer = actions.offer_handover(
        complaint=case, receiver=factories.agency("wilayah-sungai"), reason="Tanggul", by=waste_officer, at=AT
    )
    declined = actions.decide_handover(
        handover=offer, accepted=False, decided_on=date(2026, 1, 8), text="Bukan wewenang", by=waste_officer, at=AT
    )
    case.refresh_from_db()
    assert (declined.state, case.state, lead_of(case)) == (HandoverState.DECLINED, ComplaintState.TRIAGED, "dlh-kota")


def test_our_own_people_accept_for_our_own_office(waste_officer, waste_head, market_officer):
    case = factories.triaged(waste_officer)
    offer = actions.offer_handover(
        complaint=case, receiver=factories.agency("dlhk-provinsi"), reason="Provinsi", by=waste_officer, at=AT
    )
    day = date(2026, 1, 8)
    actions.decide_handover(handover=offer, accepted=True, decided_on=day, reference="1", by=waste_officer, at=AT)
    back = actions.offer_handover(
        complaint=case, receiver=factories.agency(), reason="Sumbernya di kota", by=waste_officer, at=AT
    )
    with pytest.raises(actions.ComplaintRefused, match="Hanya petugas DLH"):
        actions.decide_handover(handover=back, accepted=True, decided_on=day, by=market_officer, at=AT)
    with pytest.raises(actions.ComplaintRefused, match="Anda sendiri"):
        actions.decide_handover(handover=back, accepted=True, decided_on=day, by=waste_officer, at=AT)
    actions.decide_handover(handover=back, accepted=True, decided_on=day, by=waste_head, at=AT)
    assert lead_of(case) == "dlh-kota"


def test_agency_outside_has_its_own_clock_from_its_acceptance(waste_officer, no_holidays):
    case = factories.triaged(waste_officer, category=factories.category("question"), is_outside_city=True)
    part = case.handlings.get(role=HandlingRole.PARTNER)
    later = AT + 4 * DAY
    actions.record_forwarding(handling=part, forwarded_on=date(2026, 1, 9), by=waste_officer, at=later)
    with pytest.raises(actions.ComplaintRefused, match="nomor surat"):
        actions.record_acceptance(
            handling=part, accepted_on=date(2026, 1, 12), reference=" ", by=waste_officer, at=later
        )
    held = actions.record_acceptance(
        handling=part, accepted_on=date(2026, 1, 12), reference="660/9", by=waste_officer, at=later
    )
    assert (held.state, held.due_on, case.due_on) == (HandlingState.ACTIVE, date(2026, 1, 19), date(2026, 1, 15))
    done = actions.finish_part(
        handling=held, sentence="Sumbernya sudah ditutup.", done=True, by=waste_officer, at=later
    )
    assert (done.state, done.public_sentence) == (HandlingState.DONE, "Sumbernya sudah ditutup.")


def test_lead_cannot_just_finish(waste_officer):
    case = factories.triaged(waste_officer)
    with pytest.raises(actions.ComplaintRefused, match="bersama laporannya"):
        actions.finish_part(handling=case.handlings.get(), sentence="Sudah", done=True, by=waste_officer, at=AT)


def test_reading_the_reporter_is_logged_with_its_purpose(waste_officer):
    case = factories.filed(contact=factories.CONTACT)
    shown = actions.reveal(reporter=case.reporter_row, purpose="Menanyakan letak", by=waste_officer)
    assert shown == {"name": "Warga Contoh", "phone": "+6281200001234", "email": "warga@contoh.invalid"}
    logged = AccessEvent.objects.get()
    assert (logged.user, logged.purpose, logged.subject_label) == (waste_officer, "Menanyakan letak", case.number)
    assert logged.fields == ["email", "name", "phone"]


def test_contact_goes_on_its_day_unless_it_is_held(waste_officer):
    free = factories.closed(waste_officer, contact=factories.CONTACT)
    held = factories.closed(waste_officer, contact=factories.CONTACT)
    actions.put_on_hold(complaint=held, reason="Perkara 12/2026", by=waste_officer, at=AT)
    assert actions.anonymise_due(at=datetime(2026, 7, 6, 2, 0, tzinfo=UTC)) == 0
    assert actions.anonymise_due(at=datetime(2026, 7, 7, 2, 0, tzinfo=UTC)) == 1
    assert actions.anonymise_due(at=datetime(2026, 7, 8, 2, 0, tzinfo=UTC)) == 0
    gone, kept = models.Reporter.objects.get(complaint=free), models.Reporter.objects.get(complaint=held)
    assert (gone.name, gone.phone, gone.email) == (None, None, None)
    assert kept.phone.reveal() == "+6281200001234"
    free.refresh_from_db()
    assert (free.description, free.answer) == ("", "Sudah diperiksa.")
    actions.put_on_hold(complaint=held, reason="", by=waste_officer, at=AT)
    assert actions.anonymise_due(at=datetime(2026, 7, 8, 2, 0, tzinfo=UTC)) == 1


def test_what_was_typed_never_enters_the_history(waste_officer):
    case = factories.closed(waste_officer, contact=factories.CONTACT, description="Saya, Warga Contoh, melihatnya")
    actions.reopen(complaint=case, reason="Saya, Warga Contoh, masih melihatnya", by=None, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'wastewater_%%event'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = ""
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(row_to_json(e)::text, ' '), '') FROM \"{table}\" e")
            rows += cursor.fetchone()[0]
    assert case.number in rows
    assert "Warga Contoh" not in rows


@pytest.mark.django_db(transaction=True)
def test_two_officers_moving_one_case_at_once_leave_one_line(waste_officer):
    case = factories.triaged(waste_officer)
    refused = []

    def move() -> None:
        try:
            actions.assign(complaint=case, by=waste_officer, at=AT)
        except actions.ComplaintRefused:
            refused.append(1)
        finally:
            connection.close()

    threads = [Thread(target=move) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert case.steps.filter(state="assigned").count() == 1


@pytest.mark.django_db(transaction=True)
def test_form_sent_many_times_at_once_is_one_complaint():
    numbers = []

    def send() -> None:
        try:
            numbers.append(factories.filed(secret="k" * 32).number)
        finally:
            connection.close()

    threads = [Thread(target=send) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 5
    assert len(set(numbers)) == 1
    assert models.Complaint.objects.count() == 1


def test_handing_over_twice_is_refused(waste_officer):
    case = factories.triaged(waste_officer)
    province = factories.agency("dlhk-provinsi")
    actions.offer_handover(complaint=case, receiver=province, reason="a", by=waste_officer, at=AT)
    with pytest.raises(actions.ComplaintRefused, match="belum diputuskan"):
        actions.offer_handover(
            complaint=case, receiver=factories.agency("wilayah-sungai"), reason="b", by=waste_officer, at=AT
        )


def test_ward_of_the_form_is_kept():
    assert factories.filed(ward=portal.ward("Klego")).ward.name == "Klego"


def test_the_field_check_has_its_own_deadline_by_category(no_holidays, waste_officer):
    case = factories.filed(category=factories.category("coloured-water"))
    assert case.verification_due_on == date(2026, 1, 28)
    assert factories.filed(category=factories.category("question")).verification_due_on is None

    actions.triage(complaint=case, category=factories.category("question"), ward=case.ward, moderation="facts",
                   public_text="", sentence="", by=waste_officer, at=factories.RECEIVED)  # fmt: skip
    case.refresh_from_db()
    assert case.verification_due_on is None


def test_who_goes_and_looks_meets_the_deadline_of_the_field_check(no_holidays, waste_officer):
    unseen, case = factories.triaged(waste_officer), factories.triaged(waste_officer)
    actions.start_field_check(complaint=case, by=waste_officer, at=factories.RECEIVED)
    assert models.Complaint.objects.get(pk=case.pk).verified_on == date(2026, 1, 8)
    assert list(figures.unverified(date(2026, 1, 28))) == []
    assert list(figures.unverified(date(2026, 1, 29))) == [unseen]
