import batikportal.migration_steps
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0003_ward_officer_role'),
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workforce', '0019_certificate_import'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='Incident',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('occurred_at', models.DateTimeField(verbose_name='terjadi pada')),
                        ('place', models.CharField(blank=True, max_length=150, verbose_name='tempat, bila bukan di usaha')),
                        ('kind', models.CharField(choices=[('accident', 'Kecelakaan'), ('disease', 'Penyakit akibat kerja'), ('near_miss', 'Hampir celaka'), ('fire', 'Kebakaran atau ledakan'), ('spill', 'Tumpahan bahan')], max_length=9, verbose_name='kejadian')),
                        ('agent', models.CharField(choices=[('hot_wax', 'Malam panas'), ('hot_water', 'Air atau uap panas'), ('chemical', 'Bahan kimia'), ('electricity', 'Listrik'), ('gas', 'Gas atau api'), ('tool', 'Alat'), ('lifting', 'Mengangkat beban'), ('other', 'Lainnya')], max_length=11, verbose_name='penyebab')),
                        ('severity', models.PositiveSmallIntegerField(choices=[(0, 'Tidak ada yang cedera'), (1, 'Cukup P3K'), (2, 'Berobat'), (3, 'Kehilangan hari kerja'), (4, 'Cacat'), (5, 'Meninggal')], verbose_name='keparahan')),
                        ('lost_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hari kerja hilang')),
                        ('ppe_worn', models.BooleanField(blank=True, null=True, verbose_name='alat pelindung dipakai')),
                        ('by_owner', models.BooleanField(default=False, editable=False, verbose_name='dilaporkan pemilik usaha')),
                        ('form_number', models.CharField(blank=True, max_length=60, verbose_name='nomor formulir 3 KK2 A')),
                        ('reported_on', models.DateField(blank=True, null=True, verbose_name='formulir diterima pada')),
                        ('corrective_action', models.CharField(blank=True, max_length=500, verbose_name='tindakan perbaikan')),
                        ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='selesai pada')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='batikportal.enterprise', verbose_name='usaha')),
                        ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.processstep', verbose_name='proses')),
                        ('ward', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='batikportal.area', verbose_name='kelurahan')),
                    ],
                    options={
                        'verbose_name': 'kejadian kerja',
                        'verbose_name_plural': 'kejadian kerja',
                        'ordering': ['-occurred_at', '-pk'],
                        'permissions': [('read_incident', 'Can read incidents at work'), ('record_incident', 'Can record and close incidents at work')],
                        'default_permissions': (),
                        'indexes': [models.Index(fields=['occurred_at'], name='workforce_i_occurre_145d03_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'near_miss'), ('severity', 0)), models.Q(('kind', 'near_miss'), _negated=True), _connector='OR'), name='incident_near_miss_hurts_nobody', violation_error_message='Hampir celaka berarti tidak ada yang cedera.'), models.CheckConstraint(condition=models.Q(('severity__range', (0, 5)), models.Q(('lost_days__isnull', True), ('severity__gte', 3), _connector='OR')), name='incident_lost_days_fit_severity', violation_error_message='Hari kerja hilang diisi hanya bila keparahannya sedikitnya itu.'), models.CheckConstraint(condition=models.Q(models.Q(('form_number', ''), ('reported_on__isnull', True)), models.Q(models.Q(('form_number', ''), _negated=True), ('reported_on__isnull', False)), _connector='OR'), name='incident_report_has_number_and_day', violation_error_message='Isi nomor formulir bersama tanggalnya.'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(models.Q(('corrective_action', ''), _negated=True), ('closed_at__gte', models.F('occurred_at')), ('closed_at__isnull', False)), _connector='OR'), name='incident_closed_with_action')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_incidentevent" ("agent", "by_owner", "closed_at", "corrective_action", "created_at", "created_by_id", "enterprise_id", "form_number", "id", "kind", "lost_days", "occurred_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "ppe_worn", "public_id", "reported_on", "severity", "source", "step_id", "ward_id") SELECT new_values."agent", new_values."by_owner", new_values."closed_at", new_values."corrective_action", new_values."created_at", new_values."created_by_id", new_values."enterprise_id", new_values."form_number", new_values."id", new_values."kind", new_values."lost_days", new_values."occurred_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."ppe_worn", new_values."public_id", new_values."reported_on", new_values."severity", new_values."source", new_values."step_id", new_values."ward_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ed9225ea2729ab5daf9a0d2304c9df8058515836', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_79d23', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_incident', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_incidentevent" ("agent", "by_owner", "closed_at", "corrective_action", "created_at", "created_by_id", "enterprise_id", "form_number", "id", "kind", "lost_days", "occurred_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "ppe_worn", "public_id", "reported_on", "severity", "source", "step_id", "ward_id") SELECT new_values."agent", new_values."by_owner", new_values."closed_at", new_values."corrective_action", new_values."created_at", new_values."created_by_id", new_values."enterprise_id", new_values."form_number", new_values."id", new_values."kind", new_values."lost_days", new_values."occurred_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."ppe_worn", new_values."public_id", new_values."reported_on", new_values."severity", new_values."source", new_values."step_id", new_values."ward_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b81636f57ea43adf77619117ab559ddafaf05896', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f683c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_incident', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_incidentevent" ("agent", "by_owner", "closed_at", "corrective_action", "created_at", "created_by_id", "enterprise_id", "form_number", "id", "kind", "lost_days", "occurred_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "ppe_worn", "public_id", "reported_on", "severity", "source", "step_id", "ward_id") SELECT old_values."agent", old_values."by_owner", old_values."closed_at", old_values."corrective_action", old_values."created_at", old_values."created_by_id", old_values."enterprise_id", old_values."form_number", old_values."id", old_values."kind", old_values."lost_days", old_values."occurred_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."ppe_worn", old_values."public_id", old_values."reported_on", old_values."severity", old_values."source", old_values."step_id", old_values."ward_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9f42c441f05de826be112e3b846fa86fec2d96a9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_65856', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_incident', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='IncidentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('occurred_at', models.DateTimeField(verbose_name='terjadi pada')),
                        ('place', models.CharField(blank=True, max_length=150, verbose_name='tempat, bila bukan di usaha')),
                        ('kind', models.CharField(choices=[('accident', 'Kecelakaan'), ('disease', 'Penyakit akibat kerja'), ('near_miss', 'Hampir celaka'), ('fire', 'Kebakaran atau ledakan'), ('spill', 'Tumpahan bahan')], max_length=9, verbose_name='kejadian')),
                        ('agent', models.CharField(choices=[('hot_wax', 'Malam panas'), ('hot_water', 'Air atau uap panas'), ('chemical', 'Bahan kimia'), ('electricity', 'Listrik'), ('gas', 'Gas atau api'), ('tool', 'Alat'), ('lifting', 'Mengangkat beban'), ('other', 'Lainnya')], max_length=11, verbose_name='penyebab')),
                        ('severity', models.PositiveSmallIntegerField(choices=[(0, 'Tidak ada yang cedera'), (1, 'Cukup P3K'), (2, 'Berobat'), (3, 'Kehilangan hari kerja'), (4, 'Cacat'), (5, 'Meninggal')], verbose_name='keparahan')),
                        ('lost_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hari kerja hilang')),
                        ('ppe_worn', models.BooleanField(blank=True, null=True, verbose_name='alat pelindung dipakai')),
                        ('by_owner', models.BooleanField(default=False, editable=False, verbose_name='dilaporkan pemilik usaha')),
                        ('form_number', models.CharField(blank=True, max_length=60, verbose_name='nomor formulir 3 KK2 A')),
                        ('reported_on', models.DateField(blank=True, null=True, verbose_name='formulir diterima pada')),
                        ('corrective_action', models.CharField(blank=True, max_length=500, verbose_name='tindakan perbaikan')),
                        ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='selesai pada')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('enterprise', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='batikportal.enterprise', verbose_name='usaha')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.incident')),
                        ('step', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.processstep', verbose_name='proses')),
                        ('ward', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='batikportal.area', verbose_name='kelurahan')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='35dd885743e33bc775e7dd8f89e25639f6ec7d3d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8cb10', table='workforce_incidentevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Injury',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sex', models.CharField(blank=True, choices=[('F', 'Perempuan'), ('M', 'Laki-laki')], max_length=1, verbose_name='jenis kelamin')),
                        ('age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='umur')),
                        ('body_part', models.CharField(max_length=80, verbose_name='bagian tubuh')),
                        ('injury', models.CharField(max_length=150, verbose_name='cedera atau penyakit')),
                        ('treatment', models.CharField(choices=[('none', 'Tidak diobati'), ('first_aid', 'P3K di tempat'), ('clinic', 'Puskesmas atau klinik'), ('hospital', 'Rumah sakit')], max_length=9, verbose_name='pengobatan')),
                        ('claim', models.CharField(choices=[('no', 'Tidak diajukan'), ('filed', 'Diajukan'), ('paid', 'Dibayar'), ('refused', 'Ditolak')], default='no', max_length=7, verbose_name='klaim JKK')),
                        ('incident', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='injury_row', to='workforce.incident', verbose_name='kejadian')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workforce.person', verbose_name='pekerja terdaftar')),
                    ],
                    options={
                        'verbose_name': 'data kesehatan kejadian',
                        'verbose_name_plural': 'data kesehatan kejadian',
                        'permissions': [('read_injury', 'Can read and record who was hurt and how')],
                        'default_permissions': (),
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('body_part', ''), _negated=True), models.Q(('injury', ''), _negated=True)), name='injury_is_told'), models.CheckConstraint(condition=models.Q(('age__isnull', True), ('age__range', (10, 100)), _connector='OR'), name='injury_age_plausible')],
                        'triggers': [pgtrigger.compiler.Trigger(name='person_is_not_merged', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func="\n            SELECT merged_into_id INTO target FROM workforce_person WHERE id = NEW.person_id FOR KEY SHARE;\n            IF target IS NOT NULL THEN\n                RAISE EXCEPTION 'the person was merged into another' USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='570cf248f8cb1768939b94a1fdf2153f1661cc9a', operation='INSERT OR UPDATE OF "person_id"', pgid='pgtrigger_person_is_not_merged_c37dd', table='workforce_injury', when='BEFORE'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='Incident',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='IncidentEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='Injury',
                ),
            ],
        ),
    ]
