"""The nouns of wastewater."""

from wastewater.models.plant_facts import PlantPermit, PlantSetting, PlantUnit
from wastewater.models.plant_logs import Chemical, ChemicalDose, PlantLog
from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.sludge import DispatchLine, SludgeDispatch, SludgeEntry, StorageRule, WasteCode
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet

__all__ = [
    "Chemical",
    "ChemicalDose",
    "Connection",
    "DischargePoint",
    "DispatchLine",
    "Evaluation",
    "Laboratory",
    "Limit",
    "Parameter",
    "PlantCapacity",
    "PlantLog",
    "PlantPermit",
    "PlantSetting",
    "PlantUnit",
    "Regulation",
    "Result",
    "Sample",
    "SludgeDispatch",
    "SludgeEntry",
    "StandardSet",
    "StorageRule",
    "TreatmentPlant",
    "WasteCode",
    "WaterBody",
]
