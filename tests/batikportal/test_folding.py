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
    operations = folded(
        [made, AddIndex("vat", INDEX), AddConstraint("vat", CONSTRAINT), AddTrigger("vat", TRIGGER)], "x"
    )
    assert [type(one) for one in operations] == [CreateModel, InstallTriggers]
    assert made.options == {"indexes": [INDEX], "constraints": [CONSTRAINT], "triggers": [TRIGGER]}


def test_parts_of_an_older_table_stay():
    operations = [AddConstraint("vat", CONSTRAINT), AddTrigger("vat", TRIGGER)]
    assert folded(operations, "x") == operations


def key(to: str) -> models.ForeignKey:
    return models.ForeignKey(to, on_delete=models.PROTECT)


def test_columns_move_into_the_table_and_tables_pointed_at_come_first():
    made, dyer, late = table("Vat"), table("Dyer"), AddField("vat", "dyer", key("x.dyer"))
    constraint = AddConstraint("vat", CONSTRAINT)
    operations = folded([made, dyer, late, constraint, AddTrigger("vat", TRIGGER)], "x")
    assert [type(one) for one in operations] == [CreateModel, CreateModel, InstallTriggers]
    assert operations[:2] == [dyer, made]
    assert [name for name, _field in made.fields] == ["id", "name", "dyer"]
    assert made.options == {"constraints": [CONSTRAINT], "triggers": [TRIGGER]}


def test_tables_that_point_at_each_other_keep_the_late_column_and_its_constraint():
    vat, dyer = table("Vat"), table("Dyer")
    dyer.fields.append(("vat", key("x.vat")))
    late, constraint = AddField("vat", "dyer", key("x.dyer")), AddConstraint("vat", CONSTRAINT)
    operations = folded([vat, dyer, late, constraint, AddTrigger("vat", TRIGGER)], "x")
    assert [type(one) for one in operations] == [CreateModel, CreateModel, AddField, AddConstraint, InstallTriggers]
