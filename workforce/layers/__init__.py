"""Layers about workers on the map, by noun."""

from workforce.layers import coverage

LAYERS = [*coverage.LAYERS]
