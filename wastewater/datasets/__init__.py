"""Open data of wastewater, by noun."""

from wastewater.datasets import results, rivers

DATASETS = [*results.DATASETS, *rivers.DATASETS]
