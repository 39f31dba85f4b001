"""The methods that every portal starts with, read from methods.toml."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("methods.toml")


def load(apps: Any) -> None:
    """Write everything into an empty table; `apps` is the registry of a migration."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    Parameter = apps.get_model("wastewater", "Parameter")
    AnalysisMethod = apps.get_model("wastewater", "AnalysisMethod")
    parameters = {one.code: one.pk for one in Parameter.objects.all()}
    rows = [dict(zip(content["columns"], row, strict=True)) for row in content["rows"]]
    AnalysisMethod.objects.bulk_create(
        AnalysisMethod(
            parameter_id=parameters[row["parameter"]],
            method=row["method"],
            quantification_limit=Decimal(row["quantification_limit"]),
            holding_hours=Decimal(str(row["holding_hours"])),
            preservation=row["preservation"],
            confidence=row["confidence"],
            effective_from=content["effective_from"],
            basis=content["basis"],
        )
        for row in rows
    )
