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
        ('workforce', '0004_wage_observations'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='SkillClaim',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('level', models.PositiveSmallIntegerField(choices=[(0, 'Pengenalan'), (1, 'Dibimbing'), (2, 'Mandiri'), (3, 'Mahir (pekerjaan sulit, cepat)'), (4, 'Pembina')], verbose_name='tingkat')),
                        ('evidence', models.CharField(choices=[('self', 'Pengakuan pekerja'), ('master', 'Keterangan pembatik atau juragan'), ('certificate', 'Sertifikat kompetensi')], max_length=12, verbose_name='dasar')),
                        ('attested_by', models.CharField(blank=True, max_length=120, verbose_name='menurut')),
                        ('from_on', models.DateField(verbose_name='sejak')),
                        ('until_on', models.DateField(blank=True, editable=False, null=True, verbose_name='sampai')),
                        ('end_reason', models.CharField(blank=True, choices=[('replaced', 'Diganti catatan baru'), ('wrong', 'Catatan keliru'), ('lost', 'Tidak menguasai lagi')], editable=False, max_length=8, verbose_name='alasan berakhir')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_claims', to='workforce.person', verbose_name='pekerja')),
                        ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'verbose_name': 'keahlian',
                        'verbose_name_plural': 'keahlian',
                        'ordering': ['step__position', models.OrderBy(models.F('until_on'), descending=True, nulls_first=True), '-level', '-from_on', '-pk'],
                        'permissions': [('record_skill', 'Can record what somebody masters')],
                        'indexes': [models.Index(fields=['step', 'level', 'until_on'], name='workforce_s_step_id_2348bf_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('person', 'step', 'level'), name='skillclaim_one_standing_per_level'), models.CheckConstraint(condition=models.Q(('level__in', [0, 1, 2, 3, 4])), name='skillclaim_level_known'), models.CheckConstraint(condition=models.Q(models.Q(('attested_by', ''), ('evidence', 'self')), models.Q(('evidence', 'master'), models.Q(('attested_by', ''), _negated=True)), models.Q(('evidence', 'certificate'), ('level__gte', 2), models.Q(('attested_by', ''), _negated=True)), _connector='OR'), name='skillclaim_evidence_has_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('until_on__isnull', True)), models.Q(('end_reason__in', ['replaced', 'wrong', 'lost']), ('until_on__gte', models.F('from_on')), ('until_on__isnull', False)), _connector='OR'), name='skillclaim_end_has_reason')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillclaimevent" ("attested_by", "created_at", "created_by_id", "end_reason", "evidence", "from_on", "id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "step_id", "until_on") SELECT new_values."attested_by", new_values."created_at", new_values."created_by_id", new_values."end_reason", new_values."evidence", new_values."from_on", new_values."id", new_values."level", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."source", new_values."step_id", new_values."until_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0faa6ba309f1cbdfa04e9957cf9744340efacbd4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e598a', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_skillclaim', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillclaimevent" ("attested_by", "created_at", "created_by_id", "end_reason", "evidence", "from_on", "id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "step_id", "until_on") SELECT new_values."attested_by", new_values."created_at", new_values."created_by_id", new_values."end_reason", new_values."evidence", new_values."from_on", new_values."id", new_values."level", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."source", new_values."step_id", new_values."until_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='274bb9dfefd624c311553fa95ae1381118c391ac', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ef4cd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_skillclaim', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_skillclaimevent" ("attested_by", "created_at", "created_by_id", "end_reason", "evidence", "from_on", "id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source", "step_id", "until_on") SELECT old_values."attested_by", old_values."created_at", old_values."created_by_id", old_values."end_reason", old_values."evidence", old_values."from_on", old_values."id", old_values."level", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."source", old_values."step_id", old_values."until_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='45bded8001c6f39c65c17619ccddfc6209ebd377', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9b152', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_skillclaim', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SkillClaimEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('level', models.PositiveSmallIntegerField(choices=[(0, 'Pengenalan'), (1, 'Dibimbing'), (2, 'Mandiri'), (3, 'Mahir (pekerjaan sulit, cepat)'), (4, 'Pembina')], verbose_name='tingkat')),
                        ('evidence', models.CharField(choices=[('self', 'Pengakuan pekerja'), ('master', 'Keterangan pembatik atau juragan'), ('certificate', 'Sertifikat kompetensi')], max_length=12, verbose_name='dasar')),
                        ('attested_by', models.CharField(blank=True, max_length=120, verbose_name='menurut')),
                        ('from_on', models.DateField(verbose_name='sejak')),
                        ('until_on', models.DateField(blank=True, editable=False, null=True, verbose_name='sampai')),
                        ('end_reason', models.CharField(blank=True, choices=[('replaced', 'Diganti catatan baru'), ('wrong', 'Catatan keliru'), ('lost', 'Tidak menguasai lagi')], editable=False, max_length=8, verbose_name='alasan berakhir')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='pekerja')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.skillclaim')),
                        ('step', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9a43dfbe4e75ab8c465f0307eab2a435ca674592', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d157', table='workforce_skillclaimevent', when='BEFORE'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SkillClaim',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SkillClaimEvent',
                ),
            ],
        ),
    ]
