"""Wastewater in the Django admin, for data entry; states change and results are written through actions only."""

from wastewater.admin import places, rivers, samples, standards

__all__ = ["places", "rivers", "samples", "standards"]
