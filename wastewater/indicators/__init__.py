"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import plants, samples

INDICATORS = [*samples.INDICATORS, *plants.INDICATORS]
from wastewater.indicators import discharge_logs, samples

INDICATORS = [*samples.INDICATORS, *discharge_logs.INDICATORS]
