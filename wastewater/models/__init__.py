"""The nouns of wastewater."""

from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet

__all__ = [
    "Connection",
    "DischargePoint",
    "Evaluation",
    "Laboratory",
    "Limit",
    "Parameter",
    "PlantCapacity",
    "Regulation",
    "Result",
    "Sample",
    "StandardSet",
    "TreatmentPlant",
    "WaterBody",
]
