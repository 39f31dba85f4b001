"""Reads of the history: what happened to one record, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from pghistory.models import Events

from batikportal.models import User

SHOWN = 200
# Internal columns, and keyed hashes of personal identifiers.
HIDDEN_SUFFIXES = ("_hash",)
HIDDEN = {"id", "public_id", "created_by", "created_by_id", "source", "created_at"}


@dataclass(frozen=True)
class Change:
    """One event: who did what to the record, when, from which page and why."""

    at: datetime
    title: str
    by: str
    text: str
    changes: list[tuple[str, Any, Any]]


def changes_of(record: models.Model) -> list[Change]:
    """The newest 200 events of a record; two queries whatever their number."""
    events = list(Events.objects.tracks(record).order_by("-pgh_created_at", "-pgh_id")[:SHOWN])
    people = {str((event.pgh_context or {}).get("user")) for event in events} - {"None"}
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=people)}
    titles = {"insert": _("Dibuat"), "update": _("Diubah"), "delete": _("Dihapus")}
    found = []
    for event in events:
        context = event.pgh_context or {}
        found.append(
            Change(
                at=event.pgh_created_at,
                title=titles.get(event.pgh_label, event.pgh_label),
                by=names.get(str(context.get("user")), _("sistem")),
                text=context.get("reason", ""),
                changes=list(_differences(type(record), event.pgh_diff or {})),
            )
        )
    return found


def _differences(model: type[models.Model], diff: dict[str, list[Any]]) -> Iterator[tuple[str, Any, Any]]:
    columns = {field.attname: field for field in model._meta.local_fields}
    for name, (old, new) in diff.items():
        if name in HIDDEN or name.endswith(HIDDEN_SUFFIXES):
            continue
        field = columns.get(name)
        label = str(field.verbose_name).capitalize() if field is not None else name
        yield label, _in_words(field, old), _in_words(field, new)


def _in_words(field: models.Field | None, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)
