"""What the registry of artisans is asked."""

from workforce.queries.coverage import (
    GAP,
    active_on,
    covered_people,
    lapsed_people,
    lapsing_people,
    uncovered_people,
    with_coverage_state,
)
from workforce.queries.figures import (
    CoverageCount,
    WardCount,
    counts_by_ward,
    coverage_counts,
    month_ends,
    publishable_or_none,
    step_counts,
)
from workforce.queries.people import (
    WorkerFilter,
    active_workers,
    consents_standing,
    consents_to_stop,
    niks_to_verify,
    open_engagements,
    person_by_nik,
    sorted_people,
    uses_without_consent,
    workers_matching,
    workers_of_enterprise,
)
from workforce.queries.reference import figure_on, reference_table

__all__ = [
    "GAP",
    "CoverageCount",
    "WardCount",
    "WorkerFilter",
    "active_on",
    "active_workers",
    "consents_standing",
    "consents_to_stop",
    "counts_by_ward",
    "coverage_counts",
    "covered_people",
    "figure_on",
    "lapsed_people",
    "lapsing_people",
    "month_ends",
    "niks_to_verify",
    "open_engagements",
    "person_by_nik",
    "publishable_or_none",
    "reference_table",
    "sorted_people",
    "step_counts",
    "uncovered_people",
    "uses_without_consent",
    "with_coverage_state",
    "workers_matching",
    "workers_of_enterprise",
]
