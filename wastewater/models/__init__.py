"""The nouns of wastewater."""

from wastewater.models.compliance import ComplianceRule, ComplianceStatus, QuarterLock
from wastewater.models.corrections import ResultCorrection
from wastewater.models.indices import AssessmentBand, AssessmentRule, IndexEvaluation
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
from wastewater.models.rivers import Reach, ReachLink, ReachSite, RiverCondition
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet
from wastewater.models.violations import Violation

__all__ = [
    "AssessmentBand",
    "AssessmentRule",
    "ComplianceRule",
    "ComplianceStatus",
    "Connection",
    "DischargePoint",
    "DutyKind",
    "DutyTerm",
    "Evaluation",
    "IndexEvaluation",
    "Laboratory",
    "Limit",
    "MonitoringSchedule",
    "Obligation",
    "Parameter",
    "ParameterSet",
    "PlannedSample",
    "PlantCapacity",
    "QuarterLock",
    "Reach",
    "ReachLink",
    "ReachSite",
    "Regulation",
    "ReminderSubscription",
    "ReportDuty",
    "Result",
    "ResultCorrection",
    "RiverCondition",
    "Sample",
    "StandardSet",
    "TreatmentPlant",
    "Violation",
    "WaterBody",
]
