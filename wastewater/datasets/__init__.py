"""Open data of wastewater, by noun."""

from wastewater.datasets import discharge_logs, results, stations

DATASETS = [*results.DATASETS, *discharge_logs.DATASETS, *stations.DATASETS]
from wastewater.datasets import compliance, discharge_logs, results

DATASETS = [
    *results.DATASETS,
    *compliance.DATASETS,
    *discharge_logs.DATASETS,
]
