"""Folding a new migration keeps every part of it."""

import pgtrigger
from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunPython
from pgtrigger.migrations import AddTrigger

from batikportal.management.commands.fold_migration import folded
from batikportal.migration_steps import InstallTriggers, Together

TRIGGER = pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)
CONSTRAINT = models.CheckConstraint(condition=models.Q(pk__gt=0), name="positive")
INDEX = models.Index(fields=["name"], name="by_name")


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())])


def together(operations) -> list:
    [step] = folded(operations)
    assert isinstance(step, Together)
    return step.operations


def test_parts_of_a_new_table_move_into_it():
    made, plant = table("Vat"), AddField("vat", "plant", models.IntegerField(null=True))
    parts = [AddIndex("vat", INDEX), plant, AddConstraint("vat", CONSTRAINT), AddTrigger("vat", TRIGGER)]
    operations = together([made, *parts])
    assert [type(one) for one in operations] == [CreateModel, InstallTriggers]
    assert [name for name, _field in made.fields] == ["id", "name", "plant"]
    assert made.options == {"indexes": [INDEX], "constraints": [CONSTRAINT], "triggers": [TRIGGER]}


def test_parts_of_an_older_table_stay():
    operations = [AddConstraint("vat", CONSTRAINT), AddTrigger("vat", TRIGGER)]
    assert together(operations) == operations


def test_steps_that_need_the_models_part_the_rest():
    step = RunPython(RunPython.noop)
    first, second = table("Vat"), AddConstraint("vat", CONSTRAINT)
    operations = folded([first, step, second])
    assert [type(one) for one in operations] == [Together, RunPython, Together]
    assert operations[1] is step


def test_folding_twice_changes_nothing():
    once = together([table("Vat"), AddTrigger("vat", TRIGGER)])
    assert [type(one) for one in together([Together(once)])] == [type(one) for one in once]
