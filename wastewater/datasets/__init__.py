"""Open data of wastewater, by noun."""

from wastewater.datasets import inspections, results

DATASETS = [*results.DATASETS, *inspections.DATASETS]
