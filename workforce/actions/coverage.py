"""Social insurance memberships, recorded when somebody has looked."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from batikportal.choices import Source
from workforce import rules
from workforce.actions.locking import lock_person
from workforce.actions.refusals import CoverageEnded, CoverageOverlaps, EndsBeforeStart, InTheFuture, SegmentDoesNotFit
from workforce.models import CoveragePeriod, Person


@transaction.atomic
def record_coverage(
    *,
    person: Person,
    programme: str,
    status: str,
    segment: str = "",
    payer: str = "",
    from_on: date,
    until_on: date | None = None,
    verified_on: date | None = None,
    evidence: str = "",
    by,
    at: datetime,
    source: str = Source.FORM,
) -> CoveragePeriod:
    """Record a membership from a day on. An open period of the same programme that began earlier ends the day before;
    any other overlap is refused (CoverageOverlaps), here and by the database."""
    today = timezone.localdate(at)
    if verified_on and verified_on > today:
        raise InTheFuture
    if until_on and until_on < from_on:
        raise EndsBeforeStart
    if not rules.segment_fits(programme, segment, status) or (payer and not segment):
        raise SegmentDoesNotFit
    lock_person(person)
    CoveragePeriod.objects.filter(
        person=person, programme=programme, until_on__isnull=True, from_on__lt=from_on
    ).update(until_on=from_on - timedelta(days=1))
    period = CoveragePeriod(
        person=person,
        programme=programme,
        status=status,
        segment=segment,
        payer=payer,
        from_on=from_on,
        until_on=until_on,
        verified_on=verified_on,
        evidence=evidence,
        created_by=by,
        source=source,
    )
    try:
        with transaction.atomic():
            period.save()
    except IntegrityError as error:
        if "coverage_no_overlap" in str(error):
            raise CoverageOverlaps from error
        raise
    return period


@transaction.atomic
def record_coverages(*, programmes: Iterable[str], **found) -> list[CoveragePeriod]:
    """The same finding for several programmes, all or none; see `record_coverage` for what else is said."""
    return [record_coverage(programme=programme, **found) for programme in programmes]


@transaction.atomic
def end_coverage(*, period: CoveragePeriod, until_on: date, by, at: datetime) -> CoveragePeriod:
    """Set the last day of a membership, or bring it forward; it never moves back into what may be another period."""
    current = CoveragePeriod.objects.select_for_update().get(pk=period.pk)
    if current.until_on and current.until_on < until_on:
        raise CoverageEnded
    if until_on < current.from_on:
        raise EndsBeforeStart
    current.until_on, current.verified_on = until_on, timezone.localdate(at)
    current.save(update_fields=["until_on", "verified_on"])
    return current
