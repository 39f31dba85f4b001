"""Open data of wastewater, by noun."""

from wastewater.datasets import compliance, discharge_logs, results, rivers

DATASETS = [
    *results.DATASETS,
    *compliance.DATASETS,
    *discharge_logs.DATASETS,
    *rivers.DATASETS,
]
