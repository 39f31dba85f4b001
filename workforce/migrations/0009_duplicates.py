import batikportal.migration_steps
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0002_reference'),
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workforce', '0008_premium_figures'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='DuplicateCandidate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('rule', models.CharField(choices=[('name_birth_ward', 'Nama, tanggal lahir, dan tempat tinggal sama'), ('name_birth', 'Nama dan tanggal lahir sama, tempat tinggal berbeda'), ('name_phone', 'Nama dan nomor HP sama'), ('name_year_ward', 'Nama, tahun lahir, dan kelurahan sama'), ('name_ward', 'Nama dan kelurahan sama, tahun lahir salah satu belum diketahui')], max_length=16, verbose_name='kesamaan')),
                        ('score', models.PositiveSmallIntegerField(verbose_name='nilai kemiripan')),
                        ('state', models.CharField(choices=[('open', 'Belum diputuskan'), ('same', 'Orang yang sama, sudah digabung'), ('different', 'Dua orang yang berbeda')], default='open', max_length=10, verbose_name='keputusan')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan pada')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh')),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workforce.person', verbose_name='data pertama')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workforce.person', verbose_name='data kedua')),
                    ],
                    options={
                        'verbose_name': 'kemungkinan tercatat ganda',
                        'verbose_name_plural': 'kemungkinan tercatat ganda',
                        'ordering': ['-score', 'pk'],
                        'indexes': [models.Index(fields=['state', '-score'], name='workforce_d_state_8a8c6c_idx'), models.Index(fields=['second'], name='workforce_d_second__6a69ca_idx')],
                        'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='duplicate_pair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='duplicate_pair_ordered'), models.CheckConstraint(condition=models.Q(('score__range', (0, 100))), name='duplicate_score_in_range'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'open')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ('same', 'different'))), _connector='OR'), name='duplicate_decision_has_name_and_time')],
                        'triggers': [pgtrigger.compiler.Trigger(name='state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:same,open:different,different:same}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='d96270be3cf7e2a1cb7b3f4ada12fa94f8966df9', operation='UPDATE', pgid='pgtrigger_state_moves_d23ff', table='workforce_duplicatecandidate', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_duplicatecandidateevent" ("created_at", "created_by_id", "decided_at", "decided_by_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rule", "score", "second_id", "source", "state") SELECT new_values."created_at", new_values."created_by_id", new_values."decided_at", new_values."decided_by_id", new_values."first_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."rule", new_values."score", new_values."second_id", new_values."source", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='59adef2b1ab479dfc974288089dd6d479a95909e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_deba3', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_duplicatecandidate', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_duplicatecandidateevent" ("created_at", "created_by_id", "decided_at", "decided_by_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rule", "score", "second_id", "source", "state") SELECT new_values."created_at", new_values."created_by_id", new_values."decided_at", new_values."decided_by_id", new_values."first_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."rule", new_values."score", new_values."second_id", new_values."source", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cde28939da86d0fb3b11aaf86b319d408df83081', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d85b6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_duplicatecandidate', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_duplicatecandidateevent" ("created_at", "created_by_id", "decided_at", "decided_by_id", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rule", "score", "second_id", "source", "state") SELECT old_values."created_at", old_values."created_by_id", old_values."decided_at", old_values."decided_by_id", old_values."first_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."rule", old_values."score", old_values."second_id", old_values."source", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5f345d3412041d6cc8e63a739c27b087cfc865d4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f65c8', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_duplicatecandidate', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DuplicateCandidateEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('rule', models.CharField(choices=[('name_birth_ward', 'Nama, tanggal lahir, dan tempat tinggal sama'), ('name_birth', 'Nama dan tanggal lahir sama, tempat tinggal berbeda'), ('name_phone', 'Nama dan nomor HP sama'), ('name_year_ward', 'Nama, tahun lahir, dan kelurahan sama'), ('name_ward', 'Nama dan kelurahan sama, tahun lahir salah satu belum diketahui')], max_length=16, verbose_name='kesamaan')),
                        ('score', models.PositiveSmallIntegerField(verbose_name='nilai kemiripan')),
                        ('state', models.CharField(choices=[('open', 'Belum diputuskan'), ('same', 'Orang yang sama, sudah digabung'), ('different', 'Dua orang yang berbeda')], default='open', max_length=10, verbose_name='keputusan')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan pada')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh')),
                        ('first', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='data pertama')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.duplicatecandidate')),
                        ('second', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='data kedua')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a1863d4a2149cd6a7ba16fef1dc3f886e4b0462f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_596cd', table='workforce_duplicatecandidateevent', when='BEFORE'))],
                    },
                ),
                migrations.AlterModelOptions(
                    name='person',
                    options={'ordering': ['name', 'pk'], 'permissions': [('reveal_nik', 'Can read the full NIK, with a purpose'), ('register_person', 'Can register persons, without seeing lists'), ('export_person', 'Can download lists of persons'), ('import_workers', 'Can import workers from a spreadsheet'), ('merge_person', 'Can decide about duplicates and merge persons'), ('view_figures', 'Can see figures about workers without names')], 'verbose_name': 'pekerja', 'verbose_name_plural': 'pekerja'},
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='person',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='person',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='person',
                    name='delete_delete',
                ),
                migrations.AddField(
                    model_name='person',
                    name='merged_into',
                    field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.person', verbose_name='digabung ke'),
                ),
                migrations.AddField(
                    model_name='personevent',
                    name='merged_into',
                    field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='digabung ke'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='competencycertificate',
                    trigger=pgtrigger.compiler.Trigger(name='person_is_not_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func="\n            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;\n            IF target IS NOT NULL THEN\n                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='513a9e944c7164c7bd69846cdde6721292cbb5ac', operation='INSERT OR UPDATE OF "person_id"', pgid='pgtrigger_person_is_not_merged_33da8', table='workforce_competencycertificate', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='consent',
                    trigger=pgtrigger.compiler.Trigger(name='person_is_not_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func="\n            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;\n            IF target IS NOT NULL THEN\n                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='54f9fcd68ad8d3ba44f8e23667c6fb938b88a014', operation='INSERT OR UPDATE OF "person_id"', pgid='pgtrigger_person_is_not_merged_d03df', table='workforce_consent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='coverageperiod',
                    trigger=pgtrigger.compiler.Trigger(name='person_is_not_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func="\n            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;\n            IF target IS NOT NULL THEN\n                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='e1198a3fc1be1e3f7f8bec83cb1932478057f74e', operation='INSERT OR UPDATE OF "person_id"', pgid='pgtrigger_person_is_not_merged_a934d', table='workforce_coverageperiod', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='engagement',
                    trigger=pgtrigger.compiler.Trigger(name='person_is_not_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func="\n            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;\n            IF target IS NOT NULL THEN\n                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='23fdc98f79415d0192fa5acfa57a57b9f15e1cc8', operation='INSERT OR UPDATE OF "person_id"', pgid='pgtrigger_person_is_not_merged_37563', table='workforce_engagement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='person',
                    trigger=pgtrigger.compiler.Trigger(name='merged_is_closed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.merged_into_id IS NOT NULL AND to_jsonb(OLD) - 'nik' IS DISTINCT FROM to_jsonb(NEW) - 'nik')", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0a7a8dcb8615b3a4dd4d6b6acbfb364641039c27', operation='UPDATE', pgid='pgtrigger_merged_is_closed_2732b', table='workforce_person', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='person',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_personevent" ("address", "birth_is_estimated", "birth_on", "birth_year", "created_at", "created_by_id", "disability", "education", "id", "merged_into_id", "name", "nik_hash", "nik_mismatch_reason", "nik_verified_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "residence_outside", "sex", "source", "ward_id") SELECT new_values."address", new_values."birth_is_estimated", new_values."birth_on", new_values."birth_year", new_values."created_at", new_values."created_by_id", new_values."disability", new_values."education", new_values."id", new_values."merged_into_id", new_values."name", new_values."nik_hash", new_values."nik_mismatch_reason", new_values."nik_verified_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."public_id", new_values."residence_outside", new_values."sex", new_values."source", new_values."ward_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='db36b9d0e37772cff05f4d50e7ef0290eb950f1a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ddaf0', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_person', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='person',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_personevent" ("address", "birth_is_estimated", "birth_on", "birth_year", "created_at", "created_by_id", "disability", "education", "id", "merged_into_id", "name", "nik_hash", "nik_mismatch_reason", "nik_verified_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "residence_outside", "sex", "source", "ward_id") SELECT new_values."address", new_values."birth_is_estimated", new_values."birth_on", new_values."birth_year", new_values."created_at", new_values."created_by_id", new_values."disability", new_values."education", new_values."id", new_values."merged_into_id", new_values."name", new_values."nik_hash", new_values."nik_mismatch_reason", new_values."nik_verified_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."public_id", new_values."residence_outside", new_values."sex", new_values."source", new_values."ward_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address" IS DISTINCT FROM (new_values."address") OR old_values."birth_is_estimated" IS DISTINCT FROM (new_values."birth_is_estimated") OR old_values."birth_on" IS DISTINCT FROM (new_values."birth_on") OR old_values."birth_year" IS DISTINCT FROM (new_values."birth_year") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."disability" IS DISTINCT FROM (new_values."disability") OR old_values."education" IS DISTINCT FROM (new_values."education") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."nik_hash" IS DISTINCT FROM (new_values."nik_hash") OR old_values."nik_mismatch_reason" IS DISTINCT FROM (new_values."nik_mismatch_reason") OR old_values."nik_verified_on" IS DISTINCT FROM (new_values."nik_verified_on") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."residence_outside" IS DISTINCT FROM (new_values."residence_outside") OR old_values."sex" IS DISTINCT FROM (new_values."sex") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."ward_id" IS DISTINCT FROM (new_values."ward_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f44357165af900acc17f58db042b1f9f153d7421', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cc8ce', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_person', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='person',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_personevent" ("address", "birth_is_estimated", "birth_on", "birth_year", "created_at", "created_by_id", "disability", "education", "id", "merged_into_id", "name", "nik_hash", "nik_mismatch_reason", "nik_verified_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "residence_outside", "sex", "source", "ward_id") SELECT old_values."address", old_values."birth_is_estimated", old_values."birth_on", old_values."birth_year", old_values."created_at", old_values."created_by_id", old_values."disability", old_values."education", old_values."id", old_values."merged_into_id", old_values."name", old_values."nik_hash", old_values."nik_mismatch_reason", old_values."nik_verified_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."public_id", old_values."residence_outside", old_values."sex", old_values."source", old_values."ward_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8e25caee04f005c61ade194e2d7d97811e202c49', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2255b', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_person', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='skillclaim',
                    trigger=pgtrigger.compiler.Trigger(name='person_is_not_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func="\n            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;\n            IF target IS NOT NULL THEN\n                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='df6723368720c633820fc5da794b4415904d2e88', operation='INSERT OR UPDATE OF "person_id"', pgid='pgtrigger_person_is_not_merged_8eb41', table='workforce_skillclaim', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='wageobservation',
                    trigger=pgtrigger.compiler.Trigger(name='person_is_not_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func="\n            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;\n            IF target IS NOT NULL THEN\n                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='136f84a3f12610165da18edc178d7bb97d303cf7', operation='INSERT OR UPDATE OF "person_id"', pgid='pgtrigger_person_is_not_merged_ad41f', table='workforce_wageobservation', when='BEFORE')),
                ),
                migrations.AddConstraint(
                    model_name='person',
                    constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='person_not_merged_into_itself'),
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='DuplicateCandidate',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='DuplicateCandidateEvent',
                ),
            ],
        ),
    ]
