import batikportal.migration_steps
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('workforce', '0003_wage_conversions'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='WageObservation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('observed_on', models.DateField(verbose_name='tanggal upah diterima')),
                        ('period', models.CharField(choices=[('batch', 'Satu borongan atau beberapa hari'), ('week', 'Satu minggu'), ('month', 'Satu bulan'), ('quarter', 'Tiga bulan'), ('year', 'Satu tahun, termasuk bulan tanpa pesanan')], max_length=8, verbose_name='masa upah')),
                        ('pieces', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='banyaknya')),
                        ('unit', models.CharField(choices=[('piece', 'potong'), ('kodi', 'kodi (20 potong)'), ('metre', 'meter')], default='piece', max_length=6, verbose_name='dihitung per')),
                        ('rate_idr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='upah per satuan')),
                        ('gross_idr', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='upah sebelum potongan')),
                        ('deductions_idr', models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name='potongan')),
                        ('days', models.PositiveSmallIntegerField(verbose_name='hari kerja')),
                        ('week_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hari kerja seminggu')),
                        ('hours_per_day', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='jam kerja sehari')),
                        ('evidence', models.CharField(choices=[('statement', 'Keterangan pekerja'), ('slip', 'Slip atau nota upah dilihat'), ('employer_book', 'Buku upah pemberi kerja dilihat'), ('survey', 'Survei')], max_length=16, verbose_name='dasar')),
                        ('method', models.CharField(choices=[('as_paid', 'upah sebulan, apa adanya'), ('mean', 'rata-rata per bulan'), ('six_days', 'upah sehari × hari kerja sebulan, 6 hari seminggu'), ('five_days', 'upah sehari × hari kerja sebulan, 5 hari seminggu'), ('other_days', 'upah sehari × hari kerja seminggu × banyaknya minggu dalam sebulan')], max_length=12, verbose_name='cara menghitung')),
                        ('method_version', models.PositiveSmallIntegerField(verbose_name='versi cara menghitung')),
                        ('monthly_idr', models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='penghasilan sebulan')),
                        ('full_time_idr', models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='setara penuh waktu')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wage_observations', to='workforce.person', verbose_name='pekerja')),
                        ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'verbose_name': 'pengamatan upah',
                        'verbose_name_plural': 'pengamatan upah',
                        'ordering': ['-observed_on', '-pk'],
                        'permissions': [('read_wages', 'Can read wages of named people'), ('record_wages', 'Can record and remove observed wages')],
                        'default_permissions': (),
                        'indexes': [models.Index(fields=['step', 'observed_on'], name='workforce_w_step_id_99f501_idx')],
                        'constraints': [models.UniqueConstraint(fields=('person', 'step', 'observed_on', 'period'), name='wageobservation_once', violation_error_message='Upah ini sudah dicatat. Hapus dahulu yang lama bila keliru.'), models.CheckConstraint(condition=models.Q(('deductions_idr__gte', 0), ('deductions_idr__lte', models.F('gross_idr')), ('gross_idr__gt', 0)), name='wageobservation_deductions_within_pay'), models.CheckConstraint(condition=models.Q(models.Q(('pieces__isnull', True), ('rate_idr__isnull', True)), models.Q(('gross_idr__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('pieces'), '*', models.F('rate_idr')), '-', models.Value(1))), ('pieces__gt', 0), ('pieces__isnull', False), ('rate_idr__gt', 0), ('rate_idr__isnull', False)), _connector='OR'), name='wageobservation_pay_covers_pieces'), models.CheckConstraint(condition=models.Q(models.Q(('days__range', (1, 31)), ('period', 'batch')), models.Q(('days__range', (1, 7)), ('period', 'week')), models.Q(('days__range', (1, 31)), ('period', 'month')), models.Q(('days__range', (1, 92)), ('period', 'quarter')), models.Q(('days__range', (1, 366)), ('period', 'year')), _connector='OR'), name='wageobservation_days_fit_period'), models.CheckConstraint(condition=models.Q(models.Q(('period', 'batch'), ('week_days__isnull', False), ('week_days__range', (1, 7))), models.Q(models.Q(('period', 'batch'), _negated=True), ('week_days__isnull', True)), _connector='OR'), name='wageobservation_week_of_a_batch'), models.CheckConstraint(condition=models.Q(models.Q(('full_time_idr__isnull', True), ('hours_per_day__isnull', True)), models.Q(('hours_per_day__gt', 0), ('hours_per_day__isnull', False), ('hours_per_day__lte', 24)), _connector='OR'), name='wageobservation_hours_of_a_day')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_wageobservationevent" ("created_at", "created_by_id", "days", "deductions_idr", "evidence", "full_time_idr", "gross_idr", "hours_per_day", "id", "method", "method_version", "monthly_idr", "observed_on", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pieces", "public_id", "rate_idr", "source", "step_id", "unit", "week_days") SELECT new_values."created_at", new_values."created_by_id", new_values."days", new_values."deductions_idr", new_values."evidence", new_values."full_time_idr", new_values."gross_idr", new_values."hours_per_day", new_values."id", new_values."method", new_values."method_version", new_values."monthly_idr", new_values."observed_on", new_values."period", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pieces", new_values."public_id", new_values."rate_idr", new_values."source", new_values."step_id", new_values."unit", new_values."week_days" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a34bf8f1c6ec5b42556fd9a02480afcfdf1976ab', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9d743', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_wageobservation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_wageobservationevent" ("created_at", "created_by_id", "days", "deductions_idr", "evidence", "full_time_idr", "gross_idr", "hours_per_day", "id", "method", "method_version", "monthly_idr", "observed_on", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pieces", "public_id", "rate_idr", "source", "step_id", "unit", "week_days") SELECT new_values."created_at", new_values."created_by_id", new_values."days", new_values."deductions_idr", new_values."evidence", new_values."full_time_idr", new_values."gross_idr", new_values."hours_per_day", new_values."id", new_values."method", new_values."method_version", new_values."monthly_idr", new_values."observed_on", new_values."period", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pieces", new_values."public_id", new_values."rate_idr", new_values."source", new_values."step_id", new_values."unit", new_values."week_days" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f5c345c0feb155ef6db482c443b7a0c1bcae146', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3b053', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_wageobservation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_wageobservationevent" ("created_at", "created_by_id", "days", "deductions_idr", "evidence", "full_time_idr", "gross_idr", "hours_per_day", "id", "method", "method_version", "monthly_idr", "observed_on", "period", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pieces", "public_id", "rate_idr", "source", "step_id", "unit", "week_days") SELECT old_values."created_at", old_values."created_by_id", old_values."days", old_values."deductions_idr", old_values."evidence", old_values."full_time_idr", old_values."gross_idr", old_values."hours_per_day", old_values."id", old_values."method", old_values."method_version", old_values."monthly_idr", old_values."observed_on", old_values."period", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pieces", old_values."public_id", old_values."rate_idr", old_values."source", old_values."step_id", old_values."unit", old_values."week_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='67cab12e7715dea287fdeccc58be1a0e2f68d4a9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2ebb4', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_wageobservation', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='WageObservationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('observed_on', models.DateField(verbose_name='tanggal upah diterima')),
                        ('period', models.CharField(choices=[('batch', 'Satu borongan atau beberapa hari'), ('week', 'Satu minggu'), ('month', 'Satu bulan'), ('quarter', 'Tiga bulan'), ('year', 'Satu tahun, termasuk bulan tanpa pesanan')], max_length=8, verbose_name='masa upah')),
                        ('pieces', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='banyaknya')),
                        ('unit', models.CharField(choices=[('piece', 'potong'), ('kodi', 'kodi (20 potong)'), ('metre', 'meter')], default='piece', max_length=6, verbose_name='dihitung per')),
                        ('rate_idr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='upah per satuan')),
                        ('gross_idr', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='upah sebelum potongan')),
                        ('deductions_idr', models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name='potongan')),
                        ('days', models.PositiveSmallIntegerField(verbose_name='hari kerja')),
                        ('week_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hari kerja seminggu')),
                        ('hours_per_day', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='jam kerja sehari')),
                        ('evidence', models.CharField(choices=[('statement', 'Keterangan pekerja'), ('slip', 'Slip atau nota upah dilihat'), ('employer_book', 'Buku upah pemberi kerja dilihat'), ('survey', 'Survei')], max_length=16, verbose_name='dasar')),
                        ('method', models.CharField(choices=[('as_paid', 'upah sebulan, apa adanya'), ('mean', 'rata-rata per bulan'), ('six_days', 'upah sehari × hari kerja sebulan, 6 hari seminggu'), ('five_days', 'upah sehari × hari kerja sebulan, 5 hari seminggu'), ('other_days', 'upah sehari × hari kerja seminggu × banyaknya minggu dalam sebulan')], max_length=12, verbose_name='cara menghitung')),
                        ('method_version', models.PositiveSmallIntegerField(verbose_name='versi cara menghitung')),
                        ('monthly_idr', models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='penghasilan sebulan')),
                        ('full_time_idr', models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='setara penuh waktu')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.person', verbose_name='pekerja')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.wageobservation')),
                        ('step', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0a14b130f52ad6749b25a5962330c5e950d3a8c9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fe722', table='workforce_wageobservationevent', when='BEFORE'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='WageObservation',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='WageObservationEvent',
                ),
            ],
        ),
    ]
