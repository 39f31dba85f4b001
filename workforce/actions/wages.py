"""Observed wages: recorded with the figure of a month, and removed when they were wrong."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import audit
from batikportal.choices import Source
from batikportal.models import AccessEvent
from workforce.actions.locking import lock_person
from workforce.actions.refusals import InTheFuture, Refused
from workforce.models import Person, ProcessStep, WageObservation
from workforce.queries import wages as queries
from workforce.rules import wages as rules

READ_FIELDS = ("gross_idr", "deductions_idr", "monthly_idr", "full_time_idr")


class WageAlreadyRecorded(Refused):
    sentence = gettext_lazy("Upah ini sudah dicatat. Hapus dahulu yang lama bila keliru.")
    field = "observed_on"


@transaction.atomic
def record_wage(
    *,
    person: Person,
    step: ProcessStep,
    observed_on: date,
    facts: rules.WageFacts,
    pieces: Decimal | None = None,
    unit: str = "piece",
    rate_idr: Decimal | None = None,
    evidence: str,
    by,
    at: datetime,
    source: str = Source.FORM,
) -> WageObservation:
    """Record raw facts with the monthly figures that the rules make of them on the day of payment."""
    if observed_on > timezone.localdate(at):
        raise InTheFuture
    lock_person(person)
    observation = WageObservation(
        person=person,
        step=step,
        observed_on=observed_on,
        pieces=pieces,
        unit=unit,
        rate_idr=rate_idr,
        evidence=evidence,
        created_by=by,
        source=source,
        **converted(facts, queries.wage_figures_on(observed_on).reference),
    )
    try:
        with transaction.atomic():
            observation.save()
    except IntegrityError as error:
        if "wageobservation_once" in str(error):
            raise WageAlreadyRecorded from error
        raise
    return observation


def converted(facts: rules.WageFacts, reference: rules.WageReference) -> dict[str, object]:
    """The columns that follow from the facts: themselves, the method, and the monthly figures."""
    reading = rules.read_wage(facts, reference)
    return {
        "period": facts.period,
        "gross_idr": facts.gross_idr,
        "deductions_idr": facts.deductions_idr,
        "days": facts.days,
        "week_days": facts.week_days,
        "hours_per_day": facts.hours_per_day,
        "method": reading.method,
        "method_version": rules.METHOD_VERSION,
        "monthly_idr": reading.earned.amount_idr if reading.earned else None,
        "full_time_idr": reading.full_time.amount_idr if reading.full_time else None,
    }


@transaction.atomic
def remove_wage(*, observation: WageObservation, reason: str, by, at: datetime) -> None:
    """Take a wrong observation out; the history keeps it with the reason."""
    with audit.because(reason):
        observation.delete()


def log_list_read(*, count: int, by, at: datetime) -> AccessEvent:
    """Somebody opened a page of wages by name (UU 27/2022 art. 31)."""
    return AccessEvent.objects.create(
        user=by,
        subject_type=WageObservation._meta.label_lower,
        subject_id="",
        subject_label=f"{_('Daftar upah')} ({count})",
        fields=sorted(READ_FIELDS),
        purpose=_("Daftar upah dibuka"),
        at=at,
    )
