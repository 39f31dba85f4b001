"""Folds a freshly made migration: what belongs to a new table moves into its CreateModel, the rest is done together.

Django writes each column, constraint, index and trigger as an operation of its own and builds all related models anew
for each, which makes a fresh database slow. The schema is the same. Run it once, before the migration is committed:
``fold_migration wastewater 0003_rivers``.
"""

from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter
from pgtrigger.migrations import AddTrigger

from batikportal.migration_steps import InstallTriggers, Together


def folded(operations: list[Operation]) -> list[Operation]:
    """The same operations, those between two steps that need the models (RunPython, RunSQL) as one."""
    flat = [one for step in operations for one in (step.operations if isinstance(step, Together) else [step])]
    result: list[Operation] = []
    for alone, group in groupby(flat, key=lambda one: isinstance(one, RunPython | RunSQL)):
        steps = list(group)
        result += steps if alone else [Together(_tables_whole(steps))]
    return result


def _tables_whole(operations: list[Operation]) -> list[Operation]:
    """Columns, constraints, indexes and triggers of a table made here inside its CreateModel."""
    made: dict[str, CreateModel] = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    kept: list[Operation] = []
    armed: dict[str, None] = {}
    for one in operations:
        model: Any = getattr(one, "model_name", "").lower()
        if isinstance(one, InstallTriggers):
            armed[one.model_name] = None
        elif model not in made:
            kept.append(one)
        elif isinstance(one, AddTrigger):
            made[model].options.setdefault("triggers", []).append(one.trigger)
            armed[made[model].name] = None
        elif isinstance(one, AddField):
            made[model].fields.append((one.name, one.field))
        elif isinstance(one, AddConstraint):
            made[model].options.setdefault("constraints", []).append(one.constraint)
        elif isinstance(one, AddIndex):
            made[model].options.setdefault("indexes", []).append(one.index)
        else:
            kept.append(one)
    return [*kept, *(InstallTriggers(name) for name in armed)]


class Command(BaseCommand):
    help = "Move what belongs to a new table into its CreateModel, and do the rest of a new migration together."

    def add_arguments(self, parser) -> None:
        parser.add_argument("app_label")
        parser.add_argument("name")

    def handle(self, *args, app_label: str, name: str, **options) -> None:
        module = import_module(f"{app_label}.migrations.{name}")
        migration = module.Migration(name, app_label)
        migration.operations = folded(migration.operations)
        path = Path(str(module.__file__))
        path.write_text(MigrationWriter(migration, include_header=False).as_string(), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(migration.operations)} operations")
