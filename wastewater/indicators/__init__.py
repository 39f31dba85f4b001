"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import compliance, discharge_logs, plants, rivers, samples, stations

INDICATORS = [
    *samples.INDICATORS,
    *discharge_logs.INDICATORS,
    *stations.INDICATORS,
    *compliance.INDICATORS,
    *rivers.INDICATORS,
    *plants.INDICATORS,
]
