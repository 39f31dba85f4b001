"""Layers of wastewater on the map, by noun."""

from wastewater.layers import complaints, places

LAYERS = [*places.LAYERS, *complaints.LAYERS]
from wastewater.layers import places, rivers

LAYERS = [*places.LAYERS, *rivers.LAYERS]
