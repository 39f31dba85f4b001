"""Open data of wastewater, by noun."""

from wastewater.datasets import compliance, discharge_logs, plants, results, rivers, stations

DATASETS = [
    *results.DATASETS,
    *discharge_logs.DATASETS,
    *stations.DATASETS,
    *compliance.DATASETS,
    *rivers.DATASETS,
    *plants.DATASETS,
]
