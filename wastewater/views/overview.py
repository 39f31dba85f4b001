"""The front page of the focus for staff: figures, the most urgent work, and the ways in."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from batikportal import access
from batikportal.choices import Focus
from batikportal.contracts import Scope
from batikportal.dashboard import doors, figures, periods, work
from wastewater import permissions, queries
from wastewater.models import Sample

TASKS_SHOWN = 12
TASKS_OF_ONE_RULE = 3


@access.needs("wastewater.view_sample")
@require_safe
def index(request):
    today = timezone.localdate()
    # The same days as on the dashboard, so that the same figure is the same number.
    scope = Scope(periods.usual(today), None, today)
    user = request.user
    found = work.work_for(user, scope, focus=Focus.WASTE)
    all_work = f"{reverse('work-list')}?fokus={Focus.WASTE}"
    context = {
        "figures": figures.figures_for(user, scope, {}, focus=Focus.WASTE),
        "work": found,
        "tasks": found.first(TASKS_SHOWN, TASKS_OF_ONE_RULE),
        "work_url": all_work if doors.may_open(user, all_work) else "",
        "states": queries.states_count(Sample.objects.visible_to(user)),
        "may_record": permissions.may_record_sample(user),
        "may_import": permissions.may_import_lab_results(user),
        "today": today,
    }
    return render(request, "wastewater/index.html", context)
