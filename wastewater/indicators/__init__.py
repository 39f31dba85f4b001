"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import samples, stations

INDICATORS = [*samples.INDICATORS, *stations.INDICATORS]
from wastewater.indicators import discharge_logs, samples

INDICATORS = [*samples.INDICATORS, *discharge_logs.INDICATORS]
