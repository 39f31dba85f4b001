"""What may change, and what is refused with a sentence."""

from datetime import UTC, date, datetime, timedelta

import pytest

from batikportal.models import AccessEvent
from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import (
    ConsentFactory,
    CoverageFactory,
    EngagementFactory,
    PersonFactory,
    nik,
    step,
    ward,
)
from workforce import actions, queries, rules
from workforce.models import Person

pytestmark = pytest.mark.django_db


def facts(**changes):
    return {"name": "Siti Contoh", "sex": "", "birth_on": None, "birth_year": None, "ward": ward(), **changes}


def register(workforce_officer, now, number="3375024503909001", reason="", **changes) -> Person:
    return actions.register_person(
        facts=facts(**changes), nik=number, nik_mismatch_reason=reason, by=workforce_officer, at=now
    )


def test_registering_reads_birth_and_sex_from_the_nik(workforce_officer, now):
    person = register(workforce_officer, now)

    stored = Person.objects.get(pk=person.pk)
    assert (stored.birth_on, stored.sex, stored.nik.reveal()) == (date(1990, 3, 5), "F", nik(1))
    assert (stored.created_by, stored.source) == (workforce_officer, "form")


def test_registering_the_same_nik_twice_is_refused(workforce_officer, now):
    register(workforce_officer, now)

    with pytest.raises(actions.NikTaken):
        register(workforce_officer, now, number="3375 0245 0390 9001", name="Orang Lain")

    assert Person.objects.count() == 1


def test_registering_against_the_nik_needs_a_reason(workforce_officer, now):
    with pytest.raises(actions.NikNeedsReason):
        register(workforce_officer, now, birth_on=date(1990, 3, 6))

    person = register(workforce_officer, now, birth_on=date(1990, 3, 6), reason="card_date_wrong")

    assert list(queries.niks_to_verify(Person.objects.all())) == [person]


def test_registering_with_a_wrong_nik_says_what_is_wrong(workforce_officer, now):
    with pytest.raises(rules.InvalidNik):
        register(workforce_officer, now, number="3375014003900001")


def test_registering_without_nik_keeps_what_is_known(workforce_officer, now):
    person = register(workforce_officer, now, number="", birth_year=1971)

    assert (person.nik, person.birth_year, person.age_on(date(2026, 1, 1)).precision) == (None, 1971, "estimated")


def test_changing_keeps_the_nik_when_none_is_typed(workforce_officer, now):
    person = register(workforce_officer, now)

    actions.change_person(person=person, facts=facts(name="Siti Baru", sex="F"), by=workforce_officer, at=now)

    stored = Person.objects.get()
    assert (stored.name, stored.nik.reveal(), stored.nik_hash) == ("Siti Baru", nik(1), person.nik_hash)


def test_changing_the_nik_asks_for_a_new_look_at_the_card(workforce_officer, now):
    person = register(workforce_officer, now, birth_on=date(1990, 3, 6), reason="card_date_wrong")
    actions.verify_nik_mismatch(person=person, by=workforce_officer, at=now)
    assert not queries.niks_to_verify(Person.objects.all()).exists()

    actions.change_person(
        person=person,
        facts=facts(birth_on=date(1990, 3, 6), sex="F"),
        nik=nik(2),
        nik_mismatch_reason="card_date_wrong",
        by=workforce_officer,
        at=now,
    )

    assert queries.niks_to_verify(Person.objects.all()).exists()


def test_an_old_master_can_be_corrected_beyond_the_age_window(workforce_officer, now):
    person = PersonFactory(
        number="3375020503379001", birth_on=date(1937, 3, 5), sex="M", created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )

    actions.change_person(
        person=person,
        facts={"name": "Mbah Contoh"},
        by=workforce_officer,
        at=datetime(2029, 1, 1, tzinfo=UTC),
    )

    assert Person.objects.get().name == "Mbah Contoh"


def test_revealing_a_nik_is_logged_with_its_purpose(workforce_officer, now):
    person = register(workforce_officer, now)

    shown = actions.reveal_nik(person=person, purpose="Pendaftaran BPU", by=workforce_officer, at=now)

    event = AccessEvent.objects.get()
    assert shown == nik(1)
    assert (event.user, event.subject_id, event.fields, event.purpose) == (
        workforce_officer,
        str(person.pk),
        ["nik"],
        "Pendaftaran BPU",
    )
    assert nik(1) not in str(event.__dict__)


def test_a_new_main_engagement_takes_the_mark_of_the_old_one(workforce_officer, now):
    first = EngagementFactory()

    second = actions.engage(
        person=first.person,
        enterprise=EnterpriseFactory(),
        steps=[step("CAP"), step("CLP"), step("CAP")],
        from_on=date(2026, 1, 1),
        by=workforce_officer,
        at=now,
    )

    first.refresh_from_db()
    assert (first.is_main, second.is_main, first.until_on) == (False, True, None)
    assert [one.code for one in second.steps.order_by("position")] == ["CAP", "CLP"]


def test_the_first_engagement_is_always_the_main_one(workforce_officer, now):
    only = actions.engage(
        person=PersonFactory(),
        role="own_account",
        from_on=date(2026, 1, 1),
        is_main=False,
        by=workforce_officer,
        at=now,
    )

    assert only.is_main


def test_engaging_twice_at_one_enterprise_is_refused(workforce_officer, now):
    first = EngagementFactory()

    with pytest.raises(actions.AlreadyEngaged):
        actions.engage(
            person=first.person, enterprise=first.enterprise, from_on=date(2026, 1, 1), by=workforce_officer, at=now
        )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"from_on": date(2026, 11, 24), "role": "own_account"}, actions.InTheFuture),
        ({"from_on": date(2026, 1, 1)}, actions.NoPrincipal),
    ],
)
def test_engaging_needs_a_principal_and_a_day_that_has_come(changes, refusal, workforce_officer, now):
    with pytest.raises(refusal) as caught:
        actions.engage(person=PersonFactory(), **changes, by=workforce_officer, at=now)

    assert str(caught.value)


def test_ending_the_main_engagement_makes_the_longest_other_the_main_one(workforce_officer, now):
    main = EngagementFactory()
    long = EngagementFactory(person=main.person, is_main=False, from_on=date(2015, 1, 1))
    EngagementFactory(person=main.person, is_main=False, from_on=date(2024, 1, 1))

    ended = actions.end_engagement(
        engagement=main, until_on=date(2026, 6, 30), reason="laid_off", note="sepi", by=workforce_officer, at=now
    )

    long.refresh_from_db()
    assert (ended.until_on, ended.exit_reason, ended.exit_note) == (date(2026, 6, 30), "laid_off", "sepi")
    assert long.is_main


@pytest.mark.parametrize(
    ("until_on", "refusal"),
    [(date(2026, 12, 1), actions.InTheFuture), (date(2019, 12, 31), actions.EndsBeforeStart)],
)
def test_an_engagement_ends_between_its_start_and_today(until_on, refusal, workforce_officer, now):
    with pytest.raises(refusal):
        actions.end_engagement(
            engagement=EngagementFactory(), until_on=until_on, reason="retired", by=workforce_officer, at=now
        )


def test_an_engagement_ends_once(workforce_officer, now):
    engagement = EngagementFactory(until_on=date(2026, 1, 1), exit_reason="retired")

    with pytest.raises(actions.AlreadyEnded):
        actions.end_engagement(
            engagement=engagement, until_on=date(2026, 2, 1), reason="died", by=workforce_officer, at=now
        )


def record(workforce_officer, now, person, **changes):
    found = {"programme": "jkk", "status": "active", "segment": "bpu", "payer": "city", "from_on": date(2026, 7, 1)}
    return actions.record_coverage(person=person, **found | changes, by=workforce_officer, at=now)


def test_recording_coverage_ends_the_open_period_the_day_before(workforce_officer, now):
    old = CoverageFactory()

    new = record(workforce_officer, now, old.person, payer="worker")

    old.refresh_from_db()
    assert (old.until_on, new.from_on, new.until_on) == (date(2026, 6, 30), date(2026, 7, 1), None)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"from_on": date(2025, 12, 1)}, actions.CoverageOverlaps),
        ({"from_on": date(2026, 1, 1)}, actions.CoverageOverlaps),
        ({"until_on": date(2026, 6, 1)}, actions.EndsBeforeStart),
        ({"programme": "jp"}, actions.SegmentDoesNotFit),
        ({"status": "not_enrolled"}, actions.SegmentDoesNotFit),
        ({"status": "not_enrolled", "segment": ""}, actions.SegmentDoesNotFit),
        ({"verified_on": date(2026, 11, 24)}, actions.InTheFuture),
    ],
)
def test_coverage_that_contradicts_itself_or_the_registry_is_refused(changes, refusal, workforce_officer, now):
    old = CoverageFactory()

    with pytest.raises(refusal):
        record(workforce_officer, now, old.person, **changes)

    old.refresh_from_db()
    assert old.until_on is None
    assert old.person.coverage_periods.count() == 1


def test_recording_several_programmes_is_all_or_nothing(workforce_officer, now):
    person = PersonFactory()
    found = {"status": "active", "segment": "bpu", "from_on": date(2026, 1, 1), "by": workforce_officer, "at": now}

    with pytest.raises(actions.SegmentDoesNotFit):
        actions.record_coverages(person=person, programmes=["jkk", "jkm", "jp"], **found)
    assert person.coverage_periods.count() == 0

    assert len(actions.record_coverages(person=person, programmes=["jkk", "jkm"], **found)) == 2


def test_coverage_can_be_ended_earlier_but_not_later(workforce_officer, now):
    period = CoverageFactory(until_on=date(2026, 12, 31))

    actions.end_coverage(period=period, until_on=date(2026, 10, 31), by=workforce_officer, at=now)
    with pytest.raises(actions.CoverageEnded):
        actions.end_coverage(period=period, until_on=date(2026, 11, 30), by=workforce_officer, at=now)
    with pytest.raises(actions.EndsBeforeStart):
        actions.end_coverage(period=period, until_on=date(2025, 11, 30), by=workforce_officer, at=now)

    period.refresh_from_db()
    assert (period.until_on, period.verified_on) == (date(2026, 10, 31), date(2026, 11, 23))


def consent(workforce_officer, now, person, **changes):
    said = {"purpose": "programme", "given_by": "self", "given_at": now}
    return actions.record_consent(person=person, **said | changes, by=workforce_officer, at=now)


def test_a_consent_points_to_the_words_that_were_read(workforce_officer, now):
    given = consent(workforce_officer, now, PersonFactory())

    assert (given.text.purpose, given.text.version) == ("programme", 1)
    assert queries.consents_standing(given.person, "programme")
    assert not queries.consents_standing(given.person, "photo")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"given_by": "cadre", "witness": " "}, actions.WitnessMissing),
        ({"given_by": "guardian"}, actions.WitnessMissing),
        ({"given_at": datetime(2026, 11, 24, tzinfo=UTC)}, actions.InTheFuture),
    ],
)
def test_a_spoken_consent_needs_a_witness_and_a_past(changes, refusal, workforce_officer, now):
    with pytest.raises(refusal):
        consent(workforce_officer, now, PersonFactory(), **changes)


def test_a_second_consent_for_a_purpose_is_refused_until_the_first_is_withdrawn(workforce_officer, now):
    person = PersonFactory()
    first = consent(workforce_officer, now, person)
    with pytest.raises(actions.ConsentStands):
        consent(workforce_officer, now, person)

    actions.withdraw_consent(consent=first, by=workforce_officer, at=now)
    consent(workforce_officer, now + timedelta(hours=1), person)

    assert person.consents.count() == 2


def test_withdrawal_counts_at_once_and_is_confirmed_later(workforce_officer, now):
    given = ConsentFactory()

    withdrawn = actions.withdraw_consent(consent=given, by=workforce_officer, at=now)

    assert not queries.consents_standing(given.person, "programme")
    assert withdrawn.stop_by == now + timedelta(hours=72)
    assert list(queries.consents_to_stop()) == [withdrawn]
    with pytest.raises(actions.AlreadyWithdrawn):
        actions.withdraw_consent(consent=given, by=workforce_officer, at=now)

    actions.confirm_stopped(consent=given, by=workforce_officer, at=now + timedelta(hours=1))
    assert not queries.consents_to_stop().exists()
