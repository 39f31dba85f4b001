"""The nouns of wastewater."""

from wastewater.models.indices import AssessmentBand, AssessmentRule, IndexEvaluation
from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.rivers import Reach, ReachLink, ReachSite, RiverCondition
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet

__all__ = [
    "AssessmentBand",
    "AssessmentRule",
    "Connection",
    "DischargePoint",
    "Evaluation",
    "IndexEvaluation",
    "Laboratory",
    "Limit",
    "Parameter",
    "PlantCapacity",
    "Reach",
    "ReachLink",
    "ReachSite",
    "Regulation",
    "Result",
    "RiverCondition",
    "Sample",
    "StandardSet",
    "TreatmentPlant",
    "WaterBody",
]
