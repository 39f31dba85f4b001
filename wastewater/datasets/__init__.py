"""Open data of wastewater, by noun."""

from wastewater.datasets import results

DATASETS = [*results.DATASETS]
