"""Open data of wastewater, by noun."""

from wastewater.datasets import results, stations

DATASETS = [*results.DATASETS, *stations.DATASETS]
