"""Cadre mode: one question a page, nothing lost, nobody else's data, and a card at the end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from batikportal import encryption
from batikportal.choices import Office
from batikportal.management.commands.rotate_keys import Command
from batikportal.models import AccessEvent
from tests.factories.portal import StaffFactory
from tests.factories.workforce import ward
from tests.raw_sql import sql
from tests.workforce.conftest import PLANTED_NIK
from workforce.actions import entries
from workforce.models import CadreEntry, ConsentText, Engagement, Person, WorkerCard

pytestmark = pytest.mark.django_db


def page(step: str) -> str:
    return reverse("workforce:cadre-step", args=[step])


def answers() -> dict[str, dict[str, object]]:
    """What is typed on each page, in order."""
    agreed, refused = {"agreed": "ya", "version": 1}, {"agreed": "tidak", "version": 1}
    return {
        "nama": {"name": "Siti Contoh", "sex": "F"},
        "lahir": {"birth_on": "1990-03-05"},
        "nik": {"nik": "3375024503909010"},
        "tinggal": {"ward": ward().pk, "address": "Gang Contoh 3"},
        "kontak": {"phone": "", "education": "sd"},
        "kerja": {"juragan_1": "Bu Contoh, Buaran", "juragan_2": "Pak Contoh, Jenggot", "place": "home",
                  "pay_mode": "piece", "since_year": "2005"},
        "proses": {"steps": ["NGL", "ISN"]},
        "setuju-program": agreed,
        "setuju-juragan": refused,
        "setuju-whatsapp": refused,
        "saksi": {"witness": "Tetangga Contoh"},
    }  # fmt: skip


def walk(client, **changes):
    """Answer every page; returns the answer to the last."""
    for step, typed in answers().items():
        response = client.post(page(step), typed | changes.get(step.replace("-", "_"), {}))
        assert response.status_code == 302, (step, response.context["form"].errors)
    return response


@pytest.fixture
def door(cadre, as_user):
    return as_user(cadre)


def test_a_cadre_registers_a_home_worker_and_hands_out_a_card(door, cadre):
    assert walk(door).url == reverse("workforce:cadre-check")
    done = door.post(reverse("workforce:cadre-check"))

    person = Person.objects.get()
    entry = CadreEntry.objects.get()
    assert done.url == reverse("workforce:cadre-done", args=[entry.public_id])
    assert (person.name, person.birth_on, person.ward, person.education) == (
        "Siti Contoh", date(1990, 3, 5), ward(), "sd",
    )  # fmt: skip
    assert person.nik.reveal() == "3375024503909010"
    work = Engagement.objects.order_by("pk")
    assert [(one.principal_name, one.is_main, one.place) for one in work] == [
        ("Bu Contoh, Buaran", True, "home"), ("Pak Contoh, Jenggot", False, "home"),
    ]  # fmt: skip
    assert {part.step.code for part in work[0].engagement_steps.all()} == {"NGL", "ISN"}
    consent = person.consents.get()
    assert (consent.purpose, consent.given_by, consent.witness, consent.text.version, consent.created_by) == (
        "programme", "cadre", "Tetangga Contoh", 1, cadre,
    )  # fmt: skip
    card = door.get(reverse("workforce:cadre-card", args=[entry.public_id]))
    assert card.content.startswith(b"%PDF")
    assert WorkerCard.objects.get().code_hash == encryption.blind_index(entry.card_code.reveal(), "card")


def test_nothing_is_lost_on_a_failed_page_or_in_between(door):
    door.post(page("nama"), answers()["nama"])
    wrong = door.post(page("lahir"), {"birth_year": "1790"})

    assert list(wrong.context["form"].errors) == ["birth_year"]
    assert 'value="1790"' in wrong.content.decode()
    assert 'value="Siti Contoh"' in door.get(page("nama")).content.decode()
    assert door.get(page("kerja")).url == page("lahir")
    assert "Siti Contoh" in door.get(reverse("workforce:cadre")).content.decode()


@pytest.mark.parametrize(
    ("step", "typed", "field"),
    [
        ("nama", {"name": ""}, "name"),
        ("lahir", {"birth_on": ""}, "birth_on"),
        ("nik", {"nik": "123"}, "nik"),
        ("nik", {"nik": "3375024503910010"}, "nik_mismatch_reason"),
        ("tinggal", {"ward": ""}, "ward"),
        ("kontak", {"phone": "12"}, "phone"),
        ("kerja", {"juragan_1": "", "juragan_2": ""}, "juragan_1"),
        ("kerja", {"since_year": "1800"}, "since_year"),
        ("proses", {"steps": []}, "steps"),
        ("setuju-program", {"agreed": ""}, "agreed"),
        ("setuju-program", {"version": 0}, "agreed"),
        ("saksi", {"witness": ""}, "witness"),
    ],
)
def test_bad_input_is_told_at_its_field(step, typed, field, door):
    walk(door)

    response = door.post(page(step), answers()[step] | {"sent": "1"} | typed)

    assert list(response.context["form"].errors) == [field]


def test_a_registered_nik_says_one_sentence_and_keeps_nothing(door, worker):
    for step in ("nama", "lahir"):
        door.post(page(step), answers()[step])

    text = door.post(page("nik"), {"nik": PLANTED_NIK}).content.decode()

    assert "NIK ini sudah terdaftar." in text
    assert worker.name not in text
    assert not CadreEntry.objects.exists()
    assert AccessEvent.objects.get().purpose == "Kader mengetik NIK yang sudah terdaftar"


def test_the_ward_is_one_of_the_cadres_own(door, cadre):
    cadre.role_assignments.update(area=ward())
    for step in ("nama", "lahir", "nik"):
        door.post(page(step), answers()[step])

    elsewhere = ward("33.75.04.1004").pk
    response = door.post(page("tinggal"), {"ward": elsewhere})

    assert list(response.context["form"].errors) == ["ward"]
    assert list(response.context["form"].fields["ward"].queryset) == [ward()]


def test_words_that_changed_at_the_last_moment_are_read_again(door):
    walk(door)
    ConsentText.objects.create(purpose="programme", version=2, text="Baru", valid_from=date(2026, 1, 1))

    text = door.post(reverse("workforce:cadre-check")).content.decode()

    assert "Teks persetujuan baru saja diperbarui." in text
    assert not Person.objects.exists()
    assert CadreEntry.objects.get().answers


def test_a_cadre_sees_her_own_entries_of_today_only(door):
    walk(door)
    done = door.post(reverse("workforce:cadre-check"))
    entry = CadreEntry.objects.get()
    assert door.get(done.url).status_code == 200

    yesterday = timezone.now() - timedelta(days=1)
    CadreEntry.objects.update(done_at=yesterday)

    assert door.get(done.url).status_code == 404
    assert door.get(reverse("workforce:cadre-card", args=[entry.public_id])).status_code == 404
    assert "Siti Contoh" not in door.get(reverse("workforce:cadre")).content.decode()


def test_another_cadre_reaches_nothing(door, as_user):
    walk(door)
    done = door.post(reverse("workforce:cadre-check"))
    other = as_user(StaffFactory(role="cadre", office=Office.DINPERINAKER))

    assert other.get(done.url).status_code == 404
    assert "Siti Contoh" not in other.get(reverse("workforce:cadre")).content.decode()


def test_a_second_press_registers_nobody_twice(door):
    walk(door)
    door.post(reverse("workforce:cadre-check"))

    assert door.post(reverse("workforce:cadre-check")).url == reverse("workforce:cadre")
    assert Person.objects.count() == 1


def test_after_midnight_drafts_and_codes_are_gone(door, cadre):
    walk(door)
    door.post(reverse("workforce:cadre-check"))
    entries.keep_answers(answers={"name": "Belum Selesai"}, by=cadre)
    CadreEntry.objects.update(created_at=datetime(2026, 1, 5, 3, tzinfo=UTC))
    CadreEntry.objects.filter(done_at__isnull=False).update(done_at=datetime(2026, 1, 5, 3, tzinfo=UTC))

    assert entries.forget_entries(at=datetime(2026, 1, 5, 16, tzinfo=UTC)) == 0
    assert entries.forget_entries(at=datetime(2026, 1, 5, 17, tzinfo=UTC)) == 2
    assert list(CadreEntry.objects.values_list("card_code", flat=True)) == [None]


def test_answers_that_wait_rotate_with_the_keys(cadre, settings):
    entries.keep_answers(answers={"nik": "3375024503909010"}, by=cadre)
    settings.IDENTIFIER_KEYS = ["b25seS1mb3ItdGhpcy1jaGVjay0wMTIzNDU2Nzg5YWI=", *settings.IDENTIFIER_KEYS]

    Command().handle(new_key=False, dry_run=False)

    entry = CadreEntry.objects.get()
    assert encryption.is_current(entry.answers.token)
    assert entries.answers_of(entry) == {"nik": "3375024503909010"}
    assert "3375024503909010" not in str(CadreEntry.objects.values())


@pytest.mark.parametrize("change", ["done_at = now()", "answers = NULL", "card_code = 'x'"])
def test_the_database_keeps_answers_or_a_person(change, cadre):
    entries.keep_answers(answers={}, by=cadre)

    with pytest.raises(IntegrityError, match="cadreentry_answers_or_person"):
        sql(f"UPDATE workforce_cadreentry SET {change}")


@pytest.mark.parametrize("role", ["leader", "market_officer", "owner", "outsider"])
def test_others_reach_no_page_of_the_cadre(role, as_user, request):
    client = as_user(request.getfixturevalue(role))

    for url in (reverse("workforce:cadre"), page("nama"), reverse("workforce:cadre-check")):
        assert client.get(url).status_code == 403
