"""The public premium calculator: what insurance costs by month, with the rows it rests on. Nothing is stored."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from batikportal import access
from workforce.choices import Programme
from workforce.choices.premiums import PremiumPayer
from workforce.forms.premiums import PremiumForm
from workforce.models import ReferenceSeries
from workforce.queries import premiums as queries
from workforce.rules import premiums as rules


@access.public
@never_cache
@sensitive_post_parameters("wage_idr")
@require_http_methods(["GET", "POST"])
def premium_calculator(request):
    """Facts in, premiums by month out; the figures travel in the body, so that they stand in no address or log."""
    form = PremiumForm(request.POST or None, today=timezone.localdate())
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= told(form.person(), form.days(), form.cleaned_data["people"])
    return render(request, "workforce/premium_calculator.html", context)


def told(person: rules.WageEarner | rules.OwnAccount, days: Sequence[date], people: int) -> dict[str, object]:
    """What the page says: the first month line by line, every month by payer, the sums, and the rows cited."""
    is_earner = isinstance(person, rules.WageEarner)
    rates = queries.dated_rates(rules.WAGE_CODES if is_earner else rules.OWN_CODES, days)
    months = [
        rules.wage_earner_month(person, rates.on(day), day)
        if isinstance(person, rules.WageEarner)
        else rules.own_account_month(person, rates.on(day), day)
        for day in days
    ]
    payers = [
        one for one in PremiumPayer if any(premium.payer == one for month in months for premium in month.premiums)
    ]
    missing = {code for month in months for code in month.missing}
    cited = {code for month in months for premium in month.premiums for code in premium.codes}
    return {
        "lines": [(Programme(one.programme).label, PremiumPayer(one.payer).label, one) for one in months[0].premiums],
        "payers": [payer.label for payer in payers],
        "rows": [
            (month.month, [_times(month.total(payer), people) for payer in payers], _times(month.total(), people))
            for month in months
        ],
        "sums": [_times(rules.sum_of(months, payer), people) for payer in payers],
        "total": _times(rules.sum_of(months), people),
        "each": rules.sum_of(months),
        "people": people,
        "figures": rates.cited(cited, days),
        "missing": list(ReferenceSeries.objects.filter(code__in=missing).values_list("title", flat=True)),
        "is_incomplete": bool(missing),
        "is_public_budget": isinstance(person, rules.OwnAccount) and person.payer in rules.PUBLIC_BUDGETS,
        "discounted": "bpu_discount_self_paid" in cited,
    }


def _times(amount: Decimal | None, people: int) -> Decimal | None:
    return None if amount is None else amount * people
