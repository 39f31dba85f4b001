"""Incidents at work: reported by owners or staff, completed, closed; health details apart and erased in time."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.choices import Source
from batikportal.models import Enterprise
from workforce.actions.refusals import InTheFuture, Refused
from workforce.models import Incident, Injury
from workforce.queries import safety as queries

FACTS = ("occurred_at", "place", "ward", "step", "kind", "agent", "severity", "lost_days", "ppe_worn")
HEALTH = ("person", "sex", "age", "body_part", "injury", "treatment", "claim")


class ActionMissing(Refused):
    sentence = _("Tulis tindakan perbaikan sebelum menutup kejadian ini.")
    field = "corrective_action"


class AlreadyClosed(Refused):
    sentence = _("Kejadian ini sudah ditutup. Muat ulang halaman untuk melihat keadaan terakhir.")


@transaction.atomic
def report_incident(
    *, facts: dict[str, Any], enterprise: Enterprise | None, by_owner: bool, by, at: datetime, source: str = Source.FORM
) -> Incident:
    """A new incident, told by the owner of the workshop or by staff."""
    if facts["occurred_at"] > at:
        raise InTheFuture
    known = {name: facts.get(name) for name in FACTS}
    known["place"] = known["place"] or ""
    return Incident.objects.create(enterprise=enterprise, by_owner=by_owner, created_by=by, source=source, **known)


@transaction.atomic
def complete_incident(
    *,
    incident: Incident,
    form_number: str,
    reported_on: date | None,
    corrective_action: str,
    close: bool,
    by,
    at: datetime,
) -> Incident:
    """Note that form 3 KK2 A has come, what was done about the cause, and close."""
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.closed_at:
        raise AlreadyClosed
    if reported_on and reported_on > timezone.localdate(at):
        raise InTheFuture
    if close and not corrective_action.strip():
        raise ActionMissing
    held.form_number, held.reported_on = form_number.strip(), reported_on
    held.corrective_action = corrective_action.strip()
    held.closed_at = at if close else None
    held.save()
    return held


@transaction.atomic
def record_injury(*, incident: Incident, facts: dict[str, Any], by, at: datetime) -> Injury:
    """Who was hurt and how; the writing is logged as a reading, since it shows what was there."""
    found, _is_new = Injury.objects.update_or_create(
        incident=incident, defaults={name: facts[name] for name in HEALTH if name in facts}
    )
    audit.read(by, incident, fields=HEALTH, purpose=str(_("Data kesehatan dicatat")))
    return found


def log_injury_read(*, incident: Incident, by) -> None:
    """Somebody opened the health details of an incident (UU 27/2022 art. 31)."""
    audit.read(by, incident, fields=HEALTH, purpose=str(_("Data kesehatan dibuka")))


def erase_old_health(*, at: datetime) -> int:
    """Health details older than five years; what happened stays without them."""
    limit = queries.health_kept_until(timezone.localdate(at))
    count, _rows = Injury.objects.filter(incident__occurred_at__date__lt=limit).delete()
    return count
