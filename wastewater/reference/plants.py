"""What plant operation starts with: waste codes, storage limits, settings and chemicals, read from plants.toml."""

import tomllib
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("plants.toml")


def load(apps: Any) -> None:
    """Write everything into empty tables; `apps` is the registry of a migration."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for name, section in (("WasteCode", "waste_codes"), ("StorageRule", "storage_rules")):
        model = apps.get_model("wastewater", name)
        table = content[section]
        shared = {key: table[key] for key in ("effective_from", "legal_basis", "confidence") if key in table}
        model.objects.bulk_create(
            model(**shared, **dict(zip(table["columns"], row, strict=True))) for row in table["rows"]
        )
    PlantSetting = apps.get_model("wastewater", "PlantSetting")
    settings = content["settings"]
    shared = {key: settings[key] for key in ("effective_from", "legal_basis", "confidence")}
    PlantSetting.objects.bulk_create(PlantSetting(code=code, value=value, **shared) for code, value in settings["rows"])
    Chemical = apps.get_model("wastewater", "Chemical")
    Chemical.objects.bulk_create(
        Chemical(display_order=order, **dict(zip(content["chemicals"]["columns"], row, strict=True)))
        for order, row in enumerate(content["chemicals"]["rows"], start=1)
    )
