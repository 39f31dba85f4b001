"""Pairs of inlet and outlet samples: which belong together, with which flow, and when it cannot be told."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from batikportal.contracts import Period, Scope
from tests.factories import wastewater as factories
from wastewater import models
from wastewater.choices import PointKind
from wastewater.choices.plants import FlowBasis, PairProblem
from wastewater.indicators import plants as indicators
from wastewater.queries import plant_loads as queries
from wastewater.rules import plants as rules

pytestmark = pytest.mark.django_db

entry = factories.entry
START, END = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def plant():
    return factories.TreatmentPlantFactory()


def sample(plant, kind: str, *entries, day: int = 2, hour: int = 2, flow=None, **more) -> models.Sample:
    point = plant.points.filter(kind=kind).first() or factories.PlantPointFactory(plant=plant, kind=kind)
    taken_at = datetime(2026, 3, day, hour, 0, tzinfo=UTC)
    return factories.verified(*entries, point=point, taken_at=taken_at, flow_m3_per_day=flow, **more)


def both(plant, before, after, *, flow=None, day: int = 2, code: str = "COD") -> None:
    sample(plant, PointKind.INFLUENT, entry(code, before), day=day)
    sample(plant, PointKind.EFFLUENT, entry(code, after), day=day, flow=flow)


def pairs(code: str = "COD") -> list[queries.LoadPair]:
    return queries.load_pairs(START, END, codes=[code])


@pytest.mark.parametrize(
    ("code", "before", "after", "expected"),
    [
        ("COD", 620, 138, ("111.6", "24.84", "77.7419")),
        ("BOD5", 210, 52, ("37.8", "9.36", "75.2381")),
        ("TSS", 185, 41, ("33.3", "7.38", "77.8378")),
    ],
)
def test_loads_of_a_day_from_stored_results(plant, code, before, after, expected):
    both(plant, before, after, flow=Decimal(180), code=code)
    (pair,) = pairs(code)
    assert pair.sides is not None
    assert pair.sides.removal is not None
    found = (pair.sides.load_in.normalize(), pair.sides.load_out.normalize(), f"{pair.sides.removal:.4f}")
    assert found == (Decimal(expected[0]), Decimal(expected[1]), expected[2])
    assert (pair.basis_in, pair.basis_out) == (FlowBasis.OTHER_SIDE, FlowBasis.SAMPLE)


def test_portfolio_of_three_plants():
    for flow, before, after in ((250, 480, 95), (150, 900, 210), (200, 640, 120)):
        both(factories.TreatmentPlantFactory(), before, after, flow=Decimal(flow))
    whole = rules.portfolio(queries.known_sides(pairs(), "COD"))
    assert whole is not None
    assert whole.removal is not None
    assert (f"{whole.mg_per_l_in:.4f}", f"{whole.mg_per_l_out:.4f}", f"{whole.removal:.4f}") == (
        "638.3333", "132.0833", "79.3081",
    )  # fmt: skip


def test_flow_comes_from_the_daily_log_when_the_sample_has_none(plant):
    both(plant, 620, 138)
    assert [pair.problem for pair in pairs()] == [PairProblem.NO_FLOW]
    factories.PlantLogFactory(
        plant=plant, day=date(2026, 3, 2), inflow_m3=Decimal(200), outflow_m3=Decimal(100), outflow_method="measured"
    )
    (pair,) = pairs()
    assert pair.sides is not None
    assert (pair.sides.flow_in, pair.sides.flow_out) == (200, 100)
    assert (pair.basis_in, pair.basis_out) == (FlowBasis.LOG, FlowBasis.LOG)


def test_it_cannot_be_told_without_inlet_result_or_exact_figure(plant):
    cases = [
        (None, entry("COD", 138), PairProblem.NO_INLET),
        (entry("BOD5", 210), entry("COD", 138), PairProblem.NO_RESULT),
        (entry("COD", 620), entry("COD", 5, "<"), PairProblem.CENSORED),
        (entry("COD", 5000, ">"), entry("COD", 138), PairProblem.CENSORED),
        (entry("COD", 0), entry("COD", 138), PairProblem.NO_LOAD),
    ]
    for number, (before, after, _problem) in enumerate(cases):
        day = 3 + 4 * number
        if before is not None:
            sample(plant, PointKind.INFLUENT, before, day=day)
        sample(plant, PointKind.EFFLUENT, after, day=day, flow=Decimal(180))
    found = pairs()
    assert [pair.problem for pair in found] == [problem for _before, _after, problem in cases]
    assert queries.known_sides(found, "COD") == []


def test_units_are_converted(plant):
    sample(plant, PointKind.INFLUENT, entry("COD", "0.62", unit="g/L"))
    sample(plant, PointKind.EFFLUENT, entry("COD", 138), flow=Decimal(180))
    (pair,) = pairs()
    assert pair.sides is not None
    assert pair.sides.load_in == Decimal("111.6")


def test_pairs_reach_as_many_days_back_as_the_setting_says_and_unverified_samples_not_at_all(plant):
    sample(plant, PointKind.INFLUENT, entry("COD", 620), day=10)
    sample(plant, PointKind.EFFLUENT, entry("COD", 138), day=11, flow=Decimal(180))
    assert [pair.problem for pair in pairs()] == [""]
    models.PlantSetting.objects.filter(code="pairing_days").update(value=0)
    assert [pair.problem for pair in pairs()] == [PairProblem.NO_INLET]
    point = plant.points.get(kind=PointKind.INFLUENT)
    factories.resulted(entry("COD", 620), point=point, taken_at=datetime(2026, 3, 11, 2, tzinfo=UTC))
    assert [pair.problem for pair in pairs()] == [PairProblem.NO_INLET]


def test_indicator_is_unknown_when_nothing_is_paired_and_weighted_else(plant):
    scope = Scope(Period(START, END), None, END)
    assert indicators.read_removal(scope).value is None
    sample(plant, PointKind.EFFLUENT, entry("COD", 138), day=20, flow=Decimal(180))
    unpaired = indicators.read_removal(scope)
    assert (unpaired.value, unpaired.completeness) == (None, 0)
    both(plant, 620, 138, flow=Decimal(180))
    reading = indicators.read_removal(scope)
    assert f"{reading.value:.4f}" == "77.7419"
    assert (reading.numerator, reading.denominator, reading.completeness) == (Decimal("86.76"), Decimal("111.6"), 0.5)
    assert [value is not None for _label, value in reading.trend] == [False] * 11 + [True]


def test_pages_show_pairs_and_reasons(plant, as_user, leader, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 4, 1, tzinfo=UTC))
    both(plant, 620, 138, flow=Decimal(180))
    sample(plant, PointKind.EFFLUENT, entry("COD", 138), day=20, flow=Decimal(180))
    browser = as_user(leader)
    page = browser.get(reverse("wastewater:plant-load-list", args=[plant.public_id]))
    text = page.content.decode()
    assert page.context["known_count"] == 1
    assert "111,60" in text
    assert "tidak ada sampel inlet yang berdekatan" in text
    lines = browser.get(reverse("wastewater:plant-load-export", args=[plant.public_id])).content.decode().splitlines()
    assert lines[2].split(";")[7:10] == ["111,6", "24,84", "77,7419"]
    portfolio = browser.get(
        reverse("wastewater:plant-removal"), {"parameter": "COD", "dari": "2026-03-01", "sampai": "2026-03-31"}
    )
    assert [(row[0], row[2], row[3]) for row in portfolio.context["rows"]] == [(plant, 2, 1)]


def test_mixed_limit_page(client):
    url = reverse("wastewater:mixed-limit")
    page = client.get(url, {"c1": "150", "q1": "180", "c2": "100", "q2": "60"})
    assert page.context["limit"] == Decimal("137.5")
    wrong = client.get(url, {"c1": "150", "q1": "0", "c2": "100", "q2": "0"})
    assert list(wrong.context["form"].errors) == ["q1"]
