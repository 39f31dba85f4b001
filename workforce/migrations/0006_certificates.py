import batikportal.migration_steps
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0002_reference'),
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workforce', '0005_skills'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='CompetencyCertificate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('level', models.CharField(blank=True, max_length=40, verbose_name='jenjang')),
                        ('body', models.CharField(max_length=120, verbose_name='lembaga penerbit')),
                        ('number', models.CharField(max_length=60, verbose_name='nomor sertifikat')),
                        ('issued_on', models.DateField(verbose_name='terbit')),
                        ('valid_until', models.DateField(verbose_name='berlaku sampai')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='batikportal.storedfile', verbose_name='berkas')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certificates', to='workforce.person', verbose_name='pekerja')),
                        ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.competencyscheme', verbose_name='skema')),
                    ],
                    options={
                        'verbose_name': 'sertifikat kompetensi',
                        'verbose_name_plural': 'sertifikat kompetensi',
                        'ordering': ['-issued_on', '-pk'],
                        'permissions': [('record_certificate', 'Can record and remove certificates of competence')],
                        'indexes': [models.Index(fields=['person', 'scheme', 'issued_on'], name='workforce_c_person__1335be_idx'), models.Index(fields=['valid_until'], name='workforce_c_valid_u_10a0af_idx')],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('body'), django.db.models.functions.text.Lower('number'), name='certificate_number_once_per_body'), models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('issued_on'))), name='certificate_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('body', ''), _negated=True), models.Q(('number', ''), _negated=True)), name='certificate_has_body_and_number')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_competencycertificateevent" ("body", "created_at", "created_by_id", "file_id", "id", "issued_on", "level", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scheme_id", "source", "valid_until") SELECT new_values."body", new_values."created_at", new_values."created_by_id", new_values."file_id", new_values."id", new_values."issued_on", new_values."level", new_values."number", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."scheme_id", new_values."source", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='91abbece1a0d785b733416e76d18e9fbc1511639', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cce38', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_competencycertificate', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_competencycertificateevent" ("body", "created_at", "created_by_id", "file_id", "id", "issued_on", "level", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scheme_id", "source", "valid_until") SELECT new_values."body", new_values."created_at", new_values."created_by_id", new_values."file_id", new_values."id", new_values."issued_on", new_values."level", new_values."number", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."scheme_id", new_values."source", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='45998da100964045f7895bee683454cf7b2a5358', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1c6b0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_competencycertificate', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_competencycertificateevent" ("body", "created_at", "created_by_id", "file_id", "id", "issued_on", "level", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scheme_id", "source", "valid_until") SELECT old_values."body", old_values."created_at", old_values."created_by_id", old_values."file_id", old_values."id", old_values."issued_on", old_values."level", old_values."number", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."scheme_id", old_values."source", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0a48d46ee588771c660c14b871cd149c69be6751', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_08b0a', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_competencycertificate', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CompetencyScheme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=30, unique=True, verbose_name='kode')),
                        ('title', models.CharField(max_length=120, verbose_name='skema')),
                        ('legal_basis', models.CharField(blank=True, max_length=150, verbose_name='dasar')),
                        ('is_offered', models.BooleanField(default=True, verbose_name='masih diujikan')),
                        ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'verbose_name': 'skema sertifikasi',
                        'verbose_name_plural': 'skema sertifikasi',
                        'ordering': ['title'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_competencyschemeevent" ("code", "id", "is_offered", "legal_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step_id", "title") SELECT new_values."code", new_values."id", new_values."is_offered", new_values."legal_basis", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."step_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='880db273b6baa6c7016c5d037fc47631a883eaf7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6fa13', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_competencyscheme', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_competencyschemeevent" ("code", "id", "is_offered", "legal_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step_id", "title") SELECT new_values."code", new_values."id", new_values."is_offered", new_values."legal_basis", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."step_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f478991c31275563d02627d93a21e2ab995b8e0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d2922', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_competencyscheme', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_competencyschemeevent" ("code", "id", "is_offered", "legal_basis", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step_id", "title") SELECT old_values."code", old_values."id", old_values."is_offered", old_values."legal_basis", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."step_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='01f5d802020f741f0d618e895c0507327e53de63', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f0d05', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_competencyscheme', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CompetencyCertificateEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('level', models.CharField(blank=True, max_length=40, verbose_name='jenjang')),
                        ('body', models.CharField(max_length=120, verbose_name='lembaga penerbit')),
                        ('number', models.CharField(max_length=60, verbose_name='nomor sertifikat')),
                        ('issued_on', models.DateField(verbose_name='terbit')),
                        ('valid_until', models.DateField(verbose_name='berlaku sampai')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='batikportal.storedfile', verbose_name='berkas')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='pekerja')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.competencycertificate')),
                        ('scheme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.competencyscheme', verbose_name='skema')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cbfcfd0dc1d8937a34a772568716de5157324d7c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3544e', table='workforce_competencycertificateevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='CompetencySchemeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('code', models.SlugField(db_index=False, max_length=30, verbose_name='kode')),
                        ('title', models.CharField(max_length=120, verbose_name='skema')),
                        ('legal_basis', models.CharField(blank=True, max_length=150, verbose_name='dasar')),
                        ('is_offered', models.BooleanField(default=True, verbose_name='masih diujikan')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.competencyscheme')),
                        ('step', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='38af015cd32769219c7436ed422d44fd3689a3bd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0642d', table='workforce_competencyschemeevent', when='BEFORE'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CompetencyScheme',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CompetencyCertificateEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CompetencyCertificate',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CompetencySchemeEvent',
                ),
            ],
        ),
    ]
