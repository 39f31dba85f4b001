"""Reads a boundary file (GeoJSON): which feature is which area, and is every ring sound. Nothing is saved here."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from batikportal.choices import AreaLevel
from batikportal.models import Area

# Boundaries reach this far beyond the centres of the areas, about 5.5 km; more is another place.
TOLERANCE_DEGREES = 0.05
# About 10 cm; more digits only make the file longer.
DECIMALS = 6
LARGEST_BYTES = 50 * 1024 * 1024

# What the property of each level is called in the files of BIG, BPS and the ministries.
NAME_KEYS: dict[str, tuple[str, ...]] = {
    AreaLevel.WARD: ("kelurahan", "nama_kelurahan", "nm_kelurahan", "kel", "desa", "nama_desa", "nmdesa", "desa_kelur",
                     "wadmkd", "village", "adm4_name", "adm4_en", "name_4"),
    AreaLevel.DISTRICT: ("kecamatan", "nama_kecamatan", "nm_kecamatan", "kec", "nmkec", "wadmkc", "district",
                         "adm3_name", "adm3_en", "name_3"),
    AreaLevel.CITY: ("kota", "kab_kota", "kabkot", "kabupaten", "nmkab", "wadmkk", "city", "adm2_name", "adm2_en",
                     "name_2"),
}  # fmt: skip
ANY_LEVEL_KEYS = ("nama", "name", "namobj", "nama_wilayah", "wilayah", "label")

Ring = list[list[float]]


class BoundaryFileRefused(ValueError):
    """The file cannot be used at all; the text says why and what to do."""


@dataclass
class Reading:
    """What a file holds: a geometry per area code, and in plain words what was put right, ignored or is wrong."""

    geometries: dict[str, dict[str, Any]] = field(default_factory=dict)
    part_counts: dict[str, int] = field(default_factory=dict)
    point_count: int = 0
    was_swapped: bool = False
    turned_ring_count: int = 0
    unmatched: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def parse(content: bytes) -> list[dict[str, Any]]:
    """The features of a GeoJSON file in WGS 84."""
    if len(content) > LARGEST_BYTES:
        raise BoundaryFileRefused(_("Berkas lebih besar dari 50 MB. Sederhanakan garisnya dahulu."))
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BoundaryFileRefused(_("Berkas ini bukan GeoJSON: %(error)s") % {"error": error}) from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or data.get("type") != "FeatureCollection":
        raise BoundaryFileRefused(_("Berkas ini bukan GeoJSON jenis FeatureCollection."))
    system = json.dumps(data.get("crs")) if data.get("crs") else ""
    if system and not re.search(r"CRS84|4326", system):
        raise BoundaryFileRefused(
            _("Sistem koordinat berkas ini %(system)s. Ubah dahulu ke WGS 84 (EPSG:4326).") % {"system": system}
        )
    return [one if isinstance(one, dict) else {} for one in features]


def _same(text: object) -> str:
    """A name or code without case, dots, spaces and the words before it."""
    plain = re.sub(r"[^a-z0-9]", "", str(text).casefold())
    return re.sub(r"^(kelurahan|kecamatan|desa)(?=.)", "", plain)


class Gazetteer:
    """Finds areas by code, name or other name."""

    def __init__(self, areas: Sequence[Area]):
        self.by_code: dict[str, Area] = {}
        self.by_name: dict[tuple[str, str], Area] = {}
        for area in areas:
            for code in (area.code, area.bps_code):
                if code:
                    self.by_code[_same(code)] = area
            for name in (area.name, *area.aliases):
                self.by_name[area.level, _same(name)] = area

    def find(self, properties: Mapping[str, Any]) -> Area | None:
        """The area a feature is about: by the longest code it carries, else by the name of its lowest level."""
        coded = [self.by_code[_same(v)] for v in properties.values() if _is_text(v) and _same(v) in self.by_code]
        if coded:
            return max(coded, key=lambda area: len(area.code))
        named = {key.casefold(): value for key, value in properties.items() if _is_text(value)}
        for level, keys in NAME_KEYS.items():
            for key in keys:
                if key in named:
                    return self.by_name.get((level, _same(named[key])))
        names = [_same(named[key]) for key in ANY_LEVEL_KEYS if key in named]
        found = (self.by_name.get((level, name)) for name in names for level in NAME_KEYS)
        return next((area for area in found if area), None)


def _is_text(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip() != ""


def _polygons(geometry: Any) -> list[Any] | None:
    """The polygons of a geometry as lists of rings; None when it is of another kind."""
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        return None
    parts = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(
        str(geometry.get("type"))
    )
    return parts if parts and all(isinstance(rings, list) and rings for rings in parts) else None


def _rings(geometry: Any) -> Iterator[Any]:
    for rings in _polygons(geometry) or []:
        yield from rings


def _is_position(point: Any) -> bool:
    if not isinstance(point, list) or len(point) < 2:
        return False
    return all(isinstance(one, int | float) and not isinstance(one, bool) and isfinite(one) for one in point[:2])


@dataclass(frozen=True)
class Frame:
    """The box in which the city lies, with some air around it."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, areas: Sequence[Area]) -> "Frame":
        lats = [float(area.latitude) for area in areas]
        lngs = [float(area.longitude) for area in areas]
        air = TOLERANCE_DEGREES
        return cls(min(lngs) - air, min(lats) - air, max(lngs) + air, max(lats) + air)

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


def signed_area(ring: Ring) -> float:
    """Twice the area of a closed ring, positive when it runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def ring_problem(ring: Any, frame: Frame, swapped: bool) -> str:
    """Why a ring cannot stand, in words; empty when it is sound."""
    if not isinstance(ring, list) or not all(_is_position(point) for point in ring):
        return _("ada titik yang bukan pasangan angka")
    if len(ring) < 4:
        return _("garisnya kurang dari 4 titik")
    if ring[0][:2] != ring[-1][:2]:
        return _("garisnya tidak tertutup: titik pertama dan terakhir berbeda")
    turned = [[point[1], point[0]] if swapped else point[:2] for point in ring]
    outside = next((point for point in turned if not frame.holds(*point)), None)
    if outside:
        words = {"latitude": outside[1], "longitude": outside[0]}
        return _("titik lintang %(latitude)s bujur %(longitude)s berada di luar Kota Pekalongan") % words
    if abs(signed_area(turned)) < 1e-10:
        return _("garisnya tidak melingkari wilayah apa pun")
    return ""


def _is_swapped(features: Sequence[Mapping[str, Any]], frame: Frame) -> bool:
    """Whether the file writes latitude before longitude: its first points lie in the city only when turned round."""
    first = [ring[0] for one in features for ring in _rings(one.get("geometry")) if isinstance(ring, list) and ring]
    points = [point for point in first if _is_position(point)]
    straight = sum(frame.holds(point[0], point[1]) for point in points)
    return sum(frame.holds(point[1], point[0]) for point in points) > straight


def _sound_ring(ring: Ring, swapped: bool, counter_clockwise: bool) -> tuple[Ring, bool]:
    """The ring as RFC 7946 wants it (longitude first, outer rings counter-clockwise), and whether it was turned."""
    plain = [[round(c, DECIMALS) for c in (point[1::-1] if swapped else point[:2])] for point in ring]
    wrong_way = (signed_area(plain) > 0) != counter_clockwise
    return (plain[::-1] if wrong_way else plain), wrong_way


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _label(feature: Mapping[str, Any], place: int) -> str:
    texts = [value for value in _properties(feature).values() if isinstance(value, str) and value.strip()]
    return _("objek ke-%(place)s (%(text)s)") % {"place": place, "text": ", ".join(texts[:3]) or "?"}


def read(features: Sequence[Mapping[str, Any]], areas: Sequence[Area]) -> Reading:
    """Match every feature to an area and check every ring. Several features of one area become its parts."""
    reading, gazetteer, frame = Reading(), Gazetteer(areas), Frame.around(areas)
    reading.was_swapped = _is_swapped(features, frame)
    parts: dict[str, list[list[Ring]]] = {}
    for place, feature in enumerate(features, start=1):
        area = gazetteer.find(_properties(feature))
        if area is None:
            reading.unmatched.append(_label(feature, place))
            continue
        polygons = _polygons(feature.get("geometry"))
        if polygons is None:
            reading.problems.append(_("%(area)s: bukan bidang (Polygon atau MultiPolygon)") % {"area": area.name})
            continue
        parts.setdefault(area.code, []).extend(_checked(polygons, area, frame, reading))
    for area in areas:
        if area.code in parts and not _lies_around(parts[area.code], area):
            problem = _("%(area)s: batasnya tidak berada di sekitar titik tengahnya")
            reading.problems.append(problem % {"area": area.name})
    for code, polygons in parts.items():
        reading.part_counts[code] = len(polygons)
        single = len(polygons) == 1
        reading.geometries[code] = {
            "type": "Polygon" if single else "MultiPolygon",
            "coordinates": polygons[0] if single else polygons,
        }
    return reading


def _checked(polygons: list[Any], area: Area, frame: Frame, reading: Reading) -> list[list[Ring]]:
    """The sound polygons of a feature; what is wrong is noted."""
    sound = []
    for rings in polygons:
        problems = [problem for ring in rings if (problem := ring_problem(ring, frame, reading.was_swapped))]
        if problems:
            reading.problems.append(f"{area.name}: {problems[0]}")
            continue
        turned = [_sound_ring(ring, reading.was_swapped, place == 0) for place, ring in enumerate(rings)]
        reading.turned_ring_count += sum(was_turned for _ring, was_turned in turned)
        reading.point_count += sum(len(ring) for ring, _was_turned in turned)
        sound.append([ring for ring, _was_turned in turned])
    return sound


def _lies_around(polygons: list[list[Ring]], area: Area) -> bool:
    """Whether the area's centre lies in the box of its outline, with 1 km to spare; else the match is a namesake."""
    points = [point for rings in polygons for point in rings[0]]
    if not points:
        return True
    lngs, lats = [point[0] for point in points], [point[1] for point in points]
    air = 0.01
    box = Frame(min(lngs) - air, min(lats) - air, max(lngs) + air, max(lats) + air)
    return box.holds(float(area.longitude), float(area.latitude))
