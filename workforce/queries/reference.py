"""Reference figures: the value in force on a day."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from workforce.models import ReferenceFigure, ReferenceSeries


def figure_on(code: str, on: date) -> ReferenceFigure | None:
    """The figure of a series in force on the date; None when none was decreed or entered, which is not zero."""
    in_force = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    return ReferenceFigure.objects.filter(in_force, series__code=code).first()


def reference_table() -> QuerySet[ReferenceSeries]:
    """Every series with its figures, newest first."""
    return ReferenceSeries.objects.prefetch_related(
        Prefetch("figures", ReferenceFigure.objects.order_by("-valid_from"))
    ).order_by("position", "code")
