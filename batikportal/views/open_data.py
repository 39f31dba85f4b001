"""Open data: the list, a page per dataset with its dictionary, and the files."""

from datetime import date
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, contracts, formats, open_data

ROWS_SHOWN = 20
SECONDS_TO_KEEP = 300
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def _dataset(code: str) -> contracts.Dataset:
    found = next((one for one in contracts.contributions("datasets") if one.code == code), None)
    if found is None:
        raise Http404
    return found


@access.public
@require_safe
def open_data_list(request):
    return render(request, "open_data/open_data.html", {"datasets": contracts.contributions("datasets")})


def _words(kind: str, value) -> str:
    """A cell as a person reads it; a year is no quantity and gets no thousands separator."""
    if kind == "month" and isinstance(value, date):
        return formats.month(value)
    if isinstance(value, date):
        return formats.day(value)
    is_quantity = isinstance(value, int | float | Decimal) and not isinstance(value, bool) and kind != "year"
    return formats.number(value) if is_quantity else str(formats.or_dash(value))


def _period_words(table: open_data.Table) -> str:
    first_last = table.period
    if first_last is None:
        return _("keadaan %(day)s") % {"day": formats.day(timezone.localdate())}
    kind = next(column[1] for column in table.dataset.columns if column[1] in open_data.TIME_TYPES)
    words = [_words(kind, value) for value in first_last]
    return words[0] if words[0] == words[1] else " – ".join(words)


@access.public
@require_safe
def open_dataset(request, code: str):
    """What the dataset holds, column by column, its first rows, and the files."""
    dataset = _dataset(code)
    answer = contracts.ask(dataset, open_data.read_table, dataset)
    context = {"dataset": dataset, "table": answer.value}
    if not answer.failed:
        rows = answer.value.rows
        context["rows"] = [
            [(name, _words(kind, cell)) for (name, kind, _meaning), cell in zip(dataset.columns, row, strict=True)]
            for row in rows[:ROWS_SHOWN]
        ]
        context["hidden_count"] = max(len(rows) - ROWS_SHOWN, 0)
        context["period"] = _period_words(answer.value)
    return render(request, "open_data/open_dataset.html", context)


@access.public
@require_safe
def open_dataset_file(request, code: str, kind: str):
    """The whole dataset; asked again with the same ETag it answers 304."""
    dataset = _dataset(code)
    answer = contracts.ask(dataset, open_data.read_table, dataset)
    if answer.failed:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    table = answer.value
    response = HttpResponse(table.csv if kind == "csv" else table.json, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{code}-{table.version}.{kind}"'
    response["ETag"] = quote_etag(f"{table.version}-{kind}")
    response["Cache-Control"] = f"public, max-age={SECONDS_TO_KEEP}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return get_conditional_response(request, etag=response["ETag"], response=response)
