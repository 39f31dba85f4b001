"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import compliance, discharge_logs, plants, rivers, samples
from wastewater.indicators import compliance, discharge_logs, rivers, samples, stations

INDICATORS = [
    *samples.INDICATORS,
    *discharge_logs.INDICATORS,
    *rivers.INDICATORS,
    *plants.INDICATORS,
    *stations.INDICATORS,
    *compliance.INDICATORS,
    *rivers.INDICATORS,
]
