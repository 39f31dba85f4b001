"""Plain rows of apprenticeship and handover."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import ConsentFactory, EngagementFactory, PersonFactory, step, ward
from workforce.models import (
    Applicant,
    ApprenticeshipProgramme,
    Cohort,
    HostGroup,
    HostGroupMember,
    HostOffer,
    Person,
    PipelineActivity,
    Placement,
    PlacementAgreement,
    SuccessionPlan,
    SuccessorCandidate,
)


class ProgrammeFactory(DjangoModelFactory):
    """A formal programme."""

    class Meta:
        model = ApprenticeshipProgramme

    title = factory.Sequence(lambda n: f"Program Contoh {n}")
    form = "formal"
    organiser = "Dinperinaker (contoh)"


class CohortFactory(DjangoModelFactory):
    """Ten seats from March to August 2026; applications in January and February."""

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Angkatan Contoh {n}")
    opens_on = date(2026, 1, 1)
    closes_on = date(2026, 2, 28)
    starts_on = date(2026, 3, 1)
    ends_on = date(2026, 8, 31)
    seats = 10
    allowance_idr = 750_000
    published_at = datetime(2026, 1, 1, 1, tzinfo=UTC)

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        self.steps.set([step(code) for code in extracted or ["NGL", "DES"]])


class PlacementFactory(DjangoModelFactory):
    """A registered adult who applied."""

    class Meta:
        model = Placement

    number = factory.Sequence(lambda n: f"2601-{n:06}")
    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(PersonFactory, birth_on=date(2004, 5, 6))
    applied_on = date(2026, 1, 10)


class ApplicantFactory(DjangoModelFactory):
    """What somebody unknown to the registry wrote."""

    class Meta:
        model = Applicant

    placement = factory.SubFactory(PlacementFactory, person=None)
    name = factory.Sequence(lambda n: f"Pendaftar Contoh {n:03}")
    birth_on = date(2005, 2, 3)
    sex = "M"
    phone = "+6281234567890"
    ward = factory.LazyFunction(ward)
    token_hash = factory.Sequence(lambda n: f"{n:064}")


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = HostGroup

    name = factory.Sequence(lambda n: f"Kelompok Contoh {n}")


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = HostGroupMember

    group = factory.SubFactory(GroupFactory)
    enterprise = factory.SubFactory(EnterpriseFactory, workers_count=4)
    from_on = date(2025, 1, 1)


class OfferFactory(DjangoModelFactory):
    """An accepted offer of two places to learn the outline."""

    class Meta:
        model = HostOffer
        skip_postgeneration_save = True

    enterprise = factory.SubFactory(EnterpriseFactory, workers_count=20)
    seats = 2
    mentor_name = "Pembimbing Contoh"
    state = "accepted"
    answered_at = datetime(2026, 1, 5, 1, tzinfo=UTC)

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        self.steps.set([step(code) for code in extracted or ["NGL"]])


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = PlacementAgreement

    placement = factory.SubFactory(PlacementFactory)
    number = factory.Sequence(lambda n: f"MG/{n}/2026")
    signed_on = date(2026, 2, 25)
    signer_name = "Pemilik Contoh"
    from_on = date(2026, 3, 1)
    until_on = date(2026, 8, 31)
    allowance_idr = 750_000
    days_per_week = 6
    hours_per_day = 7
    theory_percent = 20
    insured_by = "Tempat magang"


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = PipelineActivity

    kind = "museum"
    institution = "Museum Contoh"
    title = factory.Sequence(lambda n: f"Kunjungan Contoh {n}")
    from_on = date(2026, 10, 2)
    until_on = date(2026, 10, 2)
    participants = 40
    source_text = "Buku tamu (contoh)"


class PlanFactory(DjangoModelFactory):
    """A woman of 66 hands her skill in drawing outlines on."""

    class Meta:
        model = SuccessionPlan

    kind = "master"
    person = factory.SubFactory(PersonFactory, birth_on=date(1960, 1, 2))
    step = factory.LazyFunction(step)
    wish = "apprentice"
    wished_on = date(2026, 1, 5)
    state_on = date(2026, 1, 5)


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = SuccessorCandidate

    plan = factory.SubFactory(PlanFactory)
    name = factory.Sequence(lambda n: f"Calon Contoh {n}")
    relation = "child"


def mentor(enterprise) -> Person:
    """A grown worker of the host."""
    return EngagementFactory(enterprise=enterprise, person__birth_on=date(1970, 1, 1), from_on=date(2015, 1, 1)).person


def learning(*, state: str = "active", host=None, mentor_person=None, consent: str = "self", **kwargs) -> Placement:
    """A placement that began on 2 March 2026 under a host with twenty workers, with consent and a mentor."""
    host = host or EnterpriseFactory(workers_count=20)
    placement = PlacementFactory.build(cohort=kwargs.pop("cohort", None) or CohortFactory(), person=None)
    person = kwargs.pop("person", None) or PersonFactory(birth_on=date(2004, 5, 6))
    if consent:
        witness = "Wali Contoh" if consent != "self" else ""
        ConsentFactory(person=person, purpose="apprenticeship", given_by=consent, witness=witness)
    return PlacementFactory(
        number=placement.number,
        cohort=placement.cohort,
        person=person,
        host=host,
        mentor=mentor_person or mentor(host),
        offered_on=date(2026, 2, 1),
        started_on=date(2026, 3, 2),
        planned_until=date(2026, 8, 31),
        state=state,
        **kwargs,
    )
