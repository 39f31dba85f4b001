"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import compliance, discharge_logs, samples, stations
from wastewater.indicators import compliance, discharge_logs, rivers, samples

INDICATORS = [
    *samples.INDICATORS,
    *discharge_logs.INDICATORS,
    *stations.INDICATORS,
    *compliance.INDICATORS,
    *rivers.INDICATORS,
]
