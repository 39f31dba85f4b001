"""Succession as it is: the catalogue S1 to S16, who came and went, and who stayed."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from batikportal import access
from workforce import catalogue, comings, drawings, permissions
from workforce.forms.succession import MONTHS, RetentionFilter, SuccessionFilter
from workforce.models import Person
from workforce.queries import birth_facts
from workforce.queries import projection as stocks
from workforce.queries import succession as queries
from workforce.rules import retention as rules
from workforce.views.people import PAGE_SIZE

FIGURES = "workforce.view_figures"


@access.needs(FIGURES)
@require_safe
def succession(request):
    """All indicators of succession with what they count, and the figures of every step."""
    form = SuccessionFilter(request.GET, today=timezone.localdate())
    sees_people = permissions.may_see_people(request.user)
    context = {"filter": form, "on": form.on(), "sees_people": sees_people}
    try:
        facts = queries.gathered(form.on(), form.value("proses"), form.value("kecamatan"))
    except stocks.MissingAssumption:
        return render(request, "workforce/succession.html", context | {"is_missing": True})
    context |= {
        "lines": catalogue.catalogue(facts, form.value("proses"), form.value("kecamatan"), sees_people),
        # Districts of a step could be combined with the hidden cells of another page.
        "steps": catalogue.step_figures(facts, sees_people) if sees_people or not form.value("kecamatan") else [],
        "has_whole_city": not form.value("proses") and not form.value("kecamatan"),
    }
    if context["has_whole_city"]:
        context["ages"] = drawings.ages(birth_facts(form.on()), form.on(), hide_small=not sees_people)
    return render(request, "workforce/succession.html", context)


@access.needs(FIGURES)
@require_safe
def succession_moves(request):
    """Who came and who went within a year: counts by cause and age, and the people for those who see names."""
    form = SuccessionFilter(request.GET, today=timezone.localdate())
    on = form.on()
    start = rules.months_after(on, -12)
    moves = stocks.moves(start, on, form.value("proses"), form.value("kecamatan"))
    sees_people = permissions.may_see_people(request.user)
    context = {
        "filter": form,
        "on": on,
        "start": start,
        "lines": comings.move_lines(moves, sees_people),
        "sees_people": sees_people,
    }
    if sees_people:
        page = Paginator(comings.listed(moves), PAGE_SIZE).get_page(request.GET.get("halaman"))
        people = queries.people_of(Person.objects.visible_to(request.user), [one.person_id for one in page])
        context["page"] = page
        context["rows"] = [(one, people.get(one.person_id), comings.WAYS[one.way]) for one in page]
    return render(request, "workforce/succession_moves.html", context)


@access.needs(FIGURES)
@require_safe
def succession_retention(request):
    """Who stayed: shares after 3, 6, 12 and 24 months, the course month by month, and the people."""
    form = RetentionFilter(request.GET, today=timezone.localdate())
    on = form.on()
    found = queries.followed_newcomers(on, form.value("proses"), form.value("kecamatan"))
    sees_people = permissions.may_see_people(request.user)
    context = {
        "filter": form,
        "on": on,
        "lines": comings.retention_lines(found, MONTHS, on, sees_people),
        "chart": comings.survival_chart(found, on, sees_people),
        "late_count": comings.shown_count(sum(not one.is_watched_from_the_start for one in found), sees_people),
        "sees_people": sees_people,
    }
    if sees_people:
        months = form.value("bulan") or 12
        ordered = sorted(found, key=lambda one: one.spell.from_on, reverse=True)
        page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("halaman"))
        people = queries.people_of(Person.objects.visible_to(request.user), [one.person_id for one in page])
        context["page"] = page
        context["months"] = months
        context["rows"] = [
            (one, people.get(one.person_id), comings.FATES[rules.fate(one.spell, months, on)]) for one in page
        ]
    return render(request, "workforce/succession_retention.html", context)
