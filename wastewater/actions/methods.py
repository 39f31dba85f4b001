"""What a typed result leaves out and the laboratory's own row knows: method and limit."""

from collections.abc import Sequence

from django.utils import timezone

from wastewater.models import Result, Sample
from wastewater.queries import methods as queries


def fill_in_methods(sample: Sample, results: Sequence[Result]) -> None:
    """Give results that are about to be written the method and limit of their laboratory on the sampling day."""
    if sample.laboratory_id is None or sample.taken_at is None:
        return
    book = queries.method_book([sample.laboratory_id])
    on = timezone.localdate(sample.taken_at)
    for one in results:
        one.method, one.detection_limit = queries.completed(
            queries.method_on(book, sample.laboratory_id, one.parameter_id, on),
            method=one.method,
            limit=one.detection_limit,
            unit=one.unit,
            expressed_as=one.expressed_as,
        )
