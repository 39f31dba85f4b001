"""What migration files need that Django and django-pgtrigger do not bring."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Several operations on tables, after which the state of the models is built once instead of once for each.

    Django builds all related models anew after every operation; since nearly every table points at users, a few hundred
    operations would take a minute. Operations that need the models in between (RunPython) stay outside.
    """

    category = OperationCategory.MIXED
    serialization_expand_args = ["operations"]
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        # All models are built anew after this, those too that an earlier step left for later: RunPython need not again.
        state.is_delayed = False
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} operations on tables"

    @property
    def migration_name_fragment(self) -> str:
        return "tables"


class InstallTriggers(Operation):
    """Write the triggers that a model's CreateModel carries in its options.

    It does what one AddTrigger per trigger does, but leaves the state of the models alone: each AddTrigger lets Django
    build all related models anew, which with a few hundred triggers takes most of the time of a migration.
    """

    category = OperationCategory.ADDITION
    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """CreateModel has told the state already."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for trigger in self._triggers(app_label, to_state):
            schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for trigger in self._triggers(app_label, from_state):
            schema_editor.execute(trigger.uninstall_sql, params=None)

    def _triggers(self, app_label: str, state: ProjectState) -> list[Any]:
        return state.models[app_label, self.model_name.lower()].options.get("triggers", [])

    def describe(self) -> str:
        return f"Install the triggers of {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_triggers"


def half_replaced(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Migrations of whose `replaces` this database ran a part only, with what it lacks.

    Django leaves out such a migration, and where no other depends on it the whole app, without a word.
    """
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    applied = MigrationRecorder(connection).applied_migrations()
    half = {}
    for (app, name), migration in loader.disk_migrations.items():
        lacks = [one[1] for one in migration.replaces if one not in applied]
        if 0 < len(lacks) < len(migration.replaces):
            half[f"{app}.{name}"] = lacks
    return half
