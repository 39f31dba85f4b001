"""Open data of wastewater, by noun."""

from wastewater.datasets import plants, results

DATASETS = [*results.DATASETS, *plants.DATASETS]
from wastewater.datasets import discharge_logs, results

DATASETS = [*results.DATASETS, *discharge_logs.DATASETS]
