"""Open data of wastewater, by noun."""

from wastewater.datasets import compliance, discharge_logs, inspections, results

DATASETS = [
    *results.DATASETS,
    *compliance.DATASETS,
    *discharge_logs.DATASETS,
    *inspections.DATASETS,
]
