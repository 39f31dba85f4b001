"""A load over its limit is a violation of its own beside that of the concentration."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.factories import inspections as make
from tests.factories import wastewater as waste
from wastewater import actions, models
from wastewater.actions import violations
from wastewater.models import Violation

pytestmark = pytest.mark.django_db

AFTER, LATER = make.AFTER, make.LATER


def loads(*columns: str) -> list[tuple]:
    return list(Violation.objects.order_by("kind").values_list(*columns))


def heavy(cod: int, point, day: str = "2026-03-02") -> models.Sample:
    """COD of a verified sample with 200 m³ of water per ton: 15 kg/ton are allowed."""
    return waste.verified(
        waste.entry("COD", cod), point=point, water_use_m3_per_ton=Decimal(200),
        taken_at=datetime.fromisoformat(f"{day}T02:00:00+00:00"), at=datetime.fromisoformat(f"{day}T04:00:00+00:00"),
    )  # fmt: skip


def test_a_load_over_its_limit_is_a_violation_beside_that_of_the_concentration():
    point = waste.PlantPointFactory()
    heavy(100, point)
    assert loads("kind", "state", "plant") == [("load", "open", point.plant_id)]
    assert Violation.objects.get().what == "Beban COD 20,00 kg/ton, batas 15"
    heavy(300, waste.PlantPointFactory())
    assert loads("kind") == [("limit",), ("load",), ("load",)]


def test_a_load_violation_ends_by_a_later_load_and_is_withdrawn_with_its_sample():
    point = waste.PlantPointFactory()
    first = heavy(100, point)
    heavy(60, point, "2026-04-02")
    assert violations.resolve_cured(at=datetime(2026, 4, 3, tzinfo=UTC), in_a_row=1) == 1
    assert loads("state", "resolution") == [("resolved", "meets_again")]
    actions.void_sample(sample=first, reason="Tertukar", by=None, at=datetime(2026, 4, 4, tzinfo=UTC))
    assert loads("state", "withdrawn_reason") == [("withdrawn", "Sampel digugurkan: Tertukar")]
