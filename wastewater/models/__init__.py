"""The nouns of wastewater."""

from wastewater.models.advice import Advice, AdviceContact
from wastewater.models.discharge_logs import DischargeLog
from wastewater.models.logbooks import Logbook, LogbookRule, LogMonth, SpecificUse
from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet
from wastewater.models.trucks import SuctionTruck, TruckPrice, TruckRequest

__all__ = [
    "Advice",
    "AdviceContact",
    "Connection",
    "DischargeLog",
    "DischargePoint",
    "Evaluation",
    "Laboratory",
    "Limit",
    "LogMonth",
    "Logbook",
    "LogbookRule",
    "Parameter",
    "PlantCapacity",
    "Regulation",
    "Result",
    "Sample",
    "SpecificUse",
    "StandardSet",
    "SuctionTruck",
    "TreatmentPlant",
    "TruckPrice",
    "TruckRequest",
    "WaterBody",
]
