"""Enforcement: the legal ladder step by step, and that no path leads to a sanction on a cleared firm."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from batikportal.choices import MessageState
from batikportal.models import OutboxMessage
from tests.factories import inspections as make
from tests.factories import portal
from tests.wastewater.test_inspections import refused
from wastewater.actions import enforcement as actions
from wastewater.actions import findings, notices
from wastewater.choices.enforcement import DecisionState, ObjectionOutcome
from wastewater.documents.enforcement import decision_facts, decision_pdf
from wastewater.models import EnforcementDecision, Finding, Notice
from wastewater.rules import enforcement as rules

pytestmark = pytest.mark.django_db
AT, AFTER, LATER, MUCH_LATER = make.AT, make.AFTER, make.LATER, make.MUCH_LATER


def person():
    return portal.UserFactory()


def cure(finding):
    return findings.record_cure(finding=finding, cured_on=date(2024, 4, 2), note="Ditutup.", by=person(), at=LATER)


def only_finding(case) -> Finding:
    return case.findings.get()


def test_a_decision_goes_up_the_ladder_and_is_met():
    found = make.decision("in_force")
    item = found.items.get()
    with pytest.raises(actions.EnforcementRefused, match="belum diperiksa"):
        actions.end_met(decision=found, note="x", by=person(), at=LATER)
    done = actions.record_done(item=item, done_on=LATER.date(), evidence_note="Foto", by=person(), at=LATER)
    actions.verify_item(item=done, by=person(), at=LATER)

    met = actions.end_met(decision=found, note="Semua dilaksanakan.", by=person(), at=LATER)

    assert met.state == DecisionState.MET
    closed = actions.close_case(case=met.case, outcome="resolved", note="Selesai.", by=person(), at=LATER)
    assert closed.state == "closed"
    with pytest.raises(actions.EnforcementRefused, match="sudah ditutup"):
        actions.add_milestone(case=closed, text="x", due_on=date(2024, 5, 1), by=person(), at=LATER)


def test_the_drafter_does_not_approve():
    officer = person()
    found = actions.draft_decision(case=make.case(), draft=make.draft(), by=officer, at=AFTER)
    with pytest.raises(actions.EnforcementRefused, match="orang lain"):
        actions.approve_decision(decision=found, decree_number="1", decree_on=AFTER.date(), by=officer, at=AFTER)
    assert refused(
        "UPDATE wastewater_enforcementdecision SET state = 'approved', approved_by_id = created_by_id,"
        " approved_at = now(), decree_number = '1', decree_on = '2024-03-25' WHERE id = %s",
        found.pk,
    )


def test_a_fine_is_recorded_and_never_computed():
    found = actions.draft_decision(case=make.case(), draft=make.draft("fine"), by=person(), at=AFTER)
    with pytest.raises(actions.EnforcementRefused, match="tidak menghitungnya"):
        actions.approve_decision(decision=found, decree_number="1", decree_on=AFTER.date(), by=person(), at=AFTER)
    approved = actions.approve_decision(
        decision=found, decree_number="1", decree_on=AFTER.date(), fine_idr=12_500_000, by=person(), at=AFTER
    )
    assert approved.fine_idr == 12_500_000


def test_coercion_names_its_form():
    with pytest.raises(actions.EnforcementRefused, match="bentuk paksaan"):
        actions.draft_decision(case=make.case(), draft=make.draft("coercion"), by=person(), at=AFTER)


def test_the_term_of_an_objection_is_21_working_days_and_of_its_decision_10():
    found = make.decision("served")
    assert found.objection_due_on == date(2024, 4, 23)
    objection = actions.record_objection(
        decision=found, submitted_on=date(2024, 4, 3), text="Keberatan", by=person(), at=LATER
    )
    assert (objection.outcome, objection.decision_due_on) == (ObjectionOutcome.WAITING, date(2024, 4, 17))
    actions.decide_objection(objection=objection, outcome="granted", reason="Benar.", by=person(), at=LATER)
    found.refresh_from_db()
    assert found.state == DecisionState.LIFTED


def test_a_late_objection_is_recorded_as_not_admitted():
    found = make.decision("served")
    late = actions.record_objection(
        decision=found, submitted_on=date(2024, 4, 24), text="Terlambat", by=person(), at=MUCH_LATER
    )
    assert late.outcome == ObjectionOutcome.LATE


def test_only_a_person_escalates_and_only_upwards():
    found = make.decision("breached")
    with pytest.raises(actions.EnforcementRefused, match="lebih berat"):
        actions.escalate(decision=found, draft=make.draft(), note="x", by=person(), at=MUCH_LATER)
    heavier = make.draft("coercion", coercion_forms=["outfall"])
    made = actions.escalate(decision=found, draft=heavier, note="Diabaikan.", by=person(), at=MUCH_LATER)
    found.refresh_from_db()
    assert (found.state, made.state, made.follows) == (DecisionState.ESCALATED, DecisionState.DRAFTED, found)


def test_a_breach_needs_an_order_past_its_deadline():
    found = make.decision("in_force")
    with pytest.raises(actions.EnforcementRefused, match="lewat tenggat"):
        actions.record_breach(decision=found, by=person(), at=LATER)
    item = actions.extend_item(
        item=found.items.get(), until=date(2024, 12, 31), reason="Bahan belum datang.", by=person(), at=LATER
    )
    assert item.deadline == date(2024, 12, 31)
    with pytest.raises(actions.EnforcementRefused, match="lewat tenggat"):
        actions.record_breach(decision=found, by=person(), at=MUCH_LATER)
    assert refused("UPDATE wastewater_ordereditem SET extended_until = NULL WHERE id = %s", item.pk)


def test_orders_and_decisions_stay_as_they_were_approved():
    found = make.decision("approved")
    item = found.items.get()
    assert refused("UPDATE wastewater_ordereditem SET due_on = '2024-04-01' WHERE id = %s", item.pk)
    assert refused("UPDATE wastewater_ordereditem SET text = 'lain' WHERE id = %s", item.pk)
    assert refused("DELETE FROM wastewater_ordereditem WHERE id = %s", item.pk)
    assert refused("UPDATE wastewater_enforcementdecision SET considerations = 'lain' WHERE id = %s", found.pk)
    assert refused("DELETE FROM wastewater_enforcementdecision WHERE id = %s", found.pk)


def test_a_milestone_ninety_days_late_is_marked():
    assert rules.days_late(date(2024, 1, 1), None, date(2024, 3, 31)) == 90
    assert rules.days_late(date(2024, 1, 1), date(2024, 1, 1), date(2024, 3, 31)) == 0
    assert rules.days_late(date(2024, 5, 1), None, date(2024, 3, 31)) == 0


# No sanction while the right of reply runs, and none on a cleared firm: by every path.


@pytest.mark.parametrize("how", ["open", "told", "dropped", "cured"])
def test_no_case_without_an_upheld_uncured_finding(how):
    found = {
        "open": make.finding,
        "told": make.told,
        "cured": make.cured,
        "dropped": lambda: make.decided(outcome="dropped"),
    }[how]()
    with pytest.raises(actions.EnforcementRefused, match="dikuatkan dan belum diperbaiki"):
        actions.open_case(findings=[found], title="x", by=person(), at=AFTER)
    other = make.case(subject=found.enterprise)
    assert refused("INSERT INTO wastewater_casefinding (case_id, finding_id) VALUES (%s, %s)", other.pk, found.pk)


def test_a_finding_of_another_firm_carries_no_case():
    case, stranger = make.case(), make.decided()
    assert refused("INSERT INTO wastewater_casefinding (case_id, finding_id) VALUES (%s, %s)", case.pk, stranger.pk)


def test_a_cleared_firm_gets_no_new_decision():
    case = make.case()
    cure(only_finding(case))
    with pytest.raises(actions.EnforcementRefused, match="sudah bersih"):
        actions.draft_decision(case=case, draft=make.draft(), by=person(), at=LATER)
    assert refused(
        "INSERT INTO wastewater_enforcementdecision (public_id, case_id, kind, coercion_forms, considerations, state,"
        " decree_number, served_to, ending_note, source)"
        " VALUES (gen_random_uuid(), %s, 'warning', '{}', 'x', 'drafted', '', '', '', 'form')",
        case.pk,
    )


STEPS = {
    "drafted": lambda one: actions.approve_decision(
        decision=one, decree_number="9", decree_on=LATER.date(), by=person(), at=LATER
    ),
    "approved": lambda one: actions.serve_decision(
        decision=one, served_on=LATER.date(), served_to="x", by=person(), at=LATER
    ),
    "served": lambda one: actions.put_in_force(decision=one, in_force_on=LATER.date(), by=person(), at=LATER),
    "in_force": lambda one: actions.record_breach(decision=one, by=person(), at=MUCH_LATER),
    "breached": lambda one: actions.escalate(
        decision=one, draft=make.draft("suspension"), note="x", by=person(), at=MUCH_LATER
    ),
}
NEXT = {
    "drafted": "state = 'approved', approved_by_id = (SELECT max(id) FROM batikportal_user), approved_at = now(),"
    " decree_number = '9', decree_on = '2024-04-04'",
    "approved": "state = 'served', served_on = '2024-04-04', served_to = 'x', objection_due_on = '2024-05-04'",
    "served": "state = 'in_force', in_force_on = '2024-04-04'",
    "in_force": "state = 'breached'",
    "breached": "state = 'escalated', ended_at = now(), ended_by_id = approved_by_id, ending_note = 'x'",
}


@pytest.mark.parametrize("state", list(STEPS))
def test_no_step_of_a_decision_burdens_a_cleared_firm(state):
    found = make.decision(state)
    person()
    sql = f"UPDATE wastewater_enforcementdecision SET {NEXT[state]} WHERE id = %s"
    with transaction.atomic():
        assert not refused(sql, found.pk)  # the statement itself is in order …
        transaction.set_rollback(True)
    cure(only_finding(found.case))

    with pytest.raises(actions.EnforcementRefused, match="sudah bersih"):
        STEPS[state](found)
    assert refused(sql, found.pk)  # … and only the cleared finding stands in its way


def test_what_is_left_of_a_cleared_firms_decision_can_only_end():
    found = make.decision("in_force")
    cure(only_finding(found.case))
    assert actions.lift(decision=found, reason="Sudah diperbaiki.", by=person(), at=LATER).state == "lifted"


def test_one_cleared_finding_of_two_leaves_the_other_standing():
    enterprise = portal.MembershipFactory().enterprise
    one, two = make.decided(subject=enterprise), make.decided(subject=enterprise)
    case = actions.open_case(findings=[one, two], title="x", by=person(), at=AFTER)
    cure(one)
    draft = make.draft(without_coaching_reason="Mendesak.")
    assert actions.draft_decision(case=case, draft=draft, by=person(), at=LATER).state == "drafted"


def remind(found, days_before: int = 2) -> OutboxMessage:
    """The reminder of the only order, queued by the daily job shortly before its deadline."""
    deadline = found.items.get().deadline
    at = datetime(deadline.year, deadline.month, deadline.day - days_before, 2, 0, tzinfo=UTC)
    notices.send_reminders(at=at)
    return OutboxMessage.objects.get(pk=Notice.objects.get(item__isnull=False).message_id)


@pytest.mark.parametrize("path", ["cured", "verified order", "lifted", "raw cure", "raw verify"])
def test_a_reminder_of_an_order_is_stopped_by_every_way_of_clearing(path):
    found = make.decision("in_force", subject=portal.MembershipFactory().enterprise)
    message = remind(found)
    assert message.state == MessageState.QUEUED
    item, finding = found.items.get(), only_finding(found.case)
    if path == "cured":
        cure(finding)
    elif path == "verified order":
        actions.record_done(item=item, done_on=LATER.date(), evidence_note="x", by=person(), at=LATER)
        actions.verify_item(item=item, by=person(), at=LATER)
    elif path == "lifted":
        actions.lift(decision=found, reason="x", by=person(), at=LATER)
    elif path == "raw cure":
        assert not refused(
            "UPDATE wastewater_finding SET state = 'cured', cured_on = '2024-04-02', cured_by_id = decided_by_id,"
            " cure_note = 'x' WHERE id = %s",
            finding.pk,
        )
    else:
        assert not refused(
            "UPDATE wastewater_ordereditem SET done_on = '2024-04-02', verified_at = now(), verified_by_id ="
            " (SELECT max(id) FROM batikportal_user) WHERE id = %s",
            item.pk,
        )
    message.refresh_from_db()
    assert message.state == MessageState.STOPPED


@pytest.mark.parametrize("path", ["cured", "verified order", "lifted", "not served"])
def test_the_database_refuses_a_reminder_that_asks_nothing(path):
    found = make.decision("approved" if path == "not served" else "in_force")
    item = found.items.get()
    if path == "cured":
        cure(only_finding(found.case))
    elif path == "verified order":
        actions.record_done(item=item, done_on=LATER.date(), evidence_note="x", by=person(), at=LATER)
        actions.verify_item(item=item, by=person(), at=LATER)
    elif path == "lifted":
        actions.lift(decision=found, reason="x", by=person(), at=LATER)
    message = OutboxMessage.objects.create(address="+62811", channel="sms", template="x", subject="x", body="x")
    assert refused(
        "INSERT INTO wastewater_notice (message_id, kind, decision_id, item_id) VALUES (%s, 'reminder', %s, %s)",
        message.pk,
        found.pk,
        item.pk,
    )


def test_the_daily_job_sends_nothing_to_a_cleared_firm():
    found = make.decision("in_force", subject=portal.MembershipFactory().enterprise)
    cure(only_finding(found.case))
    assert notices.send_reminders(at=datetime(2024, 4, 28, 2, 0, tzinfo=UTC)) == 0


def test_coaching_needs_no_decision_and_burdens_nobody():
    found = make.told()
    made = actions.record_coaching(
        subject=found.enterprise, finding=found, held_on=AT.date(), topic="IPAL", agreement="Bak dibuat", by=person(),
        at=AT,
    )  # fmt: skip
    assert made.finding == found


def test_the_letter_says_draft_until_approved():
    found = make.decision()
    assert decision_facts(found)["draft"] == "KONSEP SURAT – belum disetujui"
    assert decision_pdf(found, at=AFTER)[:5] == b"%PDF-"
    approved = actions.approve_decision(
        decision=found, decree_number="660/9", decree_on=AFTER.date(), by=person(), at=AFTER
    )
    facts = decision_facts(approved)
    assert (facts["draft"], facts["rows"][0][1]) == ("", "660/9")


def test_the_letter_has_the_whole_address_of_its_recipient():
    subject = portal.EnterpriseFactory(name="Batik Contoh", owner_name="Ibu Contoh", address="Jalan Contoh 7")
    ward = subject.ward
    assert decision_facts(make.decision(subject=subject))["recipient"] == [
        "Kepada Yth.",
        "Ibu Contoh",
        "Penanggung jawab Batik Contoh",
        f"Nomor registrasi {subject.registration_number}",
        "Jalan Contoh 7",
        f"Kelurahan {ward.name}, Kecamatan {ward.parent.name}",
        "Kota Pekalongan",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_cure_and_a_decision_at_the_same_moment_never_both_pass():
    found = make.decision("drafted")
    finding, head = only_finding(found.case), person()
    cured, outcome = threading.Event(), []

    def approve():
        cured.wait(10)
        try:
            actions.approve_decision(decision=found, decree_number="7", decree_on=LATER.date(), by=head, at=LATER)
            outcome.append("approved")
        except (actions.EnforcementRefused, DatabaseError):
            outcome.append("refused")
        finally:
            connection.close()

    other = threading.Thread(target=approve)
    other.start()
    with transaction.atomic():
        cure(finding)
        cured.set()
        other.join(0.7)  # it waits for the row that this transaction holds
        assert outcome == []
    other.join(15)

    assert outcome == ["refused"]
    assert EnforcementDecision.objects.get(pk=found.pk).state == "drafted"
