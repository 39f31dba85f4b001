"""Pairs that may be one person, side by side, and what would move when they are merged."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from workforce.models import DuplicateCandidate, Person
from workforce.rules import duplicates as rules

# Groups whose first column does not name them.
LABELS = {"birth": _("Lahir"), "residence": _("Tempat tinggal")}


@dataclass(frozen=True)
class Difference:
    """One line of the comparison: a group of columns, what both records say, and whether that differs."""

    group: str
    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


def pairs_matching(pairs: QuerySet[Any], state: str, text: str = "") -> QuerySet[Any]:
    """Pairs in a state, the likeliest first."""
    found = pairs.filter(state=state).select_related("first__ward", "second__ward", "decided_by")
    if text:
        found = found.filter(Q(first__name__icontains=text) | Q(second__name__icontains=text))
    return found.order_by("-score", "pk")


def open_pairs_of(person: Person, pairs: QuerySet[Any]) -> QuerySet[Any]:
    """The pairs of one person that wait for a decision."""
    return pairs.filter(Q(first=person) | Q(second=person), state="open").select_related("first", "second")


def living(person: Person) -> Person:
    """The record that a merged one was merged into; itself, if it was not."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def merged_into(person: Person) -> QuerySet[Any]:
    """The records that were merged into this one, the newest first."""
    return Person.objects.filter(merged_into=person).order_by("-created_at", "-pk")


def comparison(pair: DuplicateCandidate) -> Iterator[Difference]:
    """What both records say, group by group; the NIK stays masked."""
    for group in rules.GROUPS:
        column = cast("models.Field[Any, Any]", Person._meta.get_field(rules.GROUPS[group][0]))
        label = LABELS.get(group) or column.verbose_name
        yield Difference(group, capfirst(str(label)), _told(pair.first, group), _told(pair.second, group))


def _told(person: Person, group: str) -> str:
    if group == "birth":
        return f"{person.birth_on:%d-%m-%Y}" if person.birth_on else str(person.birth_year or "")
    if group == "residence":
        where = person.ward.name if person.ward else person.residence_outside
        return f"{where}, {person.address}" if person.address else where
    if group in ("sex", "education", "disability"):
        return str(getattr(person, f"get_{group}_display")())
    return str(getattr(person, group) or "")
