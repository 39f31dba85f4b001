"""Complaints: what the database refuses by raw SQL, whoever asks."""

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.utils import ProgrammingError

from tests.factories import complaints as factories
from wastewater.actions import complaints as actions
from wastewater.models import complaints as models

pytestmark = pytest.mark.django_db

AT = factories.RECEIVED


def sql(statement: str, *values) -> None:
    """Run it and let deferred constraints speak, as at the end of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("state", ["closed", "answered", "assigned", "in_field", "reopened", "external"])
def test_received_case_cannot_be_written_into_a_later_state(state):
    case = factories.filed()
    with pytest.raises((InternalError, ProgrammingError, IntegrityError)):
        sql("UPDATE wastewater_complaint SET state = %s WHERE id = %s", state, case.pk)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'triaged'", "complaint_is_read_before_it_moves"),
        ("parent_id = id", "complaint_joined_has_parent"),
        ("latitude = -6.2, longitude = 106.8", "complaint_in_the_region"),
        ("latitude = -6.89, longitude = NULL", "complaint_in_the_region"),
        ("ward_id = NULL", "complaint_says_where"),
        ("moderation = 'text'", "complaint_public_text_is_written"),
        ("satisfaction = 'not'", "complaint_satisfaction_has_time"),
        ("first_answered_at = now()", "complaint_first_answer_keeps_its_promise"),
    ],
)
def test_impossible_received_case_is_refused(change, constraint):
    case = factories.filed()
    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE wastewater_complaint SET {change} WHERE id = {case.pk}")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'answered'", "complaint_answered_has_text"),
        ("state = 'rejected'", "complaint_rejected_has_reason"),
        ("state = 'waiting'", "complaint_waiting_knows_the_way_back"),
        ("state = 'joined'", "cannot join a joined complaint"),
    ],
)
def test_triaged_case_moves_with_what_the_state_must_carry(change, constraint, waste_officer):
    case = factories.triaged(waste_officer)
    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE wastewater_complaint SET {change} WHERE id = {case.pk}")


@pytest.mark.parametrize(("change", "made"), [("closing = ''", "closed"), ("answer = ''", "answered")])
def test_text_of_an_ended_case_cannot_be_emptied(change, made, waste_officer):
    case = getattr(factories, made)(waste_officer)
    with pytest.raises(IntegrityError, match=f"complaint_{made}_has_text"):
        sql(f"UPDATE wastewater_complaint SET {change} WHERE id = {case.pk}")


def test_case_cannot_join_one_that_is_joined_or_keep_followers_of_its_own(waste_officer):
    parent = factories.triaged(waste_officer)
    joined = factories.filed(parent=parent)
    other = factories.filed()
    with pytest.raises(IntegrityError, match="cannot join a joined complaint"):
        sql("UPDATE wastewater_complaint SET state = 'joined', parent_id = %s WHERE id = %s", joined.pk, other.pk)
    with pytest.raises(IntegrityError, match="has joined complaints of its own"):
        sql("UPDATE wastewater_complaint SET state = 'joined', parent_id = %s WHERE id = %s", other.pk, parent.pk)


def test_case_has_exactly_one_lead(waste_officer):
    case = factories.filed(is_outside_city=True)
    with pytest.raises(IntegrityError, match="has 0 leads"):
        sql("DELETE FROM wastewater_agencyhandling WHERE complaint_id = %s AND role = 'lead'", case.pk)
    with pytest.raises(IntegrityError, match="has 0 leads"):
        sql("UPDATE wastewater_agencyhandling SET role = 'partner' WHERE complaint_id = %s", case.pk)
    with pytest.raises(IntegrityError, match="one_lead_per_complaint"):
        sql(
            "UPDATE wastewater_agencyhandling SET role = 'lead', state = 'active'"
            " WHERE role = %s AND complaint_id = %s",
            "partner",
            case.pk,
        )


def test_case_without_any_agency_is_refused():
    case = factories.filed()
    columns = ", ".join(
        field.column for field in models.Complaint._meta.local_fields if field.column not in ("id", "public_id",
                                                                                             "number", "token_hash")
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="has 0 leads"):
        sql(
            f"INSERT INTO wastewater_complaint (public_id, number, token_hash, {columns})"
            f" SELECT gen_random_uuid(), '2601-x', 'x', {columns} FROM wastewater_complaint WHERE id = %s",
            case.pk,
        )


def test_lead_is_never_an_agency_that_has_not_accepted():
    case = factories.filed()
    with pytest.raises(IntegrityError, match="lead_is_never_waiting"):
        sql("UPDATE wastewater_agencyhandling SET state = 'waiting' WHERE complaint_id = %s", case.pk)


def test_timeline_is_append_only():
    step = factories.filed().steps.get()
    for statement in ("UPDATE wastewater_complaintstep SET note = 'x'", "DELETE FROM wastewater_complaintstep"):
        with pytest.raises(InternalError, match="Cannot"):
            sql(f"{statement} WHERE id = %s", step.pk)


def test_decided_handover_stays_decided(waste_officer):
    case = factories.triaged(waste_officer)
    offer = actions.offer_handover(
        complaint=case, receiver=factories.agency("dlhk-provinsi"), reason="a", by=waste_officer, at=AT
    )
    actions.withdraw_handover(handover=offer, by=waste_officer, at=AT)
    with pytest.raises((InternalError, ProgrammingError)):
        sql("UPDATE wastewater_handover SET state = 'accepted' WHERE id = %s", offer.pk)


def test_terms_of_the_past_cannot_be_deleted():
    with pytest.raises(InternalError, match="Cannot delete"):
        sql("DELETE FROM wastewater_complaintterm")


def test_erased_reporter_holds_nothing_and_a_known_one_something():
    case = factories.filed(contact=factories.CONTACT)
    with pytest.raises(IntegrityError, match="reporter_is_known_or_erased"):
        sql("UPDATE wastewater_reporter SET anonymised_at = now() WHERE complaint_id = %s", case.pk)
    with pytest.raises(IntegrityError, match="reporter_is_known_or_erased"):
        sql("UPDATE wastewater_reporter SET name = NULL, phone = NULL, email = NULL, wants_messages = false")


def test_words_for_people(waste_officer):
    case = factories.triaged(waste_officer, contact=factories.CONTACT)
    actions.ask(complaint=case, text="Di mana?", by=waste_officer, at=AT)
    offer = actions.offer_handover(
        complaint=case, receiver=factories.agency("dlhk-provinsi"), reason="a", by=waste_officer, at=AT
    )
    draft = actions.start_draft(secret="x" * 30, facts={}, at=AT)
    assert [
        str(one)
        for one in (
            case,
            case.category,
            case.handlings.get(),
            offer,
            case.reporter_row,
            case.questions.get(),
            case.steps.first(),
            case.term,
            models.RoutingRule.objects.get(place=100),
            models.ResponseTemplate.objects.get(kind="close"),
            models.ColourHint.objects.get(colour="red"),
            draft,
        )
    ] == [
        case.number,
        "Air sungai atau saluran berwarna",
        f"DLH Kota Pekalongan – {case.number}",
        "DLH Kota Pekalongan → Dinas lingkungan hidup Provinsi Jawa Tengah",
        case.number,
        "Di mana?",
        f"{case.number}: Keadaan berubah",
        "Jawaban: 60 hari kerja",
        "100. DLH Kota Pekalongan",
        "Selesai",
        "Merah",
        "2026-01-08 02:00",
    ]
