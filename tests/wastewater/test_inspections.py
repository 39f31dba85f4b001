"""Inspections: the plan, the checklist, the signed report that the database keeps as it is."""

import hashlib
import json

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import inspections as make
from tests.factories import portal
from tests.factories import wastewater as waste
from wastewater.actions import inspections as actions
from wastewater.choices.inspections import AnswerStatus, InspectionState, NotInspectedReason, SubjectSignature
from wastewater.documents.inspections import report_pdf
from wastewater.models import ChecklistAnswer, Inspection, InspectionMember

pytestmark = pytest.mark.django_db
AT = make.AT


def refused(sql: str, *values) -> bool:
    """Whether the database itself refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


def test_an_inspection_goes_from_the_plan_to_the_closed_file():
    officer = portal.UserFactory()
    found = actions.close_inspection(inspection=make.signed(by=officer), by=officer, at=AT)

    assert found.state == InspectionState.CLOSED
    assert found.report_sha256 == hashlib.sha256(found.report_facts.encode()).hexdigest()
    facts = json.loads(found.report_facts)
    assert [row[0] for row in facts["team"]["rows"]] == ["Petugas Contoh", "Anggota Contoh"]
    assert facts["signatures"]["subject"] == [["Wakil Usaha Contoh", "–"]]


def test_no_start_without_letter_and_team():
    with pytest.raises(actions.InspectionRefused, match="surat tugas"):
        actions.start_inspection(inspection=make.planned(), started_at=AT, by=None, at=AT)


def test_a_team_has_exactly_one_lead():
    team = [actions.Member("Satu"), actions.Member("Dua")]
    with pytest.raises(actions.InspectionRefused, match="satu ketua"):
        actions.assign_team(inspection=make.planned(), number="1", assigned_on=AT.date(), members=team, by=None, at=AT)


def test_a_refused_signature_needs_a_reason():
    drafted = make.drafted()
    with pytest.raises(actions.InspectionRefused, match="alasan"):
        actions.sign_report(inspection=drafted, signature=SubjectSignature.REFUSED, by=drafted.drafted_by, at=AT)
    signed = actions.sign_report(
        inspection=drafted,
        signature=SubjectSignature.REFUSED,
        refusal_reason="Pemilik tidak bersedia.",
        by=drafted.drafted_by,
        at=AT,
    )
    assert json.loads(signed.report_facts)["signatures"]["refusal"] == (
        "Menolak menandatangani. Alasan: Pemilik tidak bersedia."
    )


def test_the_database_keeps_a_signed_report_and_all_that_belongs_to_it():
    signed = make.signed()
    answer = ChecklistAnswer.objects.filter(inspection=signed)[0]
    member = InspectionMember.objects.filter(inspection=signed)[0]

    assert refused("UPDATE wastewater_inspection SET conclusion = 'lain' WHERE id = %s", signed.pk)
    assert refused("UPDATE wastewater_inspection SET state = 'ongoing' WHERE id = %s", signed.pk)
    assert refused("UPDATE wastewater_inspection SET report_facts = '{}' WHERE id = %s", signed.pk)
    assert refused("DELETE FROM wastewater_inspection WHERE id = %s", signed.pk)
    assert refused("UPDATE wastewater_checklistanswer SET status = 'fails' WHERE id = %s", answer.pk)
    assert refused("DELETE FROM wastewater_checklistanswer WHERE id = %s", answer.pk)
    assert refused("UPDATE wastewater_inspectionmember SET name = 'lain' WHERE id = %s", member.pk)
    assert refused("UPDATE wastewater_sitefacts SET workers_count = 1 WHERE inspection_id = %s", signed.pk)
    assert refused("UPDATE wastewater_checklistitem SET question = 'lain' WHERE id = %s", answer.item_id)


def test_the_database_refuses_a_report_whose_fingerprint_does_not_fit():
    drafted = make.drafted()
    assert refused(
        "UPDATE wastewater_inspection SET state = 'signed', signed_by_id = drafted_by_id, signed_at = now(),"
        " subject_signature = 'signed', subject_signer = 'A', report_facts = '{}', report_sha256 = repeat('0', 64)"
        " WHERE id = %s",
        drafted.pk,
    )


def test_the_database_refuses_jumps_and_births_in_the_middle():
    planned = make.planned()
    assert refused("UPDATE wastewater_inspection SET state = 'signed' WHERE id = %s", planned.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Inspection.objects.create(
            enterprise=planned.enterprise, ward=planned.ward, kind="regular", origin="plan", year=2024, quarter=1,
            reason="x", state="closed",
        )  # fmt: skip


def test_an_addendum_follows_a_signed_report_only_and_stays():
    drafted = make.drafted()
    with pytest.raises(actions.InspectionRefused):
        actions.add_addendum(inspection=drafted, text="Tambahan", by=drafted.drafted_by, at=AT)
    signed = make.signed()
    addendum = actions.add_addendum(inspection=signed, text="Tambahan", by=signed.signed_by, at=AT)

    assert refused("UPDATE wastewater_reportaddendum SET text = 'lain' WHERE id = %s", addendum.pk)
    assert refused("DELETE FROM wastewater_reportaddendum WHERE id = %s", addendum.pk)


def test_the_pdf_of_a_signed_report_comes_from_its_snapshot():
    signed = make.signed()
    before = report_pdf(signed, at=AT)
    type(signed.enterprise).objects.filter(pk=signed.enterprise_id).update(name="Nama Baru")

    after = report_pdf(Inspection.objects.get(pk=signed.pk), at=AT)

    assert before == after
    assert before[:5] == b"%PDF-"


def test_could_not_inspect_ends_it_and_leads_to_one_new_plan():
    officer = portal.UserFactory()
    ended = actions.record_impossible(
        inspection=make.planned(), reason=NotInspectedReason.WEATHER, note="Rob", by=officer, at=AT
    )
    again = actions.plan_again(inspection=ended, year=2024, quarter=2, month=None, reason="Diulang", by=officer, at=AT)

    assert (again.replaces, again.state) == (ended, InspectionState.PLANNED)
    with pytest.raises(actions.InspectionRefused, match="sudah direncanakan"):
        actions.plan_again(inspection=ended, year=2024, quarter=3, month=None, reason="Lagi", by=officer, at=AT)
    assert refused("UPDATE wastewater_inspection SET state = 'ongoing' WHERE id = %s", ended.pk)


def test_closed_and_merged_businesses_are_never_planned():
    with pytest.raises(actions.InspectionRefused, match="tutup"):
        make.planned(subject=portal.EnterpriseFactory(status="closed"))


def test_answers_are_saved_by_aspect_and_keep_what_was_there():
    officer = portal.UserFactory()
    found = make.ongoing(by=officer)
    rows = make.answers(found)
    actions.record_answers(inspection=found, answers=rows, by=officer, at=AT)
    actions.record_answers(
        inspection=found, answers=[actions.Answer(rows[0].item, AnswerStatus.FAILS)], by=officer, at=AT
    )

    assert list(found.answers.values_list("status", flat=True)) == ["fails", *["complies"] * (len(rows) - 1)]


def test_a_sample_of_somebody_else_is_not_linked():
    found = make.ongoing()
    stranger, own = waste.SampleFactory(), waste.SampleFactory(point__enterprise=found.enterprise)

    with pytest.raises(actions.InspectionRefused, match="bukan dari titik"):
        actions.link_sample(inspection=found, sample=stranger, handover_number="", by=None, at=AT)
    actions.link_sample(inspection=found, sample=own, handover_number="BA-1", by=None, at=AT)
    with pytest.raises(actions.InspectionRefused, match="sudah tercatat"):
        actions.link_sample(inspection=make.ongoing(subject=found.enterprise), sample=own, handover_number="",
                            by=None, at=AT)  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"quarter": 2, "month": 1},
        {"quarter": 5},
        {"origin": "complaint", "kind": "regular"},
        {"reason": ""},
    ],
)
def test_the_database_refuses_plans_that_do_not_fit(changes):
    enterprise = portal.EnterpriseFactory()
    facts = {"enterprise": enterprise, "ward": enterprise.ward, "kind": "regular", "origin": "plan", "year": 2024,
             "quarter": 1, "reason": "x"} | changes  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Inspection.objects.create(**facts)
