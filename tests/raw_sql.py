"""A statement past all code of the portal: what the database refuses by itself."""

from django.db import connection, transaction


def sql(statement: str, *values) -> None:
    """Run it in a savepoint, so that a refusal leaves the test's transaction usable."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
