import batikportal.encryption
import batikportal.migration_steps
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0003_ward_officer_role'),
        ('batikportal', '__first__'),
        ('workforce', '0020_incidents'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                migrations.CreateModel(
                    name='VoiceReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=12, unique=True, verbose_name='nomor')),
                        ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                        ('topic', models.CharField(choices=[('wage', 'Upah atau potongan'), ('hours', 'Jam kerja atau hari libur'), ('safety', 'Keselamatan dan kesehatan'), ('harassment', 'Kekerasan atau pelecehan'), ('child', 'Anak yang bekerja'), ('insurance', 'Jaminan sosial'), ('other', 'Lainnya')], max_length=10, verbose_name='tentang')),
                        ('workplace', batikportal.encryption.EncryptedTextField(blank=True, null=True, verbose_name='tempat kerja')),
                        ('state', models.CharField(choices=[('received', 'Diterima'), ('answered', 'Dijawab'), ('closed', 'Selesai')], default='received', max_length=8, verbose_name='keadaan')),
                        ('received_at', models.DateTimeField(verbose_name='diterima pada')),
                        ('delete_on', models.DateField(verbose_name='dihapus pada')),
                        ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='batikportal.enterprise', verbose_name='usaha')),
                        ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='batikportal.area', verbose_name='kelurahan')),
                    ],
                    options={
                        'verbose_name': 'suara pekerja',
                        'verbose_name_plural': 'suara pekerja',
                        'ordering': ['-received_at', '-pk'],
                        'permissions': [('read_voice', 'Can read anonymous reports of workers'), ('answer_voice', 'Can answer anonymous reports of workers')],
                        'default_permissions': (),
                        'triggers': [pgtrigger.compiler.Trigger(name='state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{received:answered,received:closed,answered:received,answered:closed,closed:received}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='5b44a1c3160e028a98127780dffca1e6067f05d4', operation='UPDATE', pgid='pgtrigger_state_moves_1dbb4', table='workforce_voicereport', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='VoiceMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', batikportal.encryption.EncryptedTextField(verbose_name='tulisan')),
                        ('at', models.DateTimeField(verbose_name='pada')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='workforce.voicereport')),
                    ],
                    options={
                        'verbose_name': 'tulisan suara pekerja',
                        'verbose_name_plural': 'tulisan suara pekerja',
                        'ordering': ['at', 'pk'],
                        'default_permissions': (),
                    },
                ),
                batikportal.migration_steps.InstallTriggers(
                    model_name='VoiceReport',
                ),
            ],
        ),
    ]
