"""What the lists of wastewater share: pages of 25 rows, and the choices of a filter."""

from collections.abc import Iterator

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 25


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """The page that `?halaman=` asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))


def in_batches(rows: QuerySet, size: int = 1000) -> Iterator[list]:
    """All rows, so many at a time: what is looked up for a batch costs a fixed number of queries."""
    batch = []
    for row in rows.iterator(chunk_size=size):
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def chosen_in(form) -> dict:
    """The valid choices of a filter form; empty while nothing is asked or something is wrong."""
    return form.cleaned_data if form.is_bound and form.is_valid() else {}
