"""A cadre registers somebody in small steps: answers are kept as they come, and become a person all at once."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.models import Area
from workforce import queries
from workforce.actions.cards import issue_card
from workforce.actions.consents import record_consent
from workforce.actions.engagements import engage
from workforce.actions.people import register_person
from workforce.actions.refusals import Refused
from workforce.choices import ConsentGivenBy, EngagementRole
from workforce.models import CadreEntry, Person, ProcessStep
from workforce.rules.cards import CADRE_PURPOSES


class NothingEntered(Refused):
    sentence = _("Isian ini sudah selesai atau sudah dihapus. Mulai pendataan baru.")


class TextChanged(Refused):
    sentence = _("Teks persetujuan baru saja diperbarui. Bacakan lagi teks yang baru, lalu catat jawabannya.")


def answers_of(entry: CadreEntry | None) -> dict[str, Any]:
    """What was answered so far."""
    if entry is None or entry.answers is None:
        return {}
    found: dict[str, Any] = json.loads(entry.answers.reveal())
    return found


@transaction.atomic
def keep_answers(*, answers: Mapping[str, Any], by) -> CadreEntry:
    """Add to what the cadre answered so far, in the one registration she has open."""
    entry, made = CadreEntry.objects.get_or_create(
        created_by=by, done_at__isnull=True, defaults={"answers": json.dumps(dict(answers))}
    )
    if not made:
        entry = CadreEntry.objects.select_for_update().get(pk=entry.pk)
        entry.answers = json.dumps(answers_of(entry) | dict(answers))
        entry.save(update_fields=["answers"])
    return entry


@transaction.atomic
def drop_entry(*, by) -> None:
    """The cadre begins anew."""
    CadreEntry.objects.filter(created_by=by, done_at__isnull=True).delete()


@transaction.atomic
def finish_entry(*, by, at: datetime) -> CadreEntry:
    """Register the person with work, spoken consents and a card; all or nothing, once."""
    entry = CadreEntry.objects.select_for_update().filter(created_by=by, done_at__isnull=True).first()
    if entry is None:
        raise NothingEntered
    said = answers_of(entry)
    person = register_person(
        facts=_facts(said),
        nik=said.get("nik", ""),
        nik_mismatch_reason=said.get("nik_mismatch_reason", ""),
        by=by,
        at=at,
    )
    _record_work(person, said, by=by, at=at)
    _record_consents(person, said, by=by, at=at)
    code = issue_card(person=person, by=by, at=at)
    entry.answers, entry.person, entry.card_code, entry.done_at = None, person, code, at
    entry.save(update_fields=["answers", "person", "card_code", "done_at"])
    return entry


def _facts(said: Mapping[str, Any]) -> dict[str, Any]:
    born = said.get("birth_on")
    return {
        "name": said["name"],
        "sex": said.get("sex", ""),
        "birth_on": date.fromisoformat(born) if born else None,
        "birth_year": said.get("birth_year"),
        "birth_is_estimated": bool(said.get("birth_is_estimated")),
        "ward": Area.objects.get(pk=said["ward"]),
        "address": said.get("address", ""),
        "phone": said.get("phone", ""),
        "education": said.get("education", ""),
    }


def _record_work(person: Person, said: Mapping[str, Any], *, by, at: datetime) -> None:
    """Own account and every principal become an engagement each; the first is the main one."""
    steps = list(ProcessStep.objects.filter(code__in=said.get("steps", [])))
    today = timezone.localdate(at)
    year = said.get("since_year")
    shared = {
        "steps": steps,
        "pay_mode": said.get("pay_mode", ""),
        "place": said.get("place", ""),
        "from_on": date(year, 1, 1) if year else today,
        "start_is_unknown": True,
    }
    if said.get("own_account"):
        engage(person=person, role=EngagementRole.OWN_ACCOUNT, is_main=True, **shared, by=by, at=at)
    for number, name in enumerate(said.get("principals", [])):
        is_main = number == 0 and not said.get("own_account")
        engage(person=person, principal_name=name, is_main=is_main, **shared, by=by, at=at)


def _record_consents(person: Person, said: Mapping[str, Any], *, by, at: datetime) -> None:
    for purpose in CADRE_PURPOSES:
        answer = said.get(f"consent_{purpose.value}")
        if not answer or not answer["agreed"]:
            continue
        if queries.newest_text(purpose).version != answer["version"]:
            raise TextChanged
        record_consent(
            person=person, purpose=purpose, given_by=ConsentGivenBy.CADRE, witness=said.get("witness", ""),
            given_at=at, by=by, at=at,
        )  # fmt: skip


@transaction.atomic
def forget_entries(*, at: datetime) -> int:
    """After midnight: what was not finished the day before goes, and so do the codes of cards handed out."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    left = CadreEntry.objects.filter(done_at__isnull=True, created_at__lt=midnight)
    forgotten, _by_model = left.delete()
    handed_out = CadreEntry.objects.filter(done_at__lt=midnight, card_code__isnull=False)
    return forgotten + handed_out.update(card_code=None)
