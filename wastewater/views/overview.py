"""The front page of the focus for staff: figures, what waits, and the ways in."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from batikportal import access, contracts
from batikportal.contracts import Scope
from batikportal.dashboard import periods
from wastewater import alerts, indicators, permissions, queries
from wastewater.models import Sample


@access.needs("wastewater.view_sample")
@require_safe
def index(request):
    today = timezone.localdate()
    # The same days as on the dashboard, so that the same figure is the same number.
    scope = Scope(periods.usual(today), None, today)
    user = request.user
    context = {
        "figures": [
            (item, contracts.ask(item, item.read, scope), item.rows(scope))
            for item in indicators.INDICATORS
            if user.has_perm(item.permission)
        ],
        "work": [
            (rule, contracts.ask(rule, rule.find, scope)) for rule in alerts.ALERTS if user.has_perm(rule.permission)
        ],
        "states": queries.states_count(Sample.objects.visible_to(user)),
        "may_record": permissions.may_record_sample(user),
        "may_import": permissions.may_import_lab_results(user),
        "today": scope.today,
    }
    return render(request, "wastewater/index.html", context)
