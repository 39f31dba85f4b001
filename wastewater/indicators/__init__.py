"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import complaints, compliance, discharge_logs, samples

INDICATORS = [*samples.INDICATORS, *complaints.INDICATORS, *discharge_logs.INDICATORS, *compliance.INDICATORS]
from wastewater.indicators import compliance, discharge_logs, rivers, samples, stations

INDICATORS = [
    *samples.INDICATORS,
    *discharge_logs.INDICATORS,
    *stations.INDICATORS,
    *compliance.INDICATORS,
    *rivers.INDICATORS,
]
