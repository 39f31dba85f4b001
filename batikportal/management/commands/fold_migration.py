"""Folds a freshly made migration: constraints, indexes and triggers move into the CreateModel of their table.

Django writes each as an operation of its own and builds all related models anew for each, which makes a fresh database
slow. The schema is the same. Run it once, before the migration is committed: ``fold_migration wastewater 0003_rivers``.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter
from pgtrigger.migrations import AddTrigger

from batikportal.migration_steps import InstallTriggers


def folded(operations: list[Operation]) -> list[Operation]:
    """The same operations, with what belongs to a table made here inside its CreateModel."""
    made: dict[str, CreateModel] = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    # A column that comes later cannot be named by a constraint of the CreateModel.
    whole = set(made) - {one.model_name_lower for one in operations if isinstance(one, AddField)}
    kept: list[Operation] = []
    armed: dict[str, None] = {}
    for one in operations:
        model: Any = getattr(one, "model_name", "").lower()
        if isinstance(one, AddTrigger) and model in made:
            made[model].options.setdefault("triggers", []).append(one.trigger)
            armed[made[model].name] = None
        elif isinstance(one, AddConstraint) and model in whole:
            made[model].options.setdefault("constraints", []).append(one.constraint)
        elif isinstance(one, AddIndex) and model in whole:
            made[model].options.setdefault("indexes", []).append(one.index)
        else:
            kept.append(one)
    return [*kept, *(InstallTriggers(name) for name in armed)]


class Command(BaseCommand):
    help = "Move constraints, indexes and triggers of a new migration into the CreateModel of their table."

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
