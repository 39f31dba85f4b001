"""The log of who read whose personal data, for the auditor."""

from typing import cast

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db.models import Field, Model
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from batikportal import access
from batikportal.forms.people import ReadsFilter
from batikportal.models import AccessEvent
from batikportal.queries import people as queries

PAGE_SIZE = 50


def _model(subject_type: str) -> type[Model] | None:
    """The model that was read; None for one that is gone."""
    try:
        return apps.get_model(subject_type)
    except (LookupError, ValueError):
        return None


def _kind(subject_type: str) -> str:
    model = _model(subject_type)
    return capfirst(str(model._meta.verbose_name)) if model else subject_type


def _field(model: type[Model] | None, name: str) -> str:
    try:
        return str(cast(Field, model._meta.get_field(name)).verbose_name) if model else name
    except FieldDoesNotExist:
        return name


def _entry(event: AccessEvent) -> dict[str, object]:
    model = _model(event.subject_type)
    fields = ", ".join(_field(model, name) for name in event.fields)
    return {"event": event, "kind": _kind(event.subject_type), "fields": fields}


@access.needs("batikportal.view_accessevent")
@require_safe
def access_log(request):
    """Reads of personal data in clear, newest first (UU 27/2022, art. 31)."""
    kinds = [(name, _kind(name)) for name in queries.read_subject_types()]
    form = ReadsFilter(request.GET or None, subject_types=kinds)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.found_reads(
        text=chosen.get("cari", ""),
        since=chosen.get("dari"),
        until=chosen.get("sampai"),
        subject_type=chosen.get("jenis", ""),
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"filter": form, "page": page, "entries": [_entry(event) for event in page]}
    return render(request, "people/access_log.html", context)
