"""Pages for what went wrong."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from batikportal import access

log = logging.getLogger(__name__)
RETRY_SECONDS = 30


def csrf_failure(request, reason: str = ""):
    """The form was older than the session, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def outage() -> HttpResponse:
    """The database is away: a page drawn without it, that says what to do."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_SECONDS)})


@access.public
def server_error(request):
    """Something broke. A database outage is told apart wherever it struck, also while the session was being loaded."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        log.error("database unavailable: %s", error)
        return outage()
    return HttpResponse(render_to_string("500.html"), status=500)
