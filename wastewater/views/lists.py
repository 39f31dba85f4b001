"""What the lists of wastewater share: pages of 25 rows and the same rows as CSV."""

import csv
from collections.abc import Iterable, Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from batikportal import spreadsheets

PAGE_SIZE = 25


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """The page that `?halaman=` asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))


def chosen_in(form) -> dict:
    """The valid choices of a filter form; empty while nothing is asked or something is wrong."""
    return form.cleaned_data if form.is_bound and form.is_valid() else {}


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV that Indonesian Excel opens right: semicolons, decimal commas from the caller, formulas made harmless."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(header)
    writer.writerows(spreadsheets.safe_row(row) for row in rows)
    return response
