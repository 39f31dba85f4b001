"""Skills: what somebody masters is recorded, replaced by better evidence, and ended."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal import audit
from batikportal.choices import Source
from workforce.actions.locking import lock_person
from workforce.actions.refusals import InTheFuture, Refused
from workforce.choices.skills import SkillEnd
from workforce.models import Person, ProcessStep, SkillClaim
from workforce.rules import skills as rules


class SkillEvidenceDoesNotFit(Refused):
    sentence = _("Tulis nama orang atau lembaga yang menyatakan. Sertifikat hanya untuk tingkat Mandiri ke atas.")
    field = "attested_by"


class SkillStands(Refused):
    sentence = _("Keahlian ini sudah dicatat dengan dasar yang sama kuat atau lebih kuat.")
    field = "level"


class SkillEnded(Refused):
    sentence = _("Catatan keahlian ini sudah berakhir. Muat ulang halaman untuk melihat keadaan terakhir.")


@transaction.atomic
def record_skill(
    *,
    person: Person,
    step: ProcessStep,
    level: int,
    evidence: str,
    attested_by: str = "",
    from_on: date,
    by,
    at: datetime,
    source: str = Source.FORM,
) -> SkillClaim:
    """Record a level at a step. A claim of the same level that stands is replaced, unless it says the same or rests on
    better evidence (SkillStands)."""
    today = timezone.localdate(at)
    attested_by = attested_by.strip()
    if from_on > today:
        raise InTheFuture
    if not rules.evidence_fits(evidence, level, attested_by):
        raise SkillEvidenceDoesNotFit
    lock_person(person)
    standing = SkillClaim.objects.standing().filter(person=person, step=step, level=level).first()
    if standing is not None:
        weaker = rules.WEIGHT[evidence] < rules.WEIGHT[standing.evidence]
        same = (evidence, attested_by, from_on) == (standing.evidence, standing.attested_by, standing.from_on)
        if weaker or same:
            raise SkillStands
        _end(standing, today, SkillEnd.REPLACED)
    return SkillClaim.objects.create(
        person=person,
        step=step,
        level=level,
        evidence=evidence,
        attested_by=attested_by,
        from_on=from_on,
        created_by=by,
        source=source,
    )


@transaction.atomic
def end_skill(*, claim: SkillClaim, reason: str, note: str = "", by, at: datetime) -> SkillClaim:
    """The claim holds no longer, or never did."""
    current = SkillClaim.objects.select_for_update().get(pk=claim.pk)
    if current.until_on:
        raise SkillEnded
    with audit.because(note):
        _end(current, timezone.localdate(at), reason)
    return current


def _end(claim: SkillClaim, today: date, reason: str) -> None:
    claim.until_on, claim.end_reason = today, reason
    claim.save(update_fields=["until_on", "end_reason"])
