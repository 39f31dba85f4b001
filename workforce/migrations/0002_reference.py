"""The steps of the craft, the consent texts and the dated figures to begin with; officers add later ones."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).resolve().parent.parent / "reference"
TEXTS_VALID_FROM = date(2026, 11, 1)


def read(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load_process_steps(apps, schema_editor):
    ProcessStep = apps.get_model("workforce", "ProcessStep")
    for position, row in enumerate(read("process_steps.csv"), start=1):
        ProcessStep.objects.create(
            code=row["code"],
            position=position,
            name=row["name"],
            local_names=[name for name in row["local_names"].split("|") if name],
            meaning=row["meaning"],
            typical_role=row["typical_role"],
            forbidden_under_18=row["forbidden_under_18"] == "ya",
        )


def load_consent_texts(apps, schema_editor):
    ConsentText = apps.get_model("workforce", "ConsentText")
    for row in read("consent_texts.csv"):
        ConsentText.objects.create(purpose=row["purpose"], version=1, text=row["text"], valid_from=TEXTS_VALID_FROM)


def load_figures(apps, schema_editor):
    ReferenceSeries = apps.get_model("workforce", "ReferenceSeries")
    ReferenceFigure = apps.get_model("workforce", "ReferenceFigure")
    series = {
        row["code"]: ReferenceSeries.objects.create(position=position, **row)
        for position, row in enumerate(read("series.csv"), start=1)
    }
    for row in read("figures.csv"):
        ReferenceFigure.objects.create(
            series=series[row["series"]],
            value=row["value"],
            valid_from=row["valid_from"],
            valid_until=row["valid_until"] or None,
            legal_basis=row["legal_basis"],
            source_text=row["source_text"],
            confidence=row["confidence"],
            note=row["note"],
            source="seed",
        )


class Migration(migrations.Migration):
    replaces = [("workforce", "0002_reference_data")]
    dependencies = [("workforce", "0001_tables")]
    operations = [
        migrations.RunPython(load_process_steps, migrations.RunPython.noop),
        migrations.RunPython(load_consent_texts, migrations.RunPython.noop),
        migrations.RunPython(load_figures, migrations.RunPython.noop),
    ]
