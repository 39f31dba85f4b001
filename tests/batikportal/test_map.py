"""The map: layers as page, table and GeoJSON; schematic outlines until official ones are loaded."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from batikportal.contracts import AreaValue, Place
from batikportal.maps import features
from batikportal.models import AreaBoundary
from batikportal.queries import areas
from tests.batikportal.contributions import broken, layer
from tests.factories import portal as factories


def place(name="IPAL Jenggot", status="good", **changes) -> Place:
    return Place(name, Decimal("-6.91719"), Decimal("109.66740"), status=status, **changes)


def by_ward(**changes):
    return layer(
        "portal.by_ward",
        by_ward=True,
        unit="usaha",
        found=[AreaValue("33.75.02.1004", 12), AreaValue("33.75.04.1004", 1300, "terbanyak")],
        **changes,
    )


def test_map_shows_the_public_layer_to_a_stranger_with_its_table(plant, client, db):
    plant(layers=[layer(found=[place(value="400 m³/hari", note="Kelurahan Jenggot")])])
    page = client.get("/peta/").content.decode()
    assert "IPAL Jenggot" in page
    assert "400 m³/hari" in page
    assert "skema, bukan batas resmi" in page
    assert 'data-url="/peta/portal.places.geojson?' in page


def test_map_without_layers_says_so(plant, client, db):
    plant(layers=[layer(permission="wastewater.view_sample")])
    answer = client.get("/peta/")
    assert answer.status_code == 200
    assert "Belum ada lapisan peta" in answer.content.decode()


def test_map_offers_the_layers_of_the_role_and_switches(plant, as_user, waste_officer):
    plant(
        layers=[layer(), by_ward(permission="wastewater.view_sample"), layer("x", permission="workforce.view_figures")]
    )
    answer = as_user(waste_officer).get("/peta/?lapis=portal.by_ward")
    shown = answer.context["map"]
    assert [one.code for one in shown.choices] == ["portal.places", "portal.by_ward"]
    assert shown.layer.code == "portal.by_ward"
    assert len(shown.areas) == 27
    assert "1.300 usaha" in answer.content.decode()
    assert "belum ada data" in answer.content.decode()


def test_map_puts_what_needs_somebody_on_top_and_pages_the_rest(plant, client, db):
    found = [place(f"Titik {n:03}") for n in range(60)] + [place("Bermasalah", status="bad")]
    plant(layers=[layer(found=found)])
    first, second = client.get("/peta/"), client.get("/peta/?halaman=2")
    assert first.context["map"].places[0].name == "Bermasalah"
    assert (len(first.context["map"].places), len(second.context["map"].places)) == (50, 11)


def test_map_of_a_broken_layer_says_so(plant, client, db):
    plant(layers=[layer(read=broken), layer("b")])
    assert "sedang tidak tersedia" in client.get("/peta/").content.decode()
    assert client.get("/peta/portal.places.geojson").status_code == 503
    assert client.get("/peta/b.geojson").status_code == 200


@pytest.mark.parametrize("query", ["dari=x", "kecamatan=zz", "halaman=-3", "lapis=nihil", "lapis=%00"])
def test_map_answers_wrong_questions_with_the_default(plant, client, db, query):
    plant(layers=[layer(found=[place()])])
    assert client.get(f"/peta/?{query}").status_code == 200
    assert client.get(f"/peta/portal.places.geojson?{query}").status_code == 200


def test_map_layer_of_places_lies_on_the_outlines_of_the_wards(plant, client, db):
    plant(layers=[layer(found=[place(url="/air-limbah/1/"), Place("Tanpa titik", None, None)])])
    answer = client.get("/peta/portal.places.geojson")
    data = answer.json()
    points = [one for one in data["features"] if one["geometry"]["type"] == "Point"]
    backdrop = [one for one in data["features"] if one["geometry"]["type"] == "Polygon"]
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert len(backdrop) == 27
    assert all(one["properties"]["level"] is None and "value" not in one["properties"] for one in backdrop)
    assert points == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [109.6674, -6.91719]},
            "properties": {"name": "IPAL Jenggot", "value": "", "status": "good", "url": "/air-limbah/1/"},
        }
    ]


def test_map_layer_by_ward_tells_no_data_from_a_value(plant, client, db):
    plant(layers=[by_ward()])
    data = client.get("/peta/portal.by_ward.geojson").json()
    found = {one["properties"]["name"]: one["properties"] for one in data["features"]}
    assert found["Jenggot"] == {"name": "Jenggot", "level": 2, "value": "1.300 usaha", "note": "terbanyak"}
    assert found["Kauman"]["value"] == "12 usaha"
    assert found["Klego"] == {"name": "Klego", "level": None, "value": "belum ada data"}


def test_map_layer_of_a_district_shows_its_wards_only(plant, client, db):
    plant(layers=[by_ward()])
    data = client.get("/peta/portal.by_ward.geojson?kecamatan=33.75.02").json()
    assert len(data["features"]) == 7


def test_map_layer_draws_official_boundaries_once_every_ward_has_one(plant, client, db):
    plant(layers=[by_ward()])
    wards = areas.wards()
    geometry = {"type": "Polygon", "coordinates": [[[109.6, -6.9], [109.7, -6.9], [109.7, -6.8], [109.6, -6.9]]]}

    def load(some):
        now = timezone.now()
        AreaBoundary.objects.bulk_create(
            AreaBoundary(area=ward, geometry=geometry, source="BIG 2025", loaded_at=now) for ward in some
        )

    load(wards[1:])
    assert client.get("/peta/portal.by_ward.geojson").json()["schematic"] is True
    load(wards[:1])
    data = client.get("/peta/portal.by_ward.geojson").json()
    assert data["schematic"] is False
    assert all(one["geometry"] == geometry for one in data["features"])
    assert "Batas kelurahan: BIG 2025." in client.get("/peta/").content.decode()


def test_map_layer_with_a_permission_is_closed_to_others(plant, client, as_user, waste_officer, market_officer):
    plant(layers=[layer(permission="wastewater.record_results")])
    assert client.get("/peta/portal.places.geojson").status_code == 403
    assert as_user(market_officer).get("/peta/portal.places.geojson").status_code == 403
    assert as_user(waste_officer).get("/peta/portal.places.geojson").status_code == 200
    assert client.get("/peta/tidak.ada.geojson").status_code == 404


def test_map_layer_unchanged_is_answered_by_304(plant, client, db):
    plant(layers=[layer(found=[place()])])
    first = client.get("/peta/portal.places.geojson")
    again = client.get("/peta/portal.places.geojson", headers={"If-None-Match": first.headers["ETag"]})
    plant(layers=[layer(found=[place(), place("Baru")])])
    changed = client.get("/peta/portal.places.geojson", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)
    assert "public" in first.headers["Cache-Control"]


def test_map_layer_of_a_role_is_kept_by_no_cache(plant, as_user, waste_officer):
    plant(layers=[layer(permission="wastewater.view_sample")])
    answer = as_user(waste_officer).get("/peta/portal.places.geojson")
    assert answer.headers["Cache-Control"] == "no-store"


def test_map_texts_come_as_json_and_never_as_markup(plant, client, db):
    plant(layers=[layer(found=[place("<script>alert(1)</script>")])])
    assert "<script>alert" not in client.get("/peta/").content.decode()
    answer = client.get("/peta/portal.places.geojson")
    assert json.loads(answer.content)["features"][-1]["properties"]["name"] == "<script>alert(1)</script>"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_levels_spread_areas_evenly_and_equal_values_share_one():
    assert features.levels_of({"a": 1, "b": 2, "c": 3, "d": 4, "e": 500}) == {"a": 0, "b": 1, "c": 2, "d": 3, "e": 4}
    assert features.levels_of({"a": 7, "b": 7}) == {"a": 0, "b": 0}
    assert features.levels_of({}) == {}


@pytest.mark.parametrize("path", ["/peta/", "/peta/portal.places.geojson"])
def test_map_costs_the_same_with_1_and_with_30_places(plant, client, db, path):
    from batikportal.models import Enterprise

    def read(scope):
        rows = Enterprise.objects.select_related("ward")
        return [Place(row.name, row.ward.latitude, row.ward.longitude) for row in rows]

    plant(layers=[layer(read=read)])
    counts = []
    for missing in (1, 29):
        factories.EnterpriseFactory.create_batch(missing)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
