"""Violations: where they come from, how they end, and who may see and end them."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import actions, models
from wastewater.actions import violations
from wastewater.choices.duties import Resolution, ViolationState
from wastewater.models import Violation
from wastewater.queries import violations as queries

pytestmark = pytest.mark.django_db

entry = factories.entry
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
APRIL = datetime(2026, 4, 6, 2, 0, tzinfo=UTC)


def facts(*columns: str) -> list[tuple]:
    return list(Violation.objects.order_by("occurred_on", "pk").values_list(*columns))


def over_the_limit(**more) -> models.Sample:
    return factories.verified(entry("COD", 300), entry("BOD5", 20), **more)


def test_verifying_an_exceedance_makes_one_violation_of_that_result_only():
    sample = factories.resulted(entry("COD", 300), entry("BOD5", 20), entry("TDS", 9000))
    assert facts() == []

    actions.verify_sample(sample=sample, by=portal.UserFactory(), at=AT)
    violations.follow_results(at=AT)

    assert facts(
        "enterprise", "kind", "state", "evaluation__result__parameter__code", "occurred_on", "detected_on"
    ) == [(sample.point.enterprise_id, "limit", "open", "COD", date(2026, 3, 2), date(2026, 3, 10))]


def test_rivers_and_inlets_violate_nothing():
    factories.verified(entry("BOD5", 90), point=factories.RiverPointFactory())
    factories.verified(entry("COD", 9000), point=factories.PlantPointFactory(kind="influent"))

    assert facts() == []


def test_a_plant_violates_too():
    sample = factories.verified(entry("COD", 140), point=factories.PlantPointFactory())

    assert facts("plant", "enterprise") == [(sample.point.plant_id, None)]


def test_voiding_the_sample_withdraws_with_the_reason():
    sample = over_the_limit()
    actions.void_sample(sample=sample, reason="Botol tertukar", by=None, at=LATER)

    assert facts("state", "withdrawn_on", "withdrawn_reason") == [
        ("withdrawn", date(2026, 5, 20), "Sampel digugurkan: Botol tertukar")
    ]


def _change_cod_limit(maximum) -> None:
    """Correct the limit that a class A outlet is judged by, and judge again."""
    used = models.Evaluation.objects.get(is_current=True, result__parameter__code="COD").limit
    both = models.Limit.objects.filter(parameter__code="COD", standard_set__medium="effluent", kind="max")
    both.update(maximum=maximum)
    actions.evaluate_again(parameters=[used.parameter_id], at=LATER)


def test_judged_again_and_meeting_withdraws():
    over_the_limit()
    _change_cod_limit(400)

    assert facts("state", "withdrawn_reason") == [
        ("withdrawn", "Hasil dinilai ulang dan tidak lagi melebihi baku mutu.")
    ]


def test_judged_again_and_still_over_keeps_the_violation_with_the_new_verdict():
    over_the_limit()
    before = Violation.objects.get()
    _change_cod_limit(200)

    after = Violation.objects.get()
    current = models.Evaluation.objects.get(is_current=True, result__parameter__code="COD")
    assert (after.pk, after.state, after.evaluation_id) == (before.pk, "open", current.pk)
    assert after.evaluation_id != before.evaluation_id


def test_meeting_once_withdrawn_and_over_again_is_a_new_violation():
    over_the_limit()
    _change_cod_limit(400)
    _change_cod_limit(150)

    assert facts("state") == [("withdrawn",), ("open",)]


def test_a_later_result_that_meets_ends_it_and_its_loss_opens_it_again():
    sample = over_the_limit()
    later = factories.verified(entry("COD", 100), point=sample.point, taken_at=APRIL, at=LATER)
    other = over_the_limit(taken_at=APRIL, at=LATER)

    assert violations.resolve_cured(at=LATER, in_a_row=2) == 0
    assert violations.resolve_cured(at=LATER, in_a_row=1) == 1
    cured = Violation.objects.get(enterprise=sample.point.enterprise)
    assert (cured.state, cured.resolution, cured.cured_by.result.sample) == ("resolved", "meets_again", later)
    assert Violation.objects.get(enterprise=other.point.enterprise).state == "open"

    actions.void_sample(sample=later, reason="Salah titik", by=None, at=LATER)
    cured.refresh_from_db()
    assert (cured.state, cured.resolution, cured.cured_by, cured.resolved_on) == ("open", "", None, None)


def test_exceeding_again_does_not_end_it():
    sample = over_the_limit()
    factories.verified(entry("COD", 100), point=sample.point, taken_at=APRIL, at=LATER)
    may = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
    over_the_limit(point=sample.point, taken_at=may, at=LATER)

    assert violations.resolve_cured(at=LATER, in_a_row=1) == 0


def test_silence_becomes_a_violation_once_and_only_after_the_last_day():
    owed = factories.ObligationFactory()
    on_the_day = datetime(2026, 4, 15, 10, 0, tzinfo=UTC)
    next_day = datetime(2026, 4, 15, 18, 0, tzinfo=UTC)

    assert violations.follow_obligations(at=on_the_day).found == 0
    assert violations.follow_obligations(at=next_day).found == 1
    assert violations.follow_obligations(at=LATER).found == 0
    assert facts("obligation", "kind", "occurred_on", "detected_on", "enterprise") == [
        (owed.pk, "non_receipt", date(2026, 4, 16), date(2026, 4, 16), owed.enterprise_id)
    ]


def _silent() -> Violation:
    factories.ObligationFactory()
    violations.follow_obligations(at=LATER)
    return Violation.objects.get()


def test_silence_is_not_cleared_by_hand(waste_head):
    silent = _silent()
    with pytest.raises(violations.ViolationRefused):
        violations.resolve_violation(violation=silent, how="corrected", note="Sudah baik", by=waste_head, at=LATER)
    with pytest.raises(violations.ViolationRefused):
        violations.withdraw_violation(violation=silent, reason="Keliru", by=waste_head, at=LATER)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'resolved', resolution = 'receipt', resolved_on = now()",
        "state = 'resolved', resolution = 'waiver', resolved_on = now()",
        "state = 'resolved', resolution = 'corrected', resolved_on = now(), resolution_note = 'x', "
        "resolved_by_id = {by}",
        "state = 'resolved', resolved_on = now()",
        "state = 'withdrawn', withdrawn_on = now()",
    ],
)
def test_the_database_refuses_to_clear_silence_without_receipt_or_waiver(change, waste_head):
    silent = _silent()
    statement = f"UPDATE wastewater_violation SET {change.format(by=waste_head.pk)} WHERE id = %s"
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [silent.pk])


def test_the_database_keeps_violations():
    silent = _silent()
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM wastewater_violation WHERE id = %s", [silent.pk])


@pytest.mark.parametrize(
    "wrong",
    [
        {"description": ""},
        {"kind": "limit"},
        {"kind": "non_receipt"},
        {"enterprise": None},
        {"detected_on": date(2026, 3, 1)},
        {"state": "resolved"},
    ],
)
def test_the_database_refuses_a_violation_without_evidence_subject_or_end(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ViolationFactory(**wrong)


def test_ending_by_hand_names_how_and_by_whom(waste_head):
    seen = factories.ViolationFactory()
    violations.resolve_violation(violation=seen, how=Resolution.CORRECTED, note="Pipa ditutup", by=waste_head, at=LATER)

    assert facts("state", "resolution", "resolved_on", "resolved_by", "resolution_note") == [
        ("resolved", "corrected", date(2026, 5, 20), waste_head.pk, "Pipa ditutup")
    ]
    with pytest.raises(violations.ViolationRefused):
        violations.resolve_violation(violation=seen, how=Resolution.DECIDED, note="Lagi", by=waste_head, at=LATER)


def test_open_violations_and_counts_per_enterprise():
    sample = over_the_limit()
    seen = factories.ViolationFactory(enterprise=sample.point.enterprise, occurred_on=date(2026, 3, 5))
    factories.ViolationFactory(state="withdrawn", withdrawn_on=date(2026, 3, 9), withdrawn_reason="Salah orang")
    mine = sample.point.enterprise_id

    assert [row.kind for row in queries.open_violations(subject=sample.point.enterprise)] == ["limit", "narrative"]
    assert list(queries.open_violations(kinds=["narrative"])) == [seen]
    assert queries.open_counts() == {mine: {"limit": 1, "narrative": 1}}
    assert queries.open_counts([0]) == {}


def test_repeated_violations_count_days_of_one_parameter():
    sample = over_the_limit()
    factories.verified(entry("COD", 400), entry("TSS", 500), point=sample.point, taken_at=APRIL, at=LATER)

    rows = list(queries.repeated_violations(date(2026, 1, 1)))
    assert [(row["enterprise"], row["kind"], row["days"], row["last_on"]) for row in rows] == [
        (sample.point.enterprise_id, "limit", 2, date(2026, 4, 6))
    ]
    assert list(queries.repeated_violations(date(2026, 3, 15))) == []


def test_violation_list_filters_and_exports(as_user, leader):
    over_the_limit()
    factories.ViolationFactory(enterprise__name="Batik Contoh Ujung")
    browser = as_user(leader)

    assert browser.get("/air-limbah/pelanggaran/").context["page"].paginator.count == 2
    assert browser.get("/air-limbah/pelanggaran/?jenis=limit").context["page"].paginator.count == 1
    assert browser.get("/air-limbah/pelanggaran/?cari=ujung").context["page"].paginator.count == 1
    assert browser.get("/air-limbah/pelanggaran/?keadaan=resolved").context["page"].paginator.count == 0
    lines = browser.get("/air-limbah/pelanggaran.csv?jenis=narrative").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Batik Contoh Ujung" in lines[1]


def test_violation_list_has_constant_queries(as_user, waste_head):
    browser = as_user(waste_head)
    over_the_limit()
    _silent_of_another = factories.ObligationFactory()
    violations.follow_obligations(at=LATER)
    browser.get("/air-limbah/pelanggaran/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get("/air-limbah/pelanggaran/")
    for _number in range(10):
        over_the_limit()
        factories.ViolationFactory()
        factories.ObligationFactory()
    violations.follow_obligations(at=LATER)
    with CaptureQueriesContext(connection) as many:
        browser.get("/air-limbah/pelanggaran/")
    assert len(many) == len(one)


def test_owner_sees_her_own_violation_and_nobody_elses(as_user, owner, outsider):
    mine = factories.ViolationFactory(enterprise=owner.enterprise)
    other = factories.ViolationFactory()

    assert as_user(owner).get(mine.get_absolute_url()).status_code == 200
    assert as_user(owner).get(other.get_absolute_url()).status_code == 404
    assert as_user(outsider).get(mine.get_absolute_url()).status_code == 404
    assert as_user(owner).get("/air-limbah/pelanggaran/").status_code == 403


def test_officer_records_and_head_ends_on_the_page(as_user, waste_officer, waste_head):
    enterprise = portal.EnterpriseFactory()
    browser = as_user(waste_officer)
    form = {"enterprise": enterprise.registration_number, "kind": "unpermitted", "occurred_on": "2026-03-02"}

    answer = browser.post("/air-limbah/pelanggaran/baru/", form)
    assert answer.context["form"].errors["description"] == ["Isi uraian."]
    answer = browser.post("/air-limbah/pelanggaran/baru/", form | {"enterprise": "PKL-999999", "description": "Pipa"})
    assert "enterprise" in answer.context["form"].errors
    answer = browser.post("/air-limbah/pelanggaran/baru/", form | {"description": "Pipa ke saluran"})
    made = Violation.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.subject, made.kind, made.created_by) == (enterprise, "unpermitted", waste_officer)

    url = f"/air-limbah/pelanggaran/{made.public_id}/selesai/"
    assert browser.post(url, {"how": "corrected", "note": "x"}).status_code == 403
    as_user(waste_head).post(url, {"how": "corrected", "note": "Pipa ditutup 3 Maret"})
    made.refresh_from_db()
    assert made.state == ViolationState.RESOLVED


def test_withdrawing_needs_a_reason(as_user, waste_head):
    made = factories.ViolationFactory()
    url = f"/air-limbah/pelanggaran/{made.public_id}/tarik/"
    browser = as_user(waste_head)

    assert browser.post(url, {"reason": " "}).status_code == 200
    browser.post(url, {"reason": "Usaha lain"})
    made.refresh_from_db()
    assert (made.state, made.withdrawn_reason) == ("withdrawn", "Usaha lain")
