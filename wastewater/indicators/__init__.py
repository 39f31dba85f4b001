"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import compliance, discharge_logs, inspections, samples
from wastewater.indicators import compliance, discharge_logs, rivers, samples, stations

INDICATORS = [
    *samples.INDICATORS,
    *discharge_logs.INDICATORS,
    *inspections.INDICATORS,
    *stations.INDICATORS,
    *compliance.INDICATORS,
    *rivers.INDICATORS,
]
