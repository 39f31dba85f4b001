"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import rivers, samples

INDICATORS = [*samples.INDICATORS, *rivers.INDICATORS]
