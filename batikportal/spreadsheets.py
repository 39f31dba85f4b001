"""Spreadsheet cells that leave the portal: text that a spreadsheet would run as a formula is made harmless."""

from collections.abc import Iterable
from typing import Any

# OWASP's list since August 2025, with the full-width forms that some programs read alike.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: Any) -> Any:
    """``value`` as it may stand in a cell: numbers stay numbers, dangerous text gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value


def safe_row(values: Iterable[Any]) -> list[Any]:
    """A row of cells that may leave the portal."""
    return [safe(value) for value in values]
