"""Open data of wastewater, by noun."""

from wastewater.datasets import discharge_logs, plants, results

DATASETS = [
    *results.DATASETS,
    *discharge_logs.DATASETS,
    *plants.DATASETS,
]
