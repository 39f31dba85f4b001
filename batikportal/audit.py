"""The audit trail: history written by database triggers, and a log of who read personal data."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar, overload

import pghistory
from django.apps import apps
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


@overload
def tracked(model: Model) -> Model: ...
@overload
def tracked(*, exclude: Sequence[str]) -> Callable[[Model], Model]: ...
def tracked(model=None, *, exclude=()):
    """Class decorator: keep every insert, update and delete of a model in an append-only table.

    The triggers also see bulk and raw changes; who, why and in which request come from the context
    that the middleware and ``because`` set. Encrypted columns are named in ``exclude``: what cannot be
    erased must not hold a secret.
    """
    track = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude) or None
    )
    return track if model is None else track(model)


def because(reason: object, *, by=None):
    """Context manager that adds the reason to every change made inside it, and who made it where no request says so."""
    return pghistory.context(reason=str(reason), **({"user": by.pk} if by else {}))


def read(user, subject: models.Model, *, fields: Iterable[str], purpose: str) -> None:
    """Log that ``user`` read the named personal ``fields`` of ``subject`` in clear, and for what purpose."""
    apps.get_model("batikportal.AccessEvent").objects.create(
        user=user,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject),
        fields=sorted(fields),
        purpose=purpose,
    )
