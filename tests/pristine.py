"""Gives tests with real transactions a database as the migrations left it, reference data included.

Django would truncate every table, and with it the areas, standards and process steps that migrations
load. Here the rows of that moment are copied aside once, and put back after each such test.
"""

from django.db import connection
from django.test import TransactionTestCase

SCHEMA = "pristine"


def _tables(cursor) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in cursor.fetchall()]


def remember() -> None:
    """Copy every table that holds rows now."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
        for table in _tables(cursor):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS TABLE public."{table}"')


def restore() -> None:
    """Put every table back; triggers and foreign keys sleep meanwhile, since the whole is consistent again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tablename FROM pg_tables WHERE schemaname = '{SCHEMA}'")
        kept = {name for (name,) in cursor.fetchall()}
        statements = ["SET session_replication_role = replica"]
        for table in _tables(cursor):
            if table != "django_migrations":
                statements.append(f'DELETE FROM public."{table}"')
            if table in kept and table != "django_migrations":
                cursor.execute(
                    "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
                    " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
                    [f'public."{table}"'],
                )
                columns = cursor.fetchone()[0]
                statements.append(
                    f'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE'
                    f' SELECT {columns} FROM {SCHEMA}."{table}"'
                )
        statements.append("SET session_replication_role = DEFAULT")
        cursor.execute("; ".join(statements))


def _teardown(self) -> None:
    restore()


def take_over() -> None:
    """From now on transactional tests end with ``restore`` instead of Django's truncation."""
    TransactionTestCase._fixture_teardown = _teardown
