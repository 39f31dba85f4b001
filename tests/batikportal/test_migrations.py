"""Migrations: complete, and as good as the models say, triggers included."""

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_trigger_of_the_models_is_installed_as_written():
    states = {
        f"{model._meta.label} {trigger.name}": trigger.get_installation_status(model)[0]
        for model, trigger in pgtrigger.registered()
    }
    assert {name: state for name, state in states.items() if state != "INSTALLED"} == {}
    assert len(states) > 100


FOLDED = {"0001_tables", "0002_reference"}


@pytest.mark.django_db
def test_a_database_of_the_replaced_migrations_has_nothing_to_apply():
    known = MigrationRecorder.Migration.objects.filter(app__in=["batikportal", "wastewater", "workforce", "marketing"])
    known.filter(name__in=FOLDED).delete()

    call_command("migrate", check_unapplied=True, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)

    assert set(known.filter(app="wastewater", name__in=FOLDED).values_list("name", flat=True)) == FOLDED


@pytest.mark.django_db
def test_a_database_with_a_part_of_the_replaced_migrations_is_refused():
    MigrationRecorder(connection).record_unapplied("wastewater", "0021_load_methods")

    with pytest.raises(CommandError, match=r"wastewater\.0002_reference replaces; it lacks 0021_load_methods"):
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
