"""Riwayat: what happened to a record, by whom and why."""

from django.apps import apps
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from batikportal import access
from batikportal.queries import history as queries


@access.needs("batikportal.view_history")
@require_safe
def history(request, model_label: str, public_id):
    """The history of one record that the reader may open.

    Staff only: the history of an application would tell its owner of decisions not yet released.
    """
    try:
        model = apps.get_model(model_label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    visible_to = getattr(model._default_manager, "visible_to", None)
    if visible_to is None:
        raise Http404
    record = get_object_or_404(visible_to(request.user), public_id=public_id)
    changes = queries.changes_of(record)
    entries = [
        {"at": change.at, "title": change.title, "by": change.by, "text": change.text, "changes": change.changes}
        for change in changes
    ]
    return render(
        request,
        "history.html",
        {"record": record, "kind": model._meta.verbose_name, "entries": entries, "shown": queries.SHOWN},
    )
