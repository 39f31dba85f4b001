"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import compliance, discharge_logs, inspections, samples

INDICATORS = [
    *samples.INDICATORS,
    *compliance.INDICATORS,
    *discharge_logs.INDICATORS,
    *inspections.INDICATORS,
]
