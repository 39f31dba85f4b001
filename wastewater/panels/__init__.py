"""Cards of wastewater on shared pages, by noun."""

from wastewater.panels import duties, water

PANELS = [*water.PANELS, *duties.PANELS]
