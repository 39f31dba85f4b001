"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import complaints, samples

INDICATORS = [*samples.INDICATORS, *complaints.INDICATORS]
