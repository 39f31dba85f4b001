"""Cards of wastewater on shared pages, by noun."""

from wastewater.panels import duties, inspections, water

PANELS = [*water.PANELS, *duties.PANELS, *inspections.PANELS]
