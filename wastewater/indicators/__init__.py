"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import (compliance, samples, discharge_logs)

INDICATORS = [
    *samples.INDICATORS,
    *compliance.INDICATORS,
    *discharge_logs.INDICATORS,
]
