"""Laboratories with what they measure, and the standard methods."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from batikportal import access
from wastewater.models import Laboratory
from wastewater.queries import methods as queries


@access.needs("wastewater.view_laboratory")
@require_safe
def laboratory_list(request):
    today = timezone.localdate()
    context = {
        "laboratories": queries.laboratories_with_scope(today),
        "methods": queries.reference_methods(today),
        "today": today,
    }
    return render(request, "wastewater/laboratory_list.html", context)


@access.needs("wastewater.view_laboratory")
@require_safe
def laboratory(request, code):
    """One laboratory: its accreditation, and every method with its limits and dates, the newest first."""
    found = get_object_or_404(Laboratory, code=code)
    rows = found.methods.select_related("parameter").order_by("parameter__display_order", "-valid_from")
    return render(request, "wastewater/laboratory.html", {"laboratory": found, "methods": rows})
