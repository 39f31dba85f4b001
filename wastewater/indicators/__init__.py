"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import compliance, discharge_logs, rivers, samples, stations

INDICATORS = [
    *samples.INDICATORS,
    *discharge_logs.INDICATORS,
    *stations.INDICATORS,
    *compliance.INDICATORS,
    *rivers.INDICATORS,
]
