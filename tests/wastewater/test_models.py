"""What the database refuses, whatever path a change takes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import models
from wastewater.choices import SampleState

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def refuses(action, *, by: type[Exception] = IntegrityError, match: str | None = None) -> None:
    with pytest.raises(by, match=match), transaction.atomic():
        action()


# Standards


def test_standards_are_loaded_by_migration():
    found = {
        one.code: one.limits.count()
        for one in models.StandardSet.objects.filter(jurisdiction="national", medium="effluent")
    }
    assert found == {
        "permen-12-2025-a": 12,
        "permen-12-2025-b": 12,
        "permen-12-2025-c": 12,
        "p16-2019-peralihan": 10,
        "p16-2019-a": 12,
        "p16-2019-b": 12,
        "p16-2019-c": 12,
    }


def test_every_limit_has_a_legal_basis_and_a_confidence():
    assert models.Limit.objects.filter(legal_basis="").count() == 0
    assert set(models.Limit.objects.values_list("confidence", flat=True)) == {"V", "M-H", "M"}


def limit_like(limit: models.Limit, **changes) -> models.Limit:
    values = {
        field.name: getattr(limit, field.name) for field in models.Limit._meta.concrete_fields if not field.primary_key
    }
    return models.Limit(**(values | changes))


def test_limits_of_one_key_cannot_overlap():
    limit = models.Limit.objects.get(standard_set__code="permen-12-2025-a", parameter__code="COD")
    twin = limit_like(limit, effective_from=date(2027, 1, 1))
    refuses(twin.save, match="limit_once_at_a_time")


def test_limits_overlap_is_told_in_the_form_too():
    limit = models.Limit.objects.get(standard_set__code="permen-12-2025-a", parameter__code="COD")
    with pytest.raises(ValidationError, match="Akhiri dahulu masa berlaku yang lama"):
        limit_like(limit, effective_from=date(2027, 1, 1)).full_clean()


def test_a_limit_may_follow_the_one_that_ended_the_day_before():
    limit = models.Limit.objects.get(standard_set__code="permen-12-2025-a", parameter__code="COD")
    limit.effective_until = date(2026, 12, 31)
    limit.save()
    refuses(limit_like(limit, effective_from=date(2026, 12, 31), effective_until=None).save)
    limit_like(limit, effective_from=date(2027, 1, 1), effective_until=None).save()
    assert models.Limit.objects.filter(standard_set=limit.standard_set, parameter=limit.parameter).count() == 2


def test_limits_of_two_processes_stand_side_by_side():
    loads = models.Limit.objects.filter(standard_set__code="perda-jateng-5-2012", parameter__code="COD")
    assert loads.count() == 9


def test_two_sets_of_one_key_cannot_be_in_force_together():
    old = models.StandardSet.objects.get(code="permen-12-2025-a")
    refuses(
        models.StandardSet(
            regulation=models.Regulation.objects.get(code="perda-jateng-5-2012"),
            code="baru",
            title="Baru",
            jurisdiction=old.jurisdiction,
            medium=old.medium,
            arrangement=old.arrangement,
            discharge_class=old.discharge_class,
            discharge_until_m3_per_day=old.discharge_until_m3_per_day,
            effective_from=date(2027, 1, 1),
            legal_basis="Percobaan",
        ).save,
        match="standard_set_once_at_a_time",
    )


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"discharge_until_m3_per_day": Decimal("100.01")}, "standard_set_spans_apart"),
        ({"discharge_until_m3_per_day": None}, "standard_set_class_has_span"),
        ({"discharge_from_m3_per_day": 200}, "standard_set_span_in_order"),
    ],
)
def test_discharge_classes_of_one_day_never_meet(changes, match):
    first = models.StandardSet.objects.filter(code="permen-12-2025-a")
    refuses(lambda: first.update(**changes), match=match)


def test_an_edge_belongs_to_one_class_only():
    """B begins above 100; were 100 itself in both, two limits could bind one sample."""
    second = models.StandardSet.objects.filter(code="permen-12-2025-b")
    refuses(lambda: second.update(discharge_from_included=True), match="standard_set_spans_apart")


def test_a_set_without_class_has_no_span():
    whole = models.StandardSet.objects.filter(code="perda-jateng-5-2012")
    assert whole.exists()
    refuses(lambda: whole.update(discharge_until_m3_per_day=5), match="standard_set_class_has_span")


@pytest.mark.parametrize(
    "bounds",
    [
        {"kind": "max", "maximum": None},
        {"kind": "min", "minimum": None, "maximum": 4},
        {"kind": "range", "minimum": 9, "maximum": 6},
        {"kind": "absent", "maximum": 1},
        {"kind": "load", "maximum": None, "max_load_kg_per_ton": None},
    ],
)
def test_bounds_must_fit_the_kind_of_limit(bounds):
    limit = models.Limit.objects.get(standard_set__code="permen-12-2025-a", parameter__code="COD")
    for name, value in bounds.items():
        setattr(limit, name, value)
    refuses(limit.save, match="limit_bounds_fit_kind")


def test_a_river_set_needs_a_river_class():
    river = models.StandardSet.objects.get(code="pp-22-2021-ii")
    river.river_class = ""
    refuses(river.save, match="standard_set_class_fits_medium")


# Plants, waters, points


def test_connections_of_one_enterprise_and_plant_cannot_overlap():
    first = factories.ConnectionFactory(valid_until=date(2025, 6, 30))
    again = {"plant": first.plant, "enterprise": first.enterprise}
    refuses(lambda: factories.ConnectionFactory(**again, valid_from=date(2025, 6, 30)), match="connection_once")
    factories.ConnectionFactory(**again, valid_from=date(2025, 7, 1))
    factories.ConnectionFactory(enterprise=first.enterprise)
    factories.ConnectionFactory(plant=first.plant)
    assert models.Connection.objects.count() == 4


def test_conflicting_capacities_stand_side_by_side_but_not_twice_from_one_source():
    figure = factories.PlantCapacityFactory(capacity_m3_per_day=400, origin="DLH")
    factories.PlantCapacityFactory(plant=figure.plant, capacity_m3_per_day=150, origin="RKB")
    refuses(lambda: factories.PlantCapacityFactory(plant=figure.plant, capacity_m3_per_day=400, origin="DLH"))
    assert figure.plant.capacities.count() == 2


def test_a_point_belongs_to_exactly_one_owner():
    point = factories.EnterprisePointFactory()
    refuses(
        lambda: models.DischargePoint.objects.filter(pk=point.pk).update(enterprise=None), match="point_of_one_owner"
    )
    plant = factories.TreatmentPlantFactory()
    refuses(lambda: models.DischargePoint.objects.filter(pk=point.pk).update(plant=plant), match="point_of_one_owner")


def test_a_river_point_lies_in_a_water_body():
    point = factories.EnterprisePointFactory()
    refuses(lambda: models.DischargePoint.objects.filter(pk=point.pk).update(kind="receiving"), match="kind_fits_owner")


def test_a_river_class_without_decree_is_marked_as_assumed():
    river = factories.WaterBodyFactory()
    assert (river.river_class, river.class_assumed) == ("II", True)
    river.class_assumed = False
    refuses(river.save, match="water_body_class_has_basis")


# Samples and results


@pytest.mark.parametrize(
    ("state", "constraint"),
    [
        ("planned", "sample_planned_has_date"),
        ("at_lab", "sample_at_lab_names_lab"),
        ("resulted", "sample_resulted_has_entry_time"),
        ("verified", "sample_resulted_has_entry_time|sample_verified_by_someone"),
        ("void", "sample_void_has_reason"),
    ],
)
def test_a_state_needs_its_facts(state, constraint):
    refuses(lambda: factories.SampleFactory(state=state), match=constraint)


def test_the_state_moves_only_as_the_table_says_even_in_raw_sql():
    sample = factories.SampleFactory()

    def jump():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE wastewater_sample SET state = 'planned', planned_on = now() WHERE id = %s", [sample.pk]
            )

    refuses(jump, by=DatabaseError, match="Invalid transition")


def test_nobody_verifies_own_results_even_in_raw_sql():
    person = portal.UserFactory()
    sample = factories.resulted(by=person)
    refuses(
        lambda: models.Sample.objects.filter(pk=sample.pk).update(
            state=SampleState.VERIFIED, verified_by=person, verified_at=NOW
        ),
        match="sample_verified_by_another_person",
    )


def test_one_laboratory_number_per_live_sample():
    laboratory = factories.LaboratoryFactory()
    first = factories.SampleFactory(laboratory=laboratory, lab_number="AL-1")
    refuses(lambda: factories.SampleFactory(laboratory=laboratory, lab_number="AL-1"), match="sample_lab_number_once")
    factories.SampleFactory(lab_number="AL-1")
    models.Sample.objects.filter(pk=first.pk).update(state="void", voided_at=NOW, void_reason="salah botol")
    factories.SampleFactory(laboratory=laboratory, lab_number="AL-1")
    assert models.Sample.objects.filter(lab_number="AL-1").count() == 3


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"value": Decimal(-1)}, "result_not_negative"),
        ({"value": Decimal(15), "unit": "pH"}, "result_ph_up_to_14"),
        ({"value": Decimal(250), "unit": "°C"}, "result_water_below_steam"),
        ({"value": Decimal(-1), "unit": "°C"}, "result_not_negative"),
        ({"value": Decimal(2_000_000_000)}, "result_believable"),
        ({"detection_limit": Decimal(0)}, "result_detection_limit_positive"),
    ],
)
def test_impossible_results_are_refused(changes, constraint):
    refuses(lambda: factories.ResultFactory(**changes), match=constraint)


def test_one_result_per_parameter_and_sample():
    result = factories.ResultFactory()
    refuses(lambda: factories.ResultFactory(sample=result.sample), match="result_once_per_parameter")


@pytest.mark.parametrize("column", ["value", "qualifier", "unit", "detection_limit"])
def test_a_verified_result_is_frozen(column):
    sample = factories.verified()
    changed = {"value": 1, "qualifier": "<", "unit": "µg/L", "detection_limit": 5}[column]
    refuses(lambda: sample.results.update(**{column: changed}), match="frozen")


def test_results_are_neither_added_to_nor_taken_from_a_verified_sample():
    sample = factories.verified()
    refuses(lambda: factories.ResultFactory(sample=sample, parameter=factories.parameter("TSS")), match="frozen")
    refuses(lambda: sample.results.all().delete(), match="frozen")
    other = factories.ResultFactory(parameter=factories.parameter("TSS"))
    refuses(lambda: models.Result.objects.filter(pk=other.pk).update(sample=sample), match="frozen")


def test_a_result_may_be_corrected_before_verification():
    sample = factories.resulted()
    assert sample.results.update(value=90) == 1


@pytest.mark.parametrize("column", ["point", "taken_at", "air_temperature_c", "flow_m3_per_day", "lab_number"])
def test_the_facts_of_a_verified_sample_are_frozen(column):
    sample = factories.verified()
    changed = {
        "point": factories.RiverPointFactory,
        "taken_at": lambda: NOW,
        "air_temperature_c": lambda: 30,
        "flow_m3_per_day": lambda: 1,
        "lab_number": lambda: "X",
    }[column]()
    refuses(
        lambda: models.Sample.objects.filter(pk=sample.pk).update(**{column: changed}),
        by=DatabaseError,
        match="Cannot update",
    )


def test_an_evaluation_is_never_edited_nor_revived():
    sample = factories.resulted()
    evaluations = models.Evaluation.objects.filter(result__sample=sample)
    refuses(lambda: evaluations.update(verdict="exceeds"), by=DatabaseError, match="Cannot update")
    evaluations.update(is_current=False)
    refuses(lambda: evaluations.update(is_current=True), by=DatabaseError, match="Cannot update")


def test_evaluations_of_a_verified_sample_cannot_be_deleted():
    sample = factories.verified()
    refuses(lambda: models.Evaluation.objects.filter(result__sample=sample).delete(), match="frozen")


def test_a_result_has_one_current_evaluation():
    evaluation = models.Evaluation.objects.get(result__sample=factories.resulted())
    evaluation.pk = None
    refuses(lambda: evaluation.save(force_insert=True), match="evaluation_one_current")


def test_a_decided_evaluation_names_its_limit():
    result = factories.ResultFactory()
    refuses(
        lambda: models.Evaluation.objects.create(
            result=result, verdict="meets", reported="x", engine_version="1", evaluated_at=NOW
        ),
        match="evaluation_decided_names_limit",
    )


def test_everything_introduces_itself():
    sample = factories.verified(
        factories.entry("COD", 138), point__code="USH-9", point__name="Outlet", lab_number="AL-9"
    )
    result = sample.results.get()
    assert str(sample) == "AL-9 – USH-9 – Outlet"
    assert str(result) == "COD: 138 mg/L"
    assert str(result.evaluations.get()) == "Memenuhi – =138 mg/L"
    assert str(factories.PlantCapacityFactory(plant__name="IPAL X", origin="DLH")) == "IPAL X: 200 m³/hari (DLH)"
    assert str(factories.ConnectionFactory(plant__name="IPAL Y", enterprise__name="Batik Z")) == "Batik Z → IPAL Y"
    assert str(models.Limit.objects.get(standard_set__code="permen-12-2025-a", parameter__code="COD")) == (
        "COD (Permen LH/BPLH 12/2025, Lampiran I)"
    )
