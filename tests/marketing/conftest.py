"""A database that other threads see: rows are really committed, and swept away afterwards."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from batikportal.models import Area


@pytest.fixture
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Commit for real. Afterwards the tables that were empty are emptied again; reference data stays untouched."""
    with django_db_blocker.unblock():
        if not Area.objects.exists():  # a test that flushes the database ran before
            import_module("batikportal.migrations.0002_areas_and_cache_table").load_areas(apps, None)
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            empty = []
            for table in tables:
                cursor.execute(f'SELECT NOT EXISTS (SELECT 1 FROM "{table}")')
                if cursor.fetchone()[0]:
                    empty.append(table)
        yield
        with connection.cursor() as cursor:
            # History refuses deletion by trigger, and foreign keys ask for an order; this session may do without both.
            cursor.execute("SET session_replication_role = replica")
            for table in empty:
                cursor.execute(f'DELETE FROM "{table}"')
            cursor.execute("SET session_replication_role = DEFAULT")
