import batikportal.migration_steps
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0005_stopped_messages'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('wastewater', '0023_load_links'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='BalanceFactorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('code', models.CharField(choices=[('enterprise_m3_per_day', 'Air limbah satu usaha yang tidak punya angka (m³/hari)'), ('cod_in_mg_per_l', 'COD air limbah yang masuk IPAL (mg/L)'), ('cod_removal_per_cent', 'COD yang disisihkan IPAL (%)')], max_length=24, verbose_name='angka baku')),
                        ('low', models.DecimalField(decimal_places=3, max_digits=10, verbose_name='paling rendah')),
                        ('central', models.DecimalField(decimal_places=3, max_digits=10, verbose_name='yang dipakai')),
                        ('high', models.DecimalField(decimal_places=3, max_digits=10, verbose_name='paling tinggi')),
                        ('effective_from', models.DateField(verbose_name='berlaku sejak')),
                        ('effective_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('basis', models.CharField(max_length=300, verbose_name='dasar dan sumber')),
                        ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.balancefactor')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5785a0c2af60f3acc20e61557f69a9a4fbd3198f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b91cb', table='wastewater_balancefactorevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PublishedFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('generated', 'Air limbah dihasilkan (m³/hari)'), ('treated', 'Air limbah diolah (m³/hari)'), ('treated_share', 'Bagian yang diolah (%)'), ('enterprises', 'Banyaknya usaha batik'), ('investment', 'Biaya membangun IPAL (rupiah)'), ('operation', 'Biaya operasi IPAL (rupiah per tahun)')], max_length=13, verbose_name='isi angka')),
                        ('value', models.DecimalField(decimal_places=2, max_digits=15, verbose_name='angka')),
                        ('value_high', models.DecimalField(blank=True, decimal_places=2, help_text='Isi bila sumber menyebut rentang.', max_digits=15, null=True, verbose_name='sampai')),
                        ('stated_on', models.DateField(verbose_name='tanggal sumber')),
                        ('date_is_approximate', models.BooleanField(default=False, verbose_name='tanggal kira-kira')),
                        ('origin', models.CharField(max_length=200, verbose_name='sumber')),
                        ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                        ('area', models.ForeignKey(blank=True, help_text='Kosong berarti seluruh kota.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='batikportal.area', verbose_name='wilayah')),
                        ('plant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wastewater.treatmentplant', verbose_name='IPAL')),
                    ],
                    options={
                        'verbose_name': 'angka terbitan',
                        'verbose_name_plural': 'angka terbitan',
                        'ordering': ['kind', '-stated_on', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'origin', 'area', 'plant'), name='published_figure_once_per_source', nulls_distinct=False, violation_error_message='Angka ini dari sumber yang sama sudah tercatat.'), models.CheckConstraint(condition=models.Q(('value__gte', 0), models.Q(('value_high__isnull', True), ('value_high__gt', models.F('value')), _connector='OR')), name='published_figure_in_order', violation_error_message='Angka tidak boleh negatif, dan akhir rentang harus lebih besar.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'treated_share'), _negated=True), models.Q(('value__lte', 100), models.Q(('value_high__isnull', True), ('value_high__lte', 100), _connector='OR')), _connector='OR'), name='published_figure_share_within_whole', violation_error_message='Persen paling tinggi 100.'), models.CheckConstraint(condition=models.Q(('origin', ''), _negated=True), name='published_figure_has_origin')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_publishedfigureevent" ("area_id", "confidence", "date_is_approximate", "id", "kind", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant_id", "stated_on", "value", "value_high") SELECT new_values."area_id", new_values."confidence", new_values."date_is_approximate", new_values."id", new_values."kind", new_values."note", new_values."origin", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plant_id", new_values."stated_on", new_values."value", new_values."value_high" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8827835a7ab86858044232c8281496fcf9611490', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e0c41', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_publishedfigure', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_publishedfigureevent" ("area_id", "confidence", "date_is_approximate", "id", "kind", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant_id", "stated_on", "value", "value_high") SELECT new_values."area_id", new_values."confidence", new_values."date_is_approximate", new_values."id", new_values."kind", new_values."note", new_values."origin", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plant_id", new_values."stated_on", new_values."value", new_values."value_high" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='03eada3a8705b9ce05de67883a40c8280840a7bb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d20a0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_publishedfigure', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_publishedfigureevent" ("area_id", "confidence", "date_is_approximate", "id", "kind", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant_id", "stated_on", "value", "value_high") SELECT old_values."area_id", old_values."confidence", old_values."date_is_approximate", old_values."id", old_values."kind", old_values."note", old_values."origin", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plant_id", old_values."stated_on", old_values."value", old_values."value_high" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2d04104ca51f5648fb8c51b14b76be2aa2027590', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5f2bc', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_publishedfigure', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PublishedFigureEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('generated', 'Air limbah dihasilkan (m³/hari)'), ('treated', 'Air limbah diolah (m³/hari)'), ('treated_share', 'Bagian yang diolah (%)'), ('enterprises', 'Banyaknya usaha batik'), ('investment', 'Biaya membangun IPAL (rupiah)'), ('operation', 'Biaya operasi IPAL (rupiah per tahun)')], max_length=13, verbose_name='isi angka')),
                        ('value', models.DecimalField(decimal_places=2, max_digits=15, verbose_name='angka')),
                        ('value_high', models.DecimalField(blank=True, decimal_places=2, help_text='Isi bila sumber menyebut rentang.', max_digits=15, null=True, verbose_name='sampai')),
                        ('stated_on', models.DateField(verbose_name='tanggal sumber')),
                        ('date_is_approximate', models.BooleanField(default=False, verbose_name='tanggal kira-kira')),
                        ('origin', models.CharField(max_length=200, verbose_name='sumber')),
                        ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                        ('area', models.ForeignKey(blank=True, db_constraint=False, help_text='Kosong berarti seluruh kota.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='batikportal.area', verbose_name='wilayah')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.publishedfigure')),
                        ('plant', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.treatmentplant', verbose_name='IPAL')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='20bad6cef0eea56aa762c94a0e5ffa8d2d832f80', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_59fad', table='wastewater_publishedfigureevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='BalanceFactor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(choices=[('enterprise_m3_per_day', 'Air limbah satu usaha yang tidak punya angka (m³/hari)'), ('cod_in_mg_per_l', 'COD air limbah yang masuk IPAL (mg/L)'), ('cod_removal_per_cent', 'COD yang disisihkan IPAL (%)')], max_length=24, verbose_name='angka baku')),
                        ('low', models.DecimalField(decimal_places=3, max_digits=10, verbose_name='paling rendah')),
                        ('central', models.DecimalField(decimal_places=3, max_digits=10, verbose_name='yang dipakai')),
                        ('high', models.DecimalField(decimal_places=3, max_digits=10, verbose_name='paling tinggi')),
                        ('effective_from', models.DateField(verbose_name='berlaku sejak')),
                        ('effective_until', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                        ('basis', models.CharField(max_length=300, verbose_name='dasar dan sumber')),
                        ('confidence', models.CharField(choices=[('V', 'Dibaca pada sumbernya'), ('M-H', 'Belum dicocokkan dengan naskah, keyakinan tinggi'), ('M', 'Belum dicocokkan dengan naskah, keyakinan sedang'), ('L', 'Belum dicocokkan dengan naskah, perlu dipastikan'), ('C', 'Hasil hitungan')], max_length=3, verbose_name='keyakinan')),
                    ],
                    options={
                        'verbose_name': 'angka baku neraca',
                        'verbose_name_plural': 'angka baku neraca',
                        'ordering': ['code', '-effective_from'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(django.db.models.functions.text.Concat(models.F('code'), models.Value('|')), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Func(django.db.models.functions.text.Concat(models.F('code'), models.Value('|')), models.Value(0), function='hashtextextended', output_field=models.BigIntegerField()), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('effective_from'), models.F('effective_until'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='balance_factor_once_at_a_time', violation_error_message='Angka baku ini sudah ada pada masa itu. Akhiri dahulu yang lama.'), models.CheckConstraint(condition=models.Q(('effective_until__isnull', True), ('effective_until__gte', models.F('effective_from')), _connector='OR'), name='balance_factor_in_order', violation_error_message='Tanggal akhir harus sesudah tanggal mulai.'), models.CheckConstraint(condition=models.Q(('central__gte', models.F('low')), ('high__gte', models.F('central')), ('low__gt', 0)), name='balance_factor_span_in_order', violation_error_message='Isi lebih dari nol, dan urut: paling rendah, yang dipakai, paling tinggi.'), models.CheckConstraint(condition=models.Q(models.Q(('code', 'cod_removal_per_cent'), _negated=True), ('high__lte', 100), _connector='OR'), name='balance_factor_share_within_whole', violation_error_message='Persen paling tinggi 100.'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='balance_factor_has_basis')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_balancefactorevent" ("basis", "central", "code", "confidence", "effective_from", "effective_until", "high", "id", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."basis", new_values."central", new_values."code", new_values."confidence", new_values."effective_from", new_values."effective_until", new_values."high", new_values."id", new_values."low", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6081ee4764d42a08c4e0c7b8ca19fe9debb2e8e2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8a3e3', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_balancefactor', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_balancefactorevent" ("basis", "central", "code", "confidence", "effective_from", "effective_until", "high", "id", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."basis", new_values."central", new_values."code", new_values."confidence", new_values."effective_from", new_values."effective_until", new_values."high", new_values."id", new_values."low", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7a09077c38768de7fe9a9396715058472ba61988', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_88b72', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_balancefactor', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_balancefactorevent" ("basis", "central", "code", "confidence", "effective_from", "effective_until", "high", "id", "low", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."basis", old_values."central", old_values."code", old_values."confidence", old_values."effective_from", old_values."effective_until", old_values."high", old_values."id", old_values."low", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fdbc05dbca6f4fec4cfff4fd4cc1ea6af6be5f90', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9d283', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_balancefactor', when='AFTER'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='BalanceFactor',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='BalanceFactorEvent',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='PublishedFigure',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='PublishedFigureEvent',
                ),
            ],
        ),
    ]
