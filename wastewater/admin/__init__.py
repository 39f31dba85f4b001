"""Wastewater in the Django admin, for data entry; states change and results are written through actions only."""

from wastewater.admin import (
    balance,
    complaints,
    corrections,
    custody,
    duties,
    logbooks,
    methods,
    places,
    rivers,
    samples,
    standards,
    stations,
    supervision,
)

__all__ = [
    "balance",
    "complaints",
    "corrections",
    "custody",
    "duties",
    "logbooks",
    "methods",
    "places",
    "rivers",
    "samples",
    "standards",
    "stations",
    "supervision",
]
