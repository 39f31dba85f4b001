"""Open data of wastewater, by noun."""

from wastewater.datasets import (
    balance,
    complaints,
    compliance,
    discharge_logs,
    inspections,
    plants,
    results,
    rivers,
    stations,
)

DATASETS = [
    *results.DATASETS,
    *complaints.DATASETS,
    *discharge_logs.DATASETS,
    *compliance.DATASETS,
    *stations.DATASETS,
    *rivers.DATASETS,
    *inspections.DATASETS,
    *plants.DATASETS,
    *balance.DATASETS,
]
