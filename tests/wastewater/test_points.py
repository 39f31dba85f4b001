"""Monitoring points: staff add and correct them on pages of their own, and name them by code or name elsewhere."""

import pytest
from django.urls import reverse

from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater.models import DischargePoint, Sample

pytestmark = pytest.mark.django_db

entry = factories.entry
NEW = reverse("wastewater:point-new")


def facts(**changes) -> dict[str, str]:
    return {
        "code": "uji-1", "name": "Outlet Uji", "kind": "effluent", "ward": str(portal.ward().pk), "arrangement": "own",
        "discharge_m3_per_day": "90,5", "is_active": "on",
    } | changes  # fmt: skip


def test_a_point_is_added_and_its_history_says_who(as_user, waste_officer):
    firm = portal.EnterpriseFactory()
    answer = as_user(waste_officer).post(NEW, facts(enterprise=firm.registration_number))

    made = DischargePoint.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.code, made.enterprise, made.created_by, made.source, str(made.discharge_m3_per_day)) == (
        "UJI-1",
        firm,
        waste_officer,
        "form",
        "90.50",
    )
    history = as_user(waste_officer).get(reverse("history", args=["wastewater.dischargepoint", made.public_id]))
    assert history.status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "enterprise"),
        ({"kind": "receiving"}, "water_body"),
        ({"position": "upstream"}, "position"),
        ({"latitude": "-6,88"}, "latitude"),
        ({"discharge_m3_per_day": "0"}, "discharge_m3_per_day"),
        ({"ward": ""}, "ward"),
        ({"code": "ADA-1"}, "code"),
    ],
)
def test_bad_input_is_named_at_its_field_and_nothing_is_kept(as_user, waste_officer, wrong, field):
    factories.PlantPointFactory(code="ADA-1")
    owner = {} if field in ("enterprise", "water_body") else {"plant": factories.TreatmentPlantFactory().code}
    page = as_user(waste_officer).post(NEW, facts(**owner, **wrong))
    assert (page.status_code, field in page.context["form"].errors) == (200, True)
    assert DischargePoint.objects.count() == 1


def test_another_discharge_judges_the_results_again(as_user, waste_officer):
    point = factories.PlantPointFactory(discharge_m3_per_day=180)
    sample = factories.published(entry("COD", 130), point=point)
    assert sample.exceeds_count == 1

    changed = facts(code=point.code, plant=point.plant.code, ward=str(point.ward_id), discharge_m3_per_day="90")
    answer = as_user(waste_officer).post(
        reverse("wastewater:point-change", args=[point.public_id]), changed, follow=True
    )
    sample.refresh_from_db()
    assert (sample.exceeds_count, sample.meets_count) == (0, 1)
    assert next(str(one) for one in answer.context["messages"]) == "Titik pantau disimpan."


def test_the_owner_of_a_sampled_point_stays(as_user, waste_officer):
    point = factories.PlantPointFactory()
    factories.published(entry("COD", 130), point=point)
    other = factories.TreatmentPlantFactory()
    changed = facts(code=point.code, plant=other.code, ward=str(point.ward_id))
    page = as_user(waste_officer).post(reverse("wastewater:point-change", args=[point.public_id]), changed)

    assert "pemiliknya tidak dapat diganti" in str(page.context["form"].non_field_errors())
    point.refresh_from_db()
    assert point.plant != other


def test_only_those_who_may_change_points_reach_the_pages(as_user, planner, owner):
    point = factories.PlantPointFactory()
    change = reverse("wastewater:point-change", args=[point.public_id])
    for user in (planner, owner):
        assert [as_user(user).get(path).status_code for path in (NEW, change)] == [403, 403]


def test_the_sample_form_offers_points_with_their_names_and_takes_either(as_user, waste_officer):
    point = factories.PlantPointFactory(code="UJI-7", name="Outlet Tujuh")
    client = as_user(waste_officer)
    page = client.get(reverse("wastewater:sample-new")).content.decode()
    assert '<option value="UJI-7">Outlet Tujuh</option>' in page

    client.post(reverse("wastewater:sample-new"), {"point": "outlet tujuh", "taken_at": "2026-03-02T09:30"})
    assert Sample.objects.get().point == point


def test_a_name_that_fits_several_points_lists_them(as_user, waste_officer):
    factories.PlantPointFactory(code="UJI-7", name="Outlet Timur")
    factories.PlantPointFactory(code="UJI-8", name="Outlet Barat")
    page = as_user(waste_officer).post(
        reverse("wastewater:sample-new"), {"point": "outlet", "taken_at": "2026-03-02T09:30"}
    )
    assert page.context["form"].errors["point"] == [
        "Maksud Anda: UJI-7 Outlet Timur; UJI-8 Outlet Barat? Tulis kodenya."
    ]


def test_a_moment_that_has_not_come_is_refused_at_its_field(as_user, waste_officer):
    point = factories.PlantPointFactory()
    page = as_user(waste_officer).post(
        reverse("wastewater:sample-new"), {"point": point.code, "taken_at": "2099-03-02T09:30"}
    )
    assert page.context["form"].errors["taken_at"][0].startswith("Waktu pengambilan masih di depan.")
    assert Sample.objects.count() == 0
