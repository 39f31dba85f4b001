"""Findings: the right of reply, what silence means, and that a cleared firm is left alone by every path."""

from datetime import UTC, date, datetime, timedelta

import pytest

from batikportal.choices import MessageState
from batikportal.models import OutboxMessage
from tests.factories import inspections as make
from tests.factories import portal
from tests.wastewater.test_inspections import refused
from wastewater.actions import findings as actions
from wastewater.actions import notices
from wastewater.choices.enforcement import FindingOutcome, FindingState, Silence
from wastewater.models import Finding, Notice

pytestmark = pytest.mark.django_db
AT, AFTER, LATER = make.AT, make.AFTER, make.LATER


def owned():
    """An enterprise with one owner, who gets the messages."""
    return portal.MembershipFactory().enterprise


def decide(finding, at, **more):
    facts = {"outcome": "upheld", "reason": "Terbukti.", "cure_due_on": date(2024, 4, 30)} | more
    return actions.decide_finding(finding=finding, by=portal.UserFactory(), at=at, **facts)


def test_the_right_of_reply_takes_ten_working_days_and_is_told():
    found = make.told(subject=owned())

    # Monday 4 March 2024; 11 March (Nyepi) is no holiday of the test calendar.
    assert (found.state, found.reply_due_on) == (FindingState.REPLY_WINDOW, date(2024, 3, 18))
    assert found.silence_due_on == date(2024, 4, 17)
    assert Notice.objects.get().message.subject == "Temuan pengawasan: hak jawab sampai 18 Maret 2024"


def test_nobody_is_told_before_the_report_is_signed():
    inspection = make.ongoing()
    found = actions.record_finding(inspection=inspection, aspect="plant", title="x", description="y", by=None, at=AT)
    with pytest.raises(actions.FindingRefused, match="berita acara"):
        actions.open_reply(finding=found, by=None, at=AT)


def test_nobody_decides_while_the_right_of_reply_runs():
    found = make.told()
    last_day = datetime(2024, 3, 18, 16, 59, tzinfo=UTC)  # 23.59 in Pekalongan
    with pytest.raises(actions.FindingRefused, match="Hak jawab masih berjalan"):
        decide(found, last_day)
    assert decide(found, last_day + timedelta(minutes=1)).state == FindingState.DECIDED


def test_the_database_refuses_a_decision_while_the_right_of_reply_runs():
    found = make.told()
    decision = (
        "UPDATE wastewater_finding SET state = 'decided', outcome = 'upheld', decision_reason = 'x',"
        " decided_by_id = created_by_id, decided_at = %s"
    )
    assert refused(decision + " WHERE id = %s", "2024-03-18 12:00+07", found.pk)
    assert refused(decision + ", reply_due_on = '2024-03-05' WHERE id = %s", "2024-03-10 12:00+07", found.pk)
    assert refused(decision + ", reply_ended_at = now() WHERE id = %s", "2024-03-10 12:00+07", found.pk)
    assert refused("UPDATE wastewater_finding SET reply_due_on = '2024-03-05' WHERE id = %s", found.pk)
    assert not refused(decision + " WHERE id = %s", "2024-03-19 12:00+07", found.pk)


def test_tomorrows_date_does_not_shorten_the_right_of_reply():
    found = make.told()
    Finding.objects.filter(pk=found.pk).update(reply_due_on=date(2999, 1, 1))
    assert refused(
        "UPDATE wastewater_finding SET state = 'decided', outcome = 'upheld', decision_reason = 'x',"
        " decided_by_id = created_by_id, decided_at = '2999-06-01' WHERE id = %s",
        found.pk,
    )


def test_a_final_reply_ends_the_window_at_once():
    found = make.told()
    actions.reply(finding=found, text="Pipa itu saluran hujan.", is_final=True, by=portal.UserFactory(), at=AT)
    found.refresh_from_db()

    assert found.silence_due_on == date(2024, 4, 3)
    assert decide(found, AT).silence == ""
    with pytest.raises(actions.FindingRefused):
        actions.reply(finding=found, text="Lagi", by=portal.UserFactory(), at=AT)


def test_a_reply_comes_in_time_or_not_at_all():
    found = make.told()
    with pytest.raises(actions.FindingRefused, match="sudah berakhir"):
        actions.reply(finding=found, text="Terlambat", by=portal.UserFactory(), at=AFTER)
    assert refused(
        "INSERT INTO wastewater_findingreply"
        " (public_id, finding_id, kind, text, is_final, replied_at, spoken_by, source)"
        " VALUES (gen_random_uuid(), %s, 'reply', 'x', false, '2024-03-19 01:00+07', '', 'form')",
        found.pk,
    )


def test_words_of_the_firm_and_of_the_finding_stay():
    found = make.told()
    said = actions.reply(finding=found, text="Jawaban", by=portal.UserFactory(), at=AT, spoken_by="Ibu Contoh")
    assert refused("UPDATE wastewater_findingreply SET text = 'lain' WHERE id = %s", said.pk)
    assert refused("DELETE FROM wastewater_findingreply WHERE id = %s", said.pk)
    assert refused("UPDATE wastewater_finding SET description = 'lain' WHERE id = %s", found.pk)
    assert refused("DELETE FROM wastewater_finding WHERE id = %s", found.pk)


def test_silence_of_the_firm_is_decided_on_the_file_and_marked():
    assert make.decided().silence == Silence.SUBJECT


def test_silence_of_the_office_accepts_the_reply_and_is_marked():
    found = make.told(subject=owned())
    silent = make.told()
    actions.reply(finding=found, text="Jawaban", by=portal.UserFactory(), at=AT)
    last_day = datetime(2024, 4, 17, 5, 0, tzinfo=UTC)

    assert actions.accept_unanswered(at=last_day) == 0
    assert actions.accept_unanswered(at=last_day + timedelta(days=1)) == 1
    assert actions.accept_unanswered(at=last_day + timedelta(days=2)) == 0

    found.refresh_from_db()
    silent.refresh_from_db()
    assert (found.outcome, found.silence, found.decided_by) == (FindingOutcome.DROPPED, Silence.AUTHORITY, None)
    assert silent.state == FindingState.REPLY_WINDOW
    assert OutboxMessage.objects.filter(template="finding_decided").count() == 1


def test_what_was_decided_stays():
    found = make.decided()
    assert refused("UPDATE wastewater_finding SET outcome = 'dropped' WHERE id = %s", found.pk)
    assert refused("UPDATE wastewater_finding SET decision_reason = 'lain' WHERE id = %s", found.pk)


def test_cure_and_its_verification():
    officer = portal.UserFactory()
    found = make.cured()
    assert found.is_cleared
    rejected = actions.reject_cure(finding=found, reason="Pipa masih mengalir.", by=officer, at=LATER)
    assert rejected.stands
    again = actions.record_cure(finding=found, cured_on=date(2024, 4, 3), note="Ditutup.", by=officer, at=LATER)
    assert actions.verify_cure(finding=again, by=officer, at=LATER).state == FindingState.VERIFIED


def test_a_dropped_finding_has_nothing_to_cure():
    dropped = make.decided(outcome="dropped")
    with pytest.raises(actions.FindingRefused):
        actions.record_cure(finding=dropped, cured_on=date(2024, 4, 2), note="x", by=portal.UserFactory(), at=LATER)


def test_reminders_are_sent_once_per_deadline_and_only_while_something_is_asked():
    make.told(subject=owned())
    two_days_before = datetime(2024, 3, 16, 2, 0, tzinfo=UTC)

    assert notices.send_reminders(at=AT) == 0
    assert notices.send_reminders(at=two_days_before) == 1
    assert notices.send_reminders(at=two_days_before) == 0
    assert notices.send_reminders(at=AFTER) == 0


@pytest.mark.parametrize("clear", ["dropped", "cured"])
def test_a_reminder_queued_before_clearing_never_goes_out(clear):
    found = make.decided(subject=owned())
    if clear == "cured":
        assert notices.send_reminders(at=datetime(2024, 4, 29, 2, 0, tzinfo=UTC)) == 1
        actions.record_cure(finding=found, cured_on=date(2024, 4, 2), note="x", by=portal.UserFactory(), at=LATER)
    else:
        found = make.told(subject=owned())
        assert notices.send_reminders(at=datetime(2024, 3, 17, 2, 0, tzinfo=UTC)) == 1
        decide(found, AFTER, outcome="dropped", cure_due_on=None)

    reminder = OutboxMessage.objects.get(pk=Notice.objects.get(finding=found, kind="reminder").message_id)
    assert (reminder.state, reminder.next_attempt_at) == (MessageState.STOPPED, None)
    assert refused("UPDATE batikportal_outboxmessage SET state = 'queued' WHERE id = %s", reminder.pk)
    assert refused("UPDATE batikportal_outboxmessage SET state = 'sent', sent_at = now() WHERE id = %s", reminder.pk)


def test_clearing_by_raw_sql_stops_the_reminder_too():
    found = make.decided(subject=owned())
    notices.send_reminders(at=datetime(2024, 4, 29, 2, 0, tzinfo=UTC))
    assert not refused(
        "UPDATE wastewater_finding SET state = 'cured', cured_on = '2024-04-02', cured_by_id = decided_by_id,"
        " cure_note = 'x' WHERE id = %s",
        found.pk,
    )
    states = OutboxMessage.objects.filter(pk__in=Notice.objects.filter(kind="reminder").values("message"))
    assert list(states.values_list("state", flat=True)) == [MessageState.STOPPED]


@pytest.mark.parametrize("path", ["dropped", "cured", "verified"])
def test_the_database_refuses_a_reminder_about_a_cleared_finding(path):
    found = make.decided(outcome="dropped") if path == "dropped" else make.cured()
    if path == "verified":
        actions.verify_cure(finding=found, by=portal.UserFactory(), at=LATER)
    message = OutboxMessage.objects.create(address="+62811", channel="sms", template="x", subject="x", body="x")
    insert = "INSERT INTO wastewater_notice (message_id, kind, finding_id) VALUES (%s, 'reminder', %s)"
    assert refused(insert, message.pk, found.pk)
