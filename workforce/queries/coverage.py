"""Insurance: the state of each person on a date, gaps, and memberships that end soon."""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from workforce import rules
from workforce.choices import CoverageState, CoverageStatus, Programme
from workforce.models import CoveragePeriod, Person

# The filter value for everybody who is not fully protected.
GAP = "gap"


def active_on(on: date) -> Q:
    """Condition on CoveragePeriod: active on the date, first and last day included (`rules.is_active_on`)."""
    return Q(status=CoverageStatus.ACTIVE, from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))


def _has(programmes: tuple[str, ...], *conditions: Q) -> Exists:
    return Exists(CoveragePeriod.objects.filter(*conditions, person=OuterRef("pk"), programme__in=programmes))


def with_coverage_state(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """`people` with `coverage_state` on the date, by the same cases as `rules.coverage_state`."""
    jkk, jkm = (Programme.JKK.value,), (Programme.JKM.value,)
    active, begun = active_on(on), Q(from_on__lte=on)
    has_jkk, has_jkm = _has(jkk, active), _has(jkm, active)
    return people.annotate(
        coverage_state=Case(
            When(has_jkk & has_jkm, then=Value(CoverageState.COVERED.value)),
            When(has_jkk | has_jkm, then=Value(CoverageState.PARTIAL.value)),
            When(
                _has(rules.BASIC_PROGRAMMES, begun, Q(status=CoverageStatus.ACTIVE)),
                then=Value(CoverageState.LAPSED.value),
            ),
            When(_has(jkk, begun) & _has(jkm, begun), then=Value(CoverageState.NEVER.value)),
            default=Value(CoverageState.UNKNOWN.value),
            output_field=CharField(),
        )
    )


def covered_people(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Those with JKK and JKM active on the date."""
    active = active_on(on)
    return people.filter(_has((Programme.JKK.value,), active), _has((Programme.JKM.value,), active))


def uncovered_people(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Those without: one or both of JKK and JKM are missing on the date, or nobody knows."""
    active = active_on(on)
    return people.exclude(_has((Programme.JKK.value,), active) & _has((Programme.JKM.value,), active))


def lapsing_people(people: QuerySet[Person], on: date, days: int = rules.LAPSE_NOTICE_DAYS) -> QuerySet[Any]:
    """Those whose JKK or JKM ends within the days to come and is not continued, with `lapses_on`, soonest first."""
    first, last = rules.lapse_window(on, days)
    continued = CoveragePeriod.objects.filter(
        person=OuterRef("person"),
        programme=OuterRef("programme"),
        status=CoverageStatus.ACTIVE,
        from_on__gt=OuterRef("until_on"),
        from_on__lte=last + timedelta(days=1),
    )
    ending = CoveragePeriod.objects.filter(
        ~Exists(continued),
        person=OuterRef("pk"),
        programme__in=rules.BASIC_PROGRAMMES,
        status=CoverageStatus.ACTIVE,
        until_on__range=(first, last),
    )
    soonest = ending.order_by().values("person").annotate(soonest=Min("until_on")).values("soonest")
    return (
        people.annotate(lapses_on=Subquery(soonest, output_field=DateField()))
        .filter(lapses_on__isnull=False)
        .order_by("lapses_on", "name", "pk")
    )


def lapsed_people(people: QuerySet[Person], on: date, since: date) -> QuerySet[Any]:
    """Those who lost JKK or JKM since a day and have not got it back, with `lapsed_on`, latest first."""
    again = CoveragePeriod.objects.filter(active_on(on), person=OuterRef("person"), programme=OuterRef("programme"))
    lost = CoveragePeriod.objects.filter(
        ~Exists(again),
        person=OuterRef("pk"),
        programme__in=rules.BASIC_PROGRAMMES,
        status=CoverageStatus.ACTIVE,
        until_on__gte=since,
        until_on__lt=on,
    )
    latest = lost.order_by().values("person").annotate(latest=Max("until_on")).values("latest")
    return (
        people.annotate(lapsed_on=Subquery(latest, output_field=DateField()))
        .filter(lapsed_on__isnull=False)
        .order_by(F("lapsed_on").desc(), "name", "pk")
    )
