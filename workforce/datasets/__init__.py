"""Open data about workers, by noun."""

from workforce.datasets import people, succession

DATASETS = [*people.DATASETS, *succession.DATASETS]
