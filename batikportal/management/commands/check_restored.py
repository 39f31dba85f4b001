"""Prove that a restored portal is whole: rows are there, every file has its hash, every identifier opens."""

import hashlib
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from batikportal import encryption
from batikportal.models import StoredFile

LISTED = 10  # failures printed before the rest is only counted


class Command(BaseCommand):
    help = "Checks files and personal identifiers after a restore and prints what there is. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = row_counts()
        self.stdout.write(f"{sum(counts)} rows in {len(counts)} tables")
        broken = [*broken_files(), *unreadable_identifiers()]
        for sentence in broken[:LISTED]:
            self.stderr.write(sentence)
        if broken:
            raise CommandError(f"{len(broken)} files or identifiers are broken.")
        self.stdout.write(f"{StoredFile.objects.count()} files and all personal identifiers are whole")


def row_counts() -> list[int]:
    """Rows of every table, history included; models without a table of their own are left out."""
    tables = set(connection.introspection.table_names())
    return [model._base_manager.count() for model in apps.get_models() if model._meta.db_table in tables]


def broken_files() -> list[str]:
    """One sentence for every file that is missing or is not what was handed in."""
    found = []
    for stored in StoredFile.objects.only("sha256", "name", "file").iterator():
        try:
            with stored.file.open("rb") as file:
                whole = hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256
        except OSError:
            found.append(f"file {stored.pk} ({stored.file.name}) is missing")
            continue
        if not whole:
            found.append(f"file {stored.pk} ({stored.file.name}) is damaged")
    return found


def unreadable_identifiers() -> list[str]:
    """One sentence for every encrypted value that none of IDENTIFIER_KEYS opens."""
    found = []
    for model, field in encryption.encrypted_columns():
        rows = model._base_manager.exclude(**{f"{field.name}__isnull": True}).only("pk", field.name)
        for row in rows.iterator():
            sealed = getattr(row, field.attname)
            try:
                if sealed:
                    sealed.reveal()
            except encryption.UnreadableSecret:
                found.append(f"{model._meta.label} {row.pk}: no key opens {field.name}")
    return found
