import batikportal.migration_steps
import django.core.validators
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
        ('workforce', '0009_duplicates'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='RateAssumptionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('cause', models.CharField(choices=[('leave', 'Keluar karena alasan lain'), ('death', 'Meninggal dunia'), ('retire', 'Berhenti karena usia')], max_length=6, verbose_name='sebab')),
                        ('first_age', models.PositiveSmallIntegerField(choices=[(15, '15–19'), (20, '20–24'), (25, '25–29'), (30, '30–34'), (35, '35–39'), (40, '40–44'), (45, '45–49'), (50, '50–54'), (55, '55–59'), (60, '60–64'), (65, '65–69'), (70, '70+')], verbose_name='umur mulai')),
                        ('probability', models.DecimalField(decimal_places=5, max_digits=6, verbose_name='peluang setahun (0–1)')),
                        ('valid_from', models.DateField(verbose_name='berlaku sejak')),
                        ('source_text', models.CharField(max_length=200, verbose_name='sumber')),
                        ('confidence', models.CharField(choices=[('confirmed', 'Dibaca pada sumbernya'), ('to_confirm', 'Perlu dipastikan')], default='to_confirm', max_length=10, verbose_name='kepastian')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.rateassumption')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99c8d6706489c67e6d735a710fb06a910e785d2c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6bd0a', table='workforce_rateassumptionevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ProjectionRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('on', models.DateField(verbose_name='keadaan per tanggal')),
                        ('engine_version', models.PositiveSmallIntegerField(verbose_name='versi cara menghitung')),
                        ('inputs', models.JSONField(verbose_name='masukan')),
                        ('needed_entrants', models.FloatField(null=True, verbose_name='orang baru bersih yang dibutuhkan setahun')),
                        ('needed_intake', models.FloatField(null=True, verbose_name='orang baru yang dibutuhkan setahun')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='workforce.projectionscenario', verbose_name='skenario')),
                    ],
                    options={
                        'verbose_name': 'hitungan skenario',
                        'verbose_name_plural': 'hitungan skenario',
                        'ordering': ['-created_at', '-pk'],
                        'default_permissions': (),
                        'indexes': [models.Index(fields=['scenario', '-on'], name='workforce_p_scenari_b03ed3_idx')],
                        'triggers': [pgtrigger.compiler.Trigger(name='runs_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9447c4b206de821731fcda3aad75758132c4e17d', operation='UPDATE OR DELETE', pgid='pgtrigger_runs_are_kept_434fa', table='workforce_projectionrun', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ProjectionCell',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.CharField(choices=[('low', 'Rendah'), ('base', 'Dasar'), ('high', 'Tinggi')], max_length=4, verbose_name='jalur')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='tahun ke-')),
                        ('first_age', models.PositiveSmallIntegerField(help_text='Kosong: umur tidak diketahui', null=True, verbose_name='umur mulai')),
                        ('people', models.FloatField(verbose_name='orang')),
                        ('leave', models.FloatField(verbose_name='keluar karena alasan lain')),
                        ('death', models.FloatField(verbose_name='meninggal dunia')),
                        ('retire', models.FloatField(verbose_name='berhenti karena usia')),
                        ('entrants', models.FloatField(verbose_name='masuk bersih')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='workforce.projectionrun', verbose_name='hitungan')),
                    ],
                    options={
                        'verbose_name': 'angka hitungan',
                        'verbose_name_plural': 'angka hitungan',
                        'ordering': ['run', 'case', 'year', models.OrderBy(models.F('first_age'), nulls_last=True)],
                        'default_permissions': (),
                        'constraints': [models.UniqueConstraint(fields=('run', 'case', 'year', 'first_age'), name='projectioncell_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('death__gte', 0), ('entrants__gte', 0), ('leave__gte', 0), ('people__gte', 0), ('retire__gte', 0)), name='projectioncell_not_negative'), models.CheckConstraint(condition=models.Q(('first_age__isnull', True), ('first_age__in', (15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70)), _connector='OR'), name='projectioncell_age_group')],
                        'triggers': [pgtrigger.compiler.Trigger(name='cells_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5e1e776dedc1da1d4ad3cad9b8b592292d106d82', operation='UPDATE OR DELETE', pgid='pgtrigger_cells_are_kept_9039c', table='workforce_projectioncell', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ProjectionScenario',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('name', models.CharField(max_length=120, verbose_name='nama skenario')),
                        ('note', models.TextField(blank=True, max_length=2000, verbose_name='catatan dan sumber asumsi')),
                        ('years', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='tahun ke depan')),
                        ('intake', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100000)], verbose_name='orang baru setahun')),
                        ('retention', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='yang bertahan 12 bulan (%)')),
                        ('direct_hires', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100000)], verbose_name='perekrutan langsung yang bertahan setahun')),
                        ('share_15', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 15–19 (%)')),
                        ('share_20', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 20–24 (%)')),
                        ('share_25', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 25–29 (%)')),
                        ('share_30', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 30–34 (%)')),
                        ('share_35', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 35–44 (%)')),
                        ('retires_from', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(45), django.core.validators.MaxValueValidator(70)], verbose_name='mulai berhenti karena usia pada umur')),
                        ('leave_change', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(-100), django.core.validators.MaxValueValidator(300)], verbose_name='keluar karena alasan lain berubah (%)')),
                        ('wage_change', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(-50), django.core.validators.MaxValueValidator(200)], verbose_name='upah berubah (%)')),
                        ('wage_keeps', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='tiap kenaikan upah 10%, yang keluar berkurang (%)')),
                        ('wage_draws', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='tiap kenaikan upah 10%, orang baru bertambah (%)')),
                        ('uncertainty', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='ketidakpastian asumsi (±%)')),
                        ('method', models.CharField(choices=[('m0', 'M0: per umur satu tahunan (dianjurkan)'), ('m1', 'M1: per kelompok lima tahun, untuk data berkelompok')], max_length=2, verbose_name='cara menghitung')),
                        ('is_measured', models.BooleanField(default=True, verbose_name='memakai angka terukur bila cukup')),
                        ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='diarsipkan pada')),
                        ('archived_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diarsipkan oleh')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('step', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'verbose_name': 'skenario penerusan',
                        'verbose_name_plural': 'skenario penerusan',
                        'ordering': ['-created_at', '-pk'],
                        'permissions': [('plan_projection', 'Can save, run and archive scenarios of succession')],
                        'default_permissions': (),
                        'constraints': [models.UniqueConstraint(condition=models.Q(('archived_at__isnull', True)), fields=('name',), name='projectionscenario_name_once', violation_error_message='Nama ini sudah dipakai skenario lain. Pilih nama lain.'), models.CheckConstraint(condition=models.Q(('retires_from__range', (45, 70)), ('years__range', (1, 30))), name='projectionscenario_years_within'), models.CheckConstraint(condition=models.Q(('direct_hires__range', (0, 100000)), ('intake__range', (0, 100000))), name='projectionscenario_people_within'), models.CheckConstraint(condition=models.Q(('share_15__gte', 0), ('share_20__gte', 0), ('share_25__gte', 0), ('share_30__gte', 0), ('share_35__gte', 0), ('share_15__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(100), '-', models.F('share_20')), '-', models.F('share_25')), '-', models.F('share_30')), '-', models.F('share_35')))), name='projectionscenario_shares_make_a_whole', violation_error_message='Jumlah bagian umur tidak boleh lebih dari 100%.'), models.CheckConstraint(condition=models.Q(('leave_change__range', (-100, 300)), ('retention__range', (0, 100)), ('uncertainty__range', (0, 100)), ('wage_change__range', (-50, 200)), ('wage_draws__range', (0, 100)), ('wage_keeps__range', (0, 100))), name='projectionscenario_changes_within'), models.CheckConstraint(condition=models.Q(models.Q(('archived_at__isnull', True), ('archived_by__isnull', True)), models.Q(('archived_at__isnull', False), ('archived_by__isnull', False)), _connector='OR'), name='projectionscenario_archived_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='scenario_stays_as_saved', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."step_id" IS DISTINCT FROM (NEW."step_id") OR OLD."years" IS DISTINCT FROM (NEW."years") OR OLD."intake" IS DISTINCT FROM (NEW."intake") OR OLD."retention" IS DISTINCT FROM (NEW."retention") OR OLD."direct_hires" IS DISTINCT FROM (NEW."direct_hires") OR OLD."share_15" IS DISTINCT FROM (NEW."share_15") OR OLD."share_20" IS DISTINCT FROM (NEW."share_20") OR OLD."share_25" IS DISTINCT FROM (NEW."share_25") OR OLD."share_30" IS DISTINCT FROM (NEW."share_30") OR OLD."share_35" IS DISTINCT FROM (NEW."share_35") OR OLD."retires_from" IS DISTINCT FROM (NEW."retires_from") OR OLD."leave_change" IS DISTINCT FROM (NEW."leave_change") OR OLD."wage_change" IS DISTINCT FROM (NEW."wage_change") OR OLD."wage_keeps" IS DISTINCT FROM (NEW."wage_keeps") OR OLD."wage_draws" IS DISTINCT FROM (NEW."wage_draws") OR OLD."uncertainty" IS DISTINCT FROM (NEW."uncertainty") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."is_measured" IS DISTINCT FROM (NEW."is_measured"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5ada348cb5668efed311d05ea2fce63094a586fb', operation='UPDATE', pgid='pgtrigger_scenario_stays_as_saved_1e8ab', table='workforce_projectionscenario', when='BEFORE')), pgtrigger.compiler.Trigger(name='scenario_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='13b7f492b8394cdfb74872437420d46011c949d8', operation='DELETE', pgid='pgtrigger_scenario_never_deleted_3e722', table='workforce_projectionscenario', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_projectionscenarioevent" ("archived_at", "archived_by_id", "created_at", "created_by_id", "direct_hires", "id", "intake", "is_measured", "leave_change", "method", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "retention", "retires_from", "share_15", "share_20", "share_25", "share_30", "share_35", "source", "step_id", "uncertainty", "wage_change", "wage_draws", "wage_keeps", "years") SELECT new_values."archived_at", new_values."archived_by_id", new_values."created_at", new_values."created_by_id", new_values."direct_hires", new_values."id", new_values."intake", new_values."is_measured", new_values."leave_change", new_values."method", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."retention", new_values."retires_from", new_values."share_15", new_values."share_20", new_values."share_25", new_values."share_30", new_values."share_35", new_values."source", new_values."step_id", new_values."uncertainty", new_values."wage_change", new_values."wage_draws", new_values."wage_keeps", new_values."years" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='37c0379737e9075775618d832009938a6cf594de', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_79565', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_projectionscenario', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_projectionscenarioevent" ("archived_at", "archived_by_id", "created_at", "created_by_id", "direct_hires", "id", "intake", "is_measured", "leave_change", "method", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "retention", "retires_from", "share_15", "share_20", "share_25", "share_30", "share_35", "source", "step_id", "uncertainty", "wage_change", "wage_draws", "wage_keeps", "years") SELECT new_values."archived_at", new_values."archived_by_id", new_values."created_at", new_values."created_by_id", new_values."direct_hires", new_values."id", new_values."intake", new_values."is_measured", new_values."leave_change", new_values."method", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."retention", new_values."retires_from", new_values."share_15", new_values."share_20", new_values."share_25", new_values."share_30", new_values."share_35", new_values."source", new_values."step_id", new_values."uncertainty", new_values."wage_change", new_values."wage_draws", new_values."wage_keeps", new_values."years" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b63283c670167237bfddc75cb9f1963f0afaae36', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_08ed7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_projectionscenario', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_projectionscenarioevent" ("archived_at", "archived_by_id", "created_at", "created_by_id", "direct_hires", "id", "intake", "is_measured", "leave_change", "method", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "retention", "retires_from", "share_15", "share_20", "share_25", "share_30", "share_35", "source", "step_id", "uncertainty", "wage_change", "wage_draws", "wage_keeps", "years") SELECT old_values."archived_at", old_values."archived_by_id", old_values."created_at", old_values."created_by_id", old_values."direct_hires", old_values."id", old_values."intake", old_values."is_measured", old_values."leave_change", old_values."method", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."retention", old_values."retires_from", old_values."share_15", old_values."share_20", old_values."share_25", old_values."share_30", old_values."share_35", old_values."source", old_values."step_id", old_values."uncertainty", old_values."wage_change", old_values."wage_draws", old_values."wage_keeps", old_values."years" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e00626020870ff967690b13f6deaec63c3e3834a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d15eb', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_projectionscenario', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ProjectionScenarioEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('name', models.CharField(max_length=120, verbose_name='nama skenario')),
                        ('note', models.TextField(blank=True, max_length=2000, verbose_name='catatan dan sumber asumsi')),
                        ('years', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='tahun ke depan')),
                        ('intake', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100000)], verbose_name='orang baru setahun')),
                        ('retention', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='yang bertahan 12 bulan (%)')),
                        ('direct_hires', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100000)], verbose_name='perekrutan langsung yang bertahan setahun')),
                        ('share_15', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 15–19 (%)')),
                        ('share_20', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 20–24 (%)')),
                        ('share_25', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 25–29 (%)')),
                        ('share_30', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 30–34 (%)')),
                        ('share_35', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='orang baru berumur 35–44 (%)')),
                        ('retires_from', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(45), django.core.validators.MaxValueValidator(70)], verbose_name='mulai berhenti karena usia pada umur')),
                        ('leave_change', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(-100), django.core.validators.MaxValueValidator(300)], verbose_name='keluar karena alasan lain berubah (%)')),
                        ('wage_change', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(-50), django.core.validators.MaxValueValidator(200)], verbose_name='upah berubah (%)')),
                        ('wage_keeps', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='tiap kenaikan upah 10%, yang keluar berkurang (%)')),
                        ('wage_draws', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='tiap kenaikan upah 10%, orang baru bertambah (%)')),
                        ('uncertainty', models.DecimalField(decimal_places=3, max_digits=9, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='ketidakpastian asumsi (±%)')),
                        ('method', models.CharField(choices=[('m0', 'M0: per umur satu tahunan (dianjurkan)'), ('m1', 'M1: per kelompok lima tahun, untuk data berkelompok')], max_length=2, verbose_name='cara menghitung')),
                        ('is_measured', models.BooleanField(default=True, verbose_name='memakai angka terukur bila cukup')),
                        ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='diarsipkan pada')),
                        ('archived_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diarsipkan oleh')),
                        ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workforce.projectionscenario')),
                        ('step', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1803e0c88137eb2168a38da5b6267a75c528e914', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dfecc', table='workforce_projectionscenarioevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='RateAssumption',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cause', models.CharField(choices=[('leave', 'Keluar karena alasan lain'), ('death', 'Meninggal dunia'), ('retire', 'Berhenti karena usia')], max_length=6, verbose_name='sebab')),
                        ('first_age', models.PositiveSmallIntegerField(choices=[(15, '15–19'), (20, '20–24'), (25, '25–29'), (30, '30–34'), (35, '35–39'), (40, '40–44'), (45, '45–49'), (50, '50–54'), (55, '55–59'), (60, '60–64'), (65, '65–69'), (70, '70+')], verbose_name='umur mulai')),
                        ('probability', models.DecimalField(decimal_places=5, max_digits=6, verbose_name='peluang setahun (0–1)')),
                        ('valid_from', models.DateField(verbose_name='berlaku sejak')),
                        ('source_text', models.CharField(max_length=200, verbose_name='sumber')),
                        ('confidence', models.CharField(choices=[('confirmed', 'Dibaca pada sumbernya'), ('to_confirm', 'Perlu dipastikan')], default='to_confirm', max_length=10, verbose_name='kepastian')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                    ],
                    options={
                        'verbose_name': 'asumsi keluar dari pekerjaan batik',
                        'verbose_name_plural': 'asumsi keluar dari pekerjaan batik',
                        'ordering': ['cause', 'first_age', '-valid_from'],
                        'constraints': [models.UniqueConstraint(fields=('cause', 'first_age', 'valid_from'), name='rateassumption_once_a_day'), models.CheckConstraint(condition=models.Q(('probability__range', (0, 1))), name='rateassumption_is_a_probability'), models.CheckConstraint(condition=models.Q(('first_age__in', (15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70))), name='rateassumption_age_group'), models.CheckConstraint(condition=models.Q(models.Q(('cause', 'retire'), _negated=True), ('first_age__gte', 50), ('probability', 0), _connector='OR'), name='rateassumption_nobody_retires_before_fifty', violation_error_message='Di bawah 50 tahun peluang berhenti karena usia harus 0.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_rateassumptionevent" ("cause", "confidence", "first_age", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "source_text", "valid_from") SELECT new_values."cause", new_values."confidence", new_values."first_age", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."probability", new_values."source_text", new_values."valid_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='05ab79e354024e70a156b0a09dbd0b193aa3a3f3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f2c5a', referencing='REFERENCING NEW TABLE AS new_values ', table='workforce_rateassumption', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_rateassumptionevent" ("cause", "confidence", "first_age", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "source_text", "valid_from") SELECT new_values."cause", new_values."confidence", new_values."first_age", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."probability", new_values."source_text", new_values."valid_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f05dc157a51f561375cd419dc918708435e5227f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_68184', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workforce_rateassumption', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workforce_rateassumptionevent" ("cause", "confidence", "first_age", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "source_text", "valid_from") SELECT old_values."cause", old_values."confidence", old_values."first_age", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."probability", old_values."source_text", old_values."valid_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cf1b2b6c64cf96ad420fdddc93a5aa871addb97e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fa84b', referencing='REFERENCING OLD TABLE AS old_values ', table='workforce_rateassumption', when='AFTER'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='RateAssumption',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='ProjectionCell',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='ProjectionScenario',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='ProjectionRun',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='ProjectionScenarioEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='RateAssumptionEvent',
                ),
            ],
        ),
    ]
