"""Layers of wastewater on the map, by noun."""

from wastewater.layers import places, rivers

LAYERS = [*places.LAYERS, *rivers.LAYERS]
