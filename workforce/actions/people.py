"""Registering people, correcting their data, and opening a NIK for a purpose."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.choices import Source
from batikportal.models import AccessEvent
from workforce import queries, rules
from workforce.actions.duplicates import propose_pairs
from workforce.actions.locking import lock_person
from workforce.actions.refusals import NikNeedsReason, NikTaken
from workforce.models import Person

NIK = "nik"
# What a form or a sheet may say about a person; everything else follows from actions.
FACTS = (
    "name",
    "sex",
    "birth_on",
    "birth_year",
    "birth_is_estimated",
    "phone",
    "ward",
    "residence_outside",
    "address",
    "education",
    "disability",
)


@transaction.atomic
def register_person(
    *,
    facts: Mapping[str, Any],
    nik: str = "",
    nik_mismatch_reason: str = "",
    by,
    at: datetime,
    source: str = Source.FORM,
) -> Person:
    """Enter a person once. `facts` holds columns of FACTS; birth date and sex left empty are read from the NIK.

    Records that may be the same person are proposed for review.
    Raises rules.InvalidNik, NikNeedsReason (NIK and declared facts disagree without a reason), NikTaken.
    """
    person = Person(created_by=by, source=source)
    _write(person, facts, rules.parse_nik(nik, timezone.localdate(at)) if nik else None, nik_mismatch_reason)
    propose_pairs(people=[person.pk], source=source)
    return person


@transaction.atomic
def change_person(
    *, person: Person, facts: Mapping[str, Any], nik: str = "", nik_mismatch_reason: str = "", by, at: datetime
) -> Person:
    """Correct a person's data; an empty `nik` leaves the stored one. The history keeps what was there before."""
    current = lock_person(person)
    known = rules.parse_nik(nik, timezone.localdate(at)) if nik else queries.stored_nik(current)
    _write(current, facts, known, nik_mismatch_reason)
    return current


def _write(person: Person, facts: Mapping[str, Any], nik: rules.Nik | None, reason: str) -> None:
    for name in FACTS:
        if name in facts:
            setattr(person, name, facts[name])
    person.nik_mismatch_reason = ""
    if nik:
        _apply_nik(person, nik, reason)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        if "nik_hash" in str(error):
            raise NikTaken from error
        raise


def _apply_nik(person: Person, nik: rules.Nik, reason: str) -> None:
    if not person.birth_on and not person.birth_year:
        person.birth_on = nik.birth_on
    person.sex = person.sex or nik.sex
    if rules.nik_mismatches(nik, person.sex, person.birth_on, person.birth_year):
        if not reason:
            raise NikNeedsReason
        person.nik_mismatch_reason = reason
    index = queries.nik_index(nik.digits)
    if index != person.nik_hash:
        person.nik, person.nik_hash, person.nik_verified_on = nik.digits, index, None


@transaction.atomic
def verify_nik_mismatch(*, person: Person, by, at: datetime) -> Person:
    """The card was looked at: the difference between NIK and declared facts is real, not a typing error."""
    current = Person.objects.select_for_update().get(pk=person.pk)
    current.nik_verified_on = timezone.localdate(at)
    current.save(update_fields=["nik_verified_on"])
    return current


@transaction.atomic
def reveal_nik(*, person: Person, purpose: str, by, at: datetime) -> str:
    """The full NIK, once, with who read it and why written to the log of personal data reads."""
    audit.read(by, person, fields=[NIK], purpose=purpose)
    return person.nik.reveal() if person.nik else ""


def log_download(*, what: str, count: int, columns: Iterable[str], by, at: datetime) -> AccessEvent:
    """Somebody took a list of people out of the portal (UU 27/2022 art. 31)."""
    return AccessEvent.objects.create(
        user=by,
        subject_type=Person._meta.label_lower,
        subject_id="",
        subject_label=f"{what} ({count})",
        fields=sorted(columns),
        purpose=_("Unduhan daftar"),
        at=at,
    )
