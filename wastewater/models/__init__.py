"""The nouns of wastewater."""

from wastewater.models.complaints import (
    Agency,
    AgencyHandling,
    ColourHint,
    Complaint,
    ComplaintCategory,
    ComplaintDraft,
    ComplaintPhoto,
    ComplaintQuestion,
    ComplaintStep,
    ComplaintTerm,
    Handover,
    Reporter,
    ResponseTemplate,
    RoutingRule,
)
from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet

__all__ = [
    "Agency",
    "AgencyHandling",
    "ColourHint",
    "Complaint",
    "ComplaintCategory",
    "ComplaintDraft",
    "ComplaintPhoto",
    "ComplaintQuestion",
    "ComplaintStep",
    "ComplaintTerm",
    "Connection",
    "DischargePoint",
    "Evaluation",
    "Handover",
    "Laboratory",
    "Limit",
    "Parameter",
    "PlantCapacity",
    "Regulation",
    "Reporter",
    "ResponseTemplate",
    "Result",
    "RoutingRule",
    "Sample",
    "StandardSet",
    "TreatmentPlant",
    "WaterBody",
]
