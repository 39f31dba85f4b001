"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import compliance, samples

INDICATORS = [*samples.INDICATORS, *compliance.INDICATORS]
