"""Sending an application: rules, seats, letters, retries, and what the database makes of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from batikportal.models import EnterpriseIdentifier, OutboxMessage
from marketing import actions, queries
from marketing.choices import ActivityState, ApplicationState, CheckPhase, QuotaKind, RuleCode, Verdict
from marketing.models import Activity, Application, EligibilityResult, Quota
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory, MembershipFactory, UserFactory, ward

pytestmark = pytest.mark.django_db


def applied(activity, now, *, enterprise=None, by=None, key=None, answer="Ingin ekspor"):
    by = by or UserFactory()
    enterprise = enterprise or EnterpriseFactory()
    return actions.apply(activity=activity, enterprise=enterprise, answer=answer, key=key or uuid4(), by=by, at=now)


def taken(activity) -> dict[str, int]:
    return {quota.kind: quota.taken for quota in Quota.objects.filter(activity=activity)}


def test_a_first_come_call_answers_at_once(now):
    activity = factories.ActivityFactory(seats=2)
    states = [applied(activity, now).state for _number in range(4)]
    assert states == ["accepted", "accepted", "waitlisted", "waitlisted"]
    assert taken(activity) == {"all": 2}
    waiting = queries.waiting_line(activity)
    assert [application.waiting_order for application in waiting] == [3, 4]
    assert [queries.waiting_position(application) for application in waiting] == [1, 2]


def test_a_selected_call_only_receives(now):
    activity = factories.ActivityFactory(selected=True, seats=1)
    first, second = applied(activity, now), applied(activity, now)
    assert [first.state, second.state] == ["submitted", "submitted"]
    assert [first.arrival_number, second.arrival_number] == [1, 2]
    assert taken(activity) == {"all": 0}


def test_what_comes_back_is_what_is_stored(now):
    activity = factories.ActivityFactory()
    application = applied(activity, now)
    stored = Application.objects.get(pk=application.pk)
    assert stored.public_id == application.public_id
    assert (stored.state, stored.arrival_number) == (application.state, application.arrival_number)
    assert stored.source == "form"
    assert stored.channel == "web"
    assert stored.submitted_at == now
    assert stored.answered_at == now


def test_the_enterprise_is_frozen_as_it_stood(now):
    enterprise = EnterpriseFactory(name="Batik Contoh Lama", nib="9120001234567", workers_count=7)
    application = applied(factories.ActivityFactory(), now, enterprise=enterprise)
    enterprise.name = "Batik Contoh Baru"
    enterprise.save()
    stored = Application.objects.get(pk=application.pk)
    assert stored.snapshot["name"] == "Batik Contoh Lama"
    assert stored.snapshot["workers_count"] == 7
    assert stored.snapshot["identifiers"]["nib"]["value"] == "9120001234567"
    assert stored.ward == enterprise.ward
    assert stored.is_women_led is True


def test_an_application_counts_in_every_quota_it_meets_and_none_it_does_not(now):
    activity = factories.ActivityFactory(seats=10)
    factories.QuotaFactory(activity=activity, kind=QuotaKind.FIRST_TIMER, size=5)
    factories.QuotaFactory(activity=activity, kind=QuotaKind.WOMEN_LED, negated=True, size=5)
    factories.QuotaFactory(activity=activity, kind=QuotaKind.WARD, value=ward().code, size=5)
    application = applied(activity, now, enterprise=EnterpriseFactory(owner_sex="F"))
    assert application.state == "accepted"
    assert taken(activity) == {"all": 1, "first_timer": 1, "women_led": 0, "ward": 1}


def test_a_full_quota_makes_wait_while_others_still_get_a_seat(now):
    activity = factories.ActivityFactory(seats=10)
    factories.QuotaFactory(activity=activity, kind=QuotaKind.WARD, value=ward().code, size=1)
    here = [applied(activity, now, enterprise=EnterpriseFactory(ward=ward())).state for _number in range(2)]
    elsewhere = applied(activity, now, enterprise=EnterpriseFactory(ward=ward("Jenggot"))).state
    assert here == ["accepted", "waitlisted"]
    assert elsewhere == "accepted"
    assert taken(activity) == {"all": 2, "ward": 1}


def test_a_first_timer_is_who_never_had_a_seat_in_this_kind(now):
    programme = factories.ProgrammeFactory()
    novice, veteran, imported = EnterpriseFactory(), EnterpriseFactory(), EnterpriseFactory()
    earlier = factories.ActivityFactory(over=True, programme=programme)
    factories.ApplicationFactory(activity=earlier, enterprise=veteran, state=ApplicationState.COMPLETED)
    factories.PastParticipationFactory(enterprise=imported)
    factories.PastParticipationFactory(enterprise=novice, kind="exhibition")
    activity = factories.ActivityFactory(programme=programme)
    found = [applied(activity, now, enterprise=e) for e in (novice, veteran, imported)]
    flags = [Application.objects.get(pk=application.pk).is_first_timer for application in found]
    assert flags == [True, False, False]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"registration_opens_at": timedelta(hours=1)}, "belum dibuka"),
        ({"registration_closes_at": timedelta(seconds=0)}, "sudah ditutup"),
    ],
)
def test_outside_the_window_nothing_is_taken(now, changes, message):
    moved = {name: now + shift for name, shift in changes.items()}
    activity = factories.ActivityFactory(**moved)
    with pytest.raises(actions.RegistrationClosed, match=message):
        applied(activity, now)
    assert not Application.objects.exists()


@pytest.mark.parametrize("state", [ActivityState.CLOSED, ActivityState.CANCELLED])
def test_the_statement_itself_refuses_a_call_closed_after_the_page_was_loaded(now, state):
    activity = factories.ActivityFactory(seats=1)
    Activity.objects.filter(pk=activity.pk).update(state=state, cancelled_reason="Contoh")
    with pytest.raises(actions.RegistrationClosed):
        applied(activity, now)
    assert not Application.objects.exists()
    activity.refresh_from_db()
    assert activity.last_arrival == 0


def test_a_blocking_rule_refuses_with_its_reason(now):
    activity = factories.ActivityFactory()
    factories.RuleFactory(activity=activity, code=RuleCode.NIB)
    with pytest.raises(actions.NotEligible) as caught:
        applied(activity, now)
    assert "NIB" in caught.value.reasons[0]
    assert not Application.objects.exists()


def test_a_rule_that_does_not_block_lets_the_officer_decide(now):
    activity = factories.ActivityFactory(selected=True)
    factories.RuleFactory(activity=activity, code=RuleCode.NIB, is_blocking=False)
    application = Application.objects.get(pk=applied(activity, now).pk)
    assert application.state == "submitted"
    assert application.eligibility == Verdict.NEEDS_PROOF
    assert [check.verdict for check in queries.latest_checks(application)] == [Verdict.FAIL]


def test_results_are_frozen_with_the_rule_and_asked_again_at_the_decision(now):
    activity = factories.ActivityFactory(selected=True)
    factories.RuleFactory(activity=activity, code=RuleCode.MIN_WORKERS, number=3, is_blocking=False, position=1)
    factories.RuleFactory(activity=activity, code=RuleCode.MEMBERSHIP, position=2)
    enterprise, user = EnterpriseFactory(workers_count=4), UserFactory()
    MembershipFactory(enterprise=enterprise, user=user)
    application = applied(activity, now, enterprise=enterprise, by=user)
    enterprise.workers_count = 2
    enterprise.save()
    actions.find_eligible(chosen=[application], by=UserFactory(), at=now)
    later = now + timedelta(days=1)
    actions.decide(chosen=[application], outcome="accepted", reason="", by=UserFactory(), at=later)
    at_submission = queries.latest_checks(application, CheckPhase.SUBMISSION)
    at_decision = queries.latest_checks(application, CheckPhase.DECISION)
    assert [(check.code, check.verdict) for check in at_submission] == [("min_workers", "pass"), ("membership", "pass")]
    assert [(check.code, check.verdict) for check in at_decision] == [("min_workers", "fail"), ("membership", "pass")]
    assert (at_submission[0].number, at_submission[0].checked_at) == (3, now)
    application.refresh_from_db()
    assert application.eligibility == Verdict.NEEDS_PROOF


def test_only_a_checked_nib_passes(now, market_officer):
    activity = factories.ActivityFactory()
    factories.RuleFactory(activity=activity, code=RuleCode.NIB)
    enterprise = EnterpriseFactory(nib="9120001234567")
    EnterpriseIdentifier.objects.filter(enterprise=enterprise).update(verified_at=now, verified_by=market_officer)
    application = applied(activity, now, enterprise=enterprise)
    assert Application.objects.get(pk=application.pk).eligibility == Verdict.PASS


def test_the_letter_is_queued_with_the_application(now):
    user = UserFactory()
    enterprise = EnterpriseFactory(name="Batik Tiga & Putri", owner_name="H. Contoh")
    activity = factories.ActivityFactory(seats=1, title="Contoh Ekspor <Dasar>", instructions="Bawa contoh produk.")
    applied(activity, now, enterprise=enterprise, by=user)
    letter = OutboxMessage.objects.get()
    assert letter.recipient == user
    assert letter.template == "application_accepted"
    assert letter.subject == "Anda diterima: Contoh Ekspor <Dasar>"
    assert "H. Contoh (Batik Tiga & Putri)" in letter.body
    assert "23 Desember 2026 pukul 10.00 WIB" in letter.body
    assert "Bawa contoh produk." in letter.body


def test_the_same_key_gives_the_same_answer_and_one_row(now):
    activity = factories.ActivityFactory(seats=5)
    user, enterprise, key = UserFactory(), EnterpriseFactory(), uuid4()
    found = [applied(activity, now, enterprise=enterprise, by=user, key=key) for _number in range(5)]
    assert len({application.public_id for application in found}) == 1
    assert Application.objects.count() == 1
    assert taken(activity) == {"all": 1}
    assert OutboxMessage.objects.count() == 1
    activity.refresh_from_db()
    assert activity.last_arrival == 1


def test_a_retry_after_the_window_closed_still_gets_its_first_answer(now):
    activity = factories.ActivityFactory()
    user, enterprise, key = UserFactory(), EnterpriseFactory(), uuid4()
    first = applied(activity, now, enterprise=enterprise, by=user, key=key)
    late = activity.registration_closes_at + timedelta(minutes=5)
    again = applied(activity, late, enterprise=enterprise, by=user, key=key)
    assert again.public_id == first.public_id


def test_another_key_for_the_same_enterprise_is_told_it_already_applied(now):
    activity = factories.ActivityFactory(seats=5)
    enterprise = EnterpriseFactory()
    first = applied(activity, now, enterprise=enterprise)
    with pytest.raises(actions.AlreadyApplied) as caught:
        applied(activity, now, enterprise=enterprise)
    assert caught.value.application.pk == first.pk
    assert taken(activity) == {"all": 1}
    activity.refresh_from_db()
    assert activity.last_arrival == 1


def test_a_draft_is_continued_and_becomes_the_application(now):
    activity = factories.ActivityFactory()
    user, enterprise = UserFactory(), EnterpriseFactory()
    draft = actions.save_draft(activity=activity, enterprise=enterprise, answer="Mula", by=user, at=now)
    again = actions.save_draft(activity=activity, enterprise=enterprise, answer="Mulai ekspor", by=user, at=now)
    assert again.pk == draft.pk
    application = applied(activity, now, enterprise=enterprise, by=user, answer="Mulai ekspor ke Jepang")
    assert application.pk == draft.pk
    stored = Application.objects.get()
    assert (stored.state, stored.answer) == ("accepted", "Mulai ekspor ke Jepang")


def test_a_sent_application_is_no_draft_any_more(now):
    activity = factories.ActivityFactory()
    enterprise = EnterpriseFactory()
    applied(activity, now, enterprise=enterprise)
    with pytest.raises(actions.AlreadyApplied):
        actions.save_draft(activity=activity, enterprise=enterprise, answer="x", by=UserFactory(), at=now)


def test_withdrawing_gives_the_seat_to_the_next_in_line(now):
    activity = factories.ActivityFactory(seats=1)
    first, second, third = (applied(activity, now) for _number in range(3))
    actions.withdraw(application=first, reason="Sakit", by=first.sent_by, at=now)
    states = dict(Application.objects.values_list("pk", "state"))
    assert states == {first.pk: "withdrawn", second.pk: "accepted", third.pk: "waitlisted"}
    assert taken(activity) == {"all": 1}
    letter = OutboxMessage.objects.get(template="application_promoted")
    assert letter.recipient == second.sent_by


def test_who_cannot_fit_her_quota_is_passed_over_but_keeps_her_place(now):
    activity = factories.ActivityFactory(seats=2)
    factories.QuotaFactory(activity=activity, kind=QuotaKind.WARD, value=ward().code, size=1)
    elsewhere = ward("Jenggot")
    kauman = applied(activity, now, enterprise=EnterpriseFactory(ward=ward()))
    jenggot = applied(activity, now, enterprise=EnterpriseFactory(ward=elsewhere))
    waits_for_ward = applied(activity, now, enterprise=EnterpriseFactory(ward=ward()))
    waits_for_seat = applied(activity, now, enterprise=EnterpriseFactory(ward=elsewhere))
    actions.withdraw(application=jenggot, reason="", by=jenggot.sent_by, at=now)
    states = dict(Application.objects.values_list("pk", "state"))
    assert states[waits_for_ward.pk] == "waitlisted"
    assert states[waits_for_seat.pk] == "accepted"
    actions.withdraw(application=kauman, reason="", by=kauman.sent_by, at=now)
    assert Application.objects.get(pk=waits_for_ward.pk).state == "accepted"
    assert taken(activity) == {"all": 2, "ward": 1}


def test_after_the_activity_began_nobody_moves_up(now):
    activity = factories.ActivityFactory(seats=1)
    first, second = applied(activity, now), applied(activity, now)
    late = activity.starts_at + timedelta(minutes=1)
    actions.withdraw(application=first, reason="", by=first.sent_by, at=late)
    assert Application.objects.get(pk=second.pk).state == "waitlisted"
    assert taken(activity) == {"all": 0}


def test_who_withdrew_may_apply_again_and_arrives_last(now):
    activity = factories.ActivityFactory(seats=1)
    first = applied(activity, now)
    applied(activity, now)
    actions.withdraw(application=first, reason="", by=first.sent_by, at=now)
    again = applied(activity, now, enterprise=first.enterprise, by=first.sent_by)
    assert (again.state, again.arrival_number) == ("waitlisted", 3)


def test_withdrawing_twice_is_refused(now):
    activity = factories.ActivityFactory(seats=1)
    first = applied(activity, now)
    actions.withdraw(application=first, reason="", by=first.sent_by, at=now)
    with pytest.raises(actions.MoveRefused):
        actions.withdraw(application=first, reason="", by=first.sent_by, at=now)
    assert taken(activity) == {"all": 0}


def test_withdrawing_a_draft_writes_no_letter(now):
    draft = factories.DraftFactory()
    actions.withdraw(application=draft, reason="", by=draft.created_by, at=now)
    assert not OutboxMessage.objects.exists()
    assert Application.objects.get().state == "withdrawn"


def test_returned_and_sent_again_keeps_the_arrival_number(now, market_officer):
    activity = factories.ActivityFactory(selected=True)
    factories.RuleFactory(activity=activity, code=RuleCode.MIN_WORKERS, number=3)
    enterprise = EnterpriseFactory(workers_count=None)
    application = applied(activity, now, enterprise=enterprise)
    applied(activity, now, enterprise=EnterpriseFactory(workers_count=9))
    actions.return_for_completion(
        application=application,
        note="Isi jumlah pekerja di profil usaha.",
        due_on=date(2026, 12, 1),
        by=market_officer,
        at=now,
    )
    letter = OutboxMessage.objects.get(template="application_returned")
    assert "Isi jumlah pekerja" in letter.body
    assert "1 Desember 2026" in letter.body
    enterprise.workers_count = 6
    enterprise.save()
    later = now + timedelta(hours=2)
    actions.resubmit(application=application, answer="Sudah diisi", by=application.sent_by, at=later)
    stored = Application.objects.get(pk=application.pk)
    assert (stored.state, stored.arrival_number, stored.eligibility) == ("submitted", 1, Verdict.PASS)
    assert stored.snapshot["workers_count"] == 6
    assert [check.checked_at for check in queries.latest_checks(stored)] == [later]
    assert EligibilityResult.objects.filter(application=stored).count() == 2


def test_an_ineligible_holder_of_a_seat_makes_room(now, market_officer):
    activity = factories.ActivityFactory(seats=1)
    first, second = applied(activity, now), applied(activity, now)
    actions.find_ineligible(application=first, reason="NIB bukan milik usaha ini.", by=market_officer, at=now)
    assert Application.objects.get(pk=second.pk).state == "accepted"
    assert "NIB bukan milik" in OutboxMessage.objects.get(template="application_ineligible").body


def test_an_assisted_application_writes_to_the_owner(now, market_officer, owner):
    activity = factories.ActivityFactory()
    application = actions.apply(
        activity=activity,
        enterprise=owner.enterprise,
        answer="",
        key=uuid4(),
        by=market_officer,
        at=now,
        channel="assisted",
    )
    assert Application.objects.get(pk=application.pk).channel == "assisted"
    assert OutboxMessage.objects.get().recipient == owner


def test_an_assisted_application_without_account_goes_to_the_phone(now, market_officer):
    enterprise = EnterpriseFactory(phone="+6281200000001")
    actions.apply(
        activity=factories.ActivityFactory(),
        enterprise=enterprise,
        answer="",
        key=uuid4(),
        by=market_officer,
        at=now,
        channel="assisted",
    )
    letter = OutboxMessage.objects.get()
    assert (letter.recipient, letter.address) == (None, "+6281200000001")


def test_nobody_to_write_to_does_not_stop_an_assisted_application(now, market_officer):
    actions.apply(
        activity=factories.ActivityFactory(),
        enterprise=EnterpriseFactory(phone=""),
        answer="",
        key=uuid4(),
        by=market_officer,
        at=now,
        channel="assisted",
    )
    assert Application.objects.count() == 1
    assert not OutboxMessage.objects.exists()


def test_applying_takes_four_statements(now, owner, django_assert_num_queries):
    activity = factories.ActivityFactory(seats=3)
    factories.RuleFactory(activity=activity, code=RuleCode.MEMBERSHIP)
    loaded = queries.with_terms(Activity.objects.filter(pk=activity.pk)).get()
    enterprise = type(owner.enterprise).objects.select_related("ward__parent").get(pk=owner.enterprise.pk)
    with django_assert_num_queries(4 + 2):  # two of them open and close the savepoint of the test
        actions.apply(activity=loaded, enterprise=enterprise, answer="", key=uuid4(), by=owner, at=now)


def test_attendance_and_completion(now, market_officer):
    activity = factories.ActivityFactory(seats=2)
    came, stayed_away, waits = (applied(activity, now) for _number in range(3))
    with pytest.raises(actions.MoveRefused, match="belum dimulai"):
        actions.record_attendance(activity=activity, present=[came], absent=[], by=market_officer, at=now)
    during = activity.starts_at + timedelta(hours=1)
    actions.record_attendance(activity=activity, present=[came, stayed_away], absent=[], by=market_officer, at=during)
    actions.record_attendance(activity=activity, present=[], absent=[stayed_away], by=market_officer, at=during)
    Activity.objects.filter(pk=activity.pk).update(state=ActivityState.CLOSED)
    activity.refresh_from_db()
    after = activity.ends_at + timedelta(hours=1)
    assert actions.finish_activity(activity=activity, by=market_officer, at=after) == {"completed": 1, "dissolved": 1}
    states = dict(Application.objects.values_list("pk", "state"))
    assert states == {came.pk: "completed", stayed_away.pk: "no_show", waits.pk: "rejected"}
    assert taken(activity) == {"all": 2}
    assert queries.seat_mismatches() == []


def test_cancelling_tells_everybody_and_frees_the_seats(now, market_head):
    activity = factories.ActivityFactory(seats=1)
    for _number in range(3):
        applied(activity, now)
    factories.DraftFactory(activity=activity)
    told = actions.cancel_activity(activity=activity, reason="Anggaran dialihkan.", by=market_head, at=now)
    assert told == 3
    assert set(Application.objects.values_list("state", flat=True)) == {"cancelled"}
    assert OutboxMessage.objects.filter(template="application_cancelled").count() == 3
    assert taken(activity) == {"all": 0}
