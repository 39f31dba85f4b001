"""Wastewater in the Django admin, for data entry; states change and results are written through actions only."""

from wastewater.admin import logbooks, places, rivers, samples, standards

__all__ = ["logbooks", "places", "rivers", "samples", "standards"]
