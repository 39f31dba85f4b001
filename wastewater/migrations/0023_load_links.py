"""Brings figures that came later into databases that were filled before: coaching first, the deadline of field checks."""

from django.db import migrations

from wastewater.reference import complaints, supervision


def load(apps, schema_editor):
    supervision.load_missing_settings(apps)
    complaints.load_verification_terms(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0022_links")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
