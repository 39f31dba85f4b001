"""Open data of wastewater, by noun."""

from wastewater.datasets import complaints, results

DATASETS = [*results.DATASETS, *complaints.DATASETS]
from wastewater.datasets import discharge_logs, results

DATASETS = [*results.DATASETS, *discharge_logs.DATASETS]
