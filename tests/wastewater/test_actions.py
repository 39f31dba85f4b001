"""A sample from the plan to the published verdict, and judging as a set."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import actions, models, queries
from wastewater.choices import SampleState

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
entry = factories.entry


def taking(**more) -> actions.Taking:
    return actions.Taking(taken_at=datetime(2026, 3, 9, 2, 0, tzinfo=UTC), **more)


def verdicts(sample: models.Sample) -> dict[str, tuple[str, str]]:
    current = models.Evaluation.objects.filter(result__sample=sample, is_current=True)
    return {
        code: (verdict, reason)
        for code, verdict, reason in current.values_list("result__parameter__code", "verdict", "reason")
    }


def test_a_sample_from_plan_to_publication():
    clerk, head = portal.UserFactory(), portal.UserFactory()
    point = factories.EnterprisePointFactory()
    laboratory = factories.LaboratoryFactory()
    sample = actions.plan_sample(point=point, planned_on=date(2026, 3, 9), by=clerk, at=NOW)
    sample = actions.record_taking(sample=sample, taking=taking(sampler_name="Budi Contoh"), by=clerk, at=NOW)
    sample = actions.send_to_lab(
        sample=sample, laboratory=laboratory, sent_on=date(2026, 3, 9), lab_number="AL-7", by=clerk, at=NOW
    )
    sample = actions.record_results(sample=sample, entries=[entry("COD", 138), entry("PH", "7.2")], by=clerk, at=NOW)
    assert (sample.state, sample.meets_count, sample.exceeds_count) == (SampleState.RESULTED, 2, 0)
    sample = actions.verify_sample(sample=sample, by=head, at=NOW)
    sample = actions.publish_sample(sample=sample, by=head, at=NOW)
    assert (sample.state, sample.verified_by, sample.published_at) == (SampleState.PUBLISHED, head, NOW)


def test_results_get_the_unit_of_their_parameter():
    sample = factories.resulted(entry("NH3N", 3), entry("NO3N", 44, unit="mg/L", expressed_as="NO3"))
    found = set(sample.results.values_list("parameter__code", "unit", "expressed_as"))
    assert found == {("NH3N", "mg/L", "N"), ("NO3N", "mg/L", "NO3")}


def test_counts_on_the_sample():
    sample = factories.resulted(
        entry("COD", 200), entry("BOD5", 50), entry("SULFIDA", "0.5", "<"), entry("TDS", 900), entry("PH", 7)
    )
    counts = (sample.meets_count, sample.exceeds_count, sample.undecided_count, sample.ungraded_count)
    assert counts == (2, 1, 1, 1)
    # Eleven parameters are expected in effluent; COD, BOD, sulphide and pH are there.
    assert sample.missing_count == 7
    assert sample.verdict == "exceeds"


def test_colour_is_not_expected_before_it_was_regulated():
    taken = datetime(2020, 6, 1, tzinfo=UTC)
    sample = factories.resulted(entry("COD", 100), taken_at=taken)
    # Transition table and Perda 5/2012: temperature, pH, BOD, COD, TSS, phenol, Cr, NH3-N, sulphide, oil; no colour.
    assert sample.missing_count == 9


def test_a_river_sample_is_judged_by_the_class_of_its_water():
    point = factories.RiverPointFactory(water_body__river_class="IV")
    sample = factories.resulted(entry("BOD5", 10), entry("WARNA", 900, unit="Pt-Co"), point=point)
    assert verdicts(sample) == {"BOD5": ("meets", ""), "WARNA": ("cannot_tell", "no_limit")}


def test_an_inlet_is_not_judged():
    sample = factories.resulted(entry("COD", 900), point=factories.PlantPointFactory(kind="influent"))
    assert verdicts(sample) == {"COD": ("cannot_tell", "influent")}
    assert (sample.ungraded_count, sample.missing_count, sample.verdict) == (1, 0, "not_graded")


def test_the_sampling_date_is_a_day_in_pekalongan():
    """8 September 2025 18:00 UTC is already the 9th there: the first day of Permen LH/BPLH 12/2025."""
    point = factories.PlantPointFactory()
    before = factories.resulted(point=point, taken_at=datetime(2025, 9, 8, 16, 59, tzinfo=UTC))
    after = factories.resulted(point=point, taken_at=datetime(2025, 9, 8, 17, 0, tzinfo=UTC))
    codes = [models.Evaluation.objects.get(result__sample=sample).limit.standard_set.code for sample in (before, after)]
    assert codes == ["p16-2019-b", "permen-12-2025-b"]


def test_the_flow_measured_while_sampling_stands_in_for_an_unknown_discharge():
    point = factories.EnterprisePointFactory(discharge_m3_per_day=None)
    unknown = factories.resulted(entry("COD", 130), point=point)
    measured = factories.resulted(entry("COD", 130), point=point, flow_m3_per_day=Decimal(150))
    assert verdicts(unknown) == {"COD": ("cannot_tell", "discharge_unknown")}
    assert verdicts(measured) == {"COD": ("exceeds", "")}


def test_load_per_ton_is_judged_beside_the_concentration():
    sample = factories.resulted(
        entry("COD", 138), point=factories.PlantPointFactory(), water_use_m3_per_ton=Decimal(95)
    )
    evaluation = models.Evaluation.objects.get(result__sample=sample)
    assert (evaluation.verdict, evaluation.ratio, evaluation.percent) == (
        "exceeds",
        Decimal("1.1040"),
        Decimal("10.4000"),
    )
    assert (evaluation.load_verdict, evaluation.load_kg_per_ton) == ("meets", Decimal("13.11"))
    assert evaluation.load_limit.max_load_kg_per_ton == 15


def test_correcting_a_result_keeps_the_old_evaluation():
    sample = factories.resulted(entry("COD", 138), entry("PH", 7), point=factories.PlantPointFactory())
    sample = actions.record_results(sample=sample, entries=[entry("COD", 120)], by=None, at=NOW)
    history = models.Evaluation.objects.filter(result__sample=sample, result__parameter__code="COD").order_by("pk")
    assert list(history.values_list("verdict", "reported", "is_current")) == [
        ("exceeds", "=138 mg/L", False),
        ("meets", "=120 mg/L", True),
    ]
    assert models.Evaluation.objects.filter(result__sample=sample, result__parameter__code="PH").count() == 1
    assert sample.exceeds_count == 0


def test_correcting_a_limit_judges_again_and_keeps_the_old_evaluation():
    sample = factories.published(entry("COD", 120), point=factories.PlantPointFactory())
    limit = models.Limit.objects.get(standard_set__code="permen-12-2025-b", parameter__code="COD")
    models.Limit.objects.filter(pk=limit.pk).update(maximum=100)
    judged = actions.evaluate_again(parameters=[limit.parameter_id], at=NOW)
    assert judged == actions.Judged(new_count=1, same_count=0)
    history = models.Evaluation.objects.filter(result__sample=sample).order_by("pk")
    assert list(history.values_list("verdict", "is_current")) == [("meets", False), ("exceeds", True)]
    sample.refresh_from_db()
    assert sample.exceeds_count == 1


def test_evaluating_twice_changes_nothing():
    sample = factories.resulted(entry("COD", 138), entry("SULFIDA", "0.5", "<"), entry("PH", "9.4"))
    assert actions.evaluate(samples=[sample.pk], at=NOW) == actions.Judged(new_count=0, same_count=3)


def test_evaluation_takes_the_same_number_of_queries_for_any_number_of_samples():
    def queries_for(count: int) -> int:
        made = [factories.SampleFactory() for _ in range(count)]
        for sample in made:
            factories.ResultFactory(sample=sample)
            factories.ResultFactory(sample=sample, parameter=factories.parameter("TSS"))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            judged = actions.evaluate(samples=[sample.pk for sample in made], at=NOW)
        assert judged.new_count == 2 * count
        return len(captured)

    assert queries_for(1) == queries_for(30)


def test_counts_equal_a_recount_of_the_evaluations():
    samples = [
        factories.resulted(entry("COD", cod), entry("SULFIDA", "0.5", "<"), entry("TDS", 5), entry("TSS", tss))
        for cod, tss in ((100, 10), (160, 10), (160, 90))
    ]
    for sample in samples:
        current = models.Evaluation.objects.filter(result__sample=sample, is_current=True)
        recount = (
            current.filter(verdict="meets").count(),
            current.filter(verdict="exceeds").count(),
            current.filter(verdict="cannot_tell").exclude(reason__in=["no_limit", "influent"]).count(),
            current.filter(reason__in=["no_limit", "influent"]).count(),
        )
        assert (sample.meets_count, sample.exceeds_count, sample.undecided_count, sample.ungraded_count) == recount


# Refusals


def test_nobody_verifies_what_they_entered():
    person = portal.UserFactory()
    sample = factories.resulted(by=person)
    with pytest.raises(actions.SampleRefused, match="rekan lain"):
        actions.verify_sample(sample=sample, by=person, at=NOW)


def test_nobody_verifies_a_sample_of_which_they_entered_a_part():
    first, second = portal.UserFactory(), portal.UserFactory()
    sample = factories.resulted(entry("COD", 100), by=first)
    sample = actions.record_results(sample=sample, entries=[entry("TSS", 10)], by=second, at=NOW)
    with pytest.raises(actions.SampleRefused, match="rekan lain"):
        actions.verify_sample(sample=sample, by=first, at=NOW)


def test_verified_results_are_not_entered_again():
    with pytest.raises(actions.SampleRefused, match="tidak dapat diubah"):
        actions.record_results(sample=factories.verified(), entries=[entry("COD", 1)], by=None, at=NOW)


def test_results_of_a_planned_sample_are_refused():
    sample = actions.plan_sample(point=factories.EnterprisePointFactory(), planned_on=date(2026, 3, 9), by=None, at=NOW)
    with pytest.raises(actions.SampleRefused, match="belum diambil"):
        actions.record_results(sample=sample, entries=[entry("COD", 1)], by=None, at=NOW)


def test_results_without_any_entry_are_refused():
    with pytest.raises(actions.SampleRefused, match="sedikitnya satu"):
        actions.record_results(sample=factories.SampleFactory(), entries=[], by=None, at=NOW)


def test_water_cannot_be_taken_tomorrow():
    with pytest.raises(actions.SampleRefused, match="masih di depan"):
        actions.record_sample(
            point=factories.EnterprisePointFactory(),
            taking=actions.Taking(taken_at=NOW + timedelta(days=1)),
            by=None,
            at=NOW,
        )


def test_a_sample_cannot_reach_the_laboratory_before_it_was_taken():
    with pytest.raises(actions.SampleRefused, match="lebih awal"):
        actions.send_to_lab(
            sample=factories.SampleFactory(),
            laboratory=factories.LaboratoryFactory(),
            sent_on=date(2026, 3, 1),
            by=None,
            at=NOW,
        )


def test_a_laboratory_number_in_use_is_refused_with_a_sentence():
    laboratory = factories.LaboratoryFactory()
    factories.SampleFactory(laboratory=laboratory, lab_number="AL-1")
    with pytest.raises(actions.SampleRefused, match="AL-1 sudah dipakai"):
        actions.record_results(
            sample=factories.SampleFactory(),
            entries=[entry("COD", 1)],
            laboratory=laboratory,
            lab_number="AL-1",
            by=None,
            at=NOW,
        )


def test_publishing_before_verification_is_refused():
    with pytest.raises(actions.SampleRefused, match="tidak dapat menjadi"):
        actions.publish_sample(sample=factories.resulted(), by=None, at=NOW)


def test_voiding_asks_for_a_reason_and_leaves_the_figures():
    sample = factories.published(entry("COD", 200))
    with pytest.raises(actions.SampleRefused, match="alasan"):
        actions.void_sample(sample=sample, reason="  ", by=None, at=NOW)
    voided = actions.void_sample(sample=sample, reason="Botol tertukar", by=None, at=NOW)
    assert (voided.state, voided.void_reason) == (SampleState.VOID, "Botol tertukar")
    assert queries.counted(models.Sample.objects.all()).count() == 0


def test_the_history_says_why_a_sample_was_voided():
    sample = actions.void_sample(sample=factories.resulted(), reason="Botol tertukar", by=None, at=NOW)
    last = sample.events.order_by("-pgh_id").first()
    assert (last.state, last.pgh_context.metadata["reason"]) == ("void", "Botol tertukar")
