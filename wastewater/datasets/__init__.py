"""Open data of wastewater, by noun."""

from wastewater.datasets import compliance, discharge_logs, plants, results, rivers

DATASETS = [*results.DATASETS, *compliance.DATASETS, *discharge_logs.DATASETS, *rivers.DATASETS, *plants.DATASETS]
from wastewater.datasets import compliance, discharge_logs, results, rivers, stations

DATASETS = [
    *results.DATASETS,
    *discharge_logs.DATASETS,
    *stations.DATASETS,
    *compliance.DATASETS,
    *rivers.DATASETS,
]
