"""The nouns of wastewater."""

from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet
from wastewater.models.stations import SensorRule, SensorStation, StationContact, StationSecret
from wastewater.models.telemetry import (
    SensorBatch,
    SensorDay,
    SensorExclusion,
    SensorHour,
    SensorReading,
    SensorRefusal,
    SensorVerdict,
)

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
    "SensorBatch",
    "SensorDay",
    "SensorExclusion",
    "SensorHour",
    "SensorReading",
    "SensorRefusal",
    "SensorRule",
    "SensorStation",
    "SensorVerdict",
    "StandardSet",
    "StationContact",
    "StationSecret",
    "TreatmentPlant",
    "WaterBody",
]
