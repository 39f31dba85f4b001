"""Reference figures: the value in force on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from workforce import rules
from workforce.choices import AgeVerdict
from workforce.models import Person, ReferenceFigure, ReferenceSeries


def figure_on(code: str, on: date) -> ReferenceFigure | None:
    """The figure of a series in force on the date; None when none was decreed or entered, which is not zero."""
    in_force = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    return ReferenceFigure.objects.filter(in_force, series__code=code).first()


def reference_table() -> QuerySet[ReferenceSeries]:
    """Every series with its figures, newest first."""
    return ReferenceSeries.objects.prefetch_related(
        Prefetch("figures", ReferenceFigure.objects.order_by("-valid_from"))
    ).order_by("position", "code")


@dataclass(frozen=True)
class CoverageFacts:
    """What decides whether somebody can be proposed for the city programme; `verdict` None: no window is known."""

    age: rules.Age
    verdict: AgeVerdict | None
    consents: bool


def programme_age_window(on: date) -> tuple[int, int] | None:
    """Youngest and oldest age of the city programme that pays JKK and JKM, on the date; one query."""
    in_force = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    ages = dict(
        ReferenceFigure.objects.filter(in_force, series__code__startswith="berlian_age_").values_list(
            "series__code", "value"
        )
    )
    if len(ages) != 2:
        return None
    return int(ages["berlian_age_first"]), int(ages["berlian_age_last"])


def coverage_facts(person: Person, window: tuple[int, int] | None, on: date) -> CoverageFacts:
    """Age, whether it fits the window, and consent (`with_programme_consent`), without a query."""
    age = person.age_on(on)
    verdict = AgeVerdict(rules.age_window_verdict(age, *window)) if window else None
    return CoverageFacts(age, verdict, bool(getattr(person, "may_be_proposed", False)))


def programme_age_verdict(person: Person, on: date) -> AgeVerdict | None:
    """Whether a person's age fits the city programme on the date."""
    return coverage_facts(person, programme_age_window(on), on).verdict
