import batikportal.migration_steps
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0006_points_complete'),
        ('batikportal', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('wastewater', '0021_load_methods'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='FindingViolation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='violation_links', to='wastewater.finding', verbose_name='temuan')),
                        ('violation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='finding_links', to='wastewater.violation', verbose_name='pelanggaran')),
                    ],
                    options={
                        'verbose_name': 'pelanggaran yang mendasari temuan',
                        'verbose_name_plural': 'pelanggaran yang mendasari temuan',
                        'ordering': ['finding', 'violation'],
                        'constraints': [models.UniqueConstraint(fields=('finding', 'violation'), name='finding_violation_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='finding_violation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0277a5fe24788ce7d6002caa45a5a84c510ed44e', operation='UPDATE', pgid='pgtrigger_finding_violation_stays_0755d', table='wastewater_findingviolation', when='BEFORE')), pgtrigger.compiler.Trigger(name='finding_rests_on_own_violation', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE told wastewater_finding;', func="\n                    SELECT * INTO told FROM wastewater_finding\n                        WHERE id = COALESCE(NEW.finding_id, OLD.finding_id) FOR SHARE;\n                    IF told.state <> 'open' THEN\n                        RAISE EXCEPTION 'finding % was told to the firm and stays as it was told', told.id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF NOT EXISTS (SELECT FROM wastewater_violation v WHERE v.id = NEW.violation_id\n                        AND v.state <> 'withdrawn'\n                        AND (v.enterprise_id, v.plant_id) IS NOT DISTINCT FROM (told.enterprise_id, told.plant_id)) THEN\n                        RAISE EXCEPTION 'a finding rests on a standing violation of the same firm or plant'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                    ", hash='f99a90009b32f6f7db6d0454503626c99c0c81a8', operation='INSERT OR DELETE', pgid='pgtrigger_finding_rests_on_own_violation_924a3', table='wastewater_findingviolation', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_findingviolationevent" ("finding_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violation_id") SELECT new_values."finding_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."violation_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bbba6c27c1f6f5e4ef75cc8b50fcd29599f51810', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f0762', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_findingviolation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_findingviolationevent" ("finding_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violation_id") SELECT new_values."finding_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."violation_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3a7e679ad58e84cc6bcf71d47e30ccb91b406572', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2ccb1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_findingviolation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_findingviolationevent" ("finding_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "violation_id") SELECT old_values."finding_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."violation_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5f55d9c445b000911870145722497bf2dfb254cd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_da141', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_findingviolation', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='FindingViolationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('finding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.finding', verbose_name='temuan')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='wastewater.findingviolation')),
                        ('violation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.violation', verbose_name='pelanggaran')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5b5d5ddd85692b17fd028094066b45b1cffb68af', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_949d3', table='wastewater_findingviolationevent', when='BEFORE'))],
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='complaint',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='complaint',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='complaint',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='enforcementdecision',
                    name='no_sanction_on_cleared',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='enforcementdecision',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='enforcementdecision',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='enforcementdecision',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='inspection',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='inspection',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='inspection',
                    name='delete_delete',
                ),
                migrations.RemoveConstraint(
                    model_name='dischargepoint',
                    name='point_on_earth',
                ),
                migrations.RemoveConstraint(
                    model_name='enforcementdecision',
                    name='decision_dates_in_order',
                ),
                migrations.RemoveConstraint(
                    model_name='inspection',
                    name='inspection_time_in_order',
                ),
                migrations.RemoveConstraint(
                    model_name='limit',
                    name='limit_bounds_fit_kind',
                ),
                migrations.RemoveConstraint(
                    model_name='quarterlock',
                    name='quarter_unlock_has_reason',
                ),
                migrations.RemoveConstraint(
                    model_name='reach',
                    name='reach_start_on_earth',
                ),
                migrations.RemoveConstraint(
                    model_name='reach',
                    name='reach_end_on_earth',
                ),
                migrations.RemoveConstraint(
                    model_name='resultcorrection',
                    name='correction_decided_by_someone',
                ),
                migrations.RemoveConstraint(
                    model_name='sitefacts',
                    name='site_point_on_earth',
                ),
                migrations.RemoveConstraint(
                    model_name='treatmentplant',
                    name='plant_point_on_earth',
                ),
                migrations.RemoveConstraint(
                    model_name='violation',
                    name='violation_once_per_evaluation',
                ),
                migrations.RemoveConstraint(
                    model_name='violation',
                    name='violation_has_evidence',
                ),
                migrations.RemoveConstraint(
                    model_name='violation',
                    name='violation_end_fits_kind',
                ),
                migrations.AddField(
                    model_name='complaint',
                    name='verification_due_on',
                    field=models.DateField(blank=True, null=True, verbose_name='verifikasi lapangan paling lambat'),
                ),
                migrations.AddField(
                    model_name='complaint',
                    name='verified_on',
                    field=models.DateField(blank=True, editable=False, null=True, verbose_name='diverifikasi di lapangan pada'),
                ),
                migrations.AddField(
                    model_name='complaintevent',
                    name='verification_due_on',
                    field=models.DateField(blank=True, null=True, verbose_name='verifikasi lapangan paling lambat'),
                ),
                migrations.AddField(
                    model_name='complaintevent',
                    name='verified_on',
                    field=models.DateField(blank=True, editable=False, null=True, verbose_name='diverifikasi di lapangan pada'),
                ),
                migrations.AddField(
                    model_name='enforcementdecision',
                    name='without_coaching_reason',
                    field=models.TextField(blank=True, editable=False, verbose_name='alasan tanpa pembinaan lebih dahulu'),
                ),
                migrations.AddField(
                    model_name='enforcementdecisionevent',
                    name='without_coaching_reason',
                    field=models.TextField(blank=True, editable=False, verbose_name='alasan tanpa pembinaan lebih dahulu'),
                ),
                migrations.AddField(
                    model_name='inspection',
                    name='complaint',
                    field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='wastewater.complaint', verbose_name='pengaduan'),
                ),
                migrations.AddField(
                    model_name='inspection',
                    name='violation',
                    field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='wastewater.violation', verbose_name='pelanggaran'),
                ),
                migrations.AddField(
                    model_name='inspectionevent',
                    name='complaint',
                    field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.complaint', verbose_name='pengaduan'),
                ),
                migrations.AddField(
                    model_name='inspectionevent',
                    name='violation',
                    field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='wastewater.violation', verbose_name='pelanggaran'),
                ),
                migrations.AlterField(
                    model_name='complaintterm',
                    name='kind',
                    field=models.CharField(choices=[('first_response', 'Tanggapan pertama'), ('answer', 'Jawaban'), ('forwarding', 'Penerusan ke instansi berwenang'), ('verification', 'Verifikasi lapangan'), ('reply', 'Waktu pelapor menjawab pertanyaan'), ('reopen', 'Waktu pelapor meminta dibuka kembali'), ('retention', 'Penghapusan data pelapor sesudah selesai')], max_length=14, verbose_name='jangka waktu'),
                ),
                migrations.AlterField(
                    model_name='complainttermevent',
                    name='kind',
                    field=models.CharField(choices=[('first_response', 'Tanggapan pertama'), ('answer', 'Jawaban'), ('forwarding', 'Penerusan ke instansi berwenang'), ('verification', 'Verifikasi lapangan'), ('reply', 'Waktu pelapor menjawab pertanyaan'), ('reopen', 'Waktu pelapor meminta dibuka kembali'), ('retention', 'Penghapusan data pelapor sesudah selesai')], max_length=14, verbose_name='jangka waktu'),
                ),
                migrations.AlterField(
                    model_name='inspection',
                    name='origin',
                    field=models.CharField(choices=[('plan', 'Rencana tahunan'), ('complaint', 'Pengaduan'), ('violation', 'Pelanggaran'), ('repeated', 'Pelanggaran berulang'), ('report', 'Laporan'), ('emergency', 'Keadaan darurat'), ('patrol', 'Susur sungai')], max_length=10, verbose_name='asal'),
                ),
                migrations.AlterField(
                    model_name='inspectionevent',
                    name='origin',
                    field=models.CharField(choices=[('plan', 'Rencana tahunan'), ('complaint', 'Pengaduan'), ('violation', 'Pelanggaran'), ('repeated', 'Pelanggaran berulang'), ('report', 'Laporan'), ('emergency', 'Keadaan darurat'), ('patrol', 'Susur sungai')], max_length=10, verbose_name='asal'),
                ),
                migrations.AlterField(
                    model_name='supervisionsetting',
                    name='key',
                    field=models.CharField(choices=[('reply_working_days', 'Hak jawab: lama (hari kerja)'), ('authority_silence_days', 'Dinas diam: tanggapan dianggap diterima sesudah (hari)'), ('reminder_days', 'Pengingat: sebelum tenggat (hari)'), ('report_sign_days', 'Berita acara: ditandatangani dalam (hari)'), ('warning_days', 'Teguran tertulis: tenggat usulan (hari)'), ('coercion_days', 'Paksaan pemerintah: tenggat usulan (hari)'), ('objection_working_days', 'Keberatan: tenggat mengajukan (hari kerja)'), ('objection_decision_days', 'Keberatan: tenggat memutus (hari kerja)'), ('milestone_late_days', 'Jadwal perbaikan: terlambat berat sesudah (hari)'), ('coaching_months', 'Pembinaan: berlaku sebagai langkah pertama selama (bulan; 0 = tidak wajib)'), ('risk_months', 'Risiko: masa yang dilihat ke belakang (bulan)'), ('points_exceedance', 'Risiko: poin per hasil melebihi baku mutu'), ('most_exceedance', 'Risiko: poin tertinggi dari pelampauan'), ('points_violation', 'Risiko: poin per pelanggaran yang terbuka'), ('most_violation', 'Risiko: poin tertinggi dari pelanggaran'), ('points_repeated', 'Risiko: poin pelanggaran berulang'), ('points_never', 'Risiko: poin belum pernah diawasi'), ('points_long_ago', 'Risiko: poin pengawasan terakhir sudah lama'), ('long_ago_months', 'Risiko: disebut lama sesudah (bulan)'), ('points_untreated', 'Risiko: poin air limbah tidak tersambung ke IPAL'), ('points_large_volume', 'Risiko: poin volume besar'), ('large_volume', 'Risiko: disebut besar mulai (m³/hari)'), ('points_complaint', 'Risiko: poin per pengaduan terbuka'), ('most_complaint', 'Risiko: poin tertinggi dari pengaduan'), ('points_overdue_order', 'Risiko: poin per perintah lewat tenggat'), ('most_overdue_order', 'Risiko: poin tertinggi dari perintah lewat tenggat')], max_length=24, verbose_name='aturan'),
                ),
                migrations.AlterField(
                    model_name='supervisionsettingevent',
                    name='key',
                    field=models.CharField(choices=[('reply_working_days', 'Hak jawab: lama (hari kerja)'), ('authority_silence_days', 'Dinas diam: tanggapan dianggap diterima sesudah (hari)'), ('reminder_days', 'Pengingat: sebelum tenggat (hari)'), ('report_sign_days', 'Berita acara: ditandatangani dalam (hari)'), ('warning_days', 'Teguran tertulis: tenggat usulan (hari)'), ('coercion_days', 'Paksaan pemerintah: tenggat usulan (hari)'), ('objection_working_days', 'Keberatan: tenggat mengajukan (hari kerja)'), ('objection_decision_days', 'Keberatan: tenggat memutus (hari kerja)'), ('milestone_late_days', 'Jadwal perbaikan: terlambat berat sesudah (hari)'), ('coaching_months', 'Pembinaan: berlaku sebagai langkah pertama selama (bulan; 0 = tidak wajib)'), ('risk_months', 'Risiko: masa yang dilihat ke belakang (bulan)'), ('points_exceedance', 'Risiko: poin per hasil melebihi baku mutu'), ('most_exceedance', 'Risiko: poin tertinggi dari pelampauan'), ('points_violation', 'Risiko: poin per pelanggaran yang terbuka'), ('most_violation', 'Risiko: poin tertinggi dari pelanggaran'), ('points_repeated', 'Risiko: poin pelanggaran berulang'), ('points_never', 'Risiko: poin belum pernah diawasi'), ('points_long_ago', 'Risiko: poin pengawasan terakhir sudah lama'), ('long_ago_months', 'Risiko: disebut lama sesudah (bulan)'), ('points_untreated', 'Risiko: poin air limbah tidak tersambung ke IPAL'), ('points_large_volume', 'Risiko: poin volume besar'), ('large_volume', 'Risiko: disebut besar mulai (m³/hari)'), ('points_complaint', 'Risiko: poin per pengaduan terbuka'), ('most_complaint', 'Risiko: poin tertinggi dari pengaduan'), ('points_overdue_order', 'Risiko: poin per perintah lewat tenggat'), ('most_overdue_order', 'Risiko: poin tertinggi dari perintah lewat tenggat')], max_length=24, verbose_name='aturan'),
                ),
                migrations.AlterField(
                    model_name='violation',
                    name='kind',
                    field=models.CharField(choices=[('limit', 'Melebihi baku mutu'), ('load', 'Melebihi batas beban'), ('non_receipt', 'Tidak melapor'), ('unpermitted', 'Membuang tanpa persetujuan'), ('schedule', 'Jadwal penaatan terlampaui'), ('narrative', 'Pelanggaran lain')], max_length=11, verbose_name='jenis'),
                ),
                migrations.AlterField(
                    model_name='violationevent',
                    name='kind',
                    field=models.CharField(choices=[('limit', 'Melebihi baku mutu'), ('load', 'Melebihi batas beban'), ('non_receipt', 'Tidak melapor'), ('unpermitted', 'Membuang tanpa persetujuan'), ('schedule', 'Jadwal penaatan terlampaui'), ('narrative', 'Pelanggaran lain')], max_length=11, verbose_name='jenis'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='complaint',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_complaintevent" ("answer", "answered_at", "category_id", "channel", "closed_at", "closing", "colour", "created_at", "created_by_id", "due_on", "enterprise_id", "first_answered_at", "first_due_on", "first_response_at", "first_response_due_on", "happened_on", "id", "is_outside_city", "latitude", "legal_hold", "longitude", "moderation", "national_number", "number", "parent_id", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_text", "read_at", "read_by_id", "received_at", "rejected_at", "rejection", "reopen_until", "reopened_at", "satisfaction", "satisfaction_at", "smell", "source", "split_from_id", "state", "term_id", "time_of_day", "verification_due_on", "verified_on", "waiting_from", "waiting_since_on", "ward_id", "ward_is_estimated") SELECT new_values."answer", new_values."answered_at", new_values."category_id", new_values."channel", new_values."closed_at", new_values."closing", new_values."colour", new_values."created_at", new_values."created_by_id", new_values."due_on", new_values."enterprise_id", new_values."first_answered_at", new_values."first_due_on", new_values."first_response_at", new_values."first_response_due_on", new_values."happened_on", new_values."id", new_values."is_outside_city", new_values."latitude", new_values."legal_hold", new_values."longitude", new_values."moderation", new_values."national_number", new_values."number", new_values."parent_id", new_values."paused_days", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."public_text", new_values."read_at", new_values."read_by_id", new_values."received_at", new_values."rejected_at", new_values."rejection", new_values."reopen_until", new_values."reopened_at", new_values."satisfaction", new_values."satisfaction_at", new_values."smell", new_values."source", new_values."split_from_id", new_values."state", new_values."term_id", new_values."time_of_day", new_values."verification_due_on", new_values."verified_on", new_values."waiting_from", new_values."waiting_since_on", new_values."ward_id", new_values."ward_is_estimated" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='90e4fdda519dc3867f0bac71da34f455a65e4345', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dae4f', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_complaint', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='complaint',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_complaintevent" ("answer", "answered_at", "category_id", "channel", "closed_at", "closing", "colour", "created_at", "created_by_id", "due_on", "enterprise_id", "first_answered_at", "first_due_on", "first_response_at", "first_response_due_on", "happened_on", "id", "is_outside_city", "latitude", "legal_hold", "longitude", "moderation", "national_number", "number", "parent_id", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_text", "read_at", "read_by_id", "received_at", "rejected_at", "rejection", "reopen_until", "reopened_at", "satisfaction", "satisfaction_at", "smell", "source", "split_from_id", "state", "term_id", "time_of_day", "verification_due_on", "verified_on", "waiting_from", "waiting_since_on", "ward_id", "ward_is_estimated") SELECT new_values."answer", new_values."answered_at", new_values."category_id", new_values."channel", new_values."closed_at", new_values."closing", new_values."colour", new_values."created_at", new_values."created_by_id", new_values."due_on", new_values."enterprise_id", new_values."first_answered_at", new_values."first_due_on", new_values."first_response_at", new_values."first_response_due_on", new_values."happened_on", new_values."id", new_values."is_outside_city", new_values."latitude", new_values."legal_hold", new_values."longitude", new_values."moderation", new_values."national_number", new_values."number", new_values."parent_id", new_values."paused_days", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."public_text", new_values."read_at", new_values."read_by_id", new_values."received_at", new_values."rejected_at", new_values."rejection", new_values."reopen_until", new_values."reopened_at", new_values."satisfaction", new_values."satisfaction_at", new_values."smell", new_values."source", new_values."split_from_id", new_values."state", new_values."term_id", new_values."time_of_day", new_values."verification_due_on", new_values."verified_on", new_values."waiting_from", new_values."waiting_since_on", new_values."ward_id", new_values."ward_is_estimated" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answer" IS DISTINCT FROM (new_values."answer") OR old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."category_id" IS DISTINCT FROM (new_values."category_id") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."closed_at" IS DISTINCT FROM (new_values."closed_at") OR old_values."closing" IS DISTINCT FROM (new_values."closing") OR old_values."colour" IS DISTINCT FROM (new_values."colour") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."enterprise_id" IS DISTINCT FROM (new_values."enterprise_id") OR old_values."first_answered_at" IS DISTINCT FROM (new_values."first_answered_at") OR old_values."first_due_on" IS DISTINCT FROM (new_values."first_due_on") OR old_values."first_response_at" IS DISTINCT FROM (new_values."first_response_at") OR old_values."first_response_due_on" IS DISTINCT FROM (new_values."first_response_due_on") OR old_values."happened_on" IS DISTINCT FROM (new_values."happened_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_outside_city" IS DISTINCT FROM (new_values."is_outside_city") OR old_values."latitude" IS DISTINCT FROM (new_values."latitude") OR old_values."legal_hold" IS DISTINCT FROM (new_values."legal_hold") OR old_values."longitude" IS DISTINCT FROM (new_values."longitude") OR old_values."moderation" IS DISTINCT FROM (new_values."moderation") OR old_values."national_number" IS DISTINCT FROM (new_values."national_number") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."paused_days" IS DISTINCT FROM (new_values."paused_days") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."public_text" IS DISTINCT FROM (new_values."public_text") OR old_values."read_at" IS DISTINCT FROM (new_values."read_at") OR old_values."read_by_id" IS DISTINCT FROM (new_values."read_by_id") OR old_values."received_at" IS DISTINCT FROM (new_values."received_at") OR old_values."rejected_at" IS DISTINCT FROM (new_values."rejected_at") OR old_values."rejection" IS DISTINCT FROM (new_values."rejection") OR old_values."reopen_until" IS DISTINCT FROM (new_values."reopen_until") OR old_values."reopened_at" IS DISTINCT FROM (new_values."reopened_at") OR old_values."satisfaction" IS DISTINCT FROM (new_values."satisfaction") OR old_values."satisfaction_at" IS DISTINCT FROM (new_values."satisfaction_at") OR old_values."smell" IS DISTINCT FROM (new_values."smell") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."split_from_id" IS DISTINCT FROM (new_values."split_from_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."term_id" IS DISTINCT FROM (new_values."term_id") OR old_values."time_of_day" IS DISTINCT FROM (new_values."time_of_day") OR old_values."verification_due_on" IS DISTINCT FROM (new_values."verification_due_on") OR old_values."verified_on" IS DISTINCT FROM (new_values."verified_on") OR old_values."waiting_from" IS DISTINCT FROM (new_values."waiting_from") OR old_values."waiting_since_on" IS DISTINCT FROM (new_values."waiting_since_on") OR old_values."ward_id" IS DISTINCT FROM (new_values."ward_id") OR old_values."ward_is_estimated" IS DISTINCT FROM (new_values."ward_is_estimated")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='408ddeedb37603f16a4d0df55cd3051e1195e445', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cd82d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_complaint', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='complaint',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_complaintevent" ("answer", "answered_at", "category_id", "channel", "closed_at", "closing", "colour", "created_at", "created_by_id", "due_on", "enterprise_id", "first_answered_at", "first_due_on", "first_response_at", "first_response_due_on", "happened_on", "id", "is_outside_city", "latitude", "legal_hold", "longitude", "moderation", "national_number", "number", "parent_id", "paused_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "public_text", "read_at", "read_by_id", "received_at", "rejected_at", "rejection", "reopen_until", "reopened_at", "satisfaction", "satisfaction_at", "smell", "source", "split_from_id", "state", "term_id", "time_of_day", "verification_due_on", "verified_on", "waiting_from", "waiting_since_on", "ward_id", "ward_is_estimated") SELECT old_values."answer", old_values."answered_at", old_values."category_id", old_values."channel", old_values."closed_at", old_values."closing", old_values."colour", old_values."created_at", old_values."created_by_id", old_values."due_on", old_values."enterprise_id", old_values."first_answered_at", old_values."first_due_on", old_values."first_response_at", old_values."first_response_due_on", old_values."happened_on", old_values."id", old_values."is_outside_city", old_values."latitude", old_values."legal_hold", old_values."longitude", old_values."moderation", old_values."national_number", old_values."number", old_values."parent_id", old_values."paused_days", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."public_text", old_values."read_at", old_values."read_by_id", old_values."received_at", old_values."rejected_at", old_values."rejection", old_values."reopen_until", old_values."reopened_at", old_values."satisfaction", old_values."satisfaction_at", old_values."smell", old_values."source", old_values."split_from_id", old_values."state", old_values."term_id", old_values."time_of_day", old_values."verification_due_on", old_values."verified_on", old_values."waiting_from", old_values."waiting_since_on", old_values."ward_id", old_values."ward_is_estimated" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7fff51bf1298b550ca0229ae088045bdc4c9b42f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bb0b0', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_complaint', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enforcementdecision',
                    trigger=pgtrigger.compiler.Trigger(name='no_sanction_on_cleared', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'INSERT' THEN\n                        IF NEW.state <> 'drafted' THEN\n                            RAISE EXCEPTION 'a decision begins as a draft' USING ERRCODE = 'check_violation';\n                        END IF;\n                    ELSIF OLD.state <> 'drafted' AND (OLD.case_id, OLD.kind, OLD.coercion_forms, OLD.considerations,\n                            OLD.without_coaching_reason,\n                            OLD.fine_idr, OLD.decree_number, OLD.decree_on, OLD.created_by_id, OLD.approved_by_id)\n                        IS DISTINCT FROM (NEW.case_id, NEW.kind, NEW.coercion_forms, NEW.considerations,\n                            NEW.without_coaching_reason,\n                            NEW.fine_idr, NEW.decree_number, NEW.decree_on, NEW.created_by_id, NEW.approved_by_id) THEN\n                        RAISE EXCEPTION 'decision % is approved and stays as it is', OLD.id\n                            USING ERRCODE = 'check_violation';\n                    ELSIF OLD.state = NEW.state THEN\n                        RETURN NEW;\n                    END IF;\n                    IF TG_OP = 'INSERT' AND NEW.follows_id IS NULL AND NEW.without_coaching_reason = ''\n                        AND NOT EXISTS (\n                            SELECT FROM wastewater_coaching t JOIN wastewater_enforcementcase k\n                                ON (t.enterprise_id, t.plant_id) IS NOT DISTINCT FROM (k.enterprise_id, k.plant_id)\n                            WHERE k.id = NEW.case_id) THEN\n                        RAISE EXCEPTION 'coaching comes first, or a written reason why not'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state IN ('drafted', 'approved', 'served', 'in_force', 'breached', 'escalated') THEN\n                        PERFORM 1 FROM wastewater_casefinding c\n                            JOIN wastewater_enforcementcase k ON k.id = c.case_id\n                            JOIN wastewater_finding f ON f.id = c.finding_id\n                            WHERE c.case_id = NEW.case_id AND k.state = 'open' AND f.state = 'decided' AND f.outcome IN ('upheld', 'adjusted')\n                            FOR SHARE OF k, f;\n                        IF NOT FOUND THEN\n                            RAISE EXCEPTION 'no sanction without an upheld finding that is not cured'\n                                USING ERRCODE = 'check_violation';\n                        END IF;\n                    END IF;\n                    RETURN NEW;\n                    ", hash='005cd5977c70db5f3c90a9af9024a0f7fd17e2a5', operation='INSERT OR UPDATE', pgid='pgtrigger_no_sanction_on_cleared_0cf5e', table='wastewater_enforcementdecision', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enforcementdecision',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_enforcementdecisionevent" ("approved_at", "approved_by_id", "case_id", "coercion_forms", "considerations", "created_at", "created_by_id", "decree_number", "decree_on", "ended_at", "ended_by_id", "ending_note", "fine_idr", "follows_id", "id", "in_force_on", "kind", "objection_due_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "served_on", "served_to", "source", "state", "without_coaching_reason") SELECT new_values."approved_at", new_values."approved_by_id", new_values."case_id", new_values."coercion_forms", new_values."considerations", new_values."created_at", new_values."created_by_id", new_values."decree_number", new_values."decree_on", new_values."ended_at", new_values."ended_by_id", new_values."ending_note", new_values."fine_idr", new_values."follows_id", new_values."id", new_values."in_force_on", new_values."kind", new_values."objection_due_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."public_id", new_values."served_on", new_values."served_to", new_values."source", new_values."state", new_values."without_coaching_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7427dbc3266f6889b2d119443a6dda3d5713e591', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_eb667', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_enforcementdecision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enforcementdecision',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_enforcementdecisionevent" ("approved_at", "approved_by_id", "case_id", "coercion_forms", "considerations", "created_at", "created_by_id", "decree_number", "decree_on", "ended_at", "ended_by_id", "ending_note", "fine_idr", "follows_id", "id", "in_force_on", "kind", "objection_due_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "served_on", "served_to", "source", "state", "without_coaching_reason") SELECT new_values."approved_at", new_values."approved_by_id", new_values."case_id", new_values."coercion_forms", new_values."considerations", new_values."created_at", new_values."created_by_id", new_values."decree_number", new_values."decree_on", new_values."ended_at", new_values."ended_by_id", new_values."ending_note", new_values."fine_idr", new_values."follows_id", new_values."id", new_values."in_force_on", new_values."kind", new_values."objection_due_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."public_id", new_values."served_on", new_values."served_to", new_values."source", new_values."state", new_values."without_coaching_reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dfc509158e2f6f81c9174d9b2e63002190b8c67a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b999d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_enforcementdecision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='enforcementdecision',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_enforcementdecisionevent" ("approved_at", "approved_by_id", "case_id", "coercion_forms", "considerations", "created_at", "created_by_id", "decree_number", "decree_on", "ended_at", "ended_by_id", "ending_note", "fine_idr", "follows_id", "id", "in_force_on", "kind", "objection_due_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "served_on", "served_to", "source", "state", "without_coaching_reason") SELECT old_values."approved_at", old_values."approved_by_id", old_values."case_id", old_values."coercion_forms", old_values."considerations", old_values."created_at", old_values."created_by_id", old_values."decree_number", old_values."decree_on", old_values."ended_at", old_values."ended_by_id", old_values."ending_note", old_values."fine_idr", old_values."follows_id", old_values."id", old_values."in_force_on", old_values."kind", old_values."objection_due_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."served_on", old_values."served_to", old_values."source", old_values."state", old_values."without_coaching_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6dd23b92a2e9c2e4d6f6341754a713b7c305969b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8cf72', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_enforcementdecision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inspection',
                    trigger=pgtrigger.compiler.Trigger(name='violation_of_same_subject', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."violation_id" IS NOT NULL)', func="\n                    IF NOT EXISTS (SELECT FROM wastewater_violation v WHERE v.id = NEW.violation_id\n                        AND (v.enterprise_id, v.plant_id) IS NOT DISTINCT FROM (NEW.enterprise_id, NEW.plant_id)) THEN\n                        RAISE EXCEPTION 'the violation is not of the inspected firm or plant'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                    ", hash='9aaa0e9e41bd0d5b59e759f9d5e6ffe1b7aad0dc', operation='INSERT OR UPDATE OF "violation_id", "enterprise_id", "plant_id"', pgid='pgtrigger_violation_of_same_subject_7f5f5', table='wastewater_inspection', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inspection',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_inspectionevent" ("assigned_on", "assignment_number", "checklist_id", "closed_at", "closed_by_id", "complaint_id", "conclusion", "created_at", "created_by_id", "drafted_at", "drafted_by_id", "ended_at", "enterprise_id", "id", "kind", "month", "not_inspected_at", "not_inspected_note", "not_inspected_reason", "origin", "origin_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant_id", "public_id", "quarter", "reason", "refusal_reason", "replaces_id", "report_facts", "report_number", "report_sha256", "signed_at", "signed_by_id", "source", "started_at", "state", "subject_signature", "subject_signer", "subject_signer_position", "violation_id", "ward_id", "year") SELECT new_values."assigned_on", new_values."assignment_number", new_values."checklist_id", new_values."closed_at", new_values."closed_by_id", new_values."complaint_id", new_values."conclusion", new_values."created_at", new_values."created_by_id", new_values."drafted_at", new_values."drafted_by_id", new_values."ended_at", new_values."enterprise_id", new_values."id", new_values."kind", new_values."month", new_values."not_inspected_at", new_values."not_inspected_note", new_values."not_inspected_reason", new_values."origin", new_values."origin_reference", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plant_id", new_values."public_id", new_values."quarter", new_values."reason", new_values."refusal_reason", new_values."replaces_id", new_values."report_facts", new_values."report_number", new_values."report_sha256", new_values."signed_at", new_values."signed_by_id", new_values."source", new_values."started_at", new_values."state", new_values."subject_signature", new_values."subject_signer", new_values."subject_signer_position", new_values."violation_id", new_values."ward_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6147f3cb3c442b2fe386ed73502cabaa768ff5dc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b907a', referencing='REFERENCING NEW TABLE AS new_values ', table='wastewater_inspection', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inspection',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_inspectionevent" ("assigned_on", "assignment_number", "checklist_id", "closed_at", "closed_by_id", "complaint_id", "conclusion", "created_at", "created_by_id", "drafted_at", "drafted_by_id", "ended_at", "enterprise_id", "id", "kind", "month", "not_inspected_at", "not_inspected_note", "not_inspected_reason", "origin", "origin_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant_id", "public_id", "quarter", "reason", "refusal_reason", "replaces_id", "report_facts", "report_number", "report_sha256", "signed_at", "signed_by_id", "source", "started_at", "state", "subject_signature", "subject_signer", "subject_signer_position", "violation_id", "ward_id", "year") SELECT new_values."assigned_on", new_values."assignment_number", new_values."checklist_id", new_values."closed_at", new_values."closed_by_id", new_values."complaint_id", new_values."conclusion", new_values."created_at", new_values."created_by_id", new_values."drafted_at", new_values."drafted_by_id", new_values."ended_at", new_values."enterprise_id", new_values."id", new_values."kind", new_values."month", new_values."not_inspected_at", new_values."not_inspected_note", new_values."not_inspected_reason", new_values."origin", new_values."origin_reference", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plant_id", new_values."public_id", new_values."quarter", new_values."reason", new_values."refusal_reason", new_values."replaces_id", new_values."report_facts", new_values."report_number", new_values."report_sha256", new_values."signed_at", new_values."signed_by_id", new_values."source", new_values."started_at", new_values."state", new_values."subject_signature", new_values."subject_signer", new_values."subject_signer_position", new_values."violation_id", new_values."ward_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e3737acbb61dedb16178710432a09345dfb5e333', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7d7ae', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='wastewater_inspection', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='inspection',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "wastewater_inspectionevent" ("assigned_on", "assignment_number", "checklist_id", "closed_at", "closed_by_id", "complaint_id", "conclusion", "created_at", "created_by_id", "drafted_at", "drafted_by_id", "ended_at", "enterprise_id", "id", "kind", "month", "not_inspected_at", "not_inspected_note", "not_inspected_reason", "origin", "origin_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plant_id", "public_id", "quarter", "reason", "refusal_reason", "replaces_id", "report_facts", "report_number", "report_sha256", "signed_at", "signed_by_id", "source", "started_at", "state", "subject_signature", "subject_signer", "subject_signer_position", "violation_id", "ward_id", "year") SELECT old_values."assigned_on", old_values."assignment_number", old_values."checklist_id", old_values."closed_at", old_values."closed_by_id", old_values."complaint_id", old_values."conclusion", old_values."created_at", old_values."created_by_id", old_values."drafted_at", old_values."drafted_by_id", old_values."ended_at", old_values."enterprise_id", old_values."id", old_values."kind", old_values."month", old_values."not_inspected_at", old_values."not_inspected_note", old_values."not_inspected_reason", old_values."origin", old_values."origin_reference", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plant_id", old_values."public_id", old_values."quarter", old_values."reason", old_values."refusal_reason", old_values."replaces_id", old_values."report_facts", old_values."report_number", old_values."report_sha256", old_values."signed_at", old_values."signed_by_id", old_values."source", old_values."started_at", old_values."state", old_values."subject_signature", old_values."subject_signer", old_values."subject_signer_position", old_values."violation_id", old_values."ward_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f2b6cf974ff5039d849dff509071f0300ed83475', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d1510', referencing='REFERENCING OLD TABLE AS old_values ', table='wastewater_inspection', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='dischargepoint',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='point_on_earth', violation_error_message='Isi lintang dan bujur bersama-sama.'),
                ),
                migrations.AddConstraint(
                    model_name='enforcementdecision',
                    constraint=models.CheckConstraint(condition=models.Q(('in_force_on__isnull', True), models.Q(('in_force_on__gte', models.F('served_on')), ('served_on__isnull', False)), _connector='OR'), name='decision_dates_in_order'),
                ),
                migrations.AddConstraint(
                    model_name='inspection',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'complaint'), ('violation__isnull', True), models.Q(('complaint__isnull', False), models.Q(('origin_reference', ''), _negated=True), _connector='OR')), models.Q(('complaint__isnull', True), ('origin', 'violation'), ('violation__isnull', False)), models.Q(('complaint__isnull', True), ('origin', 'repeated')), models.Q(models.Q(('origin__in', ('complaint', 'violation', 'repeated')), _negated=True), ('complaint__isnull', True), ('violation__isnull', True)), _connector='OR'), name='inspection_origin_fits_link', violation_error_message='Asal itu harus menyebut pengaduan atau pelanggarannya.'),
                ),
                migrations.AddConstraint(
                    model_name='inspection',
                    constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('ended_at__gte', models.F('started_at')), ('started_at__isnull', False)), _connector='OR'), name='inspection_time_in_order'),
                ),
                migrations.AddConstraint(
                    model_name='limit',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['max', 'deviation_from_air']), ('maximum__isnull', False), ('minimum__isnull', True)), models.Q(('kind', 'min'), ('maximum__isnull', True), ('minimum__isnull', False)), models.Q(('kind', 'range'), ('maximum__gt', models.F('minimum')), ('maximum__isnull', False), ('minimum__isnull', False)), models.Q(('kind', 'absent'), ('maximum__isnull', True), ('minimum__isnull', True)), models.Q(('kind', 'load'), ('max_load_kg_per_ton__isnull', False), ('maximum__isnull', True), ('minimum__isnull', True)), _connector='OR'), name='limit_bounds_fit_kind', violation_error_message='Angka batas tidak cocok dengan jenisnya. Isi paling rendah, paling tinggi, atau keduanya.'),
                ),
                migrations.AddConstraint(
                    model_name='quarterlock',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('unlock_reason', ''), ('unlocked_at__isnull', True), ('unlocked_by__isnull', True)), models.Q(('unlocked_at__gte', models.F('locked_at')), ('unlocked_at__isnull', False), ('unlocked_by__isnull', False), models.Q(('unlock_reason', ''), _negated=True)), _connector='OR'), name='quarter_unlock_has_reason'),
                ),
                migrations.AddConstraint(
                    model_name='reach',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('start_latitude__isnull', True), ('start_longitude__isnull', True)), models.Q(('start_latitude__isnull', False), ('start_longitude__isnull', False), ('start_latitude__range', (-90, 90)), ('start_longitude__range', (-180, 180))), _connector='OR'), name='reach_start_on_earth', violation_error_message='Isi lintang dan bujur hulu bersama-sama.'),
                ),
                migrations.AddConstraint(
                    model_name='reach',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_latitude__isnull', True), ('end_longitude__isnull', True)), models.Q(('end_latitude__isnull', False), ('end_longitude__isnull', False), ('end_latitude__range', (-90, 90)), ('end_longitude__range', (-180, 180))), _connector='OR'), name='reach_end_on_earth', violation_error_message='Isi lintang dan bujur hilir bersama-sama.'),
                ),
                migrations.AddConstraint(
                    model_name='resultcorrection',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'requested'), ('decision_note', '')), models.Q(('decided_at__gte', models.F('requested_at')), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('state', 'applied'), models.Q(('state', 'refused'), models.Q(('decision_note', ''), _negated=True)), _connector='OR')), _connector='OR'), name='correction_decided_by_someone'),
                ),
                migrations.AddConstraint(
                    model_name='sitefacts',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='site_point_on_earth', violation_error_message='Isi lintang dan bujur bersama-sama.'),
                ),
                migrations.AddConstraint(
                    model_name='treatmentplant',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='plant_point_on_earth', violation_error_message='Isi lintang dan bujur bersama-sama.'),
                ),
                migrations.AddConstraint(
                    model_name='violation',
                    constraint=models.UniqueConstraint(condition=models.Q(('evaluation__isnull', False)), fields=('evaluation', 'kind'), name='violation_once_per_evaluation'),
                ),
                migrations.AddConstraint(
                    model_name='violation',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('evaluation__isnull', False), ('kind__in', ('limit', 'load')), ('obligation__isnull', True)), models.Q(('evaluation__isnull', True), ('kind', 'non_receipt'), ('obligation__isnull', False)), models.Q(('kind__in', ['unpermitted', 'schedule', 'narrative']), ('evaluation__isnull', True), ('obligation__isnull', True), models.Q(('description', ''), _negated=True)), _connector='OR'), name='violation_has_evidence', violation_error_message='Tulis uraian pelanggaran.'),
                ),
                migrations.AddConstraint(
                    model_name='violation',
                    constraint=models.CheckConstraint(condition=models.Q(('resolution', ''), models.Q(('kind', 'non_receipt'), ('resolution__in', ['receipt', 'waiver'])), models.Q(('cured_by__isnull', False), ('kind__in', ('limit', 'load')), ('resolution', 'meets_again')), models.Q(models.Q(('kind', 'non_receipt'), _negated=True), ('resolution__in', ['corrected', 'decided']), ('resolved_by__isnull', False), models.Q(('resolution_note', ''), _negated=True)), _connector='OR'), name='violation_end_fits_kind'),
                ),
                migrations.AddField(
                    model_name='finding',
                    name='violations',
                    field=models.ManyToManyField(related_name='findings', through='wastewater.FindingViolation', to='wastewater.violation', verbose_name='pelanggaran yang mendasari'),
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='FindingViolation',
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='FindingViolationEvent',
                ),
            ],
        ),
    ]
