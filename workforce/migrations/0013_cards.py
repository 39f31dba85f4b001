import batikportal.encryption
import batikportal.migration_steps
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0002_reference'),
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workforce', '0012_craft_assessments'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='CardUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(verbose_name='waktu')),
                        ('kind', models.CharField(choices=[('opened', 'Halaman sendiri dibuka'), ('wrong', 'Jawaban pengaman salah'), ('withdrew', 'Persetujuan ditarik'), ('asked', 'Permintaan dikirim')], max_length=10, verbose_name='pemakaian')),
                        ('card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='workforce.workercard', verbose_name='kartu')),
                    ],
                    options={
                        'verbose_name': 'pemakaian kartu',
                        'verbose_name_plural': 'pemakaian kartu',
                        'ordering': ['-at', '-pk'],
                        'indexes': [models.Index(fields=['card', '-at'], name='workforce_c_card_id_b07116_idx')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e25846766d79a3448df67c39cfd169fdba58dd47', operation='UPDATE', pgid='pgtrigger_append_only_f2776', table='workforce_carduse', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_carduseevent" ("at", "card_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."at", new_values."card_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9ed4e271167e6ceb01059d463af53cbee6d1e960', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1fbec', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_carduse', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_carduseevent" ("at", "card_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."at", new_values."card_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='85bf1c7ea8ef7cc25087c0ddc94aaba02d25a5f7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_240b4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_carduse', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_carduseevent" ("at", "card_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."at", old_values."card_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4f21afe14698ebc765b232de9e107a81251e2e6c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f5cd2', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_carduse', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CadreEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('answers', batikportal.encryption.EncryptedTextField(editable=False, head=0, null=True, tail=0, verbose_name='jawaban')),
                        ('card_code', batikportal.encryption.EncryptedTextField(editable=False, head=0, null=True, tail=0, verbose_name='kode kartu')),
                        ('done_at', models.DateTimeField(editable=False, null=True, verbose_name='selesai pada')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('person', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workforce.person', verbose_name='pekerja')),
                    ],
                    options={
                        'verbose_name': 'isian kader',
                        'verbose_name_plural': 'isian kader',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['created_by', 'done_at'], name='workforce_c_created_134865_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('created_by',), name='cadreentry_one_open_per_cadre'), models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', False), ('card_code__isnull', True), ('done_at__isnull', True), ('person__isnull', True)), models.Q(('answers__isnull', True), ('done_at__isnull', False), ('person__isnull', False)), _connector='OR'), name='cadreentry_answers_or_person')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_cadreentryevent" ("created_at", "created_by_id", "done_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source") SELECT new_values."created_at", new_values."created_by_id", new_values."done_at", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e086b804d5e77148326349bb0840f679fd771b41', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a2a41', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_cadreentry', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_cadreentryevent" ("created_at", "created_by_id", "done_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source") SELECT new_values."created_at", new_values."created_by_id", new_values."done_at", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."done_at" IS DISTINCT FROM (new_values."done_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."source" IS DISTINCT FROM (new_values."source")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c212501297fb58414d405d35630f579e68e2c61b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c1a72', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_cadreentry', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_cadreentryevent" ("created_at", "created_by_id", "done_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source") SELECT old_values."created_at", old_values."created_by_id", old_values."done_at", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6cf314dfe8639be5d6924e01cdcac50a65d2f880', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3b80a', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_cadreentry', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CadreEntryEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('done_at', models.DateTimeField(editable=False, null=True, verbose_name='selesai pada')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('person', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='pekerja')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.cadreentry')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='724c1f03baa9c3b5fc189a21f4cf8439e15196ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fb2dd', table='workforce_cadreentryevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='RegistryRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('kind', models.CharField(choices=[('correction', 'Memperbaiki data saya'), ('deletion', 'Menghapus data saya'), ('staff', 'Perubahan pekerja di usaha saya')], max_length=10, verbose_name='permintaan')),
                        ('words', models.TextField(verbose_name='isi permintaan')),
                        ('asked_at', models.DateTimeField(verbose_name='diminta pada')),
                        ('state', models.CharField(choices=[('open', 'Belum dijawab'), ('done', 'Sudah dikerjakan'), ('refused', 'Tidak dapat dikerjakan')], default='open', max_length=8, verbose_name='keadaan')),
                        ('answer', models.TextField(blank=True, verbose_name='jawaban')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='dijawab pada')),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijawab oleh')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='batikportal.enterprise', verbose_name='pelaku usaha')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='workforce.person', verbose_name='pekerja')),
                    ],
                    options={
                        'verbose_name': 'permintaan',
                        'verbose_name_plural': 'permintaan',
                        'ordering': ['asked_at', 'pk'],
                        'permissions': [('answer_request', 'Can answer requests of workers and employers')],
                        'indexes': [models.Index(fields=['state', 'asked_at'], name='workforce_r_state_dc84cf_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('enterprise__isnull', True), ('kind__in', ('correction', 'deletion')), ('person__isnull', False)), models.Q(('enterprise__isnull', False), ('kind', 'staff'), ('person__isnull', True)), _connector='OR'), name='request_comes_from_worker_or_employer'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('state', 'open')), models.Q(('answered_by__isnull', False), ('state__in', ('done', 'refused')), ('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='request_answer_has_words_name_and_time')],
                        'triggers': [pgtrigger.compiler.Trigger(name='state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:done,open:refused}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='190d9b89eea4fd4a8d62b1f309ced3f61bd7f842', operation='UPDATE', pgid='pgtrigger_state_moves_bb415', table='workforce_registryrequest', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_registryrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "created_at", "created_by_id", "enterprise_id", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "state", "words") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."created_at", new_values."created_by_id", new_values."enterprise_id", new_values."id", new_values."kind", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."source", new_values."state", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='741eddf56ef312f6857cab170debdbb69e34fa29', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5a6c8', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_registryrequest', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_registryrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "created_at", "created_by_id", "enterprise_id", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "state", "words") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."created_at", new_values."created_by_id", new_values."enterprise_id", new_values."id", new_values."kind", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."source", new_values."state", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bbf3e17759f9ca5c0e54c733879b707b095d8446', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e989b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_registryrequest', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_registryrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "created_at", "created_by_id", "enterprise_id", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "state", "words") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."created_at", old_values."created_by_id", old_values."enterprise_id", old_values."id", old_values."kind", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."source", old_values."state", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cde429747195ba2450d10260e88f2944aea49a20', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_97a8f', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_registryrequest', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RegistryRequestEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('kind', models.CharField(choices=[('correction', 'Memperbaiki data saya'), ('deletion', 'Menghapus data saya'), ('staff', 'Perubahan pekerja di usaha saya')], max_length=10, verbose_name='permintaan')),
                        ('words', models.TextField(verbose_name='isi permintaan')),
                        ('asked_at', models.DateTimeField(verbose_name='diminta pada')),
                        ('state', models.CharField(choices=[('open', 'Belum dijawab'), ('done', 'Sudah dikerjakan'), ('refused', 'Tidak dapat dikerjakan')], default='open', max_length=8, verbose_name='keadaan')),
                        ('answer', models.TextField(blank=True, verbose_name='jawaban')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='dijawab pada')),
                        ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dijawab oleh')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('enterprise', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='batikportal.enterprise', verbose_name='pelaku usaha')),
                        ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='pekerja')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.registryrequest')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1a173c7b7bee02c6e07b8252a6cbabb134112e78', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d2816', table='workforce_registryrequestevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='WorkerCard',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('code_hash', models.CharField(editable=False, max_length=64, unique=True)),
                        ('wrong_in_a_row', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='jawaban salah berturut-turut')),
                        ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dicabut pada')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='workforce.person', verbose_name='pekerja')),
                    ],
                    options={
                        'verbose_name': 'kartu pekerja',
                        'verbose_name_plural': 'kartu pekerja',
                        'ordering': ['-pk'],
                        'permissions': [('issue_card', 'Can issue and revoke cards of workers')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('person',), name='workercard_one_valid_per_person')],
                        'triggers': [pgtrigger.compiler.Trigger(name='person_is_not_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func="\n            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;\n            IF target IS NOT NULL THEN\n                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='8631a70a8cbb3d08bd4ab755cabafdb5ad02bc73', operation='INSERT OR UPDATE OF "person_id"', pgid='pgtrigger_person_is_not_merged_f1e04', table='workforce_workercard', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_workercardevent" ("code_hash", "created_at", "created_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revoked_at", "source", "wrong_in_a_row") SELECT new_values."code_hash", new_values."created_at", new_values."created_by_id", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."revoked_at", new_values."source", new_values."wrong_in_a_row" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bfc990af47848bccce92041f31041e5346e1139b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b88c0', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_workercard', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_workercardevent" ("code_hash", "created_at", "created_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revoked_at", "source", "wrong_in_a_row") SELECT new_values."code_hash", new_values."created_at", new_values."created_by_id", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."revoked_at", new_values."source", new_values."wrong_in_a_row" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b9f7951046c74c9fd6bd780341dbe8174c3b9c3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_628c8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_workercard', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_workercardevent" ("code_hash", "created_at", "created_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "revoked_at", "source", "wrong_in_a_row") SELECT old_values."code_hash", old_values."created_at", old_values."created_by_id", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."revoked_at", old_values."source", old_values."wrong_in_a_row" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6152d7a56073aff04db2287cac65f917d917b20e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_af377', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_workercard', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CardUseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('at', models.DateTimeField(verbose_name='waktu')),
                        ('kind', models.CharField(choices=[('opened', 'Halaman sendiri dibuka'), ('wrong', 'Jawaban pengaman salah'), ('withdrew', 'Persetujuan ditarik'), ('asked', 'Permintaan dikirim')], max_length=10, verbose_name='pemakaian')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.carduse')),
                        ('card', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.workercard', verbose_name='kartu')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5e87aced8c70605c36ff31277b971434dddf0f04', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_677fb', table='workforce_carduseevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='WorkerCardEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('code_hash', models.CharField(editable=False, max_length=64)),
                        ('wrong_in_a_row', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='jawaban salah berturut-turut')),
                        ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='dicabut pada')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='pekerja')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.workercard')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7310162c641ad1efb5825779822ec7cc6862fbc4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b6cdc', table='workforce_workercardevent', when='BEFORE'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CadreEntry',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CadreEntryEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='RegistryRequest',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='RegistryRequestEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='WorkerCard',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CardUseEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CardUse',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='WorkerCardEvent',
                ),
            ],
        ),
    ]
