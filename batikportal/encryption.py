"""Personal identifiers at rest: encrypted columns, keyed indexes for finding them, and masks for showing them.

An encrypted value is never a plain string in memory: reading the column gives a `Sealed`, which prints itself masked
everywhere (templates, admin, logs, exports, history). Only `Sealed.reveal()` gives the clear text, and whoever calls it
owes an entry in the log of personal data reads (`audit.read`). UU 27/2022 art. 35-39; OWASP ASVS 5.0 11.3, 14.2.4.

Keys come from the settings: `IDENTIFIER_KEYS` (the first encrypts, all decrypt; `manage.py rotate_keys` moves old rows
to the first) and `IDENTIFIER_INDEX_KEY`, a key of its own: an index cannot be rotated without the clear text.
"""

import functools
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from typing import Any

import pghistory.models
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

DOT = "•"


class UnreadableSecret(Exception):
    """The value was encrypted with a key that is not among IDENTIFIER_KEYS."""


@functools.lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _keys() -> tuple[str, ...]:
    return tuple(settings.IDENTIFIER_KEYS)


def encrypt(text: str) -> str:
    """The text as a Fernet token (AES-128-CBC with HMAC-SHA256) under the first key."""
    return _ring(_keys()).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The clear text of a token, whichever of the keys it was made with."""
    try:
        return _ring(_keys()).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret("No key in IDENTIFIER_KEYS opens this value.") from error


def is_current(token: str) -> bool:
    """Whether the token was made with the first key, so that rotation may skip it."""
    try:
        _ring(_keys()[:1]).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def rotate(token: str) -> str:
    """The same text under the first key, with the time of its first encryption kept."""
    try:
        return _ring(_keys()).rotate(token.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret("No key in IDENTIFIER_KEYS opens this value.") from error


def blind_index(text: str, kind: str) -> str:
    """HMAC-SHA256 of the text as 64 hex digits: equal texts of one kind give equal indexes, nothing else is learnt.

    `kind` ("nik", "npwp") keeps the indexes of different identifiers apart. Normalise the text before.
    """
    message = f"{kind}:{text}".encode()
    return hmac.new(settings.IDENTIFIER_INDEX_KEY.encode(), message, hashlib.sha256).hexdigest()


def mask(text: str, head: int = 4, tail: int = 4) -> str:
    """`3375010503900001` as `3375••••••••0001`; a text too short to hide anything is hidden whole."""
    hidden = len(text) - head - tail
    if hidden < 4:
        return DOT * len(text)
    return text[:head] + DOT * hidden + text[len(text) - tail :]


class Sealed:
    """An encrypted value that prints itself masked; compare and store it by its token."""

    __slots__ = ("head", "tail", "token")

    def __init__(self, token: str, head: int = 4, tail: int = 4) -> None:
        self.token = token
        self.head = head
        self.tail = tail

    def reveal(self) -> str:
        """The clear text. The caller logs the reading."""
        return decrypt(self.token)

    def __str__(self) -> str:
        return mask(self.reveal(), self.head, self.tail)

    def __repr__(self) -> str:
        return "<Sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.token == self.token

    def __hash__(self) -> int:
        return hash(self.token)


class SealedAttribute(DeferredAttribute):
    """Seals a plain string the moment it is assigned, so that no unsaved object carries clear text either."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class EncryptedTextField(models.TextField):
    """A text column that holds Fernet tokens. It cannot be filtered (keep a `blind_index` beside it) nor put on a form.

    `head` and `tail` say how many characters the mask leaves readable.
    """

    description = "Encrypted text"
    descriptor_class = SealedAttribute
    # For the type checker: a text may be assigned, a Sealed comes back.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, head: int = 4, tail: int = 4, **kwargs: Any) -> None:
        self.head = head
        self.tail = tail
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.head != 4:
            kwargs["head"] = self.head
        if self.tail != 4:
            kwargs["tail"] = self.tail
        return name, path, args, kwargs

    def to_python(self, value: Any) -> Any:
        if value is None or value == "" or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        return Sealed(encrypt(str(value)), self.head, self.tail)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return Sealed(value, self.head, self.tail) if value else value

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(value)
        return value.token if isinstance(value, Sealed) else value

    def value_to_string(self, obj: models.Model) -> str:
        """Serialised as the token: a dump holds no clear text (restore with pg_restore, not with loaddata)."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, *args: Any, **kwargs: Any) -> None:
        """No form field of its own: a form would show the mask and then save it. Use a separate write-only input."""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: look it up through its blind index, not by {lookup_name}.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is encrypted and has no transform {lookup_name}.")


def encrypted_columns() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted column of the installed models."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy:
            continue
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


@checks.register(checks.Tags.security)
def check_keys(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Say in words what is wrong with the keys before the first person is registered."""
    found: list[checks.CheckMessage] = []
    keys = list(getattr(settings, "IDENTIFIER_KEYS", []))
    if not keys:
        found.append(
            checks.Error(
                "IDENTIFIER_KEYS is empty.",
                hint="Make a key with: python manage.py rotate_keys --new-key",
                id="encryption.E001",
            )
        )
    for position, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except (ValueError, TypeError):
            found.append(
                checks.Error(
                    f"Key {position} of IDENTIFIER_KEYS is not 32 bytes in URL-safe base64.",
                    hint="Make a key with: python manage.py rotate_keys --new-key",
                    id="encryption.E002",
                )
            )
    index_key = getattr(settings, "IDENTIFIER_INDEX_KEY", "")
    if len(index_key) < 32:
        found.append(
            checks.Error(
                "IDENTIFIER_INDEX_KEY has fewer than 32 characters.",
                hint="Keep a long random text there; changing it later makes every stored index useless.",
                id="encryption.E003",
            )
        )
    if index_key and index_key in keys:
        found.append(
            checks.Error(
                "IDENTIFIER_INDEX_KEY is also in IDENTIFIER_KEYS.", hint="Use a key of its own.", id="encryption.E004"
            )
        )
    return found


@checks.register(checks.Tags.models)
def check_history(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """History is append-only, so a copy of a secret there could neither be rotated to a new key nor erased."""
    return [
        checks.Error(
            f"{model._meta.label} keeps history of the encrypted column {field.name}.",
            hint=f'Leave it out: @audit.tracked(exclude=["{field.name}"]).',
            id="encryption.E005",
        )
        for model, field in encrypted_columns()
        if issubclass(model, pghistory.models.Event)
    ]
