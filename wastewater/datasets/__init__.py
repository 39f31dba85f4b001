"""Open data of wastewater, by noun."""

from wastewater.datasets import inspections, results

DATASETS = [*results.DATASETS, *inspections.DATASETS]
from wastewater.datasets import compliance, discharge_logs, results

DATASETS = [
    *results.DATASETS,
    *compliance.DATASETS,
    *discharge_logs.DATASETS,
]
