import batikportal.migration_steps
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0002_areas_and_cache_table'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='Holiday',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('day', models.DateField(unique=True, verbose_name='tanggal')),
                        ('name', models.CharField(max_length=120, verbose_name='nama')),
                        ('kind', models.CharField(choices=[('national', 'Libur nasional'), ('leave', 'Cuti bersama'), ('local', 'Libur daerah')], default='national', max_length=8, verbose_name='jenis')),
                        ('basis', models.CharField(help_text='Keputusan bersama menteri atau aturan yang menetapkannya.', max_length=200, verbose_name='dasar')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                    ],
                    options={
                        'verbose_name': 'hari libur',
                        'verbose_name_plural': 'hari libur',
                        'ordering': ['day'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='holiday_has_basis')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "batikportal_holidayevent" ("basis", "created_at", "created_by_id", "day", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source") SELECT new_values."basis", new_values."created_at", new_values."created_by_id", new_values."day", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3486a29d4a7dd91ff71e278adfcd5d153e1a7c1f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4c2c4', referencing='REFERENCING NEW TABLE AS new_values ', table='batikportal_holiday', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "batikportal_holidayevent" ("basis", "created_at", "created_by_id", "day", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source") SELECT new_values."basis", new_values."created_at", new_values."created_by_id", new_values."day", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a3caa22eec0ea85e33a6edddca232c7f03425f3f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6689c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='batikportal_holiday', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "batikportal_holidayevent" ("basis", "created_at", "created_by_id", "day", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source") SELECT old_values."basis", old_values."created_at", old_values."created_by_id", old_values."day", old_values."id", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7ff19d99f2ce54063c0fa0279c97fdf2e3388378', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bb0f6', referencing='REFERENCING OLD TABLE AS old_values ', table='batikportal_holiday', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='HolidayEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('day', models.DateField(verbose_name='tanggal')),
                        ('name', models.CharField(max_length=120, verbose_name='nama')),
                        ('kind', models.CharField(choices=[('national', 'Libur nasional'), ('leave', 'Cuti bersama'), ('local', 'Libur daerah')], default='national', max_length=8, verbose_name='jenis')),
                        ('basis', models.CharField(help_text='Keputusan bersama menteri atau aturan yang menetapkannya.', max_length=200, verbose_name='dasar')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='batikportal.holiday')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6778fd41c754a245c4faf7c8433998f1eed48d67', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1d386', table='batikportal_holidayevent', when='BEFORE'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='Holiday',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='HolidayEvent',
                ),
            ],
        ),
    ]
