"""The dashboard: figures of the three focuses side by side, the work that follows from them, one sheet per figure."""

from typing import cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batikportal import access, charts, contracts
from batikportal.choices import Direction, Focus
from batikportal.dashboard import districts, doors, figures, periods, summary, work
from batikportal.forms.dashboard import WorkForm
from batikportal.maps import layers
from batikportal.queries import targets
from batikportal.views import scopes

TASKS_ON_DASHBOARD = 6
TASKS_OF_ONE_RULE = 2
TASKS_PER_PAGE = 25
# Where people begin after logging in: the first page that their role opens.
FIRST_PAGES = (
    "dashboard",
    "wastewater:index",
    "workforce:index",
    "marketing:index",
    "import-list",
    "access-log",
    "workforce:cadre",
)


@access.signed_in
@require_safe
def start(request):
    """After logging in: staff to the page of their role, everybody else to the workspace."""
    user = request.user
    if not user.is_staff_member:
        return redirect("workspace")
    for name in FIRST_PAGES:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if doors.may_open(user, url):
            return redirect(url)
    return redirect("admin:index" if user.is_staff else "home")


def _period_links(asked: scopes.Asked) -> list[dict[str, object]]:
    area = {"kecamatan": asked.scope.area.code} if asked.scope.area else {}
    return [
        {"label": label, "url": f"?{urlencode({'periode': code} | area)}", "current": code == asked.period_name}
        for code, label in periods.NAMES.items()
    ]


def _query(asked: scopes.Asked) -> str:
    """What a link needs in order to keep period and kecamatan."""
    return f"?{urlencode(asked.query)}" if asked.query else ""


@access.needs("batikportal.view_dashboard")
@require_safe
def dashboard(request):
    today = timezone.localdate()
    asked = scopes.asked(request.GET, today)
    shown = figures.figures_for(request.user, asked.scope, targets.targets_for(asked.scope))
    found = work.work_for(request.user, asked.scope)
    context = {
        "asked": asked,
        "periods": _period_links(asked),
        "sentences": summary.sentences(shown, found),
        "sectors": figures.by_sector(shown),
        "query": _query(asked),
        "work": found,
        "tasks": found.first(TASKS_ON_DASHBOARD, TASKS_OF_ONE_RULE),
        "work_url": reverse("work-list") + _query(asked),
        "map": layers.drawn(request.user, asked.scope, request.GET.get("lapis", ""), on_page=layers.ROWS_ON_DASHBOARD),
        "today": today,
    }
    return render(request, "dashboard/dashboard.html", context)


@access.needs("batikportal.view_dashboard")
@require_safe
def work_list(request):
    """Everything that somebody must do, narrowed by focus, office, kind and severity."""
    today = timezone.localdate()
    asked = scopes.asked(request.GET, today, WorkForm)
    found = work.work_for(
        request.user,
        asked.scope,
        focus=asked.given.get("fokus", ""),
        office=asked.given.get("kantor", ""),
        severity=asked.given.get("tingkat", ""),
        code=asked.given.get("jenis", ""),
    )
    cast(WorkForm, asked.form).show_kinds(contracts.for_user("alerts", request.user))
    page = Paginator(found.tasks, TASKS_PER_PAGE).get_page(request.GET.get("halaman"))
    back = reverse("dashboard") + _query(asked)
    context = {"asked": asked, "work": found, "page": page, "today": today, "dashboard_url": back}
    return render(request, "dashboard/work_list.html", context)


def _indicator(code: str, user) -> contracts.Indicator:
    found = contracts.one("indicators", code, user)
    if found is None and any(one.code == code for one in contracts.contributions("indicators")):
        raise PermissionDenied
    if found is None:
        raise Http404
    return found


def _trend_chart(figure: figures.Figure):
    """The trend as a line, with the target where it can be compared."""
    if figure.reading is None or not figure.reading.trend:
        return None
    labels, values = zip(*figure.reading.trend, strict=True)
    goal = figure.goal if figure.card_target and figures.is_share(figure.indicator) else None
    bound = charts.Limit(goal.target.value, goal.label) if goal else None
    wants_more = figure.indicator.direction == Direction.UP
    title = _("%(title)s, perjalanan") % {"title": figure.indicator.title}
    series = [charts.Series(str(figure.indicator.title), values)]
    return charts.line(
        title=title,
        labels=labels,
        series=series,
        unit=figure.unit_words,
        limit=None if wants_more else bound,
        lower=bound if wants_more else None,
        from_zero=True,
    )


def _district_chart(indicator: contracts.Indicator, asked: scopes.Asked, targeted: dict):
    pairs = districts.figures_by_district(indicator, asked.scope, asked.form.districts.values(), targeted)
    return districts.chart_of(pairs, indicator, asked.query, targeted.get(None))


@access.needs("batikportal.view_dashboard")
@require_safe
def dashboard_indicator(request, code: str):
    """The definition sheet of one figure: what it says, how it is made, whose it is, and its parts by kecamatan."""
    asked = scopes.asked(request.GET, timezone.localdate())
    indicator = _indicator(code, request.user)
    targeted = targets.targets_by_area(indicator.code, asked.scope.period.end.year)
    area_pk = asked.scope.area.pk if asked.scope.area else None
    figure = figures.figure_of(indicator, asked.scope, targeted.get(area_pk) or targeted.get(None), request.user)
    context = {
        "asked": asked,
        "periods": _period_links(asked),
        "figure": figure,
        "indicator": indicator,
        "office": figures.office_name(indicator.office),
        "frequency": figures.frequency_name(indicator.frequency),
        "trend": _trend_chart(figure),
        "districts": _district_chart(indicator, asked, targeted),
        "sector": Focus(indicator.focus).label,
        "sector_url": f"{reverse('dashboard')}{_query(asked)}#bidang-{indicator.focus}",
    }
    return render(request, "dashboard/indicator.html", context)
