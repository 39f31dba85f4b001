"""Folds a freshly made migration: columns, constraints, indexes and triggers move into the CreateModel of their table.

Django writes each as an operation of its own and builds all related models anew for each, which makes a fresh database
slow. The schema is the same. Run it once, before the migration is committed: ``fold_migration wastewater 0003_rivers``.
"""

from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter
from pgtrigger.migrations import AddTrigger

from batikportal.migration_steps import InstallTriggers


def folded(operations: list[Operation], app_label: str) -> list[Operation]:
    """The same operations, with what belongs to a table made here inside its CreateModel; tables pointed at come first."""
    made: dict[str, CreateModel] = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    operations = _with_columns(made, operations, app_label)
    # A column that still comes later cannot be named by a constraint of the CreateModel.
    whole = set(made) - {one.model_name_lower for one in operations if isinstance(one, AddField)}
    kept: list[Operation] = []
    armed: dict[str, None] = {}
    for one in operations:
        model: Any = getattr(one, "model_name", "").lower()
        if isinstance(one, InstallTriggers):
            armed[one.model_name] = None
        elif isinstance(one, AddTrigger) and model in made:
            made[model].options.setdefault("triggers", []).append(one.trigger)
            armed[made[model].name] = None
        elif isinstance(one, AddConstraint) and model in whole:
            made[model].options.setdefault("constraints", []).append(one.constraint)
        elif isinstance(one, AddIndex) and model in whole:
            made[model].options.setdefault("indexes", []).append(one.index)
        else:
            kept.append(one)
    return [*kept, *(InstallTriggers(name) for name in armed)]


def _with_columns(made: dict[str, CreateModel], operations: list[Operation], app_label: str) -> list[Operation]:
    """Every AddField of a table made here moved into it, and the tables in an order that allows it, if there is one."""
    late = [one for one in operations if isinstance(one, AddField) and one.model_name_lower in made]
    targets: dict[str, set[str]] = {}
    for name, one in made.items():
        fields = [field for _name, field in one.fields] + [add.field for add in late if add.model_name_lower == name]
        targets[name] = {target for field in fields if (target := _target(field, app_label)) in made} - {name}
    try:
        order = list(TopologicalSorter(targets).static_order())
    except CycleError:
        return operations
    for add in late:
        made[add.model_name_lower].fields.append((add.name, add.field))
    first = next((number for number, one in enumerate(operations) if isinstance(one, CreateModel)), 0)
    rest = [one for one in operations if not isinstance(one, CreateModel) and one not in late]
    before = [one for one in operations[:first] if one in rest]
    return [*before, *(made[name] for name in order), *(one for one in rest if one not in before)]


def _target(field: Any, app_label: str) -> str:
    """The table of this app that a column points at, in lower case; "" if it points elsewhere or nowhere."""
    to = getattr(field.remote_field, "model", "") if getattr(field, "remote_field", None) else ""
    label, _dot, name = str(to).lower().rpartition(".")
    return name if label in ("", app_label) else ""


class Command(BaseCommand):
    help = "Move columns, constraints, indexes and triggers of a new migration into the CreateModel of their table."

    def add_arguments(self, parser) -> None:
        parser.add_argument("app_label")
        parser.add_argument("name")

    def handle(self, *args, app_label: str, name: str, **options) -> None:
        module = import_module(f"{app_label}.migrations.{name}")
        migration = module.Migration(name, app_label)
        migration.operations = folded(migration.operations, app_label)
        path = Path(str(module.__file__))
        path.write_text(MigrationWriter(migration, include_header=False).as_string(), encoding="utf-8")
        self.stdout.write(f"{path.name}: {len(migration.operations)} operations")
