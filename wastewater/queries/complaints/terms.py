"""Which term runs for a complaint, when it ends, and where a new complaint goes."""

from datetime import date, timedelta

from django.db.models import F, Q

from batikportal.models import Area
from batikportal.queries import calendar
from wastewater.choices.complaints import TermDays, TermKind
from wastewater.models.complaints import Agency, ComplaintCategory, ComplaintTerm, RoutingRule
from wastewater.rules import complaints as rules


def term_for(kind: TermKind, category: ComplaintCategory, day: date) -> ComplaintTerm:
    """The newest term of that kind in force on the day; a category's own goes before the general one."""
    fits = Q(category=category) | Q(category__isnull=True)
    found = ComplaintTerm.objects.filter(fits, kind=kind, valid_from__lte=day)
    return found.order_by(F("category").asc(nulls_last=True), "-valid_from")[:1].get()


def end_of(term: ComplaintTerm, start: date) -> date:
    """The last day of the term that begins on `start`."""
    if term.counted_in == TermDays.CALENDAR:
        return start + timedelta(days=term.days)
    return calendar.due_after(start, term.days)


def due(kind: TermKind, category: ComplaintCategory, start: date) -> date:
    """When the term of that kind ends for something that begins on `start`."""
    return end_of(term_for(kind, category, start), start)


def verification_due(category: ComplaintCategory, start: date) -> date | None:
    """Until when the place is to be seen; None for categories of which nothing needs to be seen."""
    term = ComplaintTerm.objects.filter(kind=TermKind.VERIFICATION, category=category, valid_from__lte=start)
    newest = term.order_by("-valid_from").first()
    return None if newest is None else end_of(newest, start)


def default_agency() -> Agency:
    return Agency.objects.get(is_default=True)


def route(category: ComplaintCategory, ward: Area | None, outside_city: bool) -> tuple[Agency, Agency | None]:
    """The lead and the partner that the first fitting rule names.

    A body outside this portal cannot be made responsible by a rule: it becomes the partner that is asked; ours leads.
    """
    rows = [
        one
        for one in RoutingRule.objects.filter(is_active=True).select_related("agency", "partner").order_by("place")
        if one.agency.is_active
    ]
    routes = [rules.Route(number, one.category_id, one.area_id, one.outside_city) for number, one in enumerate(rows)]
    areas = [ward.pk, ward.parent_id] if ward else []
    found = rules.first_route(routes, category=category.pk, areas=areas, outside_city=outside_city)
    if found is None:
        return default_agency(), None
    row = rows[found.number]
    partner = row.partner if row.partner and row.partner.is_active else None
    if row.agency.is_external:
        return default_agency(), row.agency
    return row.agency, partner
