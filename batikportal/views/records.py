"""The log of who read whose personal data, for the auditor."""

from django.apps import apps
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from batikportal import access
from batikportal.forms.people import ReadsFilter
from batikportal.queries import people as queries

PAGE_SIZE = 50


def _kind(subject_type: str) -> str:
    """The name of a model, also of one that is gone."""
    try:
        return capfirst(str(apps.get_model(subject_type)._meta.verbose_name))
    except (LookupError, ValueError):
        return subject_type


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
    names = dict(kinds)
    entries = [{"event": event, "kind": names.get(event.subject_type, event.subject_type)} for event in page]
    return render(request, "people/access_log.html", {"filter": form, "page": page, "entries": entries})
