"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import complaints, samples

INDICATORS = [*samples.INDICATORS, *complaints.INDICATORS]
from wastewater.indicators import discharge_logs, samples

INDICATORS = [*samples.INDICATORS, *discharge_logs.INDICATORS]
