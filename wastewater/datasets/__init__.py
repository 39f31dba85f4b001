"""Open data of wastewater, by noun."""

from wastewater.datasets import complaints, results

DATASETS = [*results.DATASETS, *complaints.DATASETS]
