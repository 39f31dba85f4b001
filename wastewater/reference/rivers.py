"""The rivers and the rules of assessment that the portal starts with: reads rivers.toml and writes it once."""

import tomllib
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("rivers.toml")
_SAME_WATER = "Urutan ruas pada badan air yang sama"


def read() -> dict[str, Any]:
    """The whole file; figures are Decimals, exactly as printed."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def load(apps: Any) -> None:
    """Write what is missing; `apps` is the registry of a migration. Waters that exist already are kept as they are."""
    content = read()
    waters = _waters(apps, content)
    _reaches(apps, content, waters)
    _rules(apps, content)


def _known_id(kind: str, code: str) -> uuid.UUID:
    """The same public address on every installation."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"wastewater.{kind}.{code}")


def _waters(apps: Any, content: dict[str, Any]) -> dict[str, Any]:
    WaterBody = apps.get_model("wastewater", "WaterBody")
    waters = {one.code: one for one in WaterBody.objects.all()}
    for row in content["water"]:
        if row["code"] in waters:
            continue
        waters[row["code"]] = WaterBody.objects.create(
            public_id=_known_id("waterbody", row["code"]),
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            flows_into=waters[row["into"]] if row["into"] else None,
            note=row["note"],
            source="seed",
        )
    return waters


def _reaches(apps: Any, content: dict[str, Any], waters: dict[str, Any]) -> None:
    Reach = apps.get_model("wastewater", "Reach")
    ReachLink = apps.get_model("wastewater", "ReachLink")
    made: dict[str, Any] = {}
    links: list[tuple[str, str, str, str]] = []
    for water, number, from_place, to_place, ends, authority, is_tidal, confidence, origin in content["reaches"][
        "rows"
    ]:
        code = f"{water}-{number}"
        start_latitude, start_longitude, end_latitude, end_longitude = map(Decimal, ends) if ends else [None] * 4
        made[code] = Reach.objects.create(
            public_id=_known_id("reach", code),
            water_body=waters[water],
            code=code,
            sequence=number,
            from_place=from_place,
            to_place=to_place,
            start_latitude=start_latitude,
            start_longitude=start_longitude,
            end_latitude=end_latitude,
            end_longitude=end_longitude,
            authority=authority,
            authority_basis=origin if authority != "unknown" else "",
            is_tidal=is_tidal,
            confidence=confidence,
            origin=origin,
            source="seed",
        )
        before = f"{water}-{number - 1}"
        if before in made:
            links.append((before, code, confidence, _SAME_WATER))
    for upstream, downstream, confidence, origin in [*links, *content["links"]["rows"]]:
        ReachLink.objects.create(
            public_id=_known_id("reachlink", f"{upstream}.{downstream}"),
            upstream=made[upstream],
            downstream=made[downstream],
            confidence=confidence,
            origin=origin,
            source="seed",
        )


def _rules(apps: Any, content: dict[str, Any]) -> None:
    AssessmentRule = apps.get_model("wastewater", "AssessmentRule")
    AssessmentBand = apps.get_model("wastewater", "AssessmentBand")
    for row in content["rule"]:
        values = dict(row)
        bands = values.pop("bands")
        rule = AssessmentRule.objects.create(**values)
        AssessmentBand.objects.bulk_create(
            AssessmentBand(
                rule=rule,
                status=status,
                up_to=None if up_to == "" else Decimal(up_to),
                weight=None if weight == "" else Decimal(weight),
            )
            for status, up_to, weight in bands
        )


__all__ = ["load", "read"]
