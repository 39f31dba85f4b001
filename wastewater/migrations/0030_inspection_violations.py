import batikportal.migration_steps
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('wastewater', '0029_scenarios'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='InspectionViolation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='violation_links', to='wastewater.inspection', verbose_name='pengawasan')),
                        ('violation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspection_links', to='wastewater.violation', verbose_name='pelanggaran')),
                    ],
                    options={
                        'verbose_name': 'pelanggaran yang diperiksa',
                        'verbose_name_plural': 'pelanggaran yang diperiksa',
                        'ordering': ['inspection', 'violation'],
                        'constraints': [models.UniqueConstraint(fields=('inspection', 'violation'), name='inspection_violation_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='inspection_violation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0cd703c2f2f9b2858ee6fdb9145a3f1a627b69de', operation='UPDATE', pgid='pgtrigger_inspection_violation_stays_f7616', table='wastewater_inspectionviolation', when='BEFORE')), pgtrigger.compiler.Trigger(name='inspection_looks_into_own_violation', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE looking wastewater_inspection;', func="\n                    SELECT * INTO looking FROM wastewater_inspection WHERE id = NEW.inspection_id FOR SHARE;\n                    IF looking.state NOT IN ('planned', 'ongoing') THEN\n                        RAISE EXCEPTION 'inspection % is over and looks into nothing more', looking.id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NOT EXISTS (SELECT FROM wastewater_violation v WHERE v.id = NEW.violation_id\n                        AND v.state <> 'withdrawn' AND (v.enterprise_id, v.plant_id)\n                            IS NOT DISTINCT FROM (looking.enterprise_id, looking.plant_id)) THEN\n                        RAISE EXCEPTION 'an inspection looks into standing violations of the same firm or plant'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                    ", hash='16352eb323cca46f62fe4c434ba870d65d44c4f7', operation='INSERT', pgid='pgtrigger_inspection_looks_into_own_violation_e9d4d', table='wastewater_inspectionviolation', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_inspectionviolationevent" ("id", "inspection_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violation_id") SELECT new_values."id", new_values."inspection_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."violation_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9f0a0a71a39ffb91571517007f58abf1f49aa34d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3ec0e', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_inspectionviolation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_inspectionviolationevent" ("id", "inspection_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violation_id") SELECT new_values."id", new_values."inspection_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."violation_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='94c4bbd1a0f728733195d676928de6cf93f1c772', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_760a8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_inspectionviolation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_inspectionviolationevent" ("id", "inspection_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violation_id") SELECT old_values."id", old_values."inspection_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."violation_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='15641bb24ffe3f171fb66b4e0302632d065ce25b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ea06e', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_inspectionviolation', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='InspectionViolationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('inspection', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.inspection', verbose_name='pengawasan')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.inspectionviolation')),
                        ('violation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.violation', verbose_name='pelanggaran')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='761e41c8f9623d3c63e2c9265a45852c3bbc7161', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4e4c9', table='wastewater_inspectionviolationevent', when='BEFORE'))],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='fieldmeasurement',
                    trigger=pgtrigger.compiler.Trigger(name='measurement_possible', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT FROM wastewater_parameter p WHERE p.id = NEW.parameter_id\n        AND (p.unit = 'pH' AND NEW.value > 14\n            OR p.unit = '°C' AND NEW.value > 100)) THEN\n        RAISE EXCEPTION 'no water has this figure: %', NEW.value USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='3839306b14b3ed45c131bc71b201868b87d723bd', operation='INSERT OR UPDATE', pgid='pgtrigger_measurement_possible_12a6a', table='wastewater_fieldmeasurement', when='BEFORE')),
                ),
                migrations.AddConstraint(
                    model_name='fieldmeasurement',
                    constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='measurement_not_negative', violation_error_message='Hasil tidak boleh negatif.'),
                ),
                migrations.AddConstraint(
                    model_name='fieldmeasurement',
                    constraint=models.CheckConstraint(condition=models.Q(('value__lte', 1000000000)), name='measurement_believable', violation_error_message='Hasil terlalu besar untuk satuan apa pun. Periksa tanda desimalnya.'),
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='InspectionViolation',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='InspectionViolationEvent',
                ),
            ],
        ),
    ]
