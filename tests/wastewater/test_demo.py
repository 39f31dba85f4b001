"""The demo data: the same every time, plainly fictitious, and inside every rule of the app."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Count

from tests.factories import portal
from wastewater import actions, demo, models
from wastewater.queries import plant_loads, plant_logs, sludge

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def neighbours() -> list:
    wards = [portal.ward(name) for name in ("Jenggot", "Kauman", "Banyurip", "Pringrejo", "Krapyak")]
    return [portal.EnterpriseFactory(ward=ward, workers_count=n) for n in range(12) for ward in wards]


def facts() -> list[tuple]:
    return list(
        models.Result.objects.order_by("sample__point__code", "sample__taken_at", "parameter__code").values_list(
            "public_id", "sample__public_id", "sample__state", "parameter__code", "qualifier", "value"
        )
    )


@pytest.mark.long
def test_the_demo_shows_everything_says_that_it_is_fictitious_and_is_the_same_every_time(db):
    enterprises = neighbours()
    with transaction.atomic():
        demo.seed(random.Random(1), enterprises, AT)
        first = facts()
        assert len(first) > 7000
        assert_three_years_of_rivers_plants_and_enterprises()
        assert_judged_by_the_current_rules()
        assert_every_verdict_occurs()
        assert_published_capacities_keep_their_conflict()
        assert_plants_are_operated()
        assert_fictitious()
        transaction.set_rollback(True)

    demo.seed(random.Random(1), enterprises, AT)
    assert facts() == first


def assert_plants_are_operated() -> None:
    """Every list and figure of plant operation has something to show."""
    today = AT.date()
    (missing,) = plant_logs.plants_without_recent_log(today)
    assert missing.code == "banyurip"
    assert plant_logs.long_downtimes(today).exists()
    assert plant_logs.plants_over_inflow(today).filter(code="jenggot").exists()
    assert models.ChemicalDose.objects.filter(log__plant__code="kauman").exists()
    assert {one.plant.code for one in sludge.entries_due(today)} == {"kauman", "banyurip", "pringrejo-2024"}
    assert set(models.SludgeDispatch.objects.values_list("state", flat=True)) == {"sent", "received"}
    pairs = plant_loads.load_pairs(today - timedelta(days=364), today, codes=["COD"])
    assert {pair.plant.code for pair in pairs if not pair.problem} == {
        "jenggot", "kauman", "banyurip", "pringrejo-2024",
    }  # fmt: skip
    assert any(pair.problem == "no_flow" for pair in pairs)


def assert_three_years_of_rivers_plants_and_enterprises() -> None:
    taken = models.Sample.objects.filter(taken_at__isnull=False)
    assert models.DischargePoint.objects.filter(water_body__isnull=False).count() == 15
    assert {plant.name for plant in models.TreatmentPlant.objects.all()} >= {"IPAL Jenggot", "IPAL Kauman"}
    assert taken.earliest("taken_at").taken_at.year == 2023
    assert set(models.Sample.objects.values_list("state", flat=True)) == {
        "planned", "taken", "at_lab", "resulted", "verified", "published",
    }  # fmt: skip
    kinds = {row["point__kind"]: row["all"] for row in taken.values("point__kind").annotate(all=Count("pk")).order_by()}
    assert kinds["receiving"] > 400
    assert kinds["effluent"] > 100
    assert kinds["influent"] > 60


def assert_judged_by_the_current_rules() -> None:
    resulted = models.Sample.objects.filter(results_entered_at__isnull=False)
    judged = actions.evaluate(samples=resulted.values_list("pk", flat=True), at=AT)
    assert judged == actions.Judged(new_count=0, same_count=models.Result.objects.count())


def assert_every_verdict_occurs() -> None:
    current = models.Evaluation.objects.filter(is_current=True)
    assert {"meets", "exceeds", "cannot_tell"} == set(current.values_list("verdict", flat=True))
    reasons = set(current.exclude(reason="").values_list("reason", flat=True))
    assert reasons >= {"detection_limit", "influent", "no_air_temperature"}
    assert models.Sample.objects.filter(missing_count__gt=0).exists()


def assert_published_capacities_keep_their_conflict() -> None:
    figures = models.PlantCapacity.objects.filter(plant__code="jenggot").values_list("kind", "capacity_m3_per_day")
    assert set(figures) == {("design", 400), ("current", 150), ("received", 1000)}
    assert models.PlantCapacity.objects.filter(origin="").count() == 0
    assert not models.PlantCapacity.objects.filter(plant__code="pringlangu").exists()


def assert_fictitious() -> None:
    assert models.Sample.objects.exclude(note__contains="Data contoh").count() == 0
    assert all("fiktif" in name for name in models.Laboratory.objects.values_list("name", flat=True))
    assert models.Sample.objects.exclude(source="seed").count() == 0
