"""Files that a page hands out: CSV as Indonesian Excel opens it, PDF, and what people handed in."""

import csv
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpResponse

from batikportal import spreadsheets
from batikportal.choices import FileKind
from batikportal.models import StoredFile

log = logging.getLogger(__name__)


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


def stored_file(stored: StoredFile) -> FileResponse:
    """A handed-in file. Whatever a browser makes of it, it runs nothing and knows nothing of the portal."""
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as error:
        log.error("stored file %s has no content", stored.public_id)
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=stored.kind != FileKind.IMAGE,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
