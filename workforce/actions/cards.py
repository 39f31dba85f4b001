"""Cards: issued, revoked, used; and requests to the office: sent and answered."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from batikportal.choices import Source
from batikportal.models import Enterprise
from workforce.actions.locking import lock_person
from workforce.actions.refusals import Refused
from workforce.choices.cards import CardUseKind, RequestKind, RequestState
from workforce.models import CardUse, Person, RegistryRequest, WorkerCard
from workforce.queries import cards as queries
from workforce.rules import cards as rules


class CardUnknown(Refused):
    sentence = _("Kode atau jawaban tidak cocok. Periksa tulisannya pada kartu, lalu coba lagi.")


class CardLocked(Refused):
    sentence = _("Terlalu banyak jawaban salah. Mintalah kartu baru di kantor Dinperinaker.")


class RequestAnswered(Refused):
    sentence = _("Permintaan ini sudah dijawab. Muat ulang halaman untuk melihat jawabannya.")


@transaction.atomic
def issue_card(*, person: Person, by, at: datetime, source: str = Source.FORM) -> str:
    """A new card; the one before stops at once. Returns the code, which is not kept."""
    lock_person(person)
    revoke_card(person=person, by=by, at=at)
    code = "".join(secrets.choice(rules.ALPHABET) for _place in range(rules.CODE_LENGTH))
    WorkerCard.objects.create(person=person, code_hash=queries.code_hash(code), created_by=by, source=source)
    return code


@transaction.atomic
def revoke_card(*, person: Person, by, at: datetime) -> int:
    """The card of a person stops; returns how many did, 0 or 1."""
    return WorkerCard.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=at)


def open_by_card(*, code: str, answer: str, at: datetime) -> WorkerCard:
    """The card, if code and second answer are right; the opening is kept, a wrong answer counts against the card.
    Unknown codes and wrong answers are told alike. Not in one transaction: a refusal must leave its count."""
    card = queries.card_by_code(code)
    if card is None:
        raise CardUnknown
    person = card.person
    # Every try is counted before it is looked at, so that many at once are no way around the limit.
    counted = WorkerCard.objects.filter(pk=card.pk, wrong_in_a_row__lt=rules.MOST_WRONG)
    if not counted.update(wrong_in_a_row=F("wrong_in_a_row") + 1):
        raise CardLocked
    year = person.birth_on.year if person.birth_on else person.birth_year
    if not rules.answers_match(answer, year, person.name):
        use_card(card=card, kind=CardUseKind.WRONG, at=at)
        raise CardUnknown
    WorkerCard.objects.filter(pk=card.pk).update(wrong_in_a_row=0)
    use_card(card=card, kind=CardUseKind.OPENED, at=at)
    return card


def use_card(*, card: WorkerCard, kind: str, at: datetime) -> CardUse:
    """Keep that a card was used."""
    return CardUse.objects.create(card=card, kind=kind, at=at)


@transaction.atomic
def ask_by_card(*, card: WorkerCard, kind: str, words: str, at: datetime) -> RegistryRequest:
    """The worker asks the office to correct or delete her data."""
    use_card(card=card, kind=CardUseKind.ASKED, at=at)
    return RegistryRequest.objects.create(kind=kind, person=card.person, words=words.strip(), asked_at=at)


@transaction.atomic
def tell_of_staff(*, enterprise: Enterprise, words: str, by, at: datetime) -> RegistryRequest:
    """An owner says who joined or left; the office checks and records it."""
    return RegistryRequest.objects.create(
        kind=RequestKind.STAFF, enterprise=enterprise, words=words.strip(), asked_at=at, created_by=by
    )


@transaction.atomic
def answer_request(*, request: RegistryRequest, state: str, answer: str, by, at: datetime) -> RegistryRequest:
    """The office says what it did, or why it cannot."""
    current = RegistryRequest.objects.select_for_update().get(pk=request.pk)
    if current.state != RequestState.OPEN:
        raise RequestAnswered
    current.state, current.answer, current.answered_by, current.answered_at = state, answer.strip(), by, at
    current.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return current
