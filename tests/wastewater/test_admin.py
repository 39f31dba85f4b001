"""The admin: data entry that goes through the same actions, and nothing that could be changed behind them."""

from decimal import Decimal

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import corrections, custody, inspections, portal
from tests.factories import wastewater as factories
from wastewater import models
from wastewater.choices import SampleState

pytestmark = pytest.mark.django_db

entry = factories.entry
REGISTERED = [model for model in admin.site._registry if model._meta.app_label == "wastewater"]


def url(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def rows_of_everything() -> None:
    sample = factories.published(entry("COD", 138), point=factories.PlantPointFactory())
    factories.PlantCapacityFactory(plant=sample.point.plant)
    factories.ConnectionFactory(plant=sample.point.plant)
    factories.RiverPointFactory()
    factories.LaboratoryFactory()
    factories.PlantLogFactory(plant=sample.point.plant)
    factories.SludgeEntryFactory(plant=sample.point.plant)
    factories.SludgeDispatchFactory(plant=sample.point.plant)
    month = factories.DischargeLogFactory().month
    models.Logbook.objects.create(enterprise=month.enterprise)
    factories.SuctionTruckFactory()
    factories.TruckRequestFactory()
    corrections.requested()
    custody.handed(custody.bottled(), custody.AT)
    factories.MonitoringScheduleFactory()
    factories.ReportDutyFactory()
    factories.ObligationFactory()
    factories.ViolationFactory()
    factories.ComplianceStatusFactory()
    factories.StationFactory()
    inspections.case()


# Rows that only the portal's own pages make.
MADE_BY_ACTIONS = (
    models.LogMonth,
    models.DischargeLog,
    models.ResultCorrection,
    models.CustodyEvent,
    models.TruckRequest,
    models.SludgeDispatch,
    models.Obligation,
    models.Violation,
    models.ComplianceStatus,
    models.Inspection,
    models.Finding,
    models.EnforcementCase,
)


def test_every_list_search_and_form_opens(as_user, waste_head):
    rows_of_everything()  # once for all models: making them takes longer than opening four pages
    browser = as_user(waste_head)
    answers = {}
    for model in REGISTERED:
        row = model._default_manager.first()
        pages = (
            browser.get(url(model, "changelist"), {"q": "contoh"}),
            browser.get(url(model, "changelist"), {"o": "1.2.3.4.5.6"}),
            browser.get(url(model, "add")),
            browser.get(url(model, "change", row.pk)),
        )
        answers[model] = [page.status_code for page in pages]

    assert answers == {model: [200, 200, 403 if model in MADE_BY_ACTIONS else 200, 200] for model in REGISTERED}


def test_every_list_has_six_columns_at_most():
    assert [model for model in REGISTERED if len(admin.site._registry[model].list_display) > 6] == []


def test_every_list_is_searchable():
    assert [model for model in REGISTERED if not admin.site._registry[model].search_fields] == []


def test_every_computed_column_has_a_heading():
    fields = {model: {"__str__", *(field.name for field in model._meta.get_fields())} for model in REGISTERED}
    assert [
        (model, column)
        for model in REGISTERED
        for column in admin.site._registry[model].list_display
        if column not in fields[model]
        and not hasattr(getattr(admin.site._registry[model], column, None), "short_description")
    ] == []


def test_nothing_is_deleted(as_user, waste_head):
    rows_of_everything()
    browser = as_user(waste_head)
    pages = {model: url(model, "delete", model._default_manager.first().pk) for model in REGISTERED}
    assert {model: browser.get(page).status_code for model, page in pages.items()} == dict.fromkeys(REGISTERED, 403)


def test_outsiders_stay_out(as_user, owner, leader):
    page = url(models.Sample, "changelist")
    assert [as_user(one).get(page).status_code for one in (owner, leader)] == [302, 302]


def management(prefix: str, total: int = 0, initial: int = 0) -> dict[str, int]:
    return {
        f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000,
    }  # fmt: skip


def test_a_sample_added_in_the_admin_is_recorded_through_the_action(as_user, waste_officer):
    point = factories.EnterprisePointFactory()
    as_user(waste_officer).post(
        url(models.Sample, "add"),
        {"point": point.pk, "taken_at_0": "2026-03-02", "taken_at_1": "09:30", "sampler_name": "Budi Contoh"},
    )
    sample = models.Sample.objects.get()
    assert (sample.state, sample.created_by, sample.source) == (SampleState.TAKEN, waste_officer, "admin")


def test_a_sample_of_tomorrow_is_refused_in_the_admin(as_user, waste_officer):
    point = factories.EnterprisePointFactory()
    response = as_user(waste_officer).post(
        url(models.Sample, "add"), {"point": point.pk, "taken_at_0": "2099-03-02", "taken_at_1": "09:30"}
    )
    assert "taken_at" in response.context["adminform"].form.errors
    assert models.Sample.objects.count() == 0


def test_results_typed_in_the_admin_are_judged(as_user, waste_officer):
    sample = factories.SampleFactory()
    response = as_user(waste_officer).post(
        url(models.Sample, "change", sample.pk),
        {
            "point": sample.point_id, "taken_at_0": "2026-03-02", "taken_at_1": "09:00",
            **management("results", total=1),
            "results-0-parameter": factories.parameter("COD").pk, "results-0-qualifier": "=",
            "results-0-value": "232", "results-0-unit": "mg/L",
        },
    )  # fmt: skip
    assert response.status_code == 302
    sample.refresh_from_db()
    assert (sample.state, sample.results_entered_by, sample.exceeds_count) == ("resulted", waste_officer, 1)


def test_a_used_laboratory_number_is_told_in_the_form(as_user, waste_officer):
    laboratory = factories.LaboratoryFactory()
    factories.SampleFactory(laboratory=laboratory, lab_number="AL-1")
    sample = factories.SampleFactory()
    response = as_user(waste_officer).post(
        url(models.Sample, "change", sample.pk),
        {
            "point": sample.point_id, "taken_at_0": "2026-03-02", "taken_at_1": "09:00", "laboratory": laboratory.pk,
            "lab_number": "AL-1", **management("results"),
        },
    )  # fmt: skip
    assert "lab_number" in response.context["adminform"].form.errors


def test_saving_an_unchanged_sample_in_the_admin_enters_nothing_anew(as_user, waste_officer):
    sample = factories.resulted(entry("COD", 1250), by=portal.UserFactory())
    result = sample.results.get()
    as_user(waste_officer).post(
        url(models.Sample, "change", sample.pk),
        {
            "point": sample.point_id, "taken_at_0": "2026-03-02", "taken_at_1": "09:00",
            **management("results", total=1, initial=1),
            "results-0-id": result.pk, "results-0-sample": sample.pk, "results-0-parameter": result.parameter_id,
            "results-0-qualifier": "=", "results-0-value": "1250", "results-0-unit": "mg/L",
        },
    )  # fmt: skip
    entered_by = sample.results_entered_by
    sample.refresh_from_db()
    assert sample.results_entered_by == entered_by


def test_a_limit_added_to_a_set_follows_it(as_user, waste_head):
    found = models.StandardSet.objects.get(code="permen-12-2025-a")
    response = as_user(waste_head).post(
        url(models.StandardSet, "change", found.pk),
        {
            "regulation": found.regulation_id, "code": found.code, "title": found.title, "jurisdiction": "national",
            "medium": "effluent", "arrangement": "own", "discharge_class": "A", "effective_from": "2025-09-09",
            "discharge_until_m3_per_day": "100", "discharge_until_included": "on",
            "legal_basis": found.legal_basis, "confidence": "M",
            **management("limits", total=1),
            "limits-0-parameter": factories.parameter("TDS").pk, "limits-0-kind": "max", "limits-0-maximum": "1000,5",
            "limits-0-unit": "mg/L",
        },
    )  # fmt: skip
    assert response.status_code == 302
    limit = models.Limit.objects.get(standard_set=found, parameter__code="TDS")
    assert (limit.maximum, limit.legal_basis, limit.confidence) == (Decimal("1000.5"), found.legal_basis, "M")
    assert limit.effective_from == found.effective_from


def test_a_parameter_twice_in_a_set_is_told_in_the_form(as_user, waste_head):
    found = models.StandardSet.objects.get(code="permen-12-2025-a")
    limit = found.limits.get(parameter__code="COD")
    response = as_user(waste_head).post(
        url(models.StandardSet, "change", found.pk),
        {
            "regulation": found.regulation_id, "code": found.code, "title": found.title, "jurisdiction": "national",
            "medium": "effluent", "arrangement": "own", "discharge_class": "A", "effective_from": "2025-09-09",
            "discharge_until_m3_per_day": "100", "discharge_until_included": "on",
            "legal_basis": found.legal_basis, "confidence": "V",
            **management("limits", total=2, initial=1),
            "limits-0-id": limit.pk, "limits-0-standard_set": found.pk, "limits-0-parameter": limit.parameter_id,
            "limits-0-kind": "max", "limits-0-maximum": "150", "limits-0-unit": "mg/L",
            "limits-1-parameter": limit.parameter_id, "limits-1-kind": "max", "limits-1-maximum": "99",
            "limits-1-unit": "mg/L",
        },
    )  # fmt: skip
    assert response.status_code == 200
    assert "Parameter ini sudah ada di golongan ini." in response.content.decode()
    assert found.limits.filter(parameter=limit.parameter).count() == 1


def test_an_enterprise_connected_twice_at_once_is_told_in_the_form(as_user, waste_head):
    plant = factories.TreatmentPlantFactory()
    enterprise = portal.EnterpriseFactory()
    rows = {}
    for number in (0, 1):
        rows |= {
            f"connections-{number}-enterprise": enterprise.pk, f"connections-{number}-declared_m3_per_day": "3,5",
            f"connections-{number}-valid_from": "2026-01-01",
        }  # fmt: skip
    response = as_user(waste_head).post(
        url(models.TreatmentPlant, "change", plant.pk),
        {
            "code": plant.code, "name": plant.name, "kind": "communal", "status": "operating", "ward": plant.ward_id,
            **management("capacities"), **management("connections", total=2), **rows,
        },
    )  # fmt: skip
    assert "Akhiri dahulu sambungan lamanya." in response.content.decode()
    assert models.Connection.objects.count() == 0


def test_a_verified_sample_is_shown_read_only(as_user, waste_head):
    sample = factories.verified(entry("COD", 100))
    browser = as_user(waste_head)
    page = url(models.Sample, "change", sample.pk)
    assert 'name="taken_at_0"' not in browser.get(page).content.decode()
    assert browser.post(page, {"point": factories.EnterprisePointFactory().pk}).status_code == 403


def test_verifying_and_publishing_from_the_list(as_user, waste_head, waste_officer):
    ready = factories.resulted(by=waste_officer)
    own = factories.resulted(by=waste_head)
    browser = as_user(waste_head)
    page = url(models.Sample, "changelist")
    response = browser.post(page, {"action": "verify", "_selected_action": [ready.pk, own.pk]}, follow=True)
    states = dict(models.Sample.objects.values_list("pk", "state"))
    assert states == {ready.pk: "verified", own.pk: "resulted"}
    assert "Mintalah rekan lain" in response.content.decode()
    browser.post(page, {"action": "publish", "_selected_action": [ready.pk]})
    ready.refresh_from_db()
    assert ready.state == "published"


def test_officers_are_not_offered_publication(as_user, waste_officer):
    factories.resulted()
    html = as_user(waste_officer).get(url(models.Sample, "changelist")).content.decode()
    assert '<option value="verify">' in html
    assert '<option value="publish">' not in html


def test_changing_a_limit_judges_again(as_user, waste_head):
    sample = factories.published(entry("COD", 120), point=factories.PlantPointFactory())
    limit = models.Limit.objects.get(standard_set__code="permen-12-2025-b", parameter__code="COD")
    response = as_user(waste_head).post(
        url(models.Limit, "change", limit.pk),
        {
            "standard_set": limit.standard_set_id, "parameter": limit.parameter_id, "process": "", "kind": "max",
            "maximum": "100", "unit": "mg/L", "expressed_as": "", "effective_from": "2025-09-09",
            "legal_basis": limit.legal_basis, "confidence": "V",
        },
        follow=True,
    )  # fmt: skip
    sample.refresh_from_db()
    assert sample.exceeds_count == 1
    assert "1 putusan baru" in response.content.decode()


def test_an_overlapping_limit_is_refused_in_the_form(as_user, waste_head):
    limit = models.Limit.objects.get(standard_set__code="permen-12-2025-b", parameter__code="COD")
    response = as_user(waste_head).post(
        url(models.Limit, "add"),
        {
            "standard_set": limit.standard_set_id, "parameter": limit.parameter_id, "process": "", "kind": "max",
            "maximum": "100", "unit": "mg/L", "effective_from": "2027-01-01", "legal_basis": "Uji", "confidence": "V",
        },
    )  # fmt: skip
    assert "Akhiri dahulu masa berlaku yang lama" in response.content.decode()
    assert models.Limit.objects.filter(legal_basis="Uji").count() == 0


def test_a_new_discharge_judges_the_point_again(as_user, waste_head):
    point = factories.PlantPointFactory(discharge_m3_per_day=180)
    sample = factories.published(entry("COD", 130), point=point)
    assert sample.exceeds_count == 1
    as_user(waste_head).post(
        url(models.DischargePoint, "change", point.pk),
        {
            "code": point.code, "name": point.name, "kind": "effluent", "is_active": "on", "plant": point.plant_id,
            "ward": point.ward_id, "arrangement": "own", "discharge_m3_per_day": "90", "process": "",
        },
    )  # fmt: skip
    sample.refresh_from_db()
    assert (sample.exceeds_count, sample.meets_count) == (0, 1)


def test_a_plant_is_entered_with_its_figures(as_user, waste_officer):
    as_user(waste_officer).post(
        url(models.TreatmentPlant, "add"),
        {
            "code": "ipal-uji", "name": "IPAL Uji", "kind": "communal", "status": "operating",
            "ward": portal.ward().pk, "location_estimated": "on",
            **management("capacities", total=1), **management("connections"),
            **management("units"), **management("permits"),
            "capacities-0-kind": "design", "capacities-0-capacity_m3_per_day": "250",
            "capacities-0-stated_on": "2024-01-15", "capacities-0-origin": "Situs DLH", "capacities-0-confidence": "V",
        },
    )  # fmt: skip
    plant = models.TreatmentPlant.objects.get()
    assert (plant.created_by, plant.source, plant.capacities.get().capacity_m3_per_day) == (waste_officer, "admin", 250)


def test_autocomplete_finds_points_by_their_owner(as_user, waste_officer):
    point = factories.EnterprisePointFactory(enterprise__name="Batik Jlamprang")
    response = as_user(waste_officer).get(
        reverse("admin:autocomplete"),
        {"term": "jlamprang", "app_label": "wastewater", "model_name": "sample", "field_name": "point"},
    )
    assert [row["id"] for row in response.json()["results"]] == [str(point.pk)]


@pytest.mark.parametrize(
    "noun",
    ["obligation", "violation", "inspection", "finding", "enforcementcase", "resultcorrection", "dischargelog"],
)
def test_the_admin_shows_every_column_of_what_it_only_shows(noun, as_user):
    row = {
        "obligation": factories.ObligationFactory,
        "violation": factories.ViolationFactory,
        "inspection": inspections.planned,
        "finding": inspections.finding,
        "enforcementcase": inspections.case,
        "resultcorrection": corrections.requested,
        "dischargelog": factories.DischargeLogFactory,
    }[noun]()
    head = portal.UserFactory(is_superuser=True)
    page = as_user(head).get(reverse(f"admin:wastewater_{noun}_change", args=[row.pk]))
    shown = {name for fieldset in page.context["adminform"] for line in fieldset for name in line.fields}
    assert {field.name for field in row._meta.fields if not field.primary_key} - shown == set()
