"""The transactional test database is put back as the migrations left it."""

import pytest

from batikportal.models import Area, Enterprise
from tests.factories import portal as factories


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_reference_data_survive_and_rows_do_not(turn):
    assert (Area.objects.count(), Enterprise.objects.count()) == (32, 0)

    factories.EnterpriseFactory()
    Area.objects.filter(name="Kauman").update(aliases=["lain"])

    assert Area.objects.get(name="Kauman").aliases == ["lain"]
