"""The limits of the reference file as rule rows, without a database."""

from datetime import date
from decimal import Decimal

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
                )
            )
    return found


def limit(kind: str = "max", *, low=None, high=None, unit="mg/L", expressed_as="", **key) -> rules.LimitRow:
    """One limit made for a test."""
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
        discharge_class=key.pop("discharge_class", ""),
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
