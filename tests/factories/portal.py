"""Factories of the shared nouns."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from batikportal import models
from batikportal.choices import EnterpriseStatus, MembershipRole, Office, Technique


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User

    full_name = factory.Sequence(lambda n: f"Pengguna Contoh {n}")
    phone = factory.Sequence(lambda n: f"+62811{n:07d}")
    phone_verified_at = datetime(2026, 1, 1, tzinfo=UTC)
    password = factory.django.Password("sandi-contoh-1")


class RoleAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = models.RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = "data_clerk"
    office = Office.DINKOMINFO
    valid_from = date(2026, 1, 1)


class StaffFactory(UserFactory):
    """A user with one role."""

    class Params:
        role = "data_clerk"
        office = Office.DINKOMINFO

    assignment = factory.RelatedFactory(
        RoleAssignmentFactory,
        factory_related_name="user",
        role=factory.SelfAttribute("..role"),
        office=factory.SelfAttribute("..office"),
    )

    class Meta:
        skip_postgeneration_save = True


def ward(name: str = "Kauman") -> models.Area:
    """A ward of the city, loaded by migration."""
    return models.Area.objects.get(name=name, level="ward")


class EnterpriseFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Batik Contoh {n}")
    owner_name = factory.Sequence(lambda n: f"Pemilik Contoh {n}")
    owner_sex = "F"
    ward = factory.LazyFunction(ward)
    techniques = [Technique.TULIS]
    workers_count = 4
    status = EnterpriseStatus.ACTIVE

    @factory.post_generation
    def nib(self, create, extracted, **kwargs):
        """``EnterpriseFactory(nib="1234567890123")`` adds the identifier."""
        if extracted:
            models.EnterpriseIdentifier.objects.create(enterprise=self, kind="nib", value=extracted)
        self.refresh_from_db()

    class Meta:
        model = models.Enterprise
        skip_postgeneration_save = True


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.EnterpriseMembership

    user = factory.SubFactory(UserFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    role = MembershipRole.OWNER
    valid_from = date(2026, 1, 1)
