"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import samples, stations

INDICATORS = [*samples.INDICATORS, *stations.INDICATORS]
