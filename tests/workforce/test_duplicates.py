"""Duplicates: which pairs are proposed, what a decision keeps, and what a merge moves, joins or refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from batikportal import encryption
from batikportal.management.commands.rotate_keys import Command
from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import (
    CertificateFactory,
    ConsentFactory,
    CoverageFactory,
    EngagementFactory,
    PersonFactory,
    RoundFactory,
    SkillFactory,
    WageFactory,
    candidate,
    entry,
    ward,
)
from tests.raw_sql import sql
from workforce.actions import duplicates as actions
from workforce.actions import engage, merging, register_person
from workforce.actions.locking import PersonMerged
from workforce.models import Consent, DuplicateCandidate, Engagement, Person

pytestmark = pytest.mark.django_db

BORN = date(1990, 3, 5)


def people(*changes):
    """Records that agree in name, birth and ward unless said otherwise; none has a NIK."""
    return [PersonFactory(**({"name": "Khotijah Contoh", "number": None, "nik": None} | one)) for one in changes]


def proposed() -> list[tuple[str, int]]:
    actions.propose_pairs()
    return list(DuplicateCandidate.objects.values_list("rule", "score"))


# --- What is proposed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, [("name_birth_ward", 95)]),
        ({"name": "Hj. KHOTIDJAH  CONTOH"}, [("name_birth_ward", 95)]),
        ({"name": "Bu Kotijah, Contoh"}, []),
        ({"ward": None, "residence_outside": "Kab. Batang"}, [("name_birth", 85)]),
        ({"birth_on": None, "birth_year": 1990}, [("name_year_ward", 75)]),
        ({"birth_on": None}, [("name_ward", 60)]),
        ({"birth_on": date(1991, 3, 5)}, []),
        ({"birth_on": None, "birth_year": 1991}, []),
        ({"sex": "M"}, []),
        ({"sex": ""}, [("name_birth_ward", 95)]),
        ({"number": "3375024503909001"}, [("name_birth_ward", 95)]),
    ],
)
def test_pairs_are_found_by_name_birth_and_ward(other, found):
    if "number" in other:
        people({})
        PersonFactory(name="Khotijah Contoh", number=other["number"])
    else:
        people({}, other)

    assert proposed() == found


def test_the_same_phone_and_name_are_a_pair():
    people({"phone": "+62812000111", "birth_on": None, "birth_year": 1980}, {"phone": "+62812000111"})

    assert proposed() == [("name_phone", 80)]


def test_two_niks_make_a_pair_less_likely():
    for serial in (9001, 9002):
        PersonFactory(name="Khotijah Contoh", number=f"337502450390{serial}")

    assert proposed() == [("name_birth_ward", 65)]


def test_a_pair_decided_different_is_not_proposed_again(workforce_officer, now):
    people({}, {})
    assert proposed() == [("name_birth_ward", 95)]
    pair = DuplicateCandidate.objects.get()
    actions.decide_different(pair=pair, by=workforce_officer, at=now)

    assert actions.propose_pairs() == 0
    assert list(DuplicateCandidate.objects.values_list("state")) == [("different",)]
    with pytest.raises(actions.PairDecided):
        actions.decide_different(pair=pair, by=workforce_officer, at=now)


def test_registering_proposes_pairs_at_once(cadre, now):
    (known,) = people({})
    facts = {"name": "Ibu Khotijah Contoh", "sex": "F", "birth_on": BORN, "ward": ward()}
    made = register_person(facts=facts, by=cadre, at=now)

    pair = DuplicateCandidate.objects.get()
    assert (pair.first, pair.second, pair.state) == (known, made, "open")


def test_everybody_is_compared_in_one_statement():
    people(*[{} for _number in range(12)])

    with CaptureQueriesContext(connection) as asked:
        assert actions.propose_pairs() == 66
    assert sum("workforce_duplicatecandidate" in query["sql"] for query in asked) == 1


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("first_id = second_id, second_id = first_id", "duplicate_pair_ordered"),
        ("first_id = second_id", "duplicate_pair_ordered"),
        ("score = 101", "duplicate_score_in_range"),
        ("state = 'different'", "duplicate_decision_has_name_and_time"),
        ("decided_at = now()", "duplicate_decision_has_name_and_time"),
    ],
)
def test_the_database_refuses_what_cannot_be(change, constraint):
    people({}, {})
    actions.propose_pairs()

    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE workforce_duplicatecandidate SET {change}")


# --- Merging --------------------------------------------------------------------------------------------------------


@pytest.fixture
def pair():
    people({}, {"name": "Hj. Khotijah Contoh", "phone": "+62812000111"})
    actions.propose_pairs()
    return DuplicateCandidate.objects.get()


def merge(pair, by, now, **chosen):
    stays, gone = pair.first, pair.second
    picked = {group: {"1": stays.pk, "2": gone.pk}[side] for group, side in chosen.items()}
    return merging.merge_people(pair=pair, into=stays, chosen=picked, by=by, at=now)


def test_everything_moves_and_the_other_record_is_closed(pair, workforce_officer, now):
    stays, gone = pair.first, pair.second
    rows = [
        EngagementFactory(person=gone), CoverageFactory(person=gone), ConsentFactory(person=gone),
        WageFactory(person=gone), SkillFactory(person=gone), CertificateFactory(person=gone),
    ]  # fmt: skip

    merge(pair, workforce_officer, now, name="1", phone="2")

    for row in rows:
        row.refresh_from_db()
        assert row.person == stays, row
    stays.refresh_from_db()
    gone.refresh_from_db()
    pair.refresh_from_db()
    assert (stays.name, stays.phone, stays.merged_into) == ("Khotijah Contoh", "+62812000111", None)
    assert (gone.merged_into, pair.state, pair.decided_by) == (stays, "same", workforce_officer)
    assert list(Person.objects.visible_to(workforce_officer)) == [stays]
    with pytest.raises(InternalError, match="Cannot update rows"):
        sql("UPDATE workforce_person SET name = 'X' WHERE id = %s", gone.pk)
    with pytest.raises(InternalError, match="Cannot update rows"):
        sql("UPDATE workforce_person SET merged_into_id = NULL WHERE id = %s", gone.pk)
    with pytest.raises(IntegrityError, match="merged into another"), transaction.atomic():
        EngagementFactory(person=gone)
    with pytest.raises(PersonMerged):
        engage(person=gone, principal_name="Bu Contoh", from_on=date(2026, 1, 1), by=workforce_officer, at=now)
    with pytest.raises(merging.PairDecided):
        merge(pair, workforce_officer, now)


def test_what_moves_counts_every_kind_of_row(pair):
    EngagementFactory(person=pair.second)
    SkillFactory(person=pair.second)

    assert dict(merging.what_moves(pair.second)) == {"hubungan kerja": 1, "keahlian": 1}
    assert {model.__name__ for model, _field in merging.relations()} >= {
        "Engagement", "CoveragePeriod", "Consent", "WageObservation", "SkillClaim", "CompetencyCertificate",
    }  # fmt: skip


def test_a_nik_changes_its_holder_and_its_key_still_rotates(workforce_officer, now, settings):
    first = PersonFactory(name="Khotijah Contoh", number="3375024503909001")
    second = PersonFactory(name="Khotijah Contoh", number="3375024503909002")
    actions.propose_pairs()
    merge(DuplicateCandidate.objects.get(), workforce_officer, now, nik="2")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.nik.reveal()[-4:], second.nik.reveal()[-4:]) == ("9002", "9001")
    assert first.nik_hash == encryption.blind_index("3375024503909002", "nik")
    settings.IDENTIFIER_KEYS = ["b25seS1mb3ItdGhpcy1jaGVjay0wMTIzNDU2Nzg5YWI=", *settings.IDENTIFIER_KEYS]
    Command().handle(new_key=False, dry_run=False)
    second.refresh_from_db()
    assert encryption.is_current(second.nik.token)
    assert second.nik.reveal()[-4:] == "9001"


def test_engagements_for_one_principal_become_one_and_one_stays_main(pair, workforce_officer, now):
    stays, gone, workshop = pair.first, pair.second, EnterpriseFactory()
    kept = EngagementFactory(person=stays, enterprise=workshop, steps=["NGL"])
    EngagementFactory(person=gone, enterprise=workshop, steps=["ISN"], from_on=date(2018, 5, 1))
    other = EngagementFactory(person=gone, is_main=False, steps=["CAP"])

    merge(pair, workforce_officer, now)

    kept.refresh_from_db()
    assert kept.from_on == date(2018, 5, 1)
    assert {part.step.code for part in kept.engagement_steps.all()} == {"NGL", "ISN"}
    assert set(Engagement.objects.filter(person=stays)) == {kept, other}
    assert list(Engagement.objects.filter(is_main=True, until_on__isnull=True)) == [kept]


def test_a_second_main_engagement_loses_its_mark(pair, workforce_officer, now):
    kept, other = EngagementFactory(person=pair.first), EngagementFactory(person=pair.second)

    merge(pair, workforce_officer, now)

    other.refresh_from_db()
    assert (other.person, other.is_main) == (pair.first, False)
    kept.refresh_from_db()
    assert kept.is_main


def test_coverage_that_says_the_same_becomes_one_period(pair, workforce_officer, now):
    kept = CoverageFactory(person=pair.first, from_on=date(2026, 3, 1), until_on=date(2026, 12, 31))
    CoverageFactory(person=pair.second, from_on=date(2026, 1, 1), until_on=date(2026, 6, 30))
    CoverageFactory(person=pair.second, programme="jkm")

    merge(pair, workforce_officer, now)

    kept.refresh_from_db()
    assert (kept.from_on, kept.until_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert sorted(pair.first.coverage_periods.values_list("programme", flat=True)) == ["jkk", "jkm"]


def test_coverage_that_disagrees_is_refused_and_nothing_moves(pair, workforce_officer, now):
    CoverageFactory(person=pair.first)
    CoverageFactory(person=pair.second, payer="worker")
    moved = EngagementFactory(person=pair.second)

    with pytest.raises(merging.CoverageDisagrees):
        merge(pair, workforce_officer, now)

    moved.refresh_from_db()
    pair.refresh_from_db()
    assert (moved.person, pair.state) == (pair.second, "open")


def test_a_place_in_a_round_is_not_dropped_by_a_merge(pair, workforce_officer, now):
    """The record that stays was only proposed; the one that would go holds a place of the quota."""
    round_ = RoundFactory()
    for person, state in ((pair.first, "proposed"), (pair.second, "accepted")):
        entry(round_, state, person=candidate(person))

    with pytest.raises(merging.CannotStandTogether):
        merge(pair, workforce_officer, now)

    assert round_.entries.filter(person=pair.second, state="accepted").exists()


def test_a_withdrawal_on_either_record_is_the_last_word(pair, workforce_officer, now):
    given, withdrawn = datetime(2026, 1, 5, 3, tzinfo=UTC), datetime(2026, 5, 5, 3, tzinfo=UTC)
    ConsentFactory(person=pair.first, given_at=given, withdrawn_at=withdrawn)
    ConsentFactory(person=pair.second, given_at=given)
    ConsentFactory(person=pair.second, purpose="whatsapp", given_at=given)

    merge(pair, workforce_officer, now)

    standing = Consent.objects.filter(withdrawn_at__isnull=True)
    assert [(one.person, one.purpose) for one in standing] == [(pair.first, "whatsapp")]


def test_of_two_standing_consents_one_stays_as_paper(pair, workforce_officer, now):
    ConsentFactory(person=pair.first)
    paper = ConsentFactory(person=pair.second)

    merge(pair, workforce_officer, now)

    paper.refresh_from_db()
    assert paper.person == pair.second
    assert Consent.objects.filter(person=pair.first, withdrawn_at__isnull=True).count() == 1


def test_the_better_of_two_skills_stands_and_the_same_wage_counts_once(pair, workforce_officer, now):
    SkillFactory(person=pair.first)
    better = SkillFactory(person=pair.second, evidence="master", attested_by="Bu Contoh")
    WageFactory(person=pair.first)
    WageFactory(person=pair.second)

    merge(pair, workforce_officer, now)

    assert list(pair.first.skill_claims.standing()) == [better]
    assert pair.first.skill_claims.count() == 2
    assert pair.first.wage_observations.count() == 1


@pytest.mark.parametrize("is_open_here", [True, False])
def test_decisions_about_a_third_record_follow(is_open_here, workforce_officer, now):
    first, second, third = people({}, {}, {})
    actions.propose_pairs()
    between = DuplicateCandidate.objects.get(first=second, second=third)
    actions.decide_different(pair=between, by=workforce_officer, at=now)
    if not is_open_here:
        DuplicateCandidate.objects.get(first=first, second=third).delete()

    merge(DuplicateCandidate.objects.get(first=first, second=second), workforce_officer, now)

    carried = DuplicateCandidate.objects.get(first=first, second=third)
    assert carried.state == "different"
    assert actions.propose_pairs() == 0


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_merge_once(workforce_officer, now):
    people({}, {})
    actions.propose_pairs()
    pair = DuplicateCandidate.objects.get()
    EngagementFactory(person=pair.second)

    def attempt(into: Person) -> str:
        try:
            merging.merge_people(pair=pair, into=into, chosen={}, by=workforce_officer, at=now)
        except merging.Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(attempt, [pair.first, pair.second]))

    assert outcomes == ["PairDecided", "merged"]
    survivor = Person.objects.registered().get()
    assert Engagement.objects.get().person == survivor


# --- Pages ----------------------------------------------------------------------------------------------------------


def test_an_officer_reviews_and_merges(pair, workforce_officer, as_user):
    client = as_user(workforce_officer)
    EngagementFactory(person=pair.second)
    url = pair.get_absolute_url()

    assert list(client.get(reverse("workforce:duplicate-list")).context["page"]) == [pair]
    page = client.get(url).content.decode()
    assert "<mark>Hj. Khotijah Contoh</mark>" in page
    typed = {"stays": "1", "name": "1", "phone": "2"}
    assert list(client.post(url, {"stays": "3"}).context["form"].errors) == ["stays", "name", "phone"]
    shown = client.post(url, typed).content.decode()
    assert "1 hubungan kerja pindah ke Khotijah Contoh." in shown
    assert Person.objects.registered().count() == 2
    done = client.post(url, typed | {"confirmed": "1"})
    assert done.url == reverse("workforce:worker", args=[pair.first.public_id])
    old = client.get(reverse("workforce:worker", args=[pair.second.public_id]))
    assert old.url == done.url
    assert "Digabung dari data Hj. Khotijah Contoh" in client.get(done.url).content.decode()
    assert client.get(reverse("workforce:worker-edit", args=[pair.second.public_id])).status_code == 404


def test_an_officer_decides_that_they_are_two(pair, workforce_officer, as_user):
    client = as_user(workforce_officer)
    client.post(reverse("workforce:duplicate-different", args=[pair.public_id]))

    pair.refresh_from_db()
    assert pair.state == "different"
    page = client.get(reverse("workforce:duplicate-list"), {"keputusan": "different"})
    assert list(page.context["page"]) == [pair]
    assert "Satu orang: lihat yang akan pindah" in client.get(pair.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", ["leader", "cadre", "market_officer", "data_clerk", "owner"])
def test_others_reach_no_pair(role, pair, as_user, request):
    user = request.getfixturevalue(role)

    assert not DuplicateCandidate.objects.visible_to(user).exists()
    assert as_user(user).get(reverse("workforce:duplicate-list")).status_code == 403
    assert as_user(user).get(pair.get_absolute_url()).status_code == 403


def test_a_pair_across_a_work_area_answers_404(workforce_officer, as_user):
    people({}, {"ward": ward("33.75.04.1004")})
    actions.propose_pairs()
    workforce_officer.role_assignments.update(area=ward().parent)

    pair = DuplicateCandidate.objects.get()
    assert as_user(workforce_officer).get(pair.get_absolute_url()).status_code == 404


def test_a_merged_nik_still_leads_to_the_person(workforce_officer, as_user, now):
    first = PersonFactory(name="Khotijah Contoh", number="3375024503909001")
    PersonFactory(name="Khotijah Contoh", number="3375024503909002")
    actions.propose_pairs()
    merge(DuplicateCandidate.objects.get(), workforce_officer, now)

    found = as_user(workforce_officer).post(reverse("workforce:nik-search"), {"nik": "3375024503909002"})

    assert found.url == reverse("workforce:worker", args=[first.public_id])


def test_the_list_asks_as_often_for_30_as_for_one(workforce_officer, as_user):
    client, url = as_user(workforce_officer), reverse("workforce:duplicate-list")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    people({}, {})
    actions.propose_pairs()
    client.get(url)
    one = count()
    people(*[{} for _number in range(7)])
    actions.propose_pairs()
    assert DuplicateCandidate.objects.count() == 36
    assert count() == one
