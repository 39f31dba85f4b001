"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import inspections, samples

INDICATORS = [*samples.INDICATORS, *inspections.INDICATORS]
from wastewater.indicators import compliance, discharge_logs, samples

INDICATORS = [
    *samples.INDICATORS,
    *compliance.INDICATORS,
    *discharge_logs.INDICATORS,
]
