"""Open data of wastewater, by noun."""

from wastewater.datasets import plants, results

DATASETS = [*results.DATASETS, *plants.DATASETS]
