"""Migrations: complete, and as good as the models say, triggers included."""

import pgtrigger
import pytest
from django.core.management import call_command


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
