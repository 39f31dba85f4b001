"""The way from an import to the rows that it wrote, as a list page shows them with `?impor=`."""

from django import forms
from django.http import Http404
from django.urls import NoReverseMatch, reverse

from batikportal.forms.imports import ASKED
from batikportal.imports import queries
from batikportal.imports.contract import Sheet
from batikportal.models.imports import ImportRun


def rows_url(sheet: Sheet | None, run: ImportRun) -> str:
    """Where the rows of an import can be seen; those of its file alone where the page can show them."""
    if sheet is None or not sheet.done_url:
        return ""
    try:
        url = reverse(sheet.done_url)
    except NoReverseMatch:
        return ""
    return f"{url}?{ASKED}={run.public_id}" if sheet.shows_own_rows else url


def run_asked(request) -> ImportRun | None:
    """The import that the address names, if the user may see it; None when it names none."""
    text = request.GET.get(ASKED, "")
    if not text:
        return None
    field = forms.UUIDField()
    try:
        public_id = field.clean(text)
    except forms.ValidationError as wrong:
        raise Http404 from wrong
    run = queries.runs_for(request.user).filter(public_id=public_id).first()
    if run is None:
        raise Http404
    return run
