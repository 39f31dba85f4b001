"""The nouns of wastewater."""

from wastewater.models.compliance import ComplianceRule, ComplianceStatus, QuarterLock
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
from wastewater.models.obligations import (
    DutyKind,
    DutyTerm,
    MonitoringSchedule,
    Obligation,
    ParameterSet,
    PlannedSample,
    ReminderSubscription,
    ReportDuty,
)
from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet
from wastewater.models.supervision import Checklist, ChecklistItem, LegalArticle, SupervisionSetting
from wastewater.models.violations import Violation

__all__ = [
    "CaseFinding",
    "Checklist",
    "ChecklistAnswer",
    "ChecklistItem",
    "Coaching",
    "ComplianceRule",
    "ComplianceStatus",
    "Connection",
    "DischargePoint",
    "DutyKind",
    "DutyTerm",
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
    "MonitoringSchedule",
    "Notice",
    "Objection",
    "Obligation",
    "OrderedItem",
    "Parameter",
    "ParameterSet",
    "PlannedSample",
    "PlantCapacity",
    "QuarterLock",
    "Regulation",
    "ReminderSubscription",
    "ReplyFile",
    "ReportAddendum",
    "ReportDuty",
    "Result",
    "Sample",
    "SeenDocument",
    "SiteFacts",
    "StandardSet",
    "SupervisionSetting",
    "TreatmentPlant",
    "Violation",
    "WaterBody",
]
