"""Old keys can be taken away once `rotate_keys` has run."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from tests.factories.workforce import PersonFactory, nik
from workforce.models import Person

pytestmark = pytest.mark.django_db


def rotate(**options) -> str:
    out = StringIO()
    call_command("rotate_keys", stdout=out, **options)
    return out.getvalue()


def test_rotation_moves_every_nik_to_the_first_key_and_leaves_the_index(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.IDENTIFIER_KEYS = [old]
    people = [PersonFactory(number=nik(number)) for number in range(3)]
    PersonFactory(number="", nik=None)
    history = Person.pgh_event_model.objects.count()
    settings.IDENTIFIER_KEYS = [new, old]

    assert "3 would be rotated" in rotate(dry_run=True)
    assert "workforce.Person.nik: 3 rotated, 0 already current" in rotate()
    assert "0 rotated, 3 already current" in rotate()

    settings.IDENTIFIER_KEYS = [new]
    stored = Person.objects.filter(nik__isnull=False).order_by("pk")
    assert [person.nik.reveal() for person in stored] == [nik(0), nik(1), nik(2)]
    assert [person.nik_hash for person in stored] == [person.nik_hash for person in people]
    # A new envelope is no change of a person.
    assert Person.pgh_event_model.objects.count() == history


def test_rotation_without_the_old_key_stops_with_a_sentence(settings):
    settings.IDENTIFIER_KEYS = [Fernet.generate_key().decode()]
    PersonFactory()
    settings.IDENTIFIER_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(CommandError, match="Put the old key back"):
        rotate()


def test_a_new_key_is_printed_and_used_by_nobody_yet():
    assert Fernet(rotate(new_key=True).strip())
