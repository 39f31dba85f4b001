"""Corrections of verified results as lists and sample pages ask for them."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from wastewater.choices.corrections import CorrectionState
from wastewater.models import Evaluation, Result, ResultCorrection
from wastewater.queries.samples import search


def with_words(corrections: QuerySet[ResultCorrection]) -> QuerySet[ResultCorrection]:
    """Corrections with all that a row of the list prints."""
    return corrections.select_related(
        "result__parameter",
        "result__sample__point__enterprise",
        "result__sample__point__plant",
        "result__sample__point__water_body",
        "result__sample__point__ward",
        "requested_by",
        "decided_by",
    )


def found_corrections(
    corrections: QuerySet[ResultCorrection], *, cari: str = "", keadaan: str = ""
) -> QuerySet[ResultCorrection]:
    """Corrections narrowed by what the list asks."""
    rows = with_words(corrections)
    if cari:
        rows = rows.filter(search(cari, "result__sample__"))
    return rows.filter(state=keadaan) if keadaan else rows


def waiting() -> QuerySet[ResultCorrection]:
    """Requests that nobody has decided yet, oldest first."""
    rows = ResultCorrection.objects.filter(state=CorrectionState.REQUESTED)
    return with_words(rows).order_by("requested_at", "pk")


def with_corrections(results: QuerySet[Result]) -> QuerySet[Result]:
    """Results with their applied and waiting corrections, oldest first, as the list `told`."""
    rows = ResultCorrection.objects.exclude(state=CorrectionState.REFUSED).order_by("requested_at", "pk")
    return results.prefetch_related(Prefetch("corrections", queryset=rows, to_attr="told"))


def with_marks(evaluations: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """Verdicts that know (`is_corrected`) whether their result carries an applied correction."""
    applied = ResultCorrection.objects.filter(result=OuterRef("result"), state=CorrectionState.APPLIED)
    return evaluations.annotate(is_corrected=Exists(applied))
