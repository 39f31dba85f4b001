"""Encrypted identifiers: round trip, masks, keyed index, rotation, and no way to print one by accident."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import models
from django.test.utils import isolate_apps

from batikportal import encryption

NIK = "3375010503909999"
OLD_KEY, NEW_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def keys(settings):
    settings.IDENTIFIER_KEYS = [OLD_KEY]
    settings.IDENTIFIER_INDEX_KEY = "an index key of thirty-two characters or more"
    return settings


@pytest.fixture
def holder_model():
    with isolate_apps("batikportal"):

        class Holder(models.Model):
            number = encryption.EncryptedTextField()

            class Meta:
                app_label = "batikportal"

        yield Holder


def test_encrypt_gives_back_the_text_and_hides_it_in_the_token():
    token = encryption.encrypt(NIK)

    assert encryption.decrypt(token) == NIK
    assert NIK not in token
    assert token != encryption.encrypt(NIK)


def test_decrypt_without_the_key_says_so(keys):
    token = encryption.encrypt(NIK)
    keys.IDENTIFIER_KEYS = [NEW_KEY]

    with pytest.raises(encryption.UnreadableSecret):
        encryption.decrypt(token)


def test_rotation_reads_old_tokens_and_writes_new_ones(keys):
    old = encryption.encrypt(NIK)
    keys.IDENTIFIER_KEYS = [NEW_KEY, OLD_KEY]

    new = encryption.rotate(old)

    assert not encryption.is_current(old)
    assert encryption.is_current(new)
    keys.IDENTIFIER_KEYS = [NEW_KEY]
    assert encryption.decrypt(new) == NIK


def test_blind_index_depends_on_text_kind_and_key(keys):
    first = encryption.blind_index(NIK, "nik")

    assert first == encryption.blind_index(NIK, "nik")
    assert len(first) == 64
    assert first != encryption.blind_index(NIK, "npwp")
    assert first != encryption.blind_index("3375010503909998", "nik")
    keys.IDENTIFIER_INDEX_KEY = "another index key of thirty-two characters"
    assert first != encryption.blind_index(NIK, "nik")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3375010503900001", "3375••••••••0001"),
        ("123456789012", "1234••••9012"),
        ("12345678901", "•••••••••••"),
        ("12", "••"),
        ("", ""),
    ],
)
def test_mask_never_leaves_fewer_than_four_hidden(text, shown):
    assert encryption.mask(text) == shown


def test_sealed_prints_masked_in_every_way(holder_model):
    holder = holder_model(number=NIK)

    for printed in (str(holder.number), repr(holder.number), f"{holder.number}"):
        assert NIK not in printed
    assert str(holder.number) == "3375••••••••9999"
    assert holder.number.reveal() == NIK


def test_field_stores_the_token_once_and_keeps_it(holder_model):
    holder = holder_model(number=NIK)
    field = holder_model._meta.get_field("number")

    token = field.get_prep_value(holder.number)

    assert encryption.decrypt(token) == NIK
    assert field.get_prep_value(field.from_db_value(token, None, None)) == token


def test_field_leaves_empty_values_alone(holder_model):
    field = holder_model._meta.get_field("number")

    assert field.get_prep_value(None) is None
    assert field.from_db_value(None, None, None) is None
    assert field.get_prep_value("") == ""


def test_field_refuses_to_be_searched(holder_model):
    with pytest.raises(FieldError):
        holder_model.objects.filter(number=NIK)
    with pytest.raises(FieldError):
        holder_model.objects.filter(number__icontains="9999")


def test_field_stays_off_forms(holder_model):
    assert holder_model._meta.get_field("number").formfield() is None


@pytest.mark.parametrize(
    ("identifier_keys", "index_key", "found"),
    [
        ([], "x" * 40, ["encryption.E001"]),
        (["short"], "x" * 40, ["encryption.E002"]),
        ([OLD_KEY], "short", ["encryption.E003"]),
        ([OLD_KEY], OLD_KEY, ["encryption.E004"]),
        ([NEW_KEY, OLD_KEY], "x" * 40, []),
    ],
    ids=["no key", "malformed key", "short index key", "index key among the keys", "two keys"],
)
def test_check_names_what_is_wrong_with_the_keys(keys, identifier_keys, index_key, found):
    keys.IDENTIFIER_KEYS = identifier_keys
    keys.IDENTIFIER_INDEX_KEY = index_key

    assert [message.id for message in encryption.check_keys(None)] == found
