"""Open data of wastewater, by noun."""

from wastewater.datasets import discharge_logs, results, rivers

DATASETS = [*results.DATASETS, *discharge_logs.DATASETS, *rivers.DATASETS]
