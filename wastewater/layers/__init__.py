"""Layers of wastewater on the map, by noun."""

from wastewater.layers import balance, complaints, places, rivers

LAYERS = [*places.LAYERS, *complaints.LAYERS, *rivers.LAYERS, *balance.LAYERS]
