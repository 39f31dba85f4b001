"""The figures of wastewater on the dashboard, by noun."""

from wastewater.indicators import (
    balance,
    complaints,
    compliance,
    discharge_logs,
    inspections,
    plants,
    rivers,
    samples,
    stations,
)

INDICATORS = [
    *samples.INDICATORS,
    *balance.INDICATORS,
    *complaints.INDICATORS,
    *discharge_logs.INDICATORS,
    *compliance.INDICATORS,
    *stations.INDICATORS,
    *rivers.INDICATORS,
    *inspections.INDICATORS,
    *plants.INDICATORS,
]
