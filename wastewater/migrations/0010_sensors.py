import batikportal.encryption
import batikportal.migration_steps
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
import wastewater.models.stations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('wastewater', '0009_load_logbook_reference'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='SensorHour',
                    fields=[
                        ('pk', models.CompositePrimaryKey('hour', 'station_id', 'parameter', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('hour', models.DateTimeField(verbose_name='jam')),
                        ('station_id', models.BigIntegerField(verbose_name='stasiun')),
                        ('parameter', models.CharField(choices=[('ph', 'pH'), ('tss', 'TSS'), ('debit', 'Debit'), ('cod', 'COD'), ('nh3n', 'Amonia (NH3-N)')], max_length=5, verbose_name='parameter')),
                        ('valid_count', models.SmallIntegerField(verbose_name='baris sah')),
                        ('stopped_count', models.SmallIntegerField(verbose_name='produksi berhenti')),
                        ('calibration_count', models.SmallIntegerField(verbose_name='kalibrasi')),
                        ('fault_count', models.SmallIntegerField(verbose_name='alat rusak')),
                        ('excluded_count', models.SmallIntegerField(verbose_name='tidak dihitung')),
                        ('total', models.DecimalField(decimal_places=4, max_digits=18, null=True, verbose_name='jumlah nilai')),
                        ('mean', models.DecimalField(decimal_places=6, max_digits=14, null=True, verbose_name='rata-rata')),
                        ('is_valid', models.BooleanField(verbose_name='sah')),
                    ],
                    options={
                        'verbose_name': 'jam sensor',
                        'verbose_name_plural': 'jam sensor',
                    },
                ),
                migrations.CreateModel(
                    name='SensorRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('effective_from', models.DateField(verbose_name='berlaku sejak')),
                        ('effective_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('rows_per_hour', models.PositiveSmallIntegerField(default=30, help_text='30 berarti satu baris setiap dua menit.', verbose_name='baris per jam')),
                        ('hour_percent', models.PositiveSmallIntegerField(default=75, verbose_name='baris sah agar jam sah (%)')),
                        ('day_percent', models.PositiveSmallIntegerField(default=75, verbose_name='jam sah agar hari sah (%)')),
                        ('ph_percent', models.PositiveSmallIntegerField(default=100, verbose_name='baris pH dalam rentang agar hari memenuhi (%)')),
                        ('spike_deviations', models.DecimalField(decimal_places=1, default=5, max_digits=4, verbose_name='lonjakan: simpangan (MAD)')),
                        ('spike_least', models.PositiveSmallIntegerField(default=10, verbose_name='lonjakan: paling sedikit pembacaan')),
                        ('hint_window', models.PositiveSmallIntegerField(default=30, verbose_name='jendela petunjuk (pembacaan)')),
                        ('stuck_readings', models.PositiveSmallIntegerField(default=10, verbose_name='macet: nilai sama berturut-turut')),
                        ('silent_hours', models.PositiveSmallIntegerField(default=3, verbose_name='dianggap diam setelah (jam)')),
                        ('rejected_percent', models.PositiveSmallIntegerField(default=10, verbose_name='baris ditolak yang perlu diperiksa (%)')),
                        ('accept_days', models.PositiveSmallIntegerField(default=90, verbose_name='baris terlambat diterima sampai (hari)')),
                        ('overlap_hours', models.PositiveSmallIntegerField(default=48, verbose_name='kunci lama masih diterima setelah diganti (jam)')),
                        ('legal_basis', models.CharField(max_length=200, verbose_name='dasar')),
                        ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                    ],
                    options={
                        'verbose_name': 'aturan sensor',
                        'verbose_name_plural': 'aturan sensor',
                        'ordering': ['-effective_from'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('effective_from'), models.F('effective_until'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='sensor_rule_one_at_a_time', violation_error_message='Sudah ada aturan yang berlaku pada masa itu. Akhiri dahulu aturan lama.'), models.CheckConstraint(condition=models.Q(('effective_until__isnull', True), ('effective_until__gte', models.F('effective_from')), _connector='OR'), name='sensor_rule_in_order', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'), models.CheckConstraint(condition=models.Q(('day_percent__range', (1, 100)), ('hour_percent__range', (1, 100)), ('ph_percent__range', (1, 100)), ('rejected_percent__range', (1, 100))), name='sensor_rule_percent', violation_error_message='Persen harus antara 1 dan 100.'), models.CheckConstraint(condition=models.Q(('accept_days__gte', 1), ('hint_window__range', (3, 500)), ('rows_per_hour__range', (1, 3600)), ('silent_hours__gte', 1), ('spike_deviations__gt', 0), ('spike_least__gte', 3), ('stuck_readings__gte', 2)), name='sensor_rule_sensible', violation_error_message='Ada angka yang terlalu kecil atau terlalu besar.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='sensor_rule_followed_not_edited', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."effective_from" IS DISTINCT FROM (NEW."effective_from") OR OLD."rows_per_hour" IS DISTINCT FROM (NEW."rows_per_hour") OR OLD."hour_percent" IS DISTINCT FROM (NEW."hour_percent") OR OLD."day_percent" IS DISTINCT FROM (NEW."day_percent") OR OLD."ph_percent" IS DISTINCT FROM (NEW."ph_percent") OR OLD."spike_deviations" IS DISTINCT FROM (NEW."spike_deviations") OR OLD."spike_least" IS DISTINCT FROM (NEW."spike_least") OR OLD."hint_window" IS DISTINCT FROM (NEW."hint_window") OR OLD."stuck_readings" IS DISTINCT FROM (NEW."stuck_readings") OR OLD."silent_hours" IS DISTINCT FROM (NEW."silent_hours") OR OLD."rejected_percent" IS DISTINCT FROM (NEW."rejected_percent") OR OLD."accept_days" IS DISTINCT FROM (NEW."accept_days") OR OLD."overlap_hours" IS DISTINCT FROM (NEW."overlap_hours") OR OLD."legal_basis" IS DISTINCT FROM (NEW."legal_basis") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4d0dc1b2cc239baaf55cafe8aac86c8c142bfa17', operation='UPDATE', pgid='pgtrigger_sensor_rule_followed_not_edited_1c196', table='wastewater_sensorrule', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorruleevent" ("accept_days", "confidence", "day_percent", "effective_from", "effective_until", "hint_window", "hour_percent", "id", "legal_basis", "overlap_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ph_percent", "rejected_percent", "rows_per_hour", "silent_hours", "spike_deviations", "spike_least", "stuck_readings") SELECT new_values."accept_days", new_values."confidence", new_values."day_percent", new_values."effective_from", new_values."effective_until", new_values."hint_window", new_values."hour_percent", new_values."id", new_values."legal_basis", new_values."overlap_hours", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."ph_percent", new_values."rejected_percent", new_values."rows_per_hour", new_values."silent_hours", new_values."spike_deviations", new_values."spike_least", new_values."stuck_readings" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3b71f51fcc4aee651946c0345fe3e46c097ca480', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9166c', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_sensorrule', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorruleevent" ("accept_days", "confidence", "day_percent", "effective_from", "effective_until", "hint_window", "hour_percent", "id", "legal_basis", "overlap_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ph_percent", "rejected_percent", "rows_per_hour", "silent_hours", "spike_deviations", "spike_least", "stuck_readings") SELECT new_values."accept_days", new_values."confidence", new_values."day_percent", new_values."effective_from", new_values."effective_until", new_values."hint_window", new_values."hour_percent", new_values."id", new_values."legal_basis", new_values."overlap_hours", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."ph_percent", new_values."rejected_percent", new_values."rows_per_hour", new_values."silent_hours", new_values."spike_deviations", new_values."spike_least", new_values."stuck_readings" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3db36a4656abd82afa04abdb3a12d1ab4883d8ef', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_06472', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_sensorrule', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorruleevent" ("accept_days", "confidence", "day_percent", "effective_from", "effective_until", "hint_window", "hour_percent", "id", "legal_basis", "overlap_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ph_percent", "rejected_percent", "rows_per_hour", "silent_hours", "spike_deviations", "spike_least", "stuck_readings") SELECT old_values."accept_days", old_values."confidence", old_values."day_percent", old_values."effective_from", old_values."effective_until", old_values."hint_window", old_values."hour_percent", old_values."id", old_values."legal_basis", old_values."overlap_hours", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."ph_percent", old_values."rejected_percent", old_values."rows_per_hour", old_values."silent_hours", old_values."spike_deviations", old_values."spike_least", old_values."stuck_readings" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='64bc1d342a434495dbab5f543bb3e08666e44c0f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f3f07', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_sensorrule', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SensorRuleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('effective_from', models.DateField(verbose_name='berlaku sejak')),
                        ('effective_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('rows_per_hour', models.PositiveSmallIntegerField(default=30, help_text='30 berarti satu baris setiap dua menit.', verbose_name='baris per jam')),
                        ('hour_percent', models.PositiveSmallIntegerField(default=75, verbose_name='baris sah agar jam sah (%)')),
                        ('day_percent', models.PositiveSmallIntegerField(default=75, verbose_name='jam sah agar hari sah (%)')),
                        ('ph_percent', models.PositiveSmallIntegerField(default=100, verbose_name='baris pH dalam rentang agar hari memenuhi (%)')),
                        ('spike_deviations', models.DecimalField(decimal_places=1, default=5, max_digits=4, verbose_name='lonjakan: simpangan (MAD)')),
                        ('spike_least', models.PositiveSmallIntegerField(default=10, verbose_name='lonjakan: paling sedikit pembacaan')),
                        ('hint_window', models.PositiveSmallIntegerField(default=30, verbose_name='jendela petunjuk (pembacaan)')),
                        ('stuck_readings', models.PositiveSmallIntegerField(default=10, verbose_name='macet: nilai sama berturut-turut')),
                        ('silent_hours', models.PositiveSmallIntegerField(default=3, verbose_name='dianggap diam setelah (jam)')),
                        ('rejected_percent', models.PositiveSmallIntegerField(default=10, verbose_name='baris ditolak yang perlu diperiksa (%)')),
                        ('accept_days', models.PositiveSmallIntegerField(default=90, verbose_name='baris terlambat diterima sampai (hari)')),
                        ('overlap_hours', models.PositiveSmallIntegerField(default=48, verbose_name='kunci lama masih diterima setelah diganti (jam)')),
                        ('legal_basis', models.CharField(max_length=200, verbose_name='dasar')),
                        ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.sensorrule')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a95f9cc43e5f3da7054a49436f69a7d588bd717', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28bba', table='wastewater_sensorruleevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SensorStation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('uid', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]{2,39}\\Z', '3–40 huruf, angka, titik, garis bawah atau tanda hubung.')], verbose_name='uid')),
                        ('name', models.CharField(max_length=120, verbose_name='nama stasiun')),
                        ('expected_parameters', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ph', 'pH'), ('tss', 'TSS'), ('debit', 'Debit'), ('cod', 'COD'), ('nh3n', 'Amonia (NH3-N)')], max_length=5), default=wastewater.models.stations.every_parameter, size=None, verbose_name='parameter yang dikirim')),
                        ('flow_unit', models.CharField(choices=[('m3/min', 'm³ per menit'), ('m3/h', 'm³ per jam')], default='m3/min', max_length=7, verbose_name='satuan debit yang dikirim')),
                        ('permit_m3_per_day', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='debit izin (m³/hari)')),
                        ('permit_basis', models.CharField(blank=True, max_length=120, verbose_name='dasar debit izin')),
                        ('active_from', models.DateTimeField(verbose_name='aktif sejak')),
                        ('active_until', models.DateTimeField(blank=True, null=True, verbose_name='aktif sampai')),
                        ('is_published', models.BooleanField(default=False, help_text='Hanya untuk stasiun IPAL; stasiun usaha tidak pernah dibuka.', verbose_name='nilai harian dibuka untuk umum')),
                        ('note', models.TextField(blank=True, verbose_name='catatan')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='wastewater.dischargepoint', verbose_name='titik pantau')),
                    ],
                    options={
                        'verbose_name': 'stasiun sensor',
                        'verbose_name_plural': 'stasiun sensor',
                        'ordering': ['uid'],
                        'permissions': [('issue_station_secret', 'Can issue and rotate the secret of a sensor station'), ('record_sensor_exclusion', 'Can exclude rows of a sensor station from its figures')],
                        'triggers': [pgtrigger.compiler.Trigger(name='station_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='42effa6cfcf5d24e8e9cf047aa5df13af914379b', operation='DELETE', pgid='pgtrigger_station_never_deleted_b3e7a', table='wastewater_sensorstation', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorstationevent" ("active_from", "active_until", "created_at", "created_by_id", "expected_parameters", "flow_unit", "id", "is_published", "name", "note", "permit_basis", "permit_m3_per_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "public_id", "source", "uid") SELECT new_values."active_from", new_values."active_until", new_values."created_at", new_values."created_by_id", new_values."expected_parameters", new_values."flow_unit", new_values."id", new_values."is_published", new_values."name", new_values."note", new_values."permit_basis", new_values."permit_m3_per_day", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."point_id", new_values."public_id", new_values."source", new_values."uid" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d9ed898ad25a56b8e41ac44534b7c7f3f53a25af', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b1b38', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_sensorstation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorstationevent" ("active_from", "active_until", "created_at", "created_by_id", "expected_parameters", "flow_unit", "id", "is_published", "name", "note", "permit_basis", "permit_m3_per_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "public_id", "source", "uid") SELECT new_values."active_from", new_values."active_until", new_values."created_at", new_values."created_by_id", new_values."expected_parameters", new_values."flow_unit", new_values."id", new_values."is_published", new_values."name", new_values."note", new_values."permit_basis", new_values."permit_m3_per_day", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."point_id", new_values."public_id", new_values."source", new_values."uid" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a0f12a432f5092f9d43b1635bcf6f6e55bbc3c15', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8edc4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_sensorstation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorstationevent" ("active_from", "active_until", "created_at", "created_by_id", "expected_parameters", "flow_unit", "id", "is_published", "name", "note", "permit_basis", "permit_m3_per_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "public_id", "source", "uid") SELECT old_values."active_from", old_values."active_until", old_values."created_at", old_values."created_by_id", old_values."expected_parameters", old_values."flow_unit", old_values."id", old_values."is_published", old_values."name", old_values."note", old_values."permit_basis", old_values."permit_m3_per_day", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."point_id", old_values."public_id", old_values."source", old_values."uid" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0ef3f51bc29f8efe16095eb373859f4fe2e51e2f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d257e', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_sensorstation', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('active_until__isnull', True), ('active_until__gt', models.F('active_from')), _connector='OR'), name='station_active_in_order', violation_error_message='Akhir masa aktif harus sesudah awalnya.'), models.CheckConstraint(condition=models.Q(('permit_m3_per_day__isnull', True), ('permit_m3_per_day__gt', 0), _connector='OR'), name='station_permit_positive', violation_error_message='Debit izin harus lebih dari nol; kosongkan bila belum diketahui.'), models.CheckConstraint(condition=models.Q(('expected_parameters__contained_by', ['ph', 'tss', 'debit', 'cod', 'nh3n']), ('expected_parameters__len__gt', 0)), name='station_parameters_known', violation_error_message='Pilih sedikitnya satu parameter.')],
                    },
                ),
                migrations.CreateModel(
                    name='SensorBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('received_at', models.DateTimeField(verbose_name='diterima pada')),
                        ('rows_count', models.PositiveIntegerField(verbose_name='baris')),
                        ('new_count', models.PositiveIntegerField(default=0, verbose_name='baru')),
                        ('same_count', models.PositiveIntegerField(default=0, verbose_name='sudah ada')),
                        ('refused_count', models.PositiveIntegerField(default=0, verbose_name='ditolak')),
                        ('first_at', models.DateTimeField(null=True, verbose_name='baris pertama')),
                        ('last_at', models.DateTimeField(null=True, verbose_name='baris terakhir')),
                        ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='wastewater.sensorstation', verbose_name='stasiun')),
                    ],
                    options={
                        'verbose_name': 'kiriman sensor',
                        'verbose_name_plural': 'kiriman sensor',
                        'ordering': ['-received_at', '-pk'],
                        'indexes': [models.Index(fields=['station', '-received_at'], name='sensor_batch_by_station')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('rows_count', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('new_count'), '+', models.F('same_count')), '+', models.F('refused_count')))), name='sensor_batch_every_row_counted')],
                    },
                ),
                migrations.CreateModel(
                    name='SensorRefusal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField(verbose_name='baris ke')),
                        ('problem', models.CharField(choices=[('shape', 'baris bukan objek dengan nilai tunggal'), ('no_time', 'tanpa waktu yang dapat dibaca (detik Unix)'), ('naive', 'waktu tanpa zona; kirim detik Unix atau sertakan selisih zona'), ('future', 'waktunya lebih dari 5 menit di depan jam portal'), ('too_old', 'terlalu lama untuk diterima'), ('not_active', 'di luar masa aktif stasiun'), ('not_a_number', 'ada nilai yang bukan angka'), ('out_of_range', 'ada nilai di luar batas yang mungkin'), ('mixed', 'kode operasi bercampur dengan nilai'), ('empty', 'tidak ada satu pun nilai'), ('differs', 'waktu itu sudah tercatat dengan nilai lain; nilai pertama tetap')], max_length=12, verbose_name='alasan')),
                        ('row', models.CharField(max_length=300, verbose_name='isi baris')),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='wastewater.sensorbatch', verbose_name='kiriman')),
                    ],
                    options={
                        'verbose_name': 'baris ditolak',
                        'verbose_name_plural': 'baris ditolak',
                        'ordering': ['-batch', 'position'],
                    },
                ),
                migrations.CreateModel(
                    name='SensorStationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('uid', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9._-]{2,39}\\Z', '3–40 huruf, angka, titik, garis bawah atau tanda hubung.')], verbose_name='uid')),
                        ('name', models.CharField(max_length=120, verbose_name='nama stasiun')),
                        ('expected_parameters', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ph', 'pH'), ('tss', 'TSS'), ('debit', 'Debit'), ('cod', 'COD'), ('nh3n', 'Amonia (NH3-N)')], max_length=5), default=wastewater.models.stations.every_parameter, size=None, verbose_name='parameter yang dikirim')),
                        ('flow_unit', models.CharField(choices=[('m3/min', 'm³ per menit'), ('m3/h', 'm³ per jam')], default='m3/min', max_length=7, verbose_name='satuan debit yang dikirim')),
                        ('permit_m3_per_day', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='debit izin (m³/hari)')),
                        ('permit_basis', models.CharField(blank=True, max_length=120, verbose_name='dasar debit izin')),
                        ('active_from', models.DateTimeField(verbose_name='aktif sejak')),
                        ('active_until', models.DateTimeField(blank=True, null=True, verbose_name='aktif sampai')),
                        ('is_published', models.BooleanField(default=False, help_text='Hanya untuk stasiun IPAL; stasiun usaha tidak pernah dibuka.', verbose_name='nilai harian dibuka untuk umum')),
                        ('note', models.TextField(blank=True, verbose_name='catatan')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.sensorstation')),
                        ('point', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.dischargepoint', verbose_name='titik pantau')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b19f17cf1458b87079b7949e225d684e14846e34', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_16788', table='wastewater_sensorstationevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SensorVerdict',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(verbose_name='hari')),
                        ('parameter', models.CharField(choices=[('ph', 'pH'), ('tss', 'TSS'), ('debit', 'Debit'), ('cod', 'COD'), ('nh3n', 'Amonia (NH3-N)')], max_length=5, verbose_name='parameter')),
                        ('is_current', models.BooleanField(default=True, verbose_name='berlaku')),
                        ('verdict', models.CharField(choices=[('meets', 'Memenuhi'), ('exceeds', 'Melebihi'), ('cannot_tell', 'Tidak dapat dinilai')], max_length=11, verbose_name='putusan')),
                        ('reason', models.CharField(blank=True, choices=[('incomplete', 'jam yang sah kurang dari syarat'), ('no_permit', 'debit izin stasiun belum diisi'), ('no_limit', 'tidak ada baku mutu untuk parameter ini pada tanggal itu'), ('influent', 'titik inlet belum diolah, jadi tidak dinilai terhadap baku mutu'), ('discharge_unknown', 'debit titik belum diketahui, sedangkan putusan berbeda antarkelas debit'), ('unit', 'satuan sensor tidak dapat diubah ke satuan baku mutu')], max_length=18, verbose_name='alasan')),
                        ('binding', models.CharField(blank=True, choices=[('only', 'satu-satunya baku mutu yang berlaku'), ('stricter', 'paling ketat di antara aturan yang berlaku'), ('equal', 'sama ketatnya dengan aturan lain; aturan nasional yang disebut'), ('worse_verdict', 'jenis batasnya berbeda; yang lebih berat putusannya yang mengikat'), ('every_class', 'debit belum diketahui, tetapi putusannya sama di semua kelas debit')], max_length=13, verbose_name='dasar pemilihan')),
                        ('value', models.DecimalField(decimal_places=6, help_text='rata-rata harian; untuk pH bagian baris dalam rentang; untuk debit volume m³', max_digits=18, null=True, verbose_name='nilai yang dinilai')),
                        ('allowed', models.DecimalField(decimal_places=6, max_digits=18, null=True, verbose_name='batas')),
                        ('ratio', models.DecimalField(decimal_places=4, max_digits=18, null=True, verbose_name='kali batas')),
                        ('engine_version', models.CharField(max_length=10, verbose_name='versi aturan')),
                        ('judged_at', models.DateTimeField(verbose_name='dinilai pada')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('compared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wastewater.limit', verbose_name='dibandingkan dengan')),
                        ('limit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wastewater.limit', verbose_name='baku mutu')),
                        ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='wastewater.sensorstation', verbose_name='stasiun')),
                    ],
                    options={
                        'verbose_name': 'putusan harian sensor',
                        'verbose_name_plural': 'putusan harian sensor',
                        'ordering': ['-day', 'parameter', '-judged_at', '-pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='sensor_verdict_never_edited', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."station_id" IS DISTINCT FROM (NEW."station_id") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."parameter" IS DISTINCT FROM (NEW."parameter") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."limit_id" IS DISTINCT FROM (NEW."limit_id") OR OLD."compared_with_id" IS DISTINCT FROM (NEW."compared_with_id") OR OLD."binding" IS DISTINCT FROM (NEW."binding") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."allowed" IS DISTINCT FROM (NEW."allowed") OR OLD."ratio" IS DISTINCT FROM (NEW."ratio") OR OLD."engine_version" IS DISTINCT FROM (NEW."engine_version") OR OLD."judged_at" IS DISTINCT FROM (NEW."judged_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6dd2675d5d37af5a6c0ed18eb138231fc27c184e', operation='UPDATE', pgid='pgtrigger_sensor_verdict_never_edited_eb184', table='wastewater_sensorverdict', when='BEFORE')), pgtrigger.compiler.Trigger(name='sensor_verdict_never_revived', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."is_current" AND NOT OLD."is_current")', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='eb589b4264bcf29e9388a069893891855b290fb3', operation='UPDATE', pgid='pgtrigger_sensor_verdict_never_revived_63ca5', table='wastewater_sensorverdict', when='BEFORE')), pgtrigger.compiler.Trigger(name='sensor_verdict_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b44118e78f0c15b2866cdaccf76cb4333051b7ab', operation='DELETE', pgid='pgtrigger_sensor_verdict_never_deleted_21b69', table='wastewater_sensorverdict', when='BEFORE'))],
                        'indexes': [models.Index(condition=models.Q(('is_current', True), ('verdict', 'exceeds')), fields=['day'], name='sensor_verdict_exceeding')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('station', 'day', 'parameter'), name='sensor_verdict_one_current'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'cannot_tell'), models.Q(('reason', ''), _negated=True)), models.Q(('reason', ''), ('value__isnull', False), ('verdict__in', ['meets', 'exceeds']), models.Q(('limit__isnull', False), models.Q(('allowed__isnull', False), ('parameter', 'debit')), _connector='OR')), _connector='OR'), name='sensor_verdict_decided_names_limit')],
                    },
                ),
                migrations.CreateModel(
                    name='StationSecret',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('secret', batikportal.encryption.EncryptedTextField(head=0, tail=0, verbose_name='kunci')),
                        ('valid_from', models.DateTimeField(verbose_name='berlaku sejak')),
                        ('valid_until', models.DateTimeField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diterbitkan oleh')),
                        ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secrets', to='wastewater.sensorstation', verbose_name='stasiun sensor')),
                    ],
                    options={
                        'verbose_name': 'kunci stasiun',
                        'verbose_name_plural': 'kunci stasiun',
                        'ordering': ['-valid_from', '-pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_stationsecretevent" ("id", "issued_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "valid_from", "valid_until") SELECT new_values."id", new_values."issued_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."station_id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='06099db264a8c71c11ec83fbc4950e32a764d50b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_86e7e', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_stationsecret', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_stationsecretevent" ("id", "issued_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "valid_from", "valid_until") SELECT new_values."id", new_values."issued_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."station_id", new_values."valid_from", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."issued_by_id" IS DISTINCT FROM (new_values."issued_by_id") OR old_values."station_id" IS DISTINCT FROM (new_values."station_id") OR old_values."valid_from" IS DISTINCT FROM (new_values."valid_from") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77b1a8c32e14fb6510c2065020c23bfa385de634', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bc77c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_stationsecret', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_stationsecretevent" ("id", "issued_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "valid_from", "valid_until") SELECT old_values."id", old_values."issued_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."station_id", old_values."valid_from", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c62bd7a571cba54eb5d1a0bcf6b4c4244701a539', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8b971', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_stationsecret', when='AFTER'))],
                        'indexes': [models.Index(fields=['station', 'valid_from'], name='secret_by_station')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('station',), name='secret_one_open_per_station'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='secret_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='StationSecretEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('valid_from', models.DateTimeField(verbose_name='berlaku sejak')),
                        ('valid_until', models.DateTimeField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('issued_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diterbitkan oleh')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.stationsecret')),
                        ('station', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.sensorstation', verbose_name='stasiun sensor')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4d616b41f921458af8cf600ec22d325d9b9b09a8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cdbac', table='wastewater_stationsecretevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SensorDay',
                    fields=[
                        ('pk', models.CompositePrimaryKey('day', 'station_id', 'parameter', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('day', models.DateField(verbose_name='hari')),
                        ('station_id', models.BigIntegerField(verbose_name='stasiun')),
                        ('parameter', models.CharField(choices=[('ph', 'pH'), ('tss', 'TSS'), ('debit', 'Debit'), ('cod', 'COD'), ('nh3n', 'Amonia (NH3-N)')], max_length=5, verbose_name='parameter')),
                        ('valid_hours', models.SmallIntegerField(verbose_name='jam sah')),
                        ('valid_count', models.IntegerField(verbose_name='baris sah')),
                        ('coded_count', models.IntegerField(verbose_name='baris dengan kode operasi')),
                        ('excluded_count', models.IntegerField(verbose_name='baris tidak dihitung')),
                        ('mean', models.DecimalField(decimal_places=6, max_digits=14, null=True, verbose_name='rata-rata harian')),
                        ('volume_m3', models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='volume (m³)')),
                        ('is_valid', models.BooleanField(verbose_name='sah')),
                        ('needs_judging', models.BooleanField(default=True, verbose_name='menunggu putusan')),
                    ],
                    options={
                        'verbose_name': 'hari sensor',
                        'verbose_name_plural': 'hari sensor',
                        'indexes': [models.Index(condition=models.Q(('needs_judging', True)), fields=['day'], name='sensor_day_to_judge')],
                    },
                ),
                migrations.CreateModel(
                    name='SensorExclusion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('starts_at', models.DateTimeField(verbose_name='mulai')),
                        ('ends_at', models.DateTimeField(verbose_name='sampai sebelum')),
                        ('reason', models.CharField(max_length=250, verbose_name='alasan')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exclusions', to='wastewater.sensorstation', verbose_name='stasiun')),
                    ],
                    options={
                        'verbose_name': 'rentang yang tidak dihitung',
                        'verbose_name_plural': 'rentang yang tidak dihitung',
                        'ordering': ['-starts_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='sensor_exclusion_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM wastewater_refresh_sensor_summaries(array_agg(t.station), array_agg(t.hour))\n            FROM (SELECT h.station_id, h.hour FROM new_rows x JOIN wastewater_sensorhour h\n            ON h.station_id = x.station_id AND h.hour < x.ends_at AND h.hour > x.starts_at - interval '1 hour') AS t (station, hour);\n            RETURN NULL;\n        ", hash='7b030c038aa5641e131f6708e6d59bf20c37eb69', level='STATEMENT', operation='INSERT', pgid='pgtrigger_sensor_exclusion_insert_59bb7', referencing='REFERENCING NEW TABLE AS new_rows ', table='wastewater_sensorexclusion', when='AFTER')), pgtrigger.compiler.Trigger(name='sensor_exclusion_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM wastewater_refresh_sensor_summaries(array_agg(t.station), array_agg(t.hour))\n            FROM (SELECT h.station_id, h.hour FROM old_rows x JOIN wastewater_sensorhour h\n            ON h.station_id = x.station_id AND h.hour < x.ends_at AND h.hour > x.starts_at - interval '1 hour' UNION SELECT h.station_id, h.hour FROM new_rows x JOIN wastewater_sensorhour h\n            ON h.station_id = x.station_id AND h.hour < x.ends_at AND h.hour > x.starts_at - interval '1 hour') AS t (station, hour);\n            RETURN NULL;\n        ", hash='3770644460556558107b132f421c034cc18535a4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_sensor_exclusion_update_0ad6f', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='wastewater_sensorexclusion', when='AFTER')), pgtrigger.compiler.Trigger(name='sensor_exclusion_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM wastewater_refresh_sensor_summaries(array_agg(t.station), array_agg(t.hour))\n            FROM (SELECT h.station_id, h.hour FROM old_rows x JOIN wastewater_sensorhour h\n            ON h.station_id = x.station_id AND h.hour < x.ends_at AND h.hour > x.starts_at - interval '1 hour') AS t (station, hour);\n            RETURN NULL;\n        ", hash='901dd0a86c441d0d248588d0535f33ad222453cd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_sensor_exclusion_delete_d8feb', referencing='REFERENCING OLD TABLE AS old_rows ', table='wastewater_sensorexclusion', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorexclusionevent" ("created_at", "created_by_id", "ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "source", "starts_at", "station_id") SELECT new_values."created_at", new_values."created_by_id", new_values."ends_at", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."reason", new_values."source", new_values."starts_at", new_values."station_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b57e8f2bea26dd01e7e11fe6fd9659dc8b9b490c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_896bb', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_sensorexclusion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorexclusionevent" ("created_at", "created_by_id", "ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "source", "starts_at", "station_id") SELECT new_values."created_at", new_values."created_by_id", new_values."ends_at", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."reason", new_values."source", new_values."starts_at", new_values."station_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='85da8d6240c2fb03ba5830942477122b47904eef', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_12e4b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_sensorexclusion', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_sensorexclusionevent" ("created_at", "created_by_id", "ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "source", "starts_at", "station_id") SELECT old_values."created_at", old_values."created_by_id", old_values."ends_at", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."reason", old_values."source", old_values."starts_at", old_values."station_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='56f7655b1c2c33cbec6b2965cba4cd94874100ed', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5d40e', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_sensorexclusion', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='sensor_exclusion_in_order', violation_error_message='Akhir rentang harus sesudah awalnya.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='sensor_exclusion_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='SensorExclusionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('starts_at', models.DateTimeField(verbose_name='mulai')),
                        ('ends_at', models.DateTimeField(verbose_name='sampai sebelum')),
                        ('reason', models.CharField(max_length=250, verbose_name='alasan')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.sensorexclusion')),
                        ('station', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.sensorstation', verbose_name='stasiun')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b3d4e15cdefc42f9781aff8f724ce0c8d1f6a9e1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3497f', table='wastewater_sensorexclusionevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SensorReading',
                    fields=[
                        ('pk', models.CompositePrimaryKey('measured_at', 'station_id', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('measured_at', models.DateTimeField(verbose_name='waktu')),
                        ('station_id', models.BigIntegerField(verbose_name='stasiun')),
                        ('batch_id', models.BigIntegerField(verbose_name='kiriman')),
                        ('code', models.SmallIntegerField(choices=[(0, 'nilai'), (-1, 'produksi berhenti'), (-2, 'kalibrasi atau audit'), (-3, 'alat rusak')], default=0, verbose_name='kode operasi')),
                        ('ph', models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name='pH')),
                        ('tss', models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name='TSS (mg/L)')),
                        ('debit', models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name='debit (m³/menit)')),
                        ('cod', models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name='COD (mg/L)')),
                        ('nh3n', models.DecimalField(decimal_places=4, max_digits=12, null=True, verbose_name='NH3-N (mg/L)')),
                        ('hints', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), null=True, size=None, verbose_name='petunjuk')),
                    ],
                    options={
                        'verbose_name': 'baris sensor',
                        'verbose_name_plural': 'baris sensor',
                        'indexes': [django.contrib.postgres.indexes.BrinIndex(fields=['batch_id'], name='sensor_reading_by_batch')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ph__isnull', True), ('ph__range', (0, 14)), _connector='OR'), name='sensor_reading_ph_up_to_14'), models.CheckConstraint(condition=models.Q(models.Q(('tss__isnull', True), ('tss__gte', 0), _connector='OR'), models.Q(('debit__isnull', True), ('debit__gte', 0), _connector='OR'), models.Q(('cod__isnull', True), ('cod__gte', 0), _connector='OR'), models.Q(('nh3n__isnull', True), ('nh3n__gte', 0), _connector='OR')), name='sensor_reading_not_negative'), models.CheckConstraint(condition=models.Q(('code', 0), models.Q(('cod', None), ('code__in', [-1, -2, -3]), ('debit', None), ('nh3n', None), ('ph', None), ('tss', None)), _connector='OR'), name='sensor_reading_code_or_values')],
                        'triggers': [pgtrigger.compiler.Trigger(name='sensor_reading_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM wastewater_refresh_sensor_summaries(array_agg(t.station), array_agg(t.hour))\n            FROM (SELECT station_id, date_trunc('hour', measured_at, 'UTC') FROM new_rows) AS t (station, hour);\n            RETURN NULL;\n        ", hash='b9e679c0e56e6c65df735def03f626468b0c8a73', level='STATEMENT', operation='INSERT', pgid='pgtrigger_sensor_reading_insert_b826e', referencing='REFERENCING NEW TABLE AS new_rows ', table='wastewater_sensorreading', when='AFTER')), pgtrigger.compiler.Trigger(name='sensor_reading_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM wastewater_refresh_sensor_summaries(array_agg(t.station), array_agg(t.hour))\n            FROM (SELECT station_id, date_trunc('hour', measured_at, 'UTC') FROM old_rows UNION SELECT station_id, date_trunc('hour', measured_at, 'UTC') FROM new_rows) AS t (station, hour);\n            RETURN NULL;\n        ", hash='307fff9e6f36b73496aa46afa07a8129f1d1275b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_sensor_reading_update_e3338', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='wastewater_sensorreading', when='AFTER')), pgtrigger.compiler.Trigger(name='sensor_reading_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            PERFORM wastewater_refresh_sensor_summaries(array_agg(t.station), array_agg(t.hour))\n            FROM (SELECT station_id, date_trunc('hour', measured_at, 'UTC') FROM old_rows) AS t (station, hour);\n            RETURN NULL;\n        ", hash='04b94edda62901e411367d1389ed5a4184d348b7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_sensor_reading_delete_c19ab', referencing='REFERENCING OLD TABLE AS old_rows ', table='wastewater_sensorreading', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='StationContact',
                    fields=[
                        ('station', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='contact', serialize=False, to='wastewater.sensorstation', verbose_name='stasiun')),
                        ('last_contact_at', models.DateTimeField(verbose_name='kontak terakhir')),
                        ('last_row_at', models.DateTimeField(null=True, verbose_name='baris terakhir')),
                    ],
                    options={
                        'verbose_name': 'kontak stasiun',
                        'verbose_name_plural': 'kontak stasiun',
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SensorReading',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SensorRule',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SensorRuleEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SensorStation',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SensorExclusionEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SensorExclusion',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SensorStationEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='SensorVerdict',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='StationSecret',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='StationSecretEvent',
                ),
            ],
        ),
    ]
