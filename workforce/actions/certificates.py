"""Certificates of competence: recorded with the skill they prove, and removed when the record was wrong."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batikportal import audit
from batikportal.choices import Source
from batikportal.models import AccessEvent, StoredFile
from workforce.actions.locking import lock_person
from workforce.actions.refusals import InTheFuture, Refused
from workforce.choices.skills import SkillEnd, SkillEvidence
from workforce.models import CompetencyCertificate, CompetencyScheme, Person, SkillClaim
from workforce.rules import certificates as rules
from workforce.rules.skills import INDEPENDENT


class CertificateNumberTaken(Refused):
    sentence = gettext_lazy("Nomor ini sudah tercatat pada lembaga tersebut. Periksa nomor dan lembaganya.")
    field = "number"


class CertificateEndsTooEarly(Refused):
    sentence = gettext_lazy("Tanggal berakhir harus sesudah tanggal terbit.")
    field = "valid_until"


@transaction.atomic
def record_certificate(
    *,
    person: Person,
    scheme: CompetencyScheme,
    body: str,
    number: str,
    issued_on: date,
    valid_until: date | None = None,
    level: str = "",
    file: StoredFile | None = None,
    by,
    at: datetime,
    source: str = Source.FORM,
) -> CompetencyCertificate:
    """Record a certificate (result K). Without a last day on the paper it is valid for three years. Where the scheme
    proves a step, the person is recorded as working alone at it."""
    if issued_on > timezone.localdate(at):
        raise InTheFuture
    last = valid_until or rules.valid_until(issued_on)
    if last <= issued_on:
        raise CertificateEndsTooEarly
    lock_person(person)
    certificate = CompetencyCertificate(
        person=person,
        scheme=scheme,
        level=level.strip(),
        body=" ".join(body.split()),
        number=" ".join(number.split()),
        issued_on=issued_on,
        valid_until=last,
        file=file,
        created_by=by,
        source=source,
    )
    try:
        with transaction.atomic():
            certificate.save()
    except IntegrityError as error:
        if "certificate_number_once_per_body" in str(error):
            raise CertificateNumberTaken from error
        raise
    record_proven_skills(certificates=[certificate], by=by, at=at)
    return certificate


@transaction.atomic
def record_proven_skills(*, certificates: Sequence[CompetencyCertificate], by, at: datetime) -> None:
    """What certificates prove, at level "mandiri", unless a certificate of that step proves it already; weaker evidence
    of the same level is replaced. Three statements for any number of them."""
    proof: dict[tuple[int, int], CompetencyCertificate] = {}
    for one in certificates:
        if one.scheme.step_id is not None:
            proof.setdefault((one.person_id, one.scheme.step_id), one)
    standing = SkillClaim.objects.standing().filter(person__in=[person for person, _step in proof])
    by_certificate = standing.filter(evidence=SkillEvidence.CERTIFICATE, level__gte=INDEPENDENT)
    for proven in by_certificate.values_list("person", "step"):
        proof.pop(proven, None)
    weaker = [
        pk
        for pk, person, step in standing.filter(level=INDEPENDENT).values_list("pk", "person", "step")
        if (person, step) in proof
    ]
    SkillClaim.objects.filter(pk__in=weaker).update(until_on=timezone.localdate(at), end_reason=SkillEnd.REPLACED)
    SkillClaim.objects.bulk_create(
        SkillClaim(
            person_id=person,
            step_id=step,
            level=INDEPENDENT,
            evidence=SkillEvidence.CERTIFICATE,
            attested_by=one.body,
            from_on=one.issued_on,
            created_by=by,
            source=one.source,
        )
        for (person, step), one in proof.items()
    )


@transaction.atomic
def remove_certificate(*, certificate: CompetencyCertificate, reason: str, by, at: datetime) -> None:
    """Take a wrong record out; the history keeps it with the reason. The skill stays until somebody ends it."""
    with audit.because(reason):
        certificate.delete()


def log_export(*, count: int, columns: list[str], by, at: datetime) -> AccessEvent:
    """Somebody took a list of certificates by name out of the portal (UU 27/2022 art. 31)."""
    return AccessEvent.objects.create(
        user=by,
        subject_type=CompetencyCertificate._meta.label_lower,
        subject_id="",
        subject_label=f"{_('Daftar sertifikat')} ({count})",
        fields=sorted(columns),
        purpose=_("Unduhan daftar"),
        at=at,
    )
