"""A small registry that the page tests share."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import ConsentFactory, EngagementFactory, covered, nik

# The digits that tell this NIK from its mask: pages must never hold them.
PLANTED_NIK = "3375024503909777"
PLANTED_MASK = "3375••••••••9777"


@pytest.fixture
def today() -> date:
    """The day of the pages, which read the clock."""
    return timezone.localdate()


@pytest.fixture
def worker(db, today):
    """Siti, insured by the city until soon, with a consent, at a workshop; her NIK is the planted one."""
    engagement = EngagementFactory(
        person__name="Siti Terlindungi",
        person__number=PLANTED_NIK,
        enterprise=EnterpriseFactory(name="Batik Kanari"),
        steps=["NGL", "ISN"],
    )
    covered(engagement.person, until_on=today + timedelta(days=10), from_on=today - timedelta(days=100))
    ConsentFactory(person=engagement.person)
    return engagement.person


@pytest.fixture
def unprotected(db):
    """Budi, at the same step, about whose insurance nobody knows."""
    return EngagementFactory(person__name="Budi Terbuka", person__number=nik(5), steps=["NGL"]).person
