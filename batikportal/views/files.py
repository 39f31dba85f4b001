"""Handed-in files: only to those who may see them, pictures in place, everything else as an attachment."""

import logging

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from batikportal import access
from batikportal.choices import FileKind
from batikportal.models import StoredFile

log = logging.getLogger(__name__)


@access.signed_in
@require_safe
def file(request, public_id):
    """One file. Whatever a browser makes of it, it runs nothing and knows nothing of the portal."""
    stored = get_object_or_404(StoredFile.objects.visible_to(request.user), public_id=public_id)
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
