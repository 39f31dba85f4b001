"""Wages made comparable: the public translator of piece work."""

from datetime import date

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from batikportal import access
from workforce.choices import WageGap, WageMethod
from workforce.forms.wages import WageFactsForm
from workforce.queries import wages as queries
from workforce.rules import wages as rules


@access.public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def wage_translator(request):
    """Pieces, days and pay in; a comparable monthly figure out. Nothing is stored: the figures travel in the body, so
    that they stand in no address, log or history."""
    form = WageFactsForm(request.POST or None, today=timezone.localdate())
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= told(form.facts(), form.cleaned_data["observed_on"])
    return render(request, "workforce/wage_translator.html", context)


def told(facts: rules.WageFacts, on: date) -> dict[str, object]:
    """What the page says about a pay: the reading with the figures it used, and why the rest cannot be told."""
    figures = queries.wage_figures_on(on)
    reading = rules.read_wage(facts, figures.reference)
    return {
        "facts": facts,
        "reading": reading,
        "method": WageMethod(reading.method).label,
        "gaps": [WageGap(gap).label for gap in reading.gaps],
        "figures": figures.rows,
        "reference": figures.reference,
        "month_days": rules.month_days(facts, figures.reference),
        "months": rules.MONTHS_OF_PERIOD.get(facts.period),
        "on": on,
    }
