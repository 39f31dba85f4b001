"""Open data about workers, by noun."""

from workforce.datasets import people

DATASETS = [*people.DATASETS]
