"""Open data of wastewater, by noun."""

from wastewater.datasets import results, stations

DATASETS = [*results.DATASETS, *stations.DATASETS]
from wastewater.datasets import discharge_logs, results

DATASETS = [*results.DATASETS, *discharge_logs.DATASETS]
