"""Pages for what went wrong."""

from django.shortcuts import render


def csrf_failure(request, reason: str = ""):
    """The form was older than the session, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)
