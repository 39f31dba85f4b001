"""GeoJSON and table rows of a map layer, from what an app's layer answered."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from django.utils.translation import gettext as _

from batikportal import formats
from batikportal.contracts import AreaValue, Layer, Number, Place, Scope
from batikportal.maps.cells import schematic_outlines
from batikportal.models import Area

LEVELS = 5


class _Sourced(Protocol):
    boundary_source: str | None


def _source(ward: Area) -> str | None:
    """The source of the ward's boundary, as queries.areas.wards() notes it."""
    return cast(_Sourced, ward).boundary_source


def is_schematic(wards: Sequence[Area]) -> bool:
    """Whether the outlines are cells: official boundaries count only if every ward has one, for they may not mix."""
    return not all(_source(ward) for ward in wards)


def outline_note(wards: Sequence[Area]) -> str:
    """What the reader must know about the outlines."""
    if is_schematic(wards):
        return _("Bentuk kelurahan di peta ini skema, bukan batas resmi; dihitung dari titik tengah tiap kelurahan.")
    sources = sorted({source for ward in wards if (source := _source(ward))})
    return _("Batas kelurahan: %(sources)s.") % {"sources": "; ".join(sources)}


def outlines(wards: Sequence[Area], boundaries: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """A geometry per ward code."""
    if not is_schematic(wards):
        return dict(boundaries)
    rings = schematic_outlines({ward.code: (float(ward.latitude), float(ward.longitude)) for ward in wards})
    return {code: {"type": "Polygon", "coordinates": [ring]} for code, ring in rings.items()}


@dataclass(frozen=True)
class AreaRow:
    """A ward in the table beside the map; ``level`` 0 to 4 is its shade, None no data."""

    code: str
    name: str
    value: str | None
    level: int | None
    note: str = ""
    url: str = ""
    amount: Number | None = None


def levels_of(values: Mapping[str, Number]) -> dict[str, int]:
    """A shade per code, so that each shade holds about as many areas; equal values share a shade."""
    ordered = sorted(values.values())
    return {code: bisect_left(ordered, value) * LEVELS // len(ordered) for code, value in values.items()}


def in_scope(wards: Sequence[Area], scope: Scope) -> list[Area]:
    """The wards of the chosen district, or all."""
    return [ward for ward in wards if scope.area is None or scope.area.pk in (ward.pk, ward.parent_id)]


def area_rows(layer: Layer, values: Sequence[AreaValue], wards: Sequence[Area]) -> list[AreaRow]:
    """A row for every ward, with data or without."""
    found = {value.area_code: value for value in values}
    known = {ward.code: value for ward in wards if ward.code in found and (value := found[ward.code].value) is not None}
    levels = levels_of(known)
    rows = []
    for ward in wards:
        one = found.get(ward.code)
        text = f"{formats.number(known[ward.code])} {layer.unit}".strip() if ward.code in known else None
        note = str(one.note) if one else ""
        rows.append(AreaRow(ward.code, ward.name, text, levels.get(ward.code), note, amount=known.get(ward.code)))
    return rows


def _polygon(row: AreaRow, geometry: Mapping[str, Any], is_backdrop: bool) -> dict[str, Any]:
    properties: dict[str, Any] = {"name": row.name, "level": row.level}
    if not is_backdrop:
        properties["value"] = row.value or _("belum ada data")
    if row.note:
        properties["note"] = row.note
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(place: Place) -> dict[str, Any]:
    where = [round(float(place.longitude), 5), round(float(place.latitude), 5)]
    properties = {"name": str(place.name), "value": str(place.value), "status": place.status}
    extra = {name: str(value) for name, value in (("url", place.url), ("note", place.note)) if value}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": where}, "properties": properties | extra}


def collection(
    layer: Layer, found: Sequence[Any], wards: Sequence[Area], geometries: Mapping[str, Any], scope: Scope
) -> dict[str, Any]:
    """The layer as GeoJSON: shaded wards, or places on the plain outlines of the wards."""
    rows = area_rows(layer, found if layer.by_ward else (), in_scope(wards, scope))
    features = [_polygon(row, geometries[row.code], not layer.by_ward) for row in rows if row.code in geometries]
    if not layer.by_ward:
        features += [_point(place) for place in found if place.latitude is not None and place.longitude is not None]
    return {"type": "FeatureCollection", "schematic": is_schematic(wards), "features": features}
