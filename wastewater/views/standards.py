"""The standards for everybody: which limits are in force, by which law, and how sure the figures are."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from batikportal import access
from wastewater import queries
from wastewater.models import StandardSet


@access.public
@require_safe
def standard_list(request):
    everything = request.GET.get("masa") == "semua"
    today = timezone.localdate()
    sets = list(queries.standard_sets(today, only_in_force=not everything))
    context = {
        "effluent": [one for one in sets if one.medium == "effluent"],
        "river": [one for one in sets if one.medium == "river"],
        "everything": everything,
        "today": today,
    }
    return render(request, "wastewater/standard_list.html", context)


@access.public
@require_safe
def standard(request, code):
    """One standard set with its limits, and the loads by process step where the regulation gives them."""
    found = get_object_or_404(StandardSet.objects.select_related("regulation"), code=code)
    context = {
        "set": found,
        "limits": queries.concentration_limits(found),
        "by_process": queries.loads_by_process(found),
        "in_force": found.is_in_force(timezone.localdate()),
    }
    return render(request, "wastewater/standard.html", context)
