"""Wastewater in the Django admin, for data entry; states change and results are written through actions only."""

from wastewater.admin import duties, logbooks, places, rivers, samples, standards, stations

__all__ = [
    "duties",
    "logbooks",
    "places",
    "rivers",
    "samples",
    "standards",
    "stations",
]
