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
from wastewater.models.compliance import ComplianceRule, ComplianceStatus, QuarterLock
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
from wastewater.models.violations import Violation

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
    "ComplianceRule",
    "ComplianceStatus",
    "Connection",
    "DischargePoint",
    "DutyKind",
    "DutyTerm",
    "Evaluation",
    "Handover",
    "Laboratory",
    "Limit",
    "MonitoringSchedule",
    "Obligation",
    "Parameter",
    "ParameterSet",
    "PlannedSample",
    "PlantCapacity",
    "QuarterLock",
    "Regulation",
    "ReminderSubscription",
    "ReportDuty",
    "Reporter",
    "ResponseTemplate",
    "Result",
    "RoutingRule",
    "Sample",
    "StandardSet",
    "TreatmentPlant",
    "Violation",
    "WaterBody",
]
