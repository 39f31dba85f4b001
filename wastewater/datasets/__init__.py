"""Open data of wastewater, by noun."""

from wastewater.datasets import results, rivers

DATASETS = [*results.DATASETS, *rivers.DATASETS]
from wastewater.datasets import discharge_logs, results

DATASETS = [*results.DATASETS, *discharge_logs.DATASETS]
