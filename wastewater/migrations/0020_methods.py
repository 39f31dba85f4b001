import batikportal.migration_steps
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('wastewater', '0019_discharge_spans'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnalysisMethod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(max_length=80, verbose_name='metode')),
                ('quantification_limit', models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True, verbose_name='batas kuantifikasi lazim')),
                ('holding_hours', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='lama simpan paling lama (jam)')),
                ('preservation', models.CharField(blank=True, max_length=120, verbose_name='pengawetan')),
                ('effective_from', models.DateField(verbose_name='berlaku sejak')),
                ('effective_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('basis', models.CharField(max_length=250, verbose_name='sumber')),
                ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                ('parameter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wastewater.parameter', verbose_name='parameter')),
            ],
            options={
                'verbose_name': 'metode uji',
                'verbose_name_plural': 'metode uji',
                'ordering': ['parameter__display_order', 'method'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('parameter_id'), models.F('parameter_id'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.Func(django.db.models.functions.text.Concat(models.F('method'), models.Value('|')), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Func(django.db.models.functions.text.Concat(models.F('method'), models.Value('|')), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('effective_from'), models.F('effective_until'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='analysis_method_once_at_a_time', violation_error_message='Metode ini sudah ada untuk masa yang sama. Akhiri dahulu baris yang lama.'), models.CheckConstraint(condition=models.Q(models.Q(('quantification_limit__isnull', True), ('quantification_limit__gt', 0), _connector='OR'), models.Q(('holding_hours__isnull', True), ('holding_hours__gt', 0), _connector='OR')), name='analysis_method_figures_positive', violation_error_message='Batas dan lama simpan harus lebih dari nol; kosongkan bila belum tahu.')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_analysismethodevent" ("basis", "confidence", "effective_from", "effective_until", "holding_hours", "id", "method", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preservation", "quantification_limit") SELECT new_values."basis", new_values."confidence", new_values."effective_from", new_values."effective_until", new_values."holding_hours", new_values."id", new_values."method", new_values."parameter_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."preservation", new_values."quantification_limit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cd744424b745ced9e48d35c1682c955158f8651a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1da39', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_analysismethod', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_analysismethodevent" ("basis", "confidence", "effective_from", "effective_until", "holding_hours", "id", "method", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preservation", "quantification_limit") SELECT new_values."basis", new_values."confidence", new_values."effective_from", new_values."effective_until", new_values."holding_hours", new_values."id", new_values."method", new_values."parameter_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."preservation", new_values."quantification_limit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c4946b3da5d8e803112d8c0bb2d56b5837e6ebb7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bb725', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_analysismethod', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_analysismethodevent" ("basis", "confidence", "effective_from", "effective_until", "holding_hours", "id", "method", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preservation", "quantification_limit") SELECT old_values."basis", old_values."confidence", old_values."effective_from", old_values."effective_until", old_values."holding_hours", old_values."id", old_values."method", old_values."parameter_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."preservation", old_values."quantification_limit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='322fd22467ddae629c4b90cf9a81d5fded3b3452', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4435e', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_analysismethod', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='AnalysisMethodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('method', models.CharField(max_length=80, verbose_name='metode')),
                ('quantification_limit', models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True, verbose_name='batas kuantifikasi lazim')),
                ('holding_hours', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name='lama simpan paling lama (jam)')),
                ('preservation', models.CharField(blank=True, max_length=120, verbose_name='pengawetan')),
                ('effective_from', models.DateField(verbose_name='berlaku sejak')),
                ('effective_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('basis', models.CharField(max_length=250, verbose_name='sumber')),
                ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                ('parameter', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.parameter', verbose_name='parameter')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.analysismethod')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a450b9ce168f2f83f248d5fd466d65fb9247d69b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d49da', table='wastewater_analysismethodevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='LabMethod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                ('method', models.CharField(max_length=80, verbose_name='metode')),
                ('detection_limit', models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True, verbose_name='batas deteksi (MDL)')),
                ('quantification_limit', models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True, verbose_name='batas kuantifikasi (LoQ)')),
                ('is_accredited', models.BooleanField(default=True, verbose_name='dalam lingkup akreditasi')),
                ('valid_from', models.DateField(verbose_name='berlaku sejak')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                ('laboratory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='methods', to='wastewater.laboratory', verbose_name='laboratorium')),
                ('parameter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wastewater.parameter', verbose_name='parameter')),
            ],
            options={
                'verbose_name': 'metode laboratorium',
                'verbose_name_plural': 'metode laboratorium',
                'ordering': ['laboratory', 'parameter__display_order', '-valid_from'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('laboratory_id'), models.F('laboratory_id'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('parameter_id'), models.F('parameter_id'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='lab_method_once_at_a_time', violation_error_message='Laboratorium ini sudah punya metode parameter itu pada masa yang sama. Akhiri yang lama.'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='lab_method_in_order', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'), models.CheckConstraint(condition=models.Q(models.Q(('detection_limit__isnull', True), ('detection_limit__gt', 0), _connector='OR'), models.Q(('quantification_limit__isnull', True), ('quantification_limit__gt', 0), _connector='OR')), name='lab_method_limits_positive', violation_error_message='Batas harus lebih dari nol; kosongkan bila belum diketahui.'), models.CheckConstraint(condition=models.Q(('detection_limit__isnull', True), ('quantification_limit__isnull', True), ('detection_limit__lte', models.F('quantification_limit')), _connector='OR'), name='lab_method_detects_below_quantifying', violation_error_message='Batas deteksi tidak boleh di atas batas kuantifikasi.')],
                'triggers': [pgtrigger.compiler.Trigger(name='lab_method_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='48db78217d43cba7f36eb365426657265f9b25c8', operation='DELETE', pgid='pgtrigger_lab_method_stays_906fd', table='wastewater_labmethod', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_labmethodevent" ("created_at", "created_by_id", "detection_limit", "id", "is_accredited", "laboratory_id", "method", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "quantification_limit", "source", "valid_from", "valid_until") SELECT new_values."created_at", new_values."created_by_id", new_values."detection_limit", new_values."id", new_values."is_accredited", new_values."laboratory_id", new_values."method", new_values."parameter_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."quantification_limit", new_values."source", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='13c827bc984e5b6068b5bc3465d99bbb4d87fa35', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b5311', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_labmethod', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_labmethodevent" ("created_at", "created_by_id", "detection_limit", "id", "is_accredited", "laboratory_id", "method", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "quantification_limit", "source", "valid_from", "valid_until") SELECT new_values."created_at", new_values."created_by_id", new_values."detection_limit", new_values."id", new_values."is_accredited", new_values."laboratory_id", new_values."method", new_values."parameter_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."quantification_limit", new_values."source", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5c494754a51f838cd614462f353761ec1ed1f19d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4f886', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_labmethod', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_labmethodevent" ("created_at", "created_by_id", "detection_limit", "id", "is_accredited", "laboratory_id", "method", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "quantification_limit", "source", "valid_from", "valid_until") SELECT old_values."created_at", old_values."created_by_id", old_values."detection_limit", old_values."id", old_values."is_accredited", old_values."laboratory_id", old_values."method", old_values."parameter_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."quantification_limit", old_values."source", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='29e6640452da4a5411e2fc1040033566b8a4f230', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6c964', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_labmethod', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='LabMethodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                ('method', models.CharField(max_length=80, verbose_name='metode')),
                ('detection_limit', models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True, verbose_name='batas deteksi (MDL)')),
                ('quantification_limit', models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True, verbose_name='batas kuantifikasi (LoQ)')),
                ('is_accredited', models.BooleanField(default=True, verbose_name='dalam lingkup akreditasi')),
                ('valid_from', models.DateField(verbose_name='berlaku sejak')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                ('laboratory', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.laboratory', verbose_name='laboratorium')),
                ('parameter', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.parameter', verbose_name='parameter')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.labmethod')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='af6f1d083aa9a71d55e96111306d797a2fe42e8c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ad40', table='wastewater_labmethodevent', when='BEFORE'))],
            },
        ),
        batikportal.migration_steps.InstallTriggers(
            model_name='AnalysisMethod',
        ),
        batikportal.migration_steps.InstallTriggers(
            model_name='AnalysisMethodEvent',
        ),
        batikportal.migration_steps.InstallTriggers(
            model_name='LabMethod',
        ),
        batikportal.migration_steps.InstallTriggers(
            model_name='LabMethodEvent',
        ),
    ]
