"""Boundary files: matching, putting right what is safe to put right, refusing the rest, all or nothing."""

import json
from datetime import UTC, datetime
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command

from batikportal.actions import areas as actions
from batikportal.maps import boundaries, cells
from batikportal.models import AreaBoundary
from batikportal.queries import areas

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SOURCE = "BIG, RBI 1:10.000, 2025"


def square(area, size=0.003):
    """A closed, counter-clockwise ring around the centre of an area."""
    lng, lat = float(area.longitude), float(area.latitude)
    return [
        [lng - size, lat - size], [lng + size, lat - size], [lng + size, lat + size], [lng - size, lat + size],
        [lng - size, lat - size],
    ]  # fmt: skip


def feature(ring, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def as_file(features, **extra) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **extra}).encode()


@pytest.fixture
def wards(db):
    return areas.wards()


@pytest.fixture
def whole_city(wards):
    """A feature per ward, named by its Kemendagri code."""
    return [feature(square(ward), KODE=ward.code, nama=ward.name) for ward in wards]


def load(features, **extra):
    return actions.load_boundaries(content=as_file(features, **extra), source=SOURCE, at=NOW)


def refusal(features, **extra) -> str:
    with pytest.raises(actions.BoundariesRefused) as caught:
        load(features, **extra)
    assert not AreaBoundary.objects.exists()
    return str(caught.value)


def test_boundaries_of_the_whole_city_are_saved_with_their_source(whole_city, wards):
    load(whole_city)
    assert AreaBoundary.objects.count() == 27
    assert set(AreaBoundary.objects.values_list("source", flat=True)) == {SOURCE}
    assert areas.boundaries()[wards[0].code]["coordinates"] == [[[round(c, 6) for c in p] for p in square(wards[0])]]


def test_boundaries_loaded_again_take_the_place_of_the_old(whole_city):
    load(whole_city)
    actions.load_boundaries(content=as_file(whole_city), source="Perda baru", at=NOW)
    assert set(AreaBoundary.objects.values_list("source", flat=True)) == {"Perda baru"}


@pytest.mark.parametrize(
    "name_of",
    [
        lambda ward: {"kode": ward.code.replace(".", "")},
        lambda ward: {"IDDESA": ward.bps_code, "KECAMATAN": "salah"},
        lambda ward: {"DESA": ward.name.upper(), "KECAMATAN": ward.parent.name, "KABKOT": "KOTA PEKALONGAN"},
        lambda ward: {"NAMOBJ": f"Kelurahan {ward.name.replace(' ', '')}"},
        lambda ward: {"WADMKD": ward.aliases[0] if ward.aliases else ward.name},
    ],
)
def test_boundaries_are_matched_by_code_or_name(wards, name_of):
    reading = load([feature(square(ward), **name_of(ward)) for ward in wards])
    assert set(reading.geometries) == {ward.code for ward in wards}
    assert reading.unmatched == []


def test_boundaries_an_unknown_ward_is_not_taken_for_its_district(wards, whole_city):
    reading = load([*whole_city, feature(square(wards[0]), DESA="Wiradesa", KECAMATAN="Pekalongan Barat")])
    assert "33.75.01" not in reading.geometries
    assert "Wiradesa" in reading.unmatched[0]


def test_boundaries_swapped_coordinates_are_put_right(wards):
    turned = [feature([[lat, lng] for lng, lat in square(ward)], KODE=ward.code) for ward in wards]
    reading = load(turned)
    assert reading.was_swapped
    first = areas.boundaries()[wards[0].code]["coordinates"][0][0]
    assert (round(first[0]), round(first[1])) == (110, -7)


def test_boundaries_rings_run_as_rfc_7946_wants(wards, whole_city):
    hole = square(wards[0], 0.001)
    whole_city[0]["geometry"]["coordinates"] = [square(wards[0])[::-1], hole]
    reading = load(whole_city)
    outer, inner = areas.boundaries()[wards[0].code]["coordinates"]
    assert boundaries.signed_area(outer) > 0 > boundaries.signed_area(inner)
    assert reading.turned_ring_count == 2


def test_boundaries_heights_and_needless_digits_are_dropped(wards, whole_city):
    whole_city[0]["geometry"]["coordinates"] = [[[*point, 12.5] for point in square(wards[0], 0.00312345678)]]
    load(whole_city)
    assert all(len(point) == 2 for point in areas.boundaries()[wards[0].code]["coordinates"][0])


def test_boundaries_several_features_of_a_ward_become_its_parts(wards, whole_city):
    island = [[lng + 0.01, lat] for lng, lat in square(wards[0], 0.001)]
    reading = load([*whole_city, feature(island, KODE=wards[0].code)])
    assert reading.part_counts[wards[0].code] == 2
    assert areas.boundaries()[wards[0].code]["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        (lambda ring: ring[:-1], "tidak tertutup"),
        (lambda ring: [ring[0], ring[1], ring[0]], "kurang dari 4 titik"),
        (lambda ring: [[lng + 1, lat] for lng, lat in ring], "di luar Kota Pekalongan"),
        (lambda ring: [ring[0], ring[1], ["a", 1], ring[0]], "bukan pasangan angka"),
        (lambda ring: [ring[0], ring[1], [float("nan"), 1.0], ring[0]], "bukan pasangan angka"),
        (lambda ring: [ring[0], ring[1], ring[0], ring[0]], "tidak melingkari"),
        (lambda ring: "POLYGON", "bukan pasangan angka"),
        (lambda ring: [[lng, lat + 0.04] for lng, lat in ring], "titik tengahnya"),
    ],
)
def test_boundaries_with_an_unsound_ring_are_refused_whole(wards, whole_city, ring, words):
    whole_city[3]["geometry"]["coordinates"] = [ring(square(wards[3]))]
    said = refusal(whole_city)
    assert words in said
    assert wards[3].name in said


def test_boundaries_that_miss_a_ward_are_refused_by_name(wards, whole_city):
    said = refusal(whole_city[1:])
    assert wards[0].name in said


def test_boundaries_points_instead_of_polygons_are_refused(whole_city):
    whole_city[0]["geometry"] = {"type": "Point", "coordinates": [109.67, -6.89]}
    assert "bukan bidang" in refusal(whole_city)


def test_boundaries_in_another_coordinate_system_are_refused(whole_city):
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32749"}}
    assert "EPSG:4326" in refusal(whole_city, crs=system)
    load(whole_city, crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"type":"Polygon"}', b'{"features": 3}', b"[" * 9999]
)
def test_boundaries_from_what_is_no_geojson_are_refused(db, content):
    with pytest.raises(actions.BoundariesRefused, match="GeoJSON"):
        actions.load_boundaries(content=content, source=SOURCE, at=NOW)


def test_boundaries_without_a_source_are_refused(whole_city):
    with pytest.raises(actions.BoundariesRefused, match="sumber"):
        actions.load_boundaries(content=as_file(whole_city), source="  ", at=NOW)


@pytest.mark.parametrize(
    "odd", [None, 3, [], {"type": "Feature"}, {"properties": [1]}, {"geometry": {"type": "Polygon"}}]
)
def test_boundaries_odd_features_are_passed_over_in_words(whole_city, odd):
    reading = load([*whole_city, odd])
    assert len(reading.unmatched) == 1


def test_load_boundaries_command_reports_in_plain_words(tmp_path, wards, whole_city):
    path, out = tmp_path / "batas.geojson", StringIO()
    path.write_bytes(as_file(whole_city))
    call_command("load_boundaries", str(path), "--source", SOURCE, "--dry-run", stdout=out)
    assert not AreaBoundary.objects.exists()
    call_command("load_boundaries", str(path), "--source", SOURCE, stdout=out)
    assert "27 wilayah cocok, 135 titik." in out.getvalue()
    assert AreaBoundary.objects.count() == 27


def test_load_boundaries_command_explains_a_refusal(tmp_path, db):
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("load_boundaries", str(tmp_path / "tidak-ada.geojson"), "--source", SOURCE)
    path = tmp_path / "kosong.geojson"
    path.write_bytes(as_file([]))
    with pytest.raises(CommandError, match="Tidak ada yang dimuat"):
        call_command("load_boundaries", str(path), "--source", SOURCE)


# Schematic cells


def _inside(ring, lng, lat) -> bool:
    """Ray casting."""
    hit = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lng < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit


def test_cells_hold_their_own_centre_and_no_other(wards):
    centres = {ward.code: (ward.latitude, ward.longitude) for ward in wards}
    outlines = cells.schematic_outlines(centres)
    assert set(outlines) == set(centres)
    for code, ring in outlines.items():
        assert ring[0] == ring[-1]
        assert boundaries.signed_area(ring) > 0
        holding = [other for other, (lat, lng) in centres.items() if _inside(ring, float(lng), float(lat))]
        assert holding == [code]


def test_cells_fill_their_ground_without_overlap(wards):
    outlines = cells.schematic_outlines({ward.code: (ward.latitude, ward.longitude) for ward in wards})
    latitudes = [lat for ring in outlines.values() for _lng, lat in ring]
    longitudes = [lng for ring in outlines.values() for lng, _lat in ring]
    for step_x in range(1, 30):
        for step_y in range(1, 30):
            lng = min(longitudes) + (max(longitudes) - min(longitudes)) * step_x / 30.1
            lat = min(latitudes) + (max(latitudes) - min(latitudes)) * step_y / 30.1
            assert sum(_inside(ring, lng, lat) for ring in outlines.values()) <= 1


def test_cells_of_one_place_two_equal_places_and_none():
    assert cells.schematic_outlines({}) == {}
    assert len(cells.schematic_outlines({"a": (-6.9, 109.6)})["a"]) > 8
    assert set(cells.schematic_outlines({"a": (-6.9, 109.6), "b": (-6.9, 109.6)})) == {"a", "b"}
