"""Open data of wastewater, by noun."""

from wastewater.datasets import discharge_logs, plants, results

DATASETS = [
    *results.DATASETS,
    *discharge_logs.DATASETS,
    *plants.DATASETS,
from wastewater.datasets import compliance, discharge_logs, results

DATASETS = [
    *results.DATASETS,
    *compliance.DATASETS,
    *discharge_logs.DATASETS,
]
