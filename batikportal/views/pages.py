"""Pages that explain the portal: about, privacy, accessibility."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from batikportal import access
from batikportal.maps import features
from batikportal.queries import areas


@access.public
@require_safe
def about(request):
    return render(request, "pages/about.html", {"outline_note": features.outline_note(areas.wards())})


@access.public
@require_safe
def privacy(request):
    return render(request, "pages/privacy.html")


@access.public
@require_safe
def accessibility(request):
    return render(request, "pages/accessibility.html")
