"""Cards, what their holders see, and the requests that wait."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from batikportal import encryption
from batikportal.models import Enterprise
from workforce.choices import ConsentPurpose
from workforce.models import CadreEntry, Consent, Person, RegistryRequest, WorkerCard
from workforce.queries.people import workers_of_enterprise
from workforce.rules import cards as rules


def code_hash(code: str) -> str:
    """The keyed hash under which a code is found, however it is typed."""
    return encryption.blind_index(rules.normalised_code(code), "card")


def card_by_code(code: str) -> WorkerCard | None:
    """The valid card with this code."""
    valid = WorkerCard.objects.filter(revoked_at__isnull=True).select_related("person")
    return valid.filter(code_hash=code_hash(code)).first()


def valid_card(person: Person) -> WorkerCard | None:
    """The card that a person holds."""
    return person.cards.filter(revoked_at__isnull=True).first()


def entered_on(user, day: date) -> QuerySet[Any]:
    """What a cadre entered on the day, the newest first."""
    return CadreEntry.objects.filter(created_by=user, done_at__date=day).select_related("person").order_by("-done_at")


def open_entry(user) -> CadreEntry | None:
    """What the cadre began and did not finish."""
    return CadreEntry.objects.filter(created_by=user, done_at__isnull=True).first()


def requests_matching(requests: QuerySet[RegistryRequest], state: str) -> QuerySet[Any]:
    """Requests in a state, the oldest first."""
    return requests.filter(state=state).select_related("person", "enterprise", "answered_by").order_by("asked_at", "pk")


def named_workers(enterprise: Enterprise, on: date) -> tuple[list[Any], int]:
    """The workers of an enterprise who agreed that their employer sees their name, and how many did not."""
    people = workers_of_enterprise(enterprise, on)
    agreed = Consent.objects.filter(purpose=ConsentPurpose.EMPLOYER_VIEW, withdrawn_at__isnull=True)
    named = list(people.filter(pk__in=agreed.values("person")).order_by("name", "pk"))
    return named, people.count() - len(named)
