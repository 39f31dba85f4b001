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
        ('workforce', '0011_rate_assumptions'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='CraftAssessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kode publik')),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='dibuat pada')),
                        ('source', models.CharField(choices=[('form', 'Formulir'), ('admin', 'Admin'), ('import', 'Impor berkas'), ('api', 'API'), ('seed', 'Data contoh')], default='form', editable=False, max_length=10, verbose_name='asal data')),
                        ('on', models.DateField(verbose_name='tanggal penilaian')),
                        ('status', models.CharField(choices=[('viable', 'Lestari'), ('endangered', 'Terancam'), ('critical', 'Kritis'), ('extinct', 'Tidak ada lagi di kota')], max_length=10, verbose_name='status')),
                        ('panel', models.CharField(help_text='Jabatan, bukan nama orang. Misalnya: Kepala Dinperinaker, ketua paguyuban, pengelola museum.', max_length=300, verbose_name='jabatan anggota panel')),
                        ('reasons', models.TextField(max_length=2000, verbose_name='alasan')),
                        ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dibuat oleh')),
                        ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.processstep', verbose_name='proses')),
                    ],
                    options={
                        'verbose_name': 'penilaian status kerajinan',
                        'verbose_name_plural': 'penilaian status kerajinan',
                        'ordering': ['-on', '-pk'],
                        'permissions': [('record_craftassessment', 'Can record what a panel says of a step of the craft')],
                        'default_permissions': (),
                        'indexes': [models.Index(fields=['step', '-on'], name='workforce_c_step_id_0fddff_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['viable', 'endangered', 'critical', 'extinct'])), name='craftassessment_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('reasons', ''), _negated=True), models.Q(('panel', ''), _negated=True)), name='craftassessment_says_who_and_why')],
                        'triggers': [pgtrigger.compiler.Trigger(name='judgements_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cedf2988ad653cc90fde339e449d11cba3a8763e', operation='UPDATE OR DELETE', pgid='pgtrigger_judgements_are_kept_23594', table='workforce_craftassessment', when='BEFORE'))],
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='CraftAssessment',
                ),
            ],
        ),
    ]
