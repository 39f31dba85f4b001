"""Plain rows of the workforce app."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from batikportal import encryption
from batikportal.models import Area
from tests.factories.portal import EnterpriseFactory, UserFactory
from workforce.models import (
    CompetencyCertificate,
    CompetencyScheme,
    Consent,
    ConsentText,
    CoverageEntry,
    CoveragePeriod,
    CoverageRound,
    Engagement,
    Incident,
    Person,
    ProcessStep,
    ReferenceFigure,
    SkillClaim,
    WageObservation,
)


def ward(code: str = "33.75.02.1004") -> Area:
    """A ward that the migrations loaded; Kauman unless said otherwise."""
    return Area.objects.get(code=code, valid_until__isnull=True)


def step(code: str = "NGL") -> ProcessStep:
    """A step of the craft that the migrations loaded."""
    return ProcessStep.objects.get(code=code)


def nik(number: int, woman: bool = True) -> str:
    """A NIK of somebody born on 5 March 1990, valid in form, with a serial from 9000 on, as tests and the demo use."""
    return f"337502{'45' if woman else '05'}0390{9000 + number}"


class PersonFactory(DjangoModelFactory):
    """A woman of Kauman born in 1990, with a NIK."""

    class Meta:
        model = Person
        exclude = ["number"]

    # Numbers under 100 and the planted one are left to tests that name them.
    number = factory.Sequence(lambda n: nik(100 + n % 600))
    name = factory.Sequence(lambda n: f"Pekerja Contoh {n:03}")
    sex = "F"
    birth_on = date(1990, 3, 5)
    ward = factory.LazyFunction(ward)
    nik = factory.LazyAttribute(lambda person: person.number)
    nik_hash = factory.LazyAttribute(
        lambda person: encryption.blind_index(person.number, "nik") if person.number else None
    )


class EngagementFactory(DjangoModelFactory):
    """Piece work at home for a workshop, still going on."""

    class Meta:
        model = Engagement
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    pay_mode = "piece"
    place = "home"
    from_on = date(2020, 1, 1)

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        for code in extracted or ["NGL"]:
            self.engagement_steps.create(step=step(code))


class CoverageFactory(DjangoModelFactory):
    """JKK paid by the city for this year and the next."""

    class Meta:
        model = CoveragePeriod

    person = factory.SubFactory(PersonFactory)
    programme = "jkk"
    status = "active"
    segment = "bpu"
    payer = "city"
    from_on = date(2026, 1, 1)
    until_on = None
    verified_on = date(2026, 1, 5)


class ConsentFactory(DjangoModelFactory):
    """A written consent to be proposed for a programme."""

    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    purpose = "programme"
    text = factory.LazyAttribute(lambda consent: ConsentText.objects.get(purpose=consent.purpose, version=1))
    given_by = "self"
    given_at = datetime(2026, 1, 5, 3, tzinfo=UTC)


class WageFactory(DjangoModelFactory):
    """A week of six days and 45 hours for twelve pieces in March 2026: 1,500,000 a month, 1,384,000 full time."""

    class Meta:
        model = WageObservation

    person = factory.SubFactory(PersonFactory)
    step = factory.LazyFunction(step)
    observed_on = date(2026, 3, 6)
    period = "week"
    pieces = Decimal(12)
    rate_idr = Decimal(30_000)
    gross_idr = Decimal(360_000)
    days = 6
    hours_per_day = Decimal("7.5")
    evidence = "statement"
    method = "six_days"
    method_version = 1
    monthly_idr = Decimal(1_500_000)
    full_time_idr = Decimal(1_384_000)


def covered(person: Person, until_on: date | None = None, from_on: date = date(2026, 1, 1)) -> None:
    """Give a person JKK and JKM."""
    for programme in ("jkk", "jkm"):
        CoverageFactory(person=person, programme=programme, from_on=from_on, until_on=until_on)


class SkillFactory(DjangoModelFactory):
    """Mastery of the outline, on the worker's own word."""

    class Meta:
        model = SkillClaim

    person = factory.SubFactory(PersonFactory)
    step = factory.LazyFunction(step)
    level = 3
    evidence = "self"
    from_on = date(2015, 1, 1)


class CertificateFactory(DjangoModelFactory):
    """A certificate of canting, valid from October 2023 for three years."""

    class Meta:
        model = CompetencyCertificate

    person = factory.SubFactory(PersonFactory)
    scheme = factory.LazyFunction(lambda: CompetencyScheme.objects.get(code="pembatik-tulis"))
    body = "LSP Contoh"
    number = factory.Sequence(lambda n: f"C-{n}")
    issued_on = date(2023, 10, 5)
    valid_until = date(2026, 10, 5)


def candidate(person: Person | None = None, **engagement) -> Person:
    """Somebody at work who meets every condition of the city programme: checked, uninsured, with consent and NIK."""
    worker = person or PersonFactory()
    EngagementFactory(person=worker, **engagement)
    for programme in ("jkk", "jkm"):
        CoverageFactory(person=worker, programme=programme, status="not_enrolled", segment="", payer="")
    ConsentFactory(person=worker)
    return worker


class RoundFactory(DjangoModelFactory):
    """Ten places of 16,800 a month for 2027, open for proposals now."""

    class Meta:
        model = CoverageRound

    title = factory.Sequence(lambda n: f"Putaran Contoh {n}")
    programme = "berlian"
    year = 2027
    opens_on = date(2026, 1, 1)
    closes_on = date(2027, 6, 30)
    from_on = date(2027, 1, 1)
    until_on = date(2027, 12, 31)
    quota = 10
    budget_per_month_idr = Decimal(168_000)
    premium = factory.LazyFunction(lambda: ReferenceFigure.objects.get(series__code="bpu_premium_jkk_jkm"))
    premium_idr = Decimal(16_800)


def entry(round_: CoverageRound, state: str = "proposed", person: Person | None = None, **fields) -> CoverageEntry:
    """A proposal in some state, reached by the table of moves; verified and decided by two others."""
    proposer, verifier, decider = (fields.pop(name, None) or UserFactory() for name in ("by", "verifier", "decider"))
    made = CoverageEntry.objects.create(
        round=round_,
        person=person or candidate(),
        conditions={"age": "eligible"},
        proposed_at=datetime(2026, 11, 1, tzinfo=UTC),
        created_by=proposer,
        **fields,
    )
    at = datetime(2026, 11, 2, tzinfo=UTC)
    rows = CoverageEntry.objects.filter(pk=made.pk)
    if state != "proposed":
        first = "returned" if state == "returned" else "verified"
        rows.update(state=first, verified_by=verifier, verified_at=at, reason="Contoh" if first == "returned" else "")
    if state in ("accepted", "waiting", "rejected", "enrolled", "failed"):
        decided = "accepted" if state in ("enrolled", "failed") else state
        rows.update(state=decided, decided_by=decider, decided_at=at, reason="" if decided == "accepted" else "Contoh")
    if state == "enrolled":
        rows.update(state=state, covered_from_on=round_.from_on)
    if state == "failed":
        rows.update(state=state, reason="Contoh")
    made.refresh_from_db()
    return made


class IncidentFactory(DjangoModelFactory):
    """A burn by hot wax in March 2026, treated, not reported on paper yet."""

    class Meta:
        model = Incident

    occurred_at = datetime(2026, 3, 6, 2, 30, tzinfo=UTC)
    ward = factory.LazyFunction(ward)
    kind = "accident"
    agent = "hot_wax"
    severity = 2
