"""The nouns of wastewater."""

from wastewater.models.enforcement import (
    CaseFinding,
    Coaching,
    EnforcementCase,
    EnforcementDecision,
    Milestone,
    Objection,
    OrderedItem,
)
from wastewater.models.findings import Finding, FindingEvidence, FindingReply, Notice, ReplyFile
from wastewater.models.inspections import (
    ChecklistAnswer,
    FieldMeasurement,
    Inspection,
    InspectionMember,
    InspectionSample,
    ReportAddendum,
    SeenDocument,
    SiteFacts,
)
from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet
from wastewater.models.supervision import Checklist, ChecklistItem, LegalArticle, SupervisionSetting

__all__ = [
    "CaseFinding",
    "Checklist",
    "ChecklistAnswer",
    "ChecklistItem",
    "Coaching",
    "Connection",
    "DischargePoint",
    "EnforcementCase",
    "EnforcementDecision",
    "Evaluation",
    "FieldMeasurement",
    "Finding",
    "FindingEvidence",
    "FindingReply",
    "Inspection",
    "InspectionMember",
    "InspectionSample",
    "Laboratory",
    "LegalArticle",
    "Limit",
    "Milestone",
    "Notice",
    "Objection",
    "OrderedItem",
    "Parameter",
    "PlantCapacity",
    "Regulation",
    "ReplyFile",
    "ReportAddendum",
    "Result",
    "Sample",
    "SeenDocument",
    "SiteFacts",
    "StandardSet",
    "SupervisionSetting",
    "TreatmentPlant",
    "WaterBody",
]
