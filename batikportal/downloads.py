"""Files that a page hands out: CSV as Indonesian Excel opens it, and PDF."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from batikportal import spreadsheets


def csv_file(name: str, header: Sequence[Any], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """`name`.csv with semicolons and a byte order mark; cells that a spreadsheet would run are made harmless."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(header)
    writer.writerows(spreadsheets.safe_row(row) for row in rows)
    return response


def pdf_file(name: str, content: bytes) -> HttpResponse:
    """`name`.pdf as an attachment that no browser renders inside the portal."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
