"""Loads waste codes, storage limits, settings and chemicals; permit numbers become permits."""

import batikportal.migration_steps
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


from wastewater.reference import plants


def load_reference(apps, schema_editor):
    plants.load(apps)


def move_permit_numbers(apps, schema_editor):
    """The one number that a plant had is a permit among others now."""
    PlantPermit = apps.get_model("wastewater", "PlantPermit")
    numbered = apps.get_model("wastewater", "TreatmentPlant").objects.exclude(permit_number="")
    PlantPermit.objects.bulk_create(
        PlantPermit(plant=plant, kind="pertek", number=plant.permit_number) for plant in numbered
    )


class Migration(migrations.Migration):

    dependencies = [
        ('wastewater', '0014_plant_operation'),
    ]

    operations = [
        migrations.RunPython(load_reference, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(move_permit_numbers, migrations.RunPython.noop),
        batikportal.migration_steps.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='treatmentplant',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='treatmentplant',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='treatmentplant',
                    name='delete_delete',
                ),
                migrations.RemoveField(
                    model_name='treatmentplant',
                    name='permit_number',
                ),
                migrations.RemoveField(
                    model_name='treatmentplantevent',
                    name='permit_number',
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='treatmentplant',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_treatmentplantevent" ("address", "built_year", "code", "created_at", "created_by_id", "id", "kind", "latitude", "location_estimated", "longitude", "name", "note", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "receiving_water_id", "source", "status", "status_source", "technology", "ward_id") SELECT new_values."address", new_values."built_year", new_values."code", new_values."created_at", new_values."created_by_id", new_values."id", new_values."kind", new_values."latitude", new_values."location_estimated", new_values."longitude", new_values."name", new_values."note", new_values."operator", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."receiving_water_id", new_values."source", new_values."status", new_values."status_source", new_values."technology", new_values."ward_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='19c1e33d248005ceea74a93ba062b0d63087345c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c46f3', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_treatmentplant', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='treatmentplant',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_treatmentplantevent" ("address", "built_year", "code", "created_at", "created_by_id", "id", "kind", "latitude", "location_estimated", "longitude", "name", "note", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "receiving_water_id", "source", "status", "status_source", "technology", "ward_id") SELECT new_values."address", new_values."built_year", new_values."code", new_values."created_at", new_values."created_by_id", new_values."id", new_values."kind", new_values."latitude", new_values."location_estimated", new_values."longitude", new_values."name", new_values."note", new_values."operator", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."receiving_water_id", new_values."source", new_values."status", new_values."status_source", new_values."technology", new_values."ward_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9926cc291030d228f4487110ff5188774f1906ab', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5b59d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_treatmentplant', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='treatmentplant',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_treatmentplantevent" ("address", "built_year", "code", "created_at", "created_by_id", "id", "kind", "latitude", "location_estimated", "longitude", "name", "note", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "receiving_water_id", "source", "status", "status_source", "technology", "ward_id") SELECT old_values."address", old_values."built_year", old_values."code", old_values."created_at", old_values."created_by_id", old_values."id", old_values."kind", old_values."latitude", old_values."location_estimated", old_values."longitude", old_values."name", old_values."note", old_values."operator", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."receiving_water_id", old_values."source", old_values."status", old_values."status_source", old_values."technology", old_values."ward_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='26ae488ab32905969204191ef2fa4b4b977353bc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_213ae', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_treatmentplant', when='AFTER')),
                ),
                migrations.AlterModelOptions(
                    name="connection",
                    options={
                        "ordering": ["plant", "enterprise"],
                        "permissions": [("import_connections", "Can import connections of enterprises")],
                        "verbose_name": "sambungan",
                        "verbose_name_plural": "sambungan",
                    },
                ),
            ],
        ),
    ]
