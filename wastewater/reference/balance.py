"""What the balance sheet starts with: reads balance.toml and writes it through any app registry."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("balance.toml")


def load(apps: Any) -> None:
    """Write everything into empty tables; `apps` is the registry of a migration."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    BalanceFactor = apps.get_model("wastewater", "BalanceFactor")
    BalanceFactor.objects.bulk_create(BalanceFactor(**row) for row in content["factor"])
    PublishedFigure = apps.get_model("wastewater", "PublishedFigure")
    columns = content["figures"]["columns"]
    rows = (dict(zip(columns, row, strict=True)) for row in content["figures"]["rows"])
    PublishedFigure.objects.bulk_create(
        PublishedFigure(**row | {"value_high": None if row["value_high"] == "" else row["value_high"]}) for row in rows
    )
