"""Layers of wastewater on the map, by noun."""

from wastewater.layers import complaints, places, rivers

LAYERS = [*places.LAYERS, *complaints.LAYERS, *rivers.LAYERS]
