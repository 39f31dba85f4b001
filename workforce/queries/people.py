"""People: who is active, who matches a filter, and which of their consents stand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from batikportal import encryption
from batikportal.models import Area, Enterprise, EnterpriseIdentifier
from workforce import rules
from workforce.choices import AgeBand, ConsentPurpose, CoverageState, Payer
from workforce.models import Consent, ConsentText, CoveragePeriod, Engagement, EngagementStep, Person
from workforce.queries.coverage import GAP, with_coverage_state
from workforce.queries.skills import holding
from workforce.rules.skills import MASTER


@dataclass(frozen=True)
class WorkerFilter:
    """What a list of workers is narrowed by; empty fields narrow nothing. `mastered` is a step, held at `level` or
    above."""

    on: date
    text: str = ""
    area: Area | None = None
    step: str = ""
    enterprise: str = ""
    coverage: str = ""
    age_band: str = ""
    work: str = ""
    nik: str = ""
    mastered: str = ""
    level: int = MASTER


def open_engagements(on: date) -> Q:
    """Condition on Engagement: it holds on the date, first and last day included."""
    return Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))


def _engaged(on: date, *conditions: Any) -> Exists:
    return Exists(Engagement.objects.filter(open_engagements(on), *conditions, person=OuterRef("pk")))


def active_workers(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Those of `people` who have an engagement on the date."""
    return people.filter(_engaged(on))


def person_by_nik(people: QuerySet[Person], nik_index: str) -> Person | None:
    """The person whose NIK has this keyed index, if it is among `people`."""
    return people.filter(nik_hash=nik_index).first()


def aged(band: str, on: date) -> Q:
    """Condition on Person: completed years on the date lie in the band ("25-34"), or the age is unknown."""
    if band == AgeBand.UNKNOWN:
        return Q(birth_on__isnull=True, birth_year__isnull=True)
    youngest, oldest = (int(part) for part in band.split("-"))
    return Q(birth_on__range=rules.birth_window(youngest, oldest, on)) | Q(
        birth_year__range=(on.year - oldest, on.year - youngest)
    )


def _lives_in(area: Area) -> Q:
    return Q(ward=area) | Q(ward__parent=area)


def _works_for(text: str, on: date) -> Exists:
    by_number = EnterpriseIdentifier.objects.filter(enterprise=OuterRef("enterprise"), value=text)
    return _engaged(
        on,
        Q(enterprise__name__icontains=text)
        | Q(enterprise__registration_number__iexact=text)
        | Q(principal_name__icontains=text)
        | Exists(by_number),
    )


def workers_matching(people: QuerySet[Person], wanted: WorkerFilter) -> QuerySet[Person]:
    """`people` narrowed by the filter, each with `coverage_state` on its date."""
    found: QuerySet[Any] = with_coverage_state(people, wanted.on)
    if wanted.text:
        found = found.filter(name__icontains=wanted.text)
    if wanted.area:
        found = found.filter(_lives_in(wanted.area))
    if wanted.step:
        found = found.filter(_engaged(wanted.on, Q(engagement_steps__step__code=wanted.step)))
    if wanted.enterprise:
        found = found.filter(_works_for(wanted.enterprise, wanted.on))
    if wanted.coverage == GAP:
        found = found.exclude(coverage_state=CoverageState.COVERED)
    elif wanted.coverage:
        found = found.filter(coverage_state=wanted.coverage)
    if wanted.age_band:
        found = found.filter(aged(wanted.age_band, wanted.on))
    if wanted.work == "active":
        found = active_workers(found, wanted.on)
    elif wanted.work == "ended":
        found = found.exclude(_engaged(wanted.on))
    if wanted.mastered:
        found = found.filter(holding(wanted.on, wanted.mastered, wanted.level))
    if wanted.nik == "check":
        found = niks_to_verify(found)
    elif wanted.nik == "missing":
        found = found.filter(nik_hash__isnull=True)
    return found


SORTS: dict[str, tuple[Any, ...]] = {
    "nama": ("name", "pk"),
    "-nama": ("-name", "-pk"),
    # Youngest first: the latest birth date.
    "umur": (F("birth_on").desc(nulls_last=True), "pk"),
    "-umur": (F("birth_on").asc(nulls_last=True), "pk"),
    "kelurahan": ("ward__name", "name", "pk"),
    "-kelurahan": ("-ward__name", "name", "pk"),
    "terdaftar": ("created_at", "pk"),
    "-terdaftar": ("-created_at", "-pk"),
}


def sorted_people(people: QuerySet[Person], sort: str, on: date) -> QuerySet[Person]:
    """`people` in the order asked for, with what a row of the list shows: ward, and engagements that are open."""
    current = (
        Engagement.objects.filter(open_engagements(on))
        .select_related("enterprise")
        .prefetch_related(
            Prefetch("engagement_steps", EngagementStep.objects.select_related("step").order_by("step__position"))
        )
        .order_by("-is_main", "from_on")
    )
    return (
        people.order_by(*SORTS.get(sort, SORTS["nama"]))
        .select_related("ward__parent")
        .prefetch_related(Prefetch("engagements", current, to_attr="current_engagements"))
    )


def niks_to_verify(people: QuerySet[Person]) -> QuerySet[Person]:
    """People whose NIK disagrees with the declared facts, until somebody has looked at the card."""
    return people.exclude(nik_mismatch_reason="").filter(nik_verified_on__isnull=True)


def workers_of_enterprise(enterprise: Enterprise, on: date) -> QuerySet[Person]:
    """People with an engagement at the enterprise on the date, each with `coverage_state`."""
    return with_coverage_state(Person.objects.filter(_engaged(on, Q(enterprise=enterprise))), on)


def nik_index(nik: str) -> str:
    """The keyed index under which a NIK is found; spaces, dots and dashes do not matter."""
    return encryption.blind_index(rules.normalise_nik(nik), "nik")


def is_nik_taken(nik: str, but_by: Person) -> bool:
    """Whether somebody else is registered with this NIK."""
    return Person.objects.filter(nik_hash=nik_index(nik)).exclude(pk=but_by.pk).exists()


def stored_nik(person: Person) -> rules.Nik | None:
    """The NIK of a person, read as on the day it was accepted: nobody outgrows the age window by growing old."""
    if not person.nik:
        return None
    return rules.parse_nik(person.nik.reveal(), timezone.localdate(person.created_at))


def engagements_of(person: Person) -> QuerySet[Engagement]:
    """Every engagement of a person with its enterprise and steps: open ones first, the main one on top."""
    steps = EngagementStep.objects.select_related("step").order_by("step__position")
    return person.engagements.select_related("enterprise").prefetch_related(Prefetch("engagement_steps", steps))


def consents_of(person: Person) -> QuerySet[Consent]:
    """Every consent of a person, newest first, with the words it was given to."""
    return person.consents.select_related("text")


def purposes_without_consent(person: Person) -> list[ConsentPurpose]:
    """What the person has not consented to, or no longer; the consent to an apprenticeship is asked on its page."""
    standing = set(person.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True))
    return [
        purpose for purpose in ConsentPurpose if purpose not in standing and purpose != ConsentPurpose.APPRENTICESHIP
    ]


def newest_text(purpose: str) -> ConsentText:
    """The words to be read out for a purpose."""
    return ConsentText.objects.filter(purpose=purpose).latest("version")


def with_programme_consent(people: QuerySet[Person]) -> QuerySet[Person]:
    """`people` with `may_be_proposed`: their consent to be proposed for a paid programme stands."""
    standing = Consent.objects.filter(
        person=OuterRef("pk"), purpose=ConsentPurpose.PROGRAMME, withdrawn_at__isnull=True
    )
    return people.annotate(may_be_proposed=Exists(standing))


def consents_standing(person: Person, purpose: str) -> bool:
    """Whether a use is allowed now; every use that needs consent asks here first."""
    return Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True).exists()


def consents_to_stop() -> QuerySet[Consent]:
    """Consents that were withdrawn and whose end nobody has confirmed, oldest first."""
    return Consent.objects.filter(withdrawn_at__isnull=False, stopped_at__isnull=True).order_by("withdrawn_at", "pk")


def uses_without_consent(on: date) -> QuerySet[Person]:
    """People at work whose insurance the city pays although they withdrew the consent to be proposed for it."""
    paid_by_city = CoveragePeriod.objects.filter(
        open_engagements(on), person=OuterRef("pk"), payer__in=(Payer.CITY, Payer.DBHCHT)
    )
    consents = Consent.objects.filter(person=OuterRef("pk"), purpose=ConsentPurpose.PROGRAMME)
    return active_workers(
        Person.objects.filter(
            Exists(paid_by_city),
            Exists(consents.filter(withdrawn_at__isnull=False)),
            ~Exists(consents.filter(withdrawn_at__isnull=True)),
        ),
        on,
    )
