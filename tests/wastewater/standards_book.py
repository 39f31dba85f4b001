"""The limits of the reference file as rule rows, without a database."""

from datetime import date
from decimal import Decimal
from functools import cache

from wastewater import reference, rules


def rows(parameter: str) -> list[rules.LimitRow]:
    """Every limit of one parameter, in the order of the file."""
    found: list[rules.LimitRow] = []
    for table in reference.read()["table"]:
        sets = {one["code"]: one for one in table["sets"]}
        for number, values in enumerate(reference.limits(table)):
            if values["parameter"] != parameter:
                continue
            one_set = sets[values["set"]]
            found.append(
                rules.LimitRow(
                    id=len(found) * 1000 + number,
                    parameter=parameter,
                    kind=values["kind"],
                    minimum=values["minimum"],
                    maximum=values["maximum"],
                    unit=values["unit"],
                    expressed_as=values["expressed_as"],
                    process=values["process"],
                    max_load_kg_per_ton=values["max_load_kg_per_ton"],
                    medium=table["medium"],
                    jurisdiction=table["jurisdiction"],
                    arrangement=table.get("arrangement", ""),
                    discharge_class=one_set.get("discharge_class", ""),
                    river_class=one_set.get("river_class", ""),
                    effective_from=table["effective_from"],
                    effective_until=table.get("effective_until"),
                    discharge=span(one_set.get("discharge_class", "")),
                )
            )
    return found


@cache
def span(name: str) -> rules.DischargeSpan:
    """From which to which discharge the class is meant."""
    edges = reference.read()["discharge_classes"].get(name, {})
    return rules.DischargeSpan(
        low=_figure(edges.get("discharge_from_m3_per_day")),
        low_included=edges.get("discharge_from_included", False),
        high=_figure(edges.get("discharge_until_m3_per_day")),
        high_included=edges.get("discharge_until_included", True),
    )


def _figure(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def limit(kind: str = "max", *, low=None, high=None, unit="mg/L", expressed_as="", **key) -> rules.LimitRow:
    """One limit made for a test."""
    name = key.pop("discharge_class", "")
    return rules.LimitRow(
        id=key.pop("id", 1),
        parameter="X",
        kind=kind,
        minimum=None if low is None else Decimal(str(low)),
        maximum=None if high is None else Decimal(str(high)),
        unit=unit,
        expressed_as=expressed_as,
        process=key.pop("process", ""),
        max_load_kg_per_ton=key.pop("load", None),
        medium=key.pop("medium", "effluent"),
        jurisdiction=key.pop("jurisdiction", "national"),
        arrangement="",
        discharge_class=name,
        discharge=span(name),
        river_class="",
        effective_from=key.pop("effective_from", date(2020, 1, 1)),
        effective_until=key.pop("effective_until", None),
    )


def result(value, qualifier="=", unit="mg/L", expressed_as="", air=None) -> rules.Measurement:
    return rules.Measurement(
        Decimal(str(value)), qualifier, unit, expressed_as, None if air is None else Decimal(str(air))
    )


def effluent(on: date, discharge=None, **more) -> rules.Circumstances:
    known = None if discharge is None else Decimal(str(discharge))
    return rules.Circumstances("effluent", on, known, arrangement="own", **more)


def river(on: date, river_class: str = "II") -> rules.Circumstances:
    return rules.Circumstances("river", on, river_class=river_class)
