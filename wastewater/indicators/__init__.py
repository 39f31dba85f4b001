"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import compliance, discharge_logs, plants, rivers, samples

INDICATORS = [
    *samples.INDICATORS,
    *compliance.INDICATORS,
    *discharge_logs.INDICATORS,
    *rivers.INDICATORS,
    *plants.INDICATORS,
]
