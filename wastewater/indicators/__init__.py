"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import discharge_logs, plants, samples

INDICATORS = [
    *samples.INDICATORS,
    *discharge_logs.INDICATORS,
    *plants.INDICATORS,
from wastewater.indicators import compliance, discharge_logs, samples

INDICATORS = [
    *samples.INDICATORS,
    *compliance.INDICATORS,
    *discharge_logs.INDICATORS,
]
