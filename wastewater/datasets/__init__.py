"""Open data of wastewater, by noun."""

from wastewater.datasets import (compliance, results, discharge_logs)

DATASETS = [
    *results.DATASETS,
    *compliance.DATASETS,
    *discharge_logs.DATASETS,
]
