"""Wastewater in the Django admin, for data entry; states change and results are written through actions only."""

from wastewater.admin import complaints, duties, logbooks, places, rivers, samples, standards, stations, supervision

__all__ = ["complaints", "duties", "logbooks", "places", "rivers", "samples", "standards", "stations", "supervision"]
