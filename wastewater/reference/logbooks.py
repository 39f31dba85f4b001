"""What the logbook, the truck and the coach start with: reads logbooks.toml and writes it through any app registry."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("logbooks.toml")


def read() -> dict[str, Any]:
    """The whole file; figures are Decimals, exactly as printed."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def load(apps: Any) -> None:
    """Write everything into empty tables; `apps` is the registry of a migration."""
    content = read()

    def model(name: str) -> Any:
        return apps.get_model("wastewater", name)

    model("LogbookRule").objects.create(**content["rule"])
    model("SpecificUse").objects.bulk_create(model("SpecificUse")(**row) for row in content["use"])
    model("TruckPrice").objects.create(**content["price"])
    model("AdviceContact").objects.bulk_create(model("AdviceContact")(**row) for row in content["contact"])
    parameters = dict(model("Parameter").objects.values_list("code", "pk"))
    names = ("kind", "dye_class", "process", "text", "text_en", "origin", "confidence")
    model("Advice").objects.bulk_create(
        model("Advice")(parameter_id=parameters[code], display_order=order, **dict(zip(names, rest, strict=True)))
        for order, (code, *rest) in enumerate(content["advice"]["rows"], start=1)
    )
