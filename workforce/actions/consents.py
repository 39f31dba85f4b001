"""Consents: given for one purpose with known words, withdrawn at any time, stopped within 3 x 24 hours."""

from datetime import datetime

from django.db import IntegrityError, transaction

from batikportal.choices import Source
from workforce.actions.locking import lock_person
from workforce.actions.refusals import AlreadyWithdrawn, ConsentStands, InTheFuture, WitnessMissing
from workforce.choices import ConsentGivenBy
from workforce.models import Consent, ConsentText, Person


@transaction.atomic
def record_consent(
    *,
    person: Person,
    purpose: str,
    given_by: str,
    witness: str = "",
    given_at: datetime,
    by,
    at: datetime,
    source: str = Source.FORM,
) -> Consent:
    """A consent under the newest text of its purpose (UU 27/2022 art. 22: explicit, in Indonesian, withdrawable)."""
    if given_at > at:
        raise InTheFuture
    if given_by != ConsentGivenBy.SELF and not witness.strip():
        raise WitnessMissing
    lock_person(person)
    text = ConsentText.objects.filter(purpose=purpose).latest("version")
    consent = Consent(
        person=person,
        purpose=purpose,
        text=text,
        given_by=given_by,
        witness=witness.strip(),
        given_at=given_at,
        created_by=by,
        source=source,
    )
    try:
        with transaction.atomic():
            consent.save()
    except IntegrityError as error:
        if "consent_open_once_per_purpose" in str(error):
            raise ConsentStands from error
        raise
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by, at: datetime) -> Consent:
    """End a consent now. Whatever it allowed asks `queries.consents_standing` and stops at once."""
    current = Consent.objects.select_for_update().get(pk=consent.pk)
    if current.withdrawn_at:
        raise AlreadyWithdrawn
    current.withdrawn_at = max(at, current.given_at)
    current.save(update_fields=["withdrawn_at"])
    return current


@transaction.atomic
def confirm_stopped(*, consent: Consent, by, at: datetime) -> Consent:
    """An officer confirms that use outside the portal (posters, lists handed on) has stopped too."""
    current = Consent.objects.select_for_update().get(pk=consent.pk)
    if current.withdrawn_at and not current.stopped_at:
        current.stopped_at = max(at, current.withdrawn_at)
        current.save(update_fields=["stopped_at"])
    return current
