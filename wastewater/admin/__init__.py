"""Wastewater in the Django admin, for data entry; states change and results are written through actions only."""

from wastewater.admin import logbooks, places, rivers, samples, standards, stations

__all__ = ["logbooks", "places", "rivers", "samples", "standards", "stations"]
from wastewater.admin import duties

__all__ = [
    "duties",
    "logbooks",
    "places",
    "rivers",
    "samples",
    "standards",
]
