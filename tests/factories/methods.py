"""Factories of laboratory methods."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories import wastewater
from wastewater.models import LabMethod


class LabMethodFactory(DjangoModelFactory):
    """COD by closed reflux, down to 10 mg/L, accredited since 2025."""

    class Meta:
        model = LabMethod

    laboratory = factory.SubFactory(wastewater.LaboratoryFactory)
    parameter = factory.LazyFunction(lambda: wastewater.parameter("COD"))
    method = "SNI 6989.2:2019"
    quantification_limit = Decimal(10)
    valid_from = date(2025, 1, 1)
