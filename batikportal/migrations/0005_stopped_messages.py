import batikportal.migration_steps
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('batikportal', '0004_fixed_holidays'),
    ]

    operations = [
        batikportal.migration_steps.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='outboxmessage',
                    name='state_moves',
                ),
                migrations.AlterField(
                    model_name='outboxmessage',
                    name='state',
                    field=models.CharField(choices=[('draft', 'Draf'), ('queued', 'Antre kirim'), ('sent', 'Terkirim'), ('failed', 'Gagal'), ('stopped', 'Tidak jadi dikirim')], default='queued', editable=False, max_length=8, verbose_name='status'),
                ),
                migrations.AlterField(
                    model_name='outboxmessageevent',
                    name='state',
                    field=models.CharField(choices=[('draft', 'Draf'), ('queued', 'Antre kirim'), ('sent', 'Terkirim'), ('failed', 'Gagal'), ('stopped', 'Tidak jadi dikirim')], default='queued', editable=False, max_length=8, verbose_name='status'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outboxmessage',
                    trigger=pgtrigger.compiler.Trigger(name='state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:queued,draft:stopped,queued:sent,queued:failed,queued:stopped,failed:queued,failed:sent,failed:stopped}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='09bb5b5ef0a810e14a19b6ed9fccade23f718079', operation='UPDATE', pgid='pgtrigger_state_moves_a6dc1', table='batikportal_outboxmessage', when='BEFORE')),
                ),
            ],
        ),
    ]
