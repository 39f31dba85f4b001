"""Open data of wastewater, by noun."""

from wastewater.datasets import compliance, discharge_logs, inspections, results
from wastewater.datasets import compliance, discharge_logs, results, rivers, stations

DATASETS = [
    *results.DATASETS,
    *discharge_logs.DATASETS,
    *inspections.DATASETS,
    *stations.DATASETS,
    *compliance.DATASETS,
    *rivers.DATASETS,
]
