"""The front page of the focus for staff: figures, what waits, and the ways in."""

from datetime import date, timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from batikportal import access, contracts
from batikportal.contracts import Period, Scope
from wastewater import alerts, indicators, permissions, queries
from wastewater.models import Sample


def last_year(today: date) -> Scope:
    """The last twelve months in the whole city."""
    return Scope(Period(today - timedelta(days=364), today), None, today)


@access.needs("wastewater.view_sample")
@require_safe
def index(request):
    scope = last_year(timezone.localdate())
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
