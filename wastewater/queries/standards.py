"""Limits as rule rows, and the standards as people browse them."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Q, QuerySet

from wastewater import rules
from wastewater.models import Limit, StandardSet

Book = dict[int, list[rules.LimitRow]]


def limit_book() -> Book:
    """Every limit of every regulation, old and new, by parameter; one query. It is in force only while its set is."""
    book: Book = defaultdict(list)
    columns = (
        "parameter_id",
        "id",
        "parameter__code",
        "kind",
        "minimum",
        "maximum",
        "unit",
        "expressed_as",
        "process",
        "max_load_kg_per_ton",
        "standard_set__medium",
        "standard_set__jurisdiction",
        "standard_set__arrangement",
        "standard_set__discharge_class",
        "standard_set__river_class",
        "effective_from",
        "effective_until",
        "standard_set__effective_from",
        "standard_set__effective_until",
    )
    for parameter_id, *cells, since, until, set_since, set_until in Limit.objects.order_by("pk").values_list(*columns):
        book[parameter_id].append(
            rules.LimitRow(*cells, effective_from=max(since, set_since), effective_until=_earliest(until, set_until))
        )
    return dict(book)


def _earliest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def standard_sets(on: date, *, only_in_force: bool = True) -> QuerySet[StandardSet]:
    """The standard sets with how many limits each has; those in force on the day, unless all are asked for."""
    sets = StandardSet.objects.select_related("regulation").annotate(limits_count=Count("limits"))
    if only_in_force:
        sets = sets.filter(Q(effective_until__isnull=True) | Q(effective_until__gte=on), effective_from__lte=on)
    return sets.order_by("medium", "jurisdiction", "-effective_from", "code")


def concentration_limits(standard_set: StandardSet) -> QuerySet[Limit]:
    """The limits of a set that hold for every process, in the order of display."""
    return standard_set.limits.filter(process="").select_related("parameter").order_by("parameter__display_order")


def process_limits(standard_set: StandardSet) -> QuerySet[Limit]:
    """The loads and volumes of a set that hold for one process step each."""
    return (
        standard_set.limits.exclude(process="")
        .select_related("parameter")
        .order_by("parameter__display_order", "process")
    )
