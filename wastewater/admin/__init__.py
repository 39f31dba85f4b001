"""Wastewater in the Django admin, for data entry; states change and results are written through actions only."""

from wastewater.admin import places, plant_operation, samples, standards

__all__ = ["places", "plant_operation", "samples", "standards"]
