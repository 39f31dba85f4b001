import batikportal.migration_steps
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('wastewater', '0025_load_balance'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='AnalysisStart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('started_at', models.DateTimeField(verbose_name='mulai dianalisis')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('parameter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wastewater.parameter', verbose_name='parameter')),
                        ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analysis_starts', to='wastewater.sample', verbose_name='sampel')),
                    ],
                    options={
                        'verbose_name': 'mulai analisis',
                        'verbose_name_plural': 'mulai analisis',
                        'ordering': ['sample', 'parameter__display_order'],
                        'default_permissions': ('view',),
                        'constraints': [models.UniqueConstraint(fields=('sample', 'parameter'), name='analysis_start_once_per_parameter')],
                        'triggers': [pgtrigger.compiler.Trigger(name='analysis_start_frozen_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT 1 FROM wastewater_sample WHERE state IN ('verified', 'published', 'void') AND id IN (SELECT sample_id FROM new_rows)) THEN\n                RAISE EXCEPTION 'results of a verified sample are frozen (%)', TG_OP\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='0ea937260d47aaa275a0c47bbc25967552ea8884', level='STATEMENT', operation='INSERT', pgid='pgtrigger_analysis_start_frozen_insert_8be47', referencing='REFERENCING NEW TABLE AS new_rows ', table='wastewater_analysisstart', when='AFTER')), pgtrigger.compiler.Trigger(name='analysis_start_frozen_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT 1 FROM wastewater_sample WHERE state IN ('verified', 'published', 'void') AND id IN (SELECT sample_id FROM old_rows UNION SELECT sample_id FROM new_rows)) THEN\n                RAISE EXCEPTION 'results of a verified sample are frozen (%)', TG_OP\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='b2a7cc9cf6f3e760399cab53f3666b4707fa2009', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_analysis_start_frozen_update_def2b', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='wastewater_analysisstart', when='AFTER')), pgtrigger.compiler.Trigger(name='analysis_start_frozen_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (SELECT 1 FROM wastewater_sample WHERE state IN ('verified', 'published', 'void') AND id IN (SELECT sample_id FROM old_rows)) THEN\n                RAISE EXCEPTION 'results of a verified sample are frozen (%)', TG_OP\n                    USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NULL;\n        ", hash='aaa3b7650af0ad0a4be36698d15235fc6ffd85f0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_analysis_start_frozen_delete_6740b', referencing='REFERENCING OLD TABLE AS old_rows ', table='wastewater_analysisstart', when='AFTER')), pgtrigger.compiler.Trigger(name='analysis_after_sampling', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (SELECT 1 FROM wastewater_sample WHERE id = NEW.sample_id AND taken_at <= NEW.started_at) THEN\n        RAISE EXCEPTION 'an analysis begins after the water was taken' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='794f2c3f624989925742319805fda7255503d8ac', operation='INSERT OR UPDATE', pgid='pgtrigger_analysis_after_sampling_6d2db', table='wastewater_analysisstart', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_analysisstartevent" ("created_at", "created_by_id", "id", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sample_id", "source", "started_at") SELECT new_values."created_at", new_values."created_by_id", new_values."id", new_values."parameter_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."sample_id", new_values."source", new_values."started_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6583938a95cb58efc1a460d3f138eb80111e143f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_581c9', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_analysisstart', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_analysisstartevent" ("created_at", "created_by_id", "id", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sample_id", "source", "started_at") SELECT new_values."created_at", new_values."created_by_id", new_values."id", new_values."parameter_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."sample_id", new_values."source", new_values."started_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='78e2755160f23b2030ec4efcb96619d23e7928b6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a233c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_analysisstart', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_analysisstartevent" ("created_at", "created_by_id", "id", "parameter_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sample_id", "source", "started_at") SELECT old_values."created_at", old_values."created_by_id", old_values."id", old_values."parameter_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."sample_id", old_values."source", old_values."started_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f18dd93c1a618fd44b5183338ebaabc5026a1675', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d2325', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_analysisstart', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AnalysisStartEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('started_at', models.DateTimeField(verbose_name='mulai dianalisis')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('parameter', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.parameter', verbose_name='parameter')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.analysisstart')),
                        ('sample', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.sample', verbose_name='sampel')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f74efce554adf8701013f4ed2cea7293d0382dba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3daf2', table='wastewater_analysisstartevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ContainerKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=20, unique=True, verbose_name='kode')),
                        ('name', models.CharField(max_length=80, verbose_name='nama')),
                        ('material', models.CharField(choices=[('plastic', 'Plastik (PE)'), ('glass', 'Kaca'), ('sterile', 'Botol steril')], max_length=8, verbose_name='bahan')),
                        ('volume_ml', models.PositiveIntegerField(verbose_name='volume (mL)')),
                        ('preservation', models.CharField(max_length=120, verbose_name='pengawetan')),
                        ('max_temperature_c', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='suhu paling tinggi saat diterima (°C)')),
                        ('effective_from', models.DateField(verbose_name='berlaku sejak')),
                        ('effective_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('basis', models.CharField(max_length=250, verbose_name='sumber')),
                        ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                        ('parameters', models.ManyToManyField(related_name='+', to='wastewater.parameter', verbose_name='parameter')),
                    ],
                    options={
                        'verbose_name': 'jenis wadah',
                        'verbose_name_plural': 'jenis wadah',
                        'ordering': ['code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('volume_ml__range', (1, 50000))), name='container_kind_volume', violation_error_message='Volume harus 1 sampai 50.000 mL.'), models.CheckConstraint(condition=models.Q(('effective_until__isnull', True), ('effective_until__gte', models.F('effective_from')), _connector='OR'), name='container_kind_in_order', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_containerkindevent" ("basis", "code", "confidence", "effective_from", "effective_until", "id", "material", "max_temperature_c", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preservation", "volume_ml") SELECT new_values."basis", new_values."code", new_values."confidence", new_values."effective_from", new_values."effective_until", new_values."id", new_values."material", new_values."max_temperature_c", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."preservation", new_values."volume_ml" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ac76d819abba788b62c35020e271f5dcfe3a9dfb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ff6e4', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_containerkind', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_containerkindevent" ("basis", "code", "confidence", "effective_from", "effective_until", "id", "material", "max_temperature_c", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preservation", "volume_ml") SELECT new_values."basis", new_values."code", new_values."confidence", new_values."effective_from", new_values."effective_until", new_values."id", new_values."material", new_values."max_temperature_c", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."preservation", new_values."volume_ml" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7231e315e699058f61cb695ffd7afc7e407e941', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9cabd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_containerkind', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_containerkindevent" ("basis", "code", "confidence", "effective_from", "effective_until", "id", "material", "max_temperature_c", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preservation", "volume_ml") SELECT old_values."basis", old_values."code", old_values."confidence", old_values."effective_from", old_values."effective_until", old_values."id", old_values."material", old_values."max_temperature_c", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."preservation", old_values."volume_ml" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bd6c5a52d536b7703775d078e9627c1732da9261', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2d688', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_containerkind', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ContainerKindEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('code', models.SlugField(db_index=False, max_length=20, verbose_name='kode')),
                        ('name', models.CharField(max_length=80, verbose_name='nama')),
                        ('material', models.CharField(choices=[('plastic', 'Plastik (PE)'), ('glass', 'Kaca'), ('sterile', 'Botol steril')], max_length=8, verbose_name='bahan')),
                        ('volume_ml', models.PositiveIntegerField(verbose_name='volume (mL)')),
                        ('preservation', models.CharField(max_length=120, verbose_name='pengawetan')),
                        ('max_temperature_c', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='suhu paling tinggi saat diterima (°C)')),
                        ('effective_from', models.DateField(verbose_name='berlaku sejak')),
                        ('effective_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('basis', models.CharField(max_length=250, verbose_name='sumber')),
                        ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.containerkind')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b1b7d85845f13a8421fc1b149ceb380cff02d1f4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_759e6', table='wastewater_containerkindevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='CustodyEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('step', models.CharField(choices=[('taken', 'Diambil'), ('preserved', 'Diawetkan'), ('handed', 'Diserahkan ke pembawa'), ('received', 'Diterima laboratorium'), ('rejected', 'Ditolak laboratorium'), ('withdrawn', 'Catatan dibatalkan')], max_length=9, verbose_name='langkah')),
                        ('happened_at', models.DateTimeField(verbose_name='terjadi pada')),
                        ('from_name', models.CharField(blank=True, max_length=120, verbose_name='yang menyerahkan')),
                        ('to_name', models.CharField(blank=True, max_length=120, verbose_name='yang menerima')),
                        ('place', models.CharField(blank=True, max_length=120, verbose_name='tempat')),
                        ('temperature_c', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='suhu kotak pendingin (°C)')),
                        ('condition', models.CharField(blank=True, choices=[('good', 'Baik, utuh dan dingin'), ('warm', 'Tidak dingin'), ('leaking', 'Bocor atau tumpah'), ('broken', 'Pecah'), ('unreadable', 'Label tidak terbaca'), ('too_little', 'Volume kurang'), ('other', 'Lain, ditulis di catatan')], max_length=10, verbose_name='keadaan wadah')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='wastewater.sample', verbose_name='sampel')),
                        ('withdraws', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn_by', to='wastewater.custodyevent', verbose_name='membatalkan')),
                        ('container', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='wastewater.samplecontainer', verbose_name='wadah')),
                    ],
                    options={
                        'verbose_name': 'langkah serah terima',
                        'verbose_name_plural': 'langkah serah terima',
                        'ordering': ['sample', 'pk'],
                        'permissions': [('record_custody', 'Can record the chain of custody of samples and see who held them')],
                        'default_permissions': ('view',),
                        'indexes': [models.Index(fields=['step', 'happened_at'], name='custody_by_step_and_time')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('happened_at__lte', models.F('created_at'))), name='custody_not_in_the_future', violation_error_message='Waktunya masih di depan. Periksa tanggal dan jamnya.'), models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['handed', 'received']), _negated=True), models.Q(models.Q(('from_name', ''), _negated=True), models.Q(('to_name', ''), _negated=True)), _connector='OR'), name='custody_names_both_hands', violation_error_message='Tulis siapa yang menyerahkan dan siapa yang menerima.'), models.CheckConstraint(condition=models.Q(models.Q(('step', 'withdrawn'), ('withdraws__isnull', False)), models.Q(models.Q(('step', 'withdrawn'), _negated=True), ('withdraws__isnull', True)), _connector='OR'), name='custody_withdrawal_names_its_step'), models.CheckConstraint(condition=models.Q(models.Q(('step__in', ['withdrawn', 'rejected', 'preserved']), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='custody_says_why', violation_error_message='Tulis keterangannya.'), models.CheckConstraint(condition=models.Q(('container__isnull', True), ('step__in', ['preserved', 'rejected']), _connector='OR'), name='custody_bottles_travel_together'), models.CheckConstraint(condition=models.Q(('temperature_c__isnull', True), ('temperature_c__range', (-20, 60)), _connector='OR'), name='custody_temperature_on_earth', violation_error_message='Suhu harus antara -20 dan 60 °C.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='custody_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='50dd8bd539968609d229444e52eb4a9f89d5a14c', operation='UPDATE OR DELETE', pgid='pgtrigger_custody_stays_67a8e', table='wastewater_custodyevent', when='BEFORE')), pgtrigger.compiler.Trigger(name='custody_in_order', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE sample record; last record; moved text;', func="\n    SELECT state, taken_at INTO sample FROM wastewater_sample WHERE id = NEW.sample_id FOR UPDATE;\n    IF sample.state IN ('planned', 'verified', 'published', 'void') THEN\n        RAISE EXCEPTION 'custody is written for taken, unsettled samples only' USING ERRCODE = 'restrict_violation';\n    END IF;\n    IF NEW.container_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM wastewater_samplecontainer WHERE id = NEW.container_id AND sample_id = NEW.sample_id\n    ) THEN\n        RAISE EXCEPTION 'the container belongs to another sample' USING ERRCODE = 'check_violation';\n    END IF;\n    SELECT e.id, e.happened_at INTO last FROM wastewater_custodyevent e\n        WHERE e.sample_id = NEW.sample_id AND e.step <> 'withdrawn'\n          AND NOT EXISTS (SELECT 1 FROM wastewater_custodyevent w WHERE w.withdraws_id = e.id)\n        ORDER BY e.id DESC LIMIT 1;\n    IF NEW.step = 'withdrawn' THEN\n        IF NEW.withdraws_id IS DISTINCT FROM last.id THEN\n            RAISE EXCEPTION 'only the last step is withdrawn' USING ERRCODE = 'restrict_violation';\n        END IF;\n        RETURN NEW;\n    END IF;\n    IF NEW.happened_at < sample.taken_at OR NEW.happened_at < last.happened_at THEN\n        RAISE EXCEPTION 'a step cannot happen before the one before it' USING ERRCODE = 'check_violation';\n    END IF;\n    SELECT e.step INTO moved FROM wastewater_custodyevent e\n        WHERE e.sample_id = NEW.sample_id AND e.step IN ('taken', 'handed', 'received', 'rejected') AND e.container_id IS NULL\n          AND NOT EXISTS (SELECT 1 FROM wastewater_custodyevent w WHERE w.withdraws_id = e.id)\n        ORDER BY e.id DESC LIMIT 1;\n    IF NOT (COALESCE(moved, ''), NEW.step) IN (('', 'taken'), ('taken', 'preserved'), ('taken', 'handed'), ('taken', 'received'), ('taken', 'rejected'), ('handed', 'preserved'), ('handed', 'handed'), ('handed', 'received'), ('handed', 'rejected'), ('received', 'preserved'), ('received', 'rejected')) THEN\n        RAISE EXCEPTION 'step % cannot follow %', NEW.step, COALESCE(moved, 'nothing')\n            USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NEW;\n", hash='1610b506a52e79785e1598489e43907b1a8fd54f', operation='INSERT', pgid='pgtrigger_custody_in_order_3c87a', table='wastewater_custodyevent', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_custodyeventevent" ("condition", "container_id", "created_at", "created_by_id", "from_name", "happened_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "sample_id", "source", "step", "temperature_c", "to_name", "withdraws_id") SELECT new_values."condition", new_values."container_id", new_values."created_at", new_values."created_by_id", new_values."from_name", new_values."happened_at", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."public_id", new_values."sample_id", new_values."source", new_values."step", new_values."temperature_c", new_values."to_name", new_values."withdraws_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b40dff55d13d99c11dcfffb64878911a91f1e31', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6a40d', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_custodyevent', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_custodyeventevent" ("condition", "container_id", "created_at", "created_by_id", "from_name", "happened_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "sample_id", "source", "step", "temperature_c", "to_name", "withdraws_id") SELECT new_values."condition", new_values."container_id", new_values."created_at", new_values."created_by_id", new_values."from_name", new_values."happened_at", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."public_id", new_values."sample_id", new_values."source", new_values."step", new_values."temperature_c", new_values."to_name", new_values."withdraws_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4f4a2ac976993190bfe8a451972e00d4ea25bd76', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_532a8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_custodyevent', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_custodyeventevent" ("condition", "container_id", "created_at", "created_by_id", "from_name", "happened_at", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "sample_id", "source", "step", "temperature_c", "to_name", "withdraws_id") SELECT old_values."condition", old_values."container_id", old_values."created_at", old_values."created_by_id", old_values."from_name", old_values."happened_at", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."public_id", old_values."sample_id", old_values."source", old_values."step", old_values."temperature_c", old_values."to_name", old_values."withdraws_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bd7ced1d770eb9ccd45ded5f1a475265435fdf83', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_65ae4', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_custodyevent', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SampleContainer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
                        ('code', models.CharField(max_length=12, unique=True, verbose_name='kode label')),
                        ('material', models.CharField(choices=[('plastic', 'Plastik (PE)'), ('glass', 'Kaca'), ('sterile', 'Botol steril')], max_length=8, verbose_name='bahan')),
                        ('volume_ml', models.PositiveIntegerField(verbose_name='volume (mL)')),
                        ('preservation', models.CharField(max_length=120, verbose_name='pengawetan')),
                        ('max_temperature_c', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='suhu paling tinggi saat diterima (°C)')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wastewater.containerkind', verbose_name='jenis wadah')),
                        ('parameters', models.ManyToManyField(related_name='+', to='wastewater.parameter', verbose_name='parameter')),
                        ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='containers', to='wastewater.sample', verbose_name='sampel')),
                    ],
                    options={
                        'verbose_name': 'wadah sampel',
                        'verbose_name_plural': 'wadah sampel',
                        'ordering': ['sample', 'position'],
                        'default_permissions': ('view',),
                        'constraints': [models.UniqueConstraint(fields=('sample', 'position'), name='container_position_once'), models.CheckConstraint(condition=models.Q(('volume_ml__range', (1, 50000))), name='container_volume')],
                        'triggers': [pgtrigger.compiler.Trigger(name='container_stays_as_labelled', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='486c15c334a8e9e35b0ff9d264e11718bfc9d9bf', operation='UPDATE', pgid='pgtrigger_container_stays_as_labelled_b98ab', table='wastewater_samplecontainer', when='BEFORE')), pgtrigger.compiler.Trigger(name='container_leaves_before_any_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM wastewater_custodyevent WHERE sample_id = OLD.sample_id) THEN\n        RAISE EXCEPTION 'bottles of a sample on its way stay' USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN OLD;\n", hash='5e73ee28db69feaa11bf331322e75b2328c86f51', operation='DELETE', pgid='pgtrigger_container_leaves_before_any_step_a9c86', table='wastewater_samplecontainer', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_samplecontainerevent" ("code", "created_at", "created_by_id", "id", "kind_id", "material", "max_temperature_c", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preservation", "public_id", "sample_id", "source", "volume_ml") SELECT new_values."code", new_values."created_at", new_values."created_by_id", new_values."id", new_values."kind_id", new_values."material", new_values."max_temperature_c", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."preservation", new_values."public_id", new_values."sample_id", new_values."source", new_values."volume_ml" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a4dfa915da67e041ab71398f639dca64457e2f1f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8d221', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_samplecontainer', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_samplecontainerevent" ("code", "created_at", "created_by_id", "id", "kind_id", "material", "max_temperature_c", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preservation", "public_id", "sample_id", "source", "volume_ml") SELECT new_values."code", new_values."created_at", new_values."created_by_id", new_values."id", new_values."kind_id", new_values."material", new_values."max_temperature_c", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."preservation", new_values."public_id", new_values."sample_id", new_values."source", new_values."volume_ml" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='929852e2a204d833bf8678365d98dd57a1c87b2d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f7d91', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_samplecontainer', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_samplecontainerevent" ("code", "created_at", "created_by_id", "id", "kind_id", "material", "max_temperature_c", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "preservation", "public_id", "sample_id", "source", "volume_ml") SELECT old_values."code", old_values."created_at", old_values."created_by_id", old_values."id", old_values."kind_id", old_values."material", old_values."max_temperature_c", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."preservation", old_values."public_id", old_values."sample_id", old_values."source", old_values."volume_ml" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6fd28d7c7d4a0811b421970cb8c715b15f5c6a9b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e4ffc', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_samplecontainer', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CustodyEventEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('step', models.CharField(choices=[('taken', 'Diambil'), ('preserved', 'Diawetkan'), ('handed', 'Diserahkan ke pembawa'), ('received', 'Diterima laboratorium'), ('rejected', 'Ditolak laboratorium'), ('withdrawn', 'Catatan dibatalkan')], max_length=9, verbose_name='langkah')),
                        ('happened_at', models.DateTimeField(verbose_name='terjadi pada')),
                        ('from_name', models.CharField(blank=True, max_length=120, verbose_name='yang menyerahkan')),
                        ('to_name', models.CharField(blank=True, max_length=120, verbose_name='yang menerima')),
                        ('place', models.CharField(blank=True, max_length=120, verbose_name='tempat')),
                        ('temperature_c', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='suhu kotak pendingin (°C)')),
                        ('condition', models.CharField(blank=True, choices=[('good', 'Baik, utuh dan dingin'), ('warm', 'Tidak dingin'), ('leaking', 'Bocor atau tumpah'), ('broken', 'Pecah'), ('unreadable', 'Label tidak terbaca'), ('too_little', 'Volume kurang'), ('other', 'Lain, ditulis di catatan')], max_length=10, verbose_name='keadaan wadah')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.custodyevent')),
                        ('sample', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.sample', verbose_name='sampel')),
                        ('withdraws', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.custodyevent', verbose_name='membatalkan')),
                        ('container', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.samplecontainer', verbose_name='wadah')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ded55a6098d4723b65a94e978079594fcbfc1d66', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dd82a', table='wastewater_custodyeventevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SampleContainerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='urutan')),
                        ('code', models.CharField(max_length=12, verbose_name='kode label')),
                        ('material', models.CharField(choices=[('plastic', 'Plastik (PE)'), ('glass', 'Kaca'), ('sterile', 'Botol steril')], max_length=8, verbose_name='bahan')),
                        ('volume_ml', models.PositiveIntegerField(verbose_name='volume (mL)')),
                        ('preservation', models.CharField(max_length=120, verbose_name='pengawetan')),
                        ('max_temperature_c', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='suhu paling tinggi saat diterima (°C)')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('kind', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.containerkind', verbose_name='jenis wadah')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.samplecontainer')),
                        ('sample', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.sample', verbose_name='sampel')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab3829504996b032bc9052e11ae9360a09052396', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b6c21', table='wastewater_samplecontainerevent', when='BEFORE'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='AnalysisStart',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='AnalysisStartEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='ContainerKind',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='ContainerKindEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SampleContainer',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CustodyEventEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CustodyEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SampleContainerEvent',
                ),
            ],
        ),
    ]
