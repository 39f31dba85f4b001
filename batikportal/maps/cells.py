"""Schematic outlines: around each centre the ground that is nearer to it than to any other; plain Python.

These are no boundaries. They keep the neighbourhood right and give every kelurahan a shape to shade.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import cos, hypot, pi, radians, sin

Point = tuple[float, float]
Polygon = list[Point]

KM_PER_DEGREE = 111.32
# How far the outermost cells reach beyond their centres.
MARGIN_KM = 0.9


def _hull(points: Sequence[Point]) -> Polygon:
    """The convex hull, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def half(sequence) -> Polygon:
        chain: Polygon = []
        for point in sequence:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    return half(ordered) + half(reversed(ordered))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _nearer_side(polygon: Polygon, own: Point, other: Point) -> Polygon:
    """The part of a convex polygon that is nearer to ``own`` than to ``other``."""
    middle = ((own[0] + other[0]) / 2, (own[1] + other[1]) / 2)
    ahead = (other[0] - own[0], other[1] - own[1])

    def beyond(point: Point) -> float:
        return (point[0] - middle[0]) * ahead[0] + (point[1] - middle[1]) * ahead[1]

    kept: Polygon = []
    for start, end in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        a, b = beyond(start), beyond(end)
        if a <= 0:
            kept.append(start)
        if a * b < 0:
            share = a / (a - b)
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return kept


@lru_cache(maxsize=8)
def _cells(centres: tuple[tuple[str, float, float], ...]) -> dict[str, list[list[float]]]:
    latitude0 = sum(latitude for _code, latitude, _longitude in centres) / len(centres)
    longitude0 = sum(longitude for _code, _latitude, longitude in centres) / len(centres)
    km_east = KM_PER_DEGREE * cos(radians(latitude0))
    flat = {code: ((lng - longitude0) * km_east, (lat - latitude0) * KM_PER_DEGREE) for code, lat, lng in centres}
    rim = [(MARGIN_KM * cos(k * pi / 8), MARGIN_KM * sin(k * pi / 8)) for k in range(16)]
    ground = _hull([(x + dx, y + dy) for x, y in flat.values() for dx, dy in rim])
    outlines = {}
    for code, own in flat.items():
        cell = ground
        for other in flat.values():
            if hypot(other[0] - own[0], other[1] - own[1]) > 1e-6:
                cell = _nearer_side(cell, own, other)
        ring = [[round(x / km_east + longitude0, 5), round(y / KM_PER_DEGREE + latitude0, 5)] for x, y in cell]
        outlines[code] = [*ring, ring[0]]
    return outlines


def schematic_outlines(centres: Mapping[str, tuple[float, float]]) -> dict[str, list[list[float]]]:
    """A closed ring of [longitude, latitude] for every code; ``centres`` gives (latitude, longitude)."""
    if not centres:
        return {}
    return _cells(tuple((code, float(lat), float(lng)) for code, (lat, lng) in sorted(centres.items())))
