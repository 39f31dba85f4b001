"""The front page of the focus, the steps of the craft, and the reference figures."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from batikportal import access
from workforce import drawings, permissions, queries
from workforce.models import Person


@access.needs("workforce.view_figures")
@require_safe
def index(request):
    """What is known about the workers, and what waits for somebody."""
    today = timezone.localdate()
    sees_people = permissions.may_see_people(request.user)
    counts = queries.coverage_counts(queries.month_ends(today), None)
    people = Person.objects.visible_to(request.user)
    context = {
        "counts": counts[-1],
        "registered": Person.objects.registered().count(),
        "coverage_chart": drawings.coverage_by_month(counts),
        "steps_chart": drawings.workers_by_step(queries.step_counts(today), hide_small=not sees_people),
        "age_chart": drawings.ages(queries.birth_facts(today), today, hide_small=not sees_people),
        "today": today,
        "sees_people": sees_people,
        "may_register": permissions.may_register(request.user),
    }
    if permissions.may_see_coverage(request.user):
        active = queries.active_workers(people, today)
        context["lapsing_count"] = queries.lapsing_people(active, today).count()
        context["nik_count"] = queries.niks_to_verify(people).count()
        context["consent_count"] = queries.consents_to_stop().filter(person__in=people).count()
    return render(request, "workforce/index.html", context)


@access.staff
@require_safe
def process_steps(request):
    """Every step of the craft with its local names, and how many work at it."""
    today = timezone.localdate()
    rows = None
    if permissions.may_see_figures(request.user):
        hide = not permissions.may_see_people(request.user)
        rows = [
            (step, queries.publishable_or_none(count) if hide else count, hide)
            for step, count in queries.step_counts(today)
        ]
    steps = rows or [(step, None, False) for step in queries.process_steps()]
    return render(
        request,
        "workforce/process_steps.html",
        {"steps": steps, "sees_counts": rows is not None, "sees_people": permissions.may_see_people(request.user)},
    )


@access.staff
@require_safe
def reference_figures(request):
    """Dated figures of wages and premiums, each with its legal basis."""
    return render(
        request,
        "workforce/reference_figures.html",
        {"series": queries.reference_table(), "today": timezone.localdate()},
    )
