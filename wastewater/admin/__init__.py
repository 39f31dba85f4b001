"""Wastewater in the Django admin, for data entry; states change and results are written through actions only."""

from wastewater.admin import corrections, places, rivers, samples, standards

__all__ = ["corrections", "places", "rivers", "samples", "standards"]
from wastewater.admin import complaints, duties, logbooks, places, rivers, samples, standards, stations

__all__ = ["complaints", "duties", "logbooks", "places", "rivers", "samples", "standards", "stations"]
