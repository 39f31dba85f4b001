"""The river network: no circle by any path, and what lies upstream of a place, with distances."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from tests.factories import portal, wastewater
from tests.factories import rivers as factories
from tests.raw_sql import sql
from wastewater import models
from wastewater.queries import rivers as queries

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def refuses(action, *, match: str, by: type[Exception] = IntegrityError) -> None:
    with pytest.raises(by, match=match), transaction.atomic():
        action()


# What the portal starts with


def test_the_known_network_is_loaded_with_its_sources():
    waters = {one.code: one.flows_into and one.flows_into.code for one in models.WaterBody.objects.all()}
    assert waters == {
        "loji": None, "bremi": None, "banger": None, "meduri": None, "asem-binatur": "setu", "setu": "loji"
    }  # fmt: skip
    loji = models.Reach.objects.get(code="loji-2")
    above = [one for one in models.Reach.objects.exclude(pk=loji.pk).order_by("code")
             if queries.closes_circle(upstream=loji.pk, downstream=one.pk)]  # fmt: skip
    assert [one.code for one in above] == [
        "asem-binatur-1", "asem-binatur-2", "asem-binatur-3", "loji-1", "setu-1"
    ]  # fmt: skip
    assert not models.Reach.objects.filter(origin="").exists()
    assert set(models.Reach.objects.values_list("confidence", flat=True)) == {"L"}
    assert models.Reach.objects.get(code="asem-binatur-1").authority == "regency"


# What the database refuses


def test_a_reach_cannot_flow_into_itself():
    reach = factories.ReachFactory()
    refuses(lambda: factories.ReachLinkFactory(upstream=reach, downstream=reach), match="reach_link_not_into_itself")


def test_a_circle_of_reaches_is_refused_by_raw_sql():
    first, _second, third = factories.river()
    sql_link = """INSERT INTO wastewater_reachlink (public_id, upstream_id, downstream_id, confidence, origin, source)
                  VALUES (gen_random_uuid(), %s, %s, 'L', 'Contoh', 'form')"""
    refuses(lambda: sql(sql_link, third.pk, first.pk), match="circle")
    link = models.ReachLink.objects.get(downstream=third)
    refuses(lambda: sql("UPDATE wastewater_reachlink SET downstream_id = %s WHERE id = %s", first.pk, link.pk),
            match="circle")  # fmt: skip


def test_a_circle_inside_one_statement_is_refused():
    upper, lower = factories.ReachFactory(), factories.ReachFactory()
    links = [
        factories.ReachLinkFactory.build(upstream=upper, downstream=lower),
        factories.ReachLinkFactory.build(upstream=lower, downstream=upper),
    ]
    refuses(lambda: models.ReachLink.objects.bulk_create(links), match="circle")


def test_a_circle_of_waters_is_refused_by_raw_sql():
    loji, binatur = models.WaterBody.objects.get(code="loji"), models.WaterBody.objects.get(code="asem-binatur")
    refuses(lambda: sql("UPDATE wastewater_waterbody SET flows_into_id = %s WHERE id = %s", binatur.pk, loji.pk),
            match="circle")  # fmt: skip
    assert queries.flows_back(loji, binatur)
    assert not queries.flows_back(binatur, loji)


def test_a_river_may_split_and_join_again():
    source, _left, sea = factories.river()
    right = factories.ReachFactory(length_m=250)
    factories.ReachLinkFactory(upstream=source, downstream=right)
    factories.ReachLinkFactory(upstream=right, downstream=sea)
    stations = [factories.ReachSiteFactory(reach=source, distance_m=400)]
    found = queries.stations_upstream(queries.PlaceOnWater(sea.pk, 100.0))
    # The shorter arm counts: 600 m to the end of the first reach, 250 m of the arm, 100 m of the last reach.
    assert [(one.point, one.along_m) for one in found] == [(stations[0].point, 950)]


@pytest.mark.django_db(transaction=True)
def test_two_halves_of_a_circle_cannot_be_written_at_the_same_time():
    upper, lower = factories.ReachFactory(), factories.ReachFactory()
    inside, outcome = threading.Event(), []

    def second_half() -> None:
        inside.wait(5)
        try:
            factories.ReachLinkFactory(upstream=lower, downstream=upper)
            outcome.append("written")
        except DatabaseError:
            outcome.append("refused")
        finally:
            connections.close_all()

    other = threading.Thread(target=second_half)
    other.start()
    with transaction.atomic():
        factories.ReachLinkFactory(upstream=upper, downstream=lower)
        inside.set()
        other.join(0.3)
        assert outcome == []
    other.join(5)
    assert outcome == ["refused"]


def test_a_station_stands_on_a_reach_of_its_own_water():
    point = wastewater.RiverPointFactory()
    refuses(lambda: factories.ReachSiteFactory(point=point, reach=factories.ReachFactory()), match="outside the reach")


def test_a_station_stands_inside_the_length_of_its_reach():
    refuses(lambda: factories.ReachSiteFactory(distance_m=1001), match="outside the reach")


def test_a_sure_place_names_its_source():
    refuses(lambda: factories.ReachSiteFactory(is_estimated=False), match="reach_site_sure_has_source")


# Places and what lies above them


def test_the_nearest_place_on_the_water():
    _first, second, _third = factories.river()
    place = queries.place_on_water(**factories.at(km_north=1.5, km_east=0.2))
    assert (place.reach_id, round(place.at_m, -1), round(place.aside_m, -1)) == (second.pk, 500, 200)
    assert queries.place_on_water(**factories.at(km_north=1.5, km_east=2)) is None


def test_dischargers_upstream_are_those_above_the_place_nearest_first():
    reaches = factories.river()
    water = reaches[0].water_body
    near = portal.EnterpriseFactory(**factories.at(km_north=1.2, km_east=0.1))
    far = portal.EnterpriseFactory(**factories.at(km_north=0.3, km_east=-0.3))
    portal.EnterpriseFactory(**factories.at(km_north=2.9))
    portal.EnterpriseFactory(**factories.at(km_north=1, km_east=3))
    portal.EnterpriseFactory(**factories.at(km_north=1), status="dormant")
    outlet = wastewater.EnterprisePointFactory(receiving_water=water, **factories.at(km_north=0.8))
    place = queries.PlaceOnWater(reaches[2].pk, 500.0)
    found = queries.dischargers_upstream(place, day=DAY)
    assert [(one.enterprise, one.point, round(one.along_m, -1), one.basis) for one in found] == [
        (near, None, 1300, "nearest"),
        (outlet.enterprise, outlet, 1700, "receiving_water"),
        (far, None, 2200, "nearest"),
    ]
    assert [round(one.aside_m, -1) for one in found] == [100, 0, 300]


def test_what_lies_past_the_last_place_of_the_network_is_not_upstream_of_it():
    reaches = factories.river()
    before = portal.EnterpriseFactory(**factories.at(km_north=2.9, km_east=0.2))
    portal.EnterpriseFactory(**factories.at(km_north=3.2))
    found = queries.dischargers_upstream(queries.PlaceOnWater(reaches[2].pk, 1000.0), day=DAY)
    assert [one.enterprise for one in found] == [before]


def test_a_recorded_site_counts_before_the_map():
    reaches = factories.river()
    outlet = wastewater.EnterprisePointFactory(**factories.at(km_north=2.9))
    factories.ReachSiteFactory(point=outlet, reach=reaches[0], distance_m=250)
    found = queries.dischargers_upstream(queries.PlaceOnWater(reaches[1].pk, 500.0), day=DAY)
    assert [(one.point, one.along_m, one.basis) for one in found] == [(outlet, 1250, "site")]


def test_an_enterprise_connected_to_a_plant_says_so():
    reaches = factories.river()
    enterprise = portal.EnterpriseFactory(**factories.at(km_north=0.5))
    connection_ = wastewater.ConnectionFactory(enterprise=enterprise)
    found = queries.dischargers_upstream(queries.PlaceOnWater(reaches[1].pk, 0.0), day=DAY)
    assert [(one.enterprise, one.plant) for one in found] == [(enterprise, connection_.plant)]


def test_an_unknown_length_makes_an_unknown_distance_and_comes_last():
    sea = factories.ReachFactory(length_m=800)
    unmeasured = factories.ReachFactory(length_m=None)
    factories.ReachLinkFactory(upstream=unmeasured, downstream=sea)
    known = wastewater.EnterprisePointFactory()
    factories.ReachSiteFactory(point=known, reach=sea, distance_m=100)
    unknown = wastewater.EnterprisePointFactory()
    factories.ReachSiteFactory(point=unknown, reach=unmeasured, distance_m=100)
    found = queries.dischargers_upstream(queries.PlaceOnWater(sea.pk, 500.0), day=DAY, within_m=0)
    assert [(one.point, one.along_m) for one in found] == [(known, 400), (unknown, None)]


def test_dischargers_upstream_take_the_same_number_of_queries_for_one_and_for_many(django_assert_num_queries):
    reaches = factories.river()
    place = queries.PlaceOnWater(reaches[2].pk, 500.0)
    for count in (1, 12):
        for _number in range(count):
            wastewater.EnterprisePointFactory(receiving_water=reaches[0].water_body, **factories.at(km_north=0.5))
        with django_assert_num_queries(4):
            queries.dischargers_upstream(place, day=DAY)


def test_the_place_of_a_station():
    reaches = factories.river()
    site = factories.ReachSiteFactory(reach=reaches[1], distance_m=250)
    assert queries.place_of(site.point) == queries.PlaceOnWater(reaches[1].pk, 250.0)
    drawn = wastewater.RiverPointFactory(water_body=reaches[0].water_body, **factories.at(km_north=2.25))
    found = queries.place_of(drawn)
    assert (found.reach_id, round(found.at_m, -1)) == (reaches[2].pk, 250)
    nowhere = wastewater.RiverPointFactory(latitude=None, longitude=None)
    assert queries.place_of(nowhere) is None


# Pages


def test_the_upstream_page_lists_sources_for_staff_only(as_user, waste_officer, client):
    reaches = factories.river()
    site = factories.ReachSiteFactory(reach=reaches[1], distance_m=500)
    near = portal.EnterpriseFactory(**factories.at(km_north=0.5))
    address = f"/air-limbah/titik/{site.point.public_id}/hulu/"
    page = as_user(waste_officer).get(address)
    assert [one.enterprise for one in page.context["page"]] == [near]
    assert "Petunjuk, bukan temuan" in page.content.decode()
    export = as_user(waste_officer).get(address.removesuffix("/") + ".csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in export] == ["Sumber", near.name]
    client.logout()
    assert client.get(address).status_code == 302


def test_a_point_without_place_says_what_to_do(as_user, waste_officer):
    point = wastewater.RiverPointFactory(latitude=None, longitude=None)
    page = as_user(waste_officer).get(f"/air-limbah/titik/{point.public_id}/hulu/")
    assert "Letak titik pada aliran belum diketahui" in page.content.decode()


def test_the_public_page_of_a_water_shows_its_way(client):
    water = models.WaterBody.objects.get(code="setu")
    page = client.get(water.get_absolute_url()).content.decode()
    assert "Kuripan Yosorejo → Sapuro Kebulen" in page
    assert "Menerima air dari" in page
    assert "Saluran Asem Binatur" in page
    assert "Perkiraan." in page


def test_the_admin_refuses_a_circle_beside_the_field(as_user, waste_officer):
    loji, binatur = models.WaterBody.objects.get(code="loji"), models.WaterBody.objects.get(code="asem-binatur")
    form = {"code": "loji", "name": loji.name, "kind": "river", "river_class": "II", "class_assumed": "on",
            "flows_into": binatur.pk, "note": ""}  # fmt: skip
    page = as_user(waste_officer).post(f"/admin/wastewater/waterbody/{loji.pk}/change/", form)
    assert page.context["adminform"].form.errors == {
        "flows_into": ["Saluran Asem Binatur sudah mengalir ke badan air ini. Air tidak dapat berputar."]
    }
