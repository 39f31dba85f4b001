"""Who starts and who stops working for whom."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from batikportal.choices import Source
from batikportal.models import Enterprise
from workforce.actions.locking import lock_person
from workforce.actions.refusals import AlreadyEnded, AlreadyEngaged, EndsBeforeStart, InTheFuture, NoPrincipal
from workforce.choices import EngagementRole
from workforce.models import Engagement, EngagementStep, Person, ProcessStep


@transaction.atomic
def engage(
    *,
    person: Person,
    enterprise: Enterprise | None = None,
    principal_name: str = "",
    steps: Iterable[ProcessStep] = (),
    role: str = EngagementRole.WORKER,
    pay_mode: str = "",
    place: str = "",
    from_on: date,
    start_is_unknown: bool = False,
    is_main: bool = True,
    by,
    at: datetime,
    source: str = Source.FORM,
) -> Engagement:
    """Open an engagement. A new main one takes that mark from the main one before, which stays open;
    the first of a person is always the main one."""
    if from_on > timezone.localdate(at):
        raise InTheFuture
    if role != EngagementRole.OWN_ACCOUNT and enterprise is None and not principal_name.strip():
        raise NoPrincipal
    lock_person(person)
    still_open = Engagement.objects.filter(person=person, until_on__isnull=True)
    if enterprise is not None and still_open.filter(enterprise=enterprise).exists():
        raise AlreadyEngaged
    main_before = still_open.filter(is_main=True)
    if is_main:
        main_before.update(is_main=False)
    else:
        is_main = not main_before.exists()
    engagement = Engagement(
        person=person,
        enterprise=enterprise,
        principal_name=principal_name.strip(),
        role=role,
        pay_mode=pay_mode,
        place=place,
        from_on=from_on,
        start_is_unknown=start_is_unknown,
        is_main=is_main,
        created_by=by,
        source=source,
    )
    engagement.save()
    EngagementStep.objects.bulk_create(EngagementStep(engagement=engagement, step=step) for step in set(steps))
    return engagement


@transaction.atomic
def end_engagement(
    *, engagement: Engagement, until_on: date, reason: str, note: str = "", by, at: datetime
) -> Engagement:
    """Close an engagement with its last day and the reason of the exit. If it was the main one, the longest of the
    others that are open becomes the main one."""
    if until_on > timezone.localdate(at):
        raise InTheFuture
    lock_person(engagement.person)
    current = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if current.until_on:
        raise AlreadyEnded
    if until_on < current.from_on:
        raise EndsBeforeStart
    current.until_on, current.exit_reason, current.exit_note = until_on, reason, note.strip()
    current.save(update_fields=["until_on", "exit_reason", "exit_note"])
    if current.is_main:
        heir = (
            Engagement.objects.filter(person=current.person_id, until_on__isnull=True).order_by("from_on", "pk").first()
        )
        if heir is not None:
            heir.is_main = True
            heir.save(update_fields=["is_main"])
    return current
