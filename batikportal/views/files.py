"""Handed-in files: only to those who may see them, pictures in place, everything else as an attachment."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from batikportal import access, downloads
from batikportal.models import StoredFile


@access.signed_in
@require_safe
def file(request, public_id):
    """One file."""
    return downloads.stored_file(get_object_or_404(StoredFile.objects.visible_to(request.user), public_id=public_id))
