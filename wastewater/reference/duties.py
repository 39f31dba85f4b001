"""The kinds of duty, sets of parameters and the management rule that the portal starts with: duties.toml, once."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("duties.toml")


def load(apps: Any) -> None:
    """Write everything into empty tables; `apps` is the registry of a migration."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)

    def model(name: str) -> Any:
        return apps.get_model("wastewater", name)

    for order, row in enumerate(content["kind"], start=1):
        term = row.pop("term")
        kind = model("DutyKind").objects.create(**row, display_order=order, source="seed")
        model("DutyTerm").objects.create(kind=kind, valid_from=content["since"], **term)
    for row in content["parameter_set"]:
        medium = row.pop("medium")
        made = model("ParameterSet").objects.create(**row, source="seed")
        made.parameters.set(model("Parameter").objects.filter(expected_in__contains=[medium]))
    model("ComplianceRule").objects.create(**content["rule"], source="seed")
