"""Folding a new migration keeps every part of it."""

import pgtrigger
from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from pgtrigger.migrations import AddTrigger

from batikportal.management.commands.fold_migration import folded
from batikportal.migration_steps import InstallTriggers

TRIGGER = pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)
CONSTRAINT = models.CheckConstraint(condition=models.Q(pk__gt=0), name="positive")
INDEX = models.Index(fields=["name"], name="by_name")


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())])


def test_parts_of_a_new_table_move_into_it():
    made = table("Vat")
    operations = folded([made, AddIndex("vat", INDEX), AddConstraint("vat", CONSTRAINT), AddTrigger("vat", TRIGGER)])
    assert [type(one) for one in operations] == [CreateModel, InstallTriggers]
    assert made.options == {"indexes": [INDEX], "constraints": [CONSTRAINT], "triggers": [TRIGGER]}


def test_parts_of_an_older_table_stay():
    operations = [AddConstraint("vat", CONSTRAINT), AddTrigger("vat", TRIGGER)]
    assert folded(operations) == operations


def test_a_constraint_waits_for_its_column():
    made, late = table("Vat"), AddField("vat", "plant", models.IntegerField(null=True))
    operations = folded([made, late, AddConstraint("vat", CONSTRAINT), AddTrigger("vat", TRIGGER)])
    assert [type(one) for one in operations] == [CreateModel, AddField, AddConstraint, InstallTriggers]
