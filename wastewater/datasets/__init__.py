"""Open data of wastewater, by noun."""

from wastewater.datasets import compliance, results

DATASETS = [*results.DATASETS, *compliance.DATASETS]
