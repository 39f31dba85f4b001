"""Layers about workers on the map, by noun."""

from workforce.layers import coverage, succession

LAYERS = [*coverage.LAYERS, *succession.LAYERS]
