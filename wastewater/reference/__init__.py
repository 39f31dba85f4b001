"""The standards that the portal starts with: reads standards.toml and writes it through any app registry."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("standards.toml")


def read() -> dict[str, Any]:
    """The whole file; figures are Decimals, exactly as printed."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def limits(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every limit of one table as field values, with "set" and "parameter" as codes; cells that say "" are left out."""
    for parameter, kind, unit, expressed_as, values, confidence, *rest in table["rows"]:
        loads = rest[0] if rest else [None] * len(values)
        for index, (one_set, value) in enumerate(zip(table["sets"], values, strict=True)):
            if value == "":
                continue
            minimum, maximum = _bounds(kind, value)
            yield {
                "set": one_set["code"],
                "parameter": parameter,
                "kind": kind,
                "minimum": minimum,
                "maximum": maximum,
                "unit": unit,
                "expressed_as": expressed_as,
                "process": "",
                "max_load_kg_per_ton": _number(loads[index]),
                "confidence": confidence[index] if isinstance(confidence, list) else confidence,
            }
    if "loads" in table:
        yield from _process_limits(table)


def load(apps: Any) -> None:
    """Write everything into empty tables; `apps` is the registry of a migration."""
    Parameter = apps.get_model("wastewater", "Parameter")
    Regulation = apps.get_model("wastewater", "Regulation")
    StandardSet = apps.get_model("wastewater", "StandardSet")
    Limit = apps.get_model("wastewater", "Limit")
    content = read()
    columns = content["parameters"]["columns"]
    parameters = [
        Parameter(display_order=order, **dict(zip(columns, row, strict=True)))
        for order, row in enumerate(content["parameters"]["rows"], start=1)
    ]
    by_code = {one.code: one for one in Parameter.objects.bulk_create(parameters)}
    regulations = {
        one.code: one for one in Regulation.objects.bulk_create(Regulation(**row) for row in content["regulation"])
    }
    spans = content["discharge_classes"]
    for table in content["table"]:
        shared = {key: table[key] for key in ("jurisdiction", "medium", "legal_basis", "note", "effective_from")}
        shared |= {"effective_until": table.get("effective_until"), "arrangement": table.get("arrangement", "")}
        sets = StandardSet.objects.bulk_create(
            StandardSet(
                regulation=regulations[table["regulation"]],
                **shared,
                **one,
                **spans.get(one.get("discharge_class"), {}),
            )
            for one in table["sets"]
        )
        by_set = {one.code: one for one in sets}
        Limit.objects.bulk_create(
            Limit(
                standard_set=by_set[values.pop("set")],
                parameter=by_code[values.pop("parameter")],
                legal_basis=table["legal_basis"],
                effective_from=table["effective_from"],
                effective_until=table.get("effective_until"),
                **values,
            )
            for values in limits(table)
        )


def _process_limits(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Maximum loads and volumes by process step; they belong to the table's only set."""
    loads = table["loads"]
    shared = {"set": table["sets"][0]["code"], "minimum": None, "confidence": loads["confidence"]}
    for parameter, unit, expressed_as, values in loads["rows"]:
        for process, value in zip(loads["processes"], values, strict=True):
            if value != "":
                yield shared | {
                    "parameter": parameter,
                    "kind": "load",
                    "maximum": None,
                    "unit": unit,
                    "expressed_as": expressed_as,
                    "process": process,
                    "max_load_kg_per_ton": _number(value),
                }
    for process, value in zip(loads["processes"], loads["volumes_m3_per_ton"], strict=True):
        yield shared | {
            "parameter": "VOLUME",
            "kind": "max",
            "maximum": _number(value),
            "unit": "m³/ton",
            "expressed_as": "",
            "process": process,
            "max_load_kg_per_ton": None,
        }


def _bounds(kind: str, value: Any) -> tuple[Decimal | None, Decimal | None]:
    if kind == "range":
        return _number(value[0]), _number(value[1])
    if kind == "min":
        return _number(value), None
    return (None, None) if kind == "absent" else (None, _number(value))


def _number(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


__all__ = ["limits", "load", "read"]
