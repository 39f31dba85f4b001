"""The kinds of bottles that every portal starts with, read from custody.toml."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("custody.toml")


def load(apps: Any) -> None:
    """Write everything into an empty table; `apps` is the registry of a migration."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    ContainerKind = apps.get_model("wastewater", "ContainerKind")
    Parameter = apps.get_model("wastewater", "Parameter")
    parameters = {one.code: one for one in Parameter.objects.all()}
    for row in content["rows"]:
        facts = dict(zip(content["columns"], row, strict=True))
        codes, warmest = facts.pop("parameters"), facts.pop("max_temperature_c")
        made = ContainerKind.objects.create(
            **facts,
            max_temperature_c=Decimal(warmest) if warmest else None,
            effective_from=content["effective_from"],
            basis=content["basis"],
            confidence=content["confidence"],
        )
        made.parameters.set(parameters[code] for code in codes)
