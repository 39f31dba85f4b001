"""Layers of wastewater on the map, by noun."""

from wastewater.layers import places

LAYERS = [*places.LAYERS]
