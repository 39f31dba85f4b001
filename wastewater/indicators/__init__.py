"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import inspections, samples

INDICATORS = [*samples.INDICATORS, *inspections.INDICATORS]
