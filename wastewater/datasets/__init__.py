"""Open data of wastewater, by noun."""

from wastewater.datasets import compliance, discharge_logs, plants, results, rivers

DATASETS = [*results.DATASETS, *compliance.DATASETS, *discharge_logs.DATASETS, *rivers.DATASETS, *plants.DATASETS]
