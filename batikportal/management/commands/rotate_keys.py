"""Re-encrypt every encrypted column with the first key of IDENTIFIER_KEYS, so that older keys can be taken away."""

from typing import Any

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models, transaction

from batikportal import accounts, encryption

BATCH_SIZE = 500


class Command(BaseCommand):
    help = "Re-encrypts personal identifiers with the first key of IDENTIFIER_KEYS. Safe to repeat and to interrupt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="Only print a fresh key for IDENTIFIER_KEYS.")
        parser.add_argument("--dry-run", action="store_true", help="Count what would change, change nothing.")

    def handle(self, *args: Any, new_key: bool, dry_run: bool, **options: Any) -> None:
        if new_key:
            self.stdout.write(Fernet.generate_key().decode())
            return
        for model, field in encryption.encrypted_columns():
            try:
                rotated, current = rotate_column(model, field, dry_run)
            except encryption.UnreadableSecret as error:
                raise CommandError(
                    f"{model._meta.label}.{field.name}: {error} Put the old key back at the end of IDENTIFIER_KEYS."
                ) from error
            verb = "would be rotated" if dry_run else "rotated"
            self.stdout.write(f"{model._meta.label}.{field.name}: {rotated} {verb}, {current} already current")
        if not dry_run:
            self.stdout.write(f"second factors: {accounts.rotate_second_factors()} rotated")


def rotate_column(model: type[models.Model], field: encryption.EncryptedTextField, dry_run: bool) -> tuple[int, int]:
    """Counts of values moved to the first key and of values that were there before."""
    rotated = current = 0
    last_pk: Any = None
    while True:
        with transaction.atomic():
            rows = model._base_manager.exclude(**{f"{field.name}__isnull": True}).order_by("pk")
            if last_pk is not None:
                rows = rows.filter(pk__gt=last_pk)
            batch = list(rows.select_for_update().only("pk", field.name)[:BATCH_SIZE])
            if not batch:
                return rotated, current
            last_pk = batch[-1].pk
            stale = [row for row in batch if _is_stale(getattr(row, field.attname))]
            current += len(batch) - len(stale)
            rotated += len(stale)
            if dry_run or not stale:
                continue
            for row in stale:
                sealed = getattr(row, field.attname)
                setattr(row, field.attname, encryption.Sealed(encryption.rotate(sealed.token), field.head, field.tail))
            model._base_manager.bulk_update(stale, [field.name])


def _is_stale(value: Any) -> bool:
    return isinstance(value, encryption.Sealed) and not encryption.is_current(value.token)
