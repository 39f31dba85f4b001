"""Decisions stay invisible until a signed batch releases them, all or none."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from batikportal.models import OutboxMessage
from marketing import actions, queries
from marketing.choices import ApplicationState, BatchState, DecisionState, Outcome, QuotaKind, SigningRule
from marketing.models import Application, Decision, DecisionBatch, Quota
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return factories.ActivityFactory(selected=True, closed=True, seats=2)


def waiting_for_decision(activity, count=1, **fields) -> list[Application]:
    return [
        factories.ApplicationFactory(activity=activity, state=ApplicationState.IN_REVIEW, **fields)
        for _number in range(count)
    ]


def signed_batch(activity, officer, head, now, **outcomes) -> DecisionBatch:
    """``accepted=2, rejected=1`` …: decided by the officer, signed by the head."""
    for outcome, count in outcomes.items():
        reason = "Contoh alasan" if outcome == Outcome.REJECTED else ""
        actions.decide(chosen=waiting_for_decision(activity, count), outcome=outcome, reason=reason, by=officer, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=officer, at=now)
    actions.sign_batch(batch=batch, by=head, at=now)
    return batch


def states_of(activity) -> dict[str, int]:
    return queries.activity_by_state(activity)


def test_a_decision_changes_nothing_the_applicant_sees(activity, now, market_officer):
    (application,) = waiting_for_decision(activity)
    before = application.stage
    actions.decide(chosen=[application], outcome="accepted", reason="", by=market_officer, at=now)
    application.refresh_from_db()
    assert application.state == ApplicationState.PENDING
    assert application.stage == before
    assert application.answered_at is None
    assert not OutboxMessage.objects.exists()
    assert Quota.objects.get(activity=activity).taken == 0


def test_release_moves_everything_at_once(activity, now, market_officer, market_head):
    batch = signed_batch(activity, market_officer, market_head, now, accepted=2, waitlisted=2, rejected=1)
    counts = actions.release_batch(batch=batch, by=market_head, at=now)
    assert counts == {"accepted": 2, "waitlisted": 2, "rejected": 1}
    assert states_of(activity) == {"accepted": 2, "waitlisted": 2, "rejected": 1}
    assert Quota.objects.get(activity=activity).taken == 2
    assert OutboxMessage.objects.count() == 5
    assert set(Decision.objects.values_list("state", flat=True)) == {DecisionState.RELEASED}
    batch.refresh_from_db()
    assert (batch.state, batch.released_by) == (BatchState.RELEASED, market_head)
    assert queries.seat_mismatches() == []
    rejected = Application.objects.get(state="rejected")
    assert rejected.answer_reason == "Contoh alasan"
    assert rejected.answered_at == now


def test_release_is_all_or_nothing(activity, now, market_officer, market_head):
    batch = signed_batch(activity, market_officer, market_head, now, accepted=3, rejected=1)
    with pytest.raises(actions.NotEnoughSeats, match="Semua peserta"):
        actions.release_batch(batch=batch, by=market_head, at=now)
    assert states_of(activity) == {"pending": 4}
    assert Quota.objects.get(activity=activity).taken == 0
    assert not OutboxMessage.objects.exists()
    batch.refresh_from_db()
    assert batch.state == BatchState.SIGNED


def test_one_small_quota_stops_the_whole_release(activity, now, market_officer, market_head):
    small = factories.QuotaFactory(activity=activity, kind=QuotaKind.WOMEN_LED, size=1)
    both = [Quota.objects.get(activity=activity, kind=QuotaKind.ALL).pk, small.pk]
    chosen = waiting_for_decision(activity, 2, counted_quotas=both)
    actions.decide(chosen=chosen, outcome="accepted", reason="", by=market_officer, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    actions.sign_batch(batch=batch, by=market_head, at=now)
    with pytest.raises(actions.NotEnoughSeats, match="perempuan"):
        actions.release_batch(batch=batch, by=market_head, at=now)
    assert set(Quota.objects.filter(activity=activity).values_list("taken", flat=True)) == {0}


def test_a_batch_is_released_once(activity, now, market_officer, market_head):
    batch = signed_batch(activity, market_officer, market_head, now, accepted=1)
    actions.release_batch(batch=batch, by=market_head, at=now)
    with pytest.raises(actions.DecisionRefused):
        actions.release_batch(batch=batch, by=market_head, at=now)
    assert Quota.objects.get(activity=activity).taken == 1
    assert OutboxMessage.objects.count() == 1


def test_an_unsigned_batch_is_not_released(activity, now, market_officer, market_head):
    actions.decide(chosen=waiting_for_decision(activity), outcome="accepted", reason="", by=market_officer, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    with pytest.raises(actions.DecisionRefused):
        actions.release_batch(batch=batch, by=market_head, at=now)


def test_who_decided_does_not_sign(activity, now, market_officer, selection_secretary, market_head):
    for decider in (market_officer, selection_secretary):
        chosen = waiting_for_decision(activity)
        actions.decide(chosen=chosen, outcome="accepted", reason="", by=decider, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    with pytest.raises(actions.DecisionRefused, match="pejabat lain"):
        actions.sign_batch(batch=batch, by=market_officer, at=now)
    actions.sign_batch(batch=batch, by=market_head, at=now)


def test_a_lenient_activity_lets_one_of_several_deciders_sign(activity, now, market_officer, selection_secretary):
    activity.signing_rule = SigningRule.NOT_ALONE
    activity.save()
    actions.decide(chosen=waiting_for_decision(activity), outcome="accepted", reason="", by=market_officer, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    with pytest.raises(actions.DecisionRefused, match="sendiri"):
        actions.sign_batch(batch=batch, by=market_officer, at=now)
    actions.cancel_batch(batch=batch, reason="Contoh", by=market_officer, at=now)
    actions.decide(chosen=waiting_for_decision(activity), outcome="accepted", reason="", by=selection_secretary, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    actions.sign_batch(batch=batch, by=market_officer, at=now)
    assert batch.decisions.count() == 2


def test_a_member_of_the_enterprise_decides_nothing_about_it(activity, now, market_officer, market_head):
    enterprise = EnterpriseFactory(name="Batik Contoh Keluarga")
    MembershipFactory(user=market_officer, enterprise=enterprise)
    chosen = waiting_for_decision(activity, enterprise=enterprise)
    with pytest.raises(actions.ConflictOfInterest, match="Batik Contoh Keluarga"):
        actions.decide(chosen=chosen, outcome="accepted", reason="", by=market_officer, at=now)
    assert not Decision.objects.exists()


def test_a_member_of_the_enterprise_does_not_sign_either(activity, now, market_officer, market_head):
    enterprise = EnterpriseFactory()
    MembershipFactory(user=market_head, enterprise=enterprise)
    actions.decide(
        chosen=waiting_for_decision(activity, enterprise=enterprise),
        outcome="accepted",
        reason="",
        by=market_officer,
        at=now,
    )
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    with pytest.raises(actions.ConflictOfInterest):
        actions.sign_batch(batch=batch, by=market_head, at=now)


def test_a_refusal_needs_a_reason(activity, now, market_officer):
    with pytest.raises(actions.DecisionRefused, match="alasan"):
        actions.decide(
            chosen=waiting_for_decision(activity), outcome="rejected", reason="  ", by=market_officer, at=now
        )


def test_what_was_not_checked_yet_is_not_decided(activity, now, market_officer):
    fresh = factories.ApplicationFactory(activity=activity)
    ready = waiting_for_decision(activity)
    with pytest.raises(actions.DecisionRefused, match="Muat ulang"):
        actions.decide(chosen=[fresh, *ready], outcome="accepted", reason="", by=market_officer, at=now)
    assert states_of(activity) == {"submitted": 1, "in_review": 1}


def test_a_decision_can_be_taken_back_until_it_is_signed(activity, now, market_officer, market_head):
    (application,) = waiting_for_decision(activity)
    (decision,) = actions.decide(chosen=[application], outcome="accepted", reason="", by=market_officer, at=now)
    actions.take_back(decision=decision, by=market_officer, at=now)
    application.refresh_from_db()
    assert application.state == ApplicationState.IN_REVIEW
    (decision,) = actions.decide(chosen=[application], outcome="rejected", reason="Contoh", by=market_officer, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    actions.sign_batch(batch=batch, by=market_head, at=now)
    with pytest.raises(actions.DecisionRefused, match="ditandatangani"):
        actions.take_back(decision=decision, by=market_officer, at=now)


def test_a_cancelled_batch_frees_its_decisions(activity, now, market_officer, market_head):
    batch = signed_batch(activity, market_officer, market_head, now, accepted=3)
    actions.cancel_batch(batch=batch, reason="Kursi tidak cukup", by=market_head, at=now)
    assert Decision.objects.filter(batch=None, state=DecisionState.PENDING).count() == 3
    again = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    assert (again.number, again.decisions.count()) == (2, 3)


def test_who_withdraws_after_the_signature_is_left_out(activity, now, market_officer, market_head):
    batch = signed_batch(activity, market_officer, market_head, now, accepted=3)
    gone = Application.objects.filter(activity=activity).first()
    actions.withdraw(application=gone, reason="", by=gone.sent_by, at=now)
    assert actions.release_batch(batch=batch, by=market_head, at=now)["accepted"] == 2
    assert states_of(activity) == {"withdrawn": 1, "accepted": 2}
    assert queries.seat_mismatches() == []


def test_the_waiting_order_follows_the_rank_then_the_arrival(activity, now, market_officer, market_head):
    first, second, third, fourth = waiting_for_decision(activity, 4)
    actions.decide(chosen=[third], outcome="waitlisted", reason="", by=market_officer, at=now)
    actions.decide(chosen=[fourth], outcome="waitlisted", reason="", by=market_officer, at=now, first_rank=2)
    actions.decide(chosen=[second], outcome="waitlisted", reason="", by=market_officer, at=now, first_rank=1)
    actions.decide(chosen=[first], outcome="waitlisted", reason="", by=market_officer, at=now)
    batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
    actions.sign_batch(batch=batch, by=market_head, at=now)
    actions.release_batch(batch=batch, by=market_head, at=now)
    assert list(queries.waiting_line(activity)) == [second, fourth, first, third]


def test_after_release_a_withdrawal_promotes_the_next_in_line(activity, now, market_officer, market_head):
    batch = signed_batch(activity, market_officer, market_head, now, accepted=2, waitlisted=2)
    actions.release_batch(batch=batch, by=market_head, at=now)
    next_in_line = queries.waiting_line(activity).first()
    seated = Application.objects.filter(activity=activity, state="accepted").first()
    actions.withdraw(application=seated, reason="", by=seated.sent_by, at=now + timedelta(hours=1))
    next_in_line.refresh_from_db()
    assert next_in_line.state == "accepted"
    assert queries.seat_mismatches() == []


def test_the_preview_shows_the_very_letters_of_the_release(activity, now, market_officer, market_head):
    batch = signed_batch(activity, market_officer, market_head, now, accepted=1, waitlisted=1, rejected=1)
    previewed = {
        (letter.subject, letter.body, letter.address)
        for _decision, letter in actions.preview_letters(batch, by=market_head)
    }
    assert not OutboxMessage.objects.exists()
    actions.release_batch(batch=batch, by=market_head, at=now)
    assert set(OutboxMessage.objects.values_list("subject", "body", "address")) == previewed


def test_what_was_changed_after_the_signature_is_not_released(activity, now, market_officer, market_head):

    batch = signed_batch(activity, market_officer, market_head, now, rejected=1)
    with pgtrigger.ignore("marketing.Decision:decision_door"), transaction.atomic():
        Decision.objects.filter(batch=batch).update(reason="Alasan lain")
    with pytest.raises(actions.DecisionRefused, match="tidak sama"):
        actions.release_batch(batch=batch, by=market_head, at=now)


def test_an_empty_activity_has_nothing_to_gather(activity, now, market_officer):
    with pytest.raises(actions.DecisionRefused, match="Belum ada"):
        actions.gather_batch(activity=activity, note="", by=market_officer, at=now)


def test_release_uses_the_same_statements_for_two_and_for_ten(now, market_officer, market_head):

    counts = []
    for number in (2, 10):
        activity = factories.ActivityFactory(selected=True, closed=True, seats=20)
        batch = signed_batch(activity, market_officer, market_head, now, accepted=number, rejected=number)
        with CaptureQueriesContext(connection) as captured:
            actions.release_batch(batch=batch, by=market_head, at=now)
        counts.append(len(captured))
    assert counts[0] == counts[1]
