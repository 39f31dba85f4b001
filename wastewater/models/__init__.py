"""The nouns of wastewater."""

from wastewater.models import complaints
from wastewater.models.advice import Advice, AdviceContact
from wastewater.models.balance import BalanceFactor, PublishedFigure
from wastewater.models.cases import CaseFinding, Coaching, EnforcementCase, Milestone
from wastewater.models.compliance import ComplianceRule, ComplianceStatus, QuarterLock
from wastewater.models.corrections import ResultCorrection
from wastewater.models.custody import AnalysisStart, ContainerKind, CustodyEvent, SampleContainer
from wastewater.models.decisions import EnforcementDecision, Objection, OrderedItem
from wastewater.models.discharge_logs import DischargeLog
from wastewater.models.finding_violations import FindingViolation
from wastewater.models.findings import Finding, FindingEvidence, FindingReply, ReplyFile
from wastewater.models.indices import AssessmentBand, AssessmentRule, IndexEvaluation
from wastewater.models.inspection_violations import InspectionViolation
from wastewater.models.inspections import Inspection, InspectionMember, ReportAddendum
from wastewater.models.logbooks import Logbook, LogbookRule, LogMonth, SpecificUse
from wastewater.models.methods import AnalysisMethod, LabMethod
from wastewater.models.notices import Notice
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
from wastewater.models.plant_facts import PlantPermit, PlantSetting, PlantUnit
from wastewater.models.plant_logs import Chemical, ChemicalDose, PlantLog
from wastewater.models.plants import Connection, PlantCapacity, TreatmentPlant, WaterBody
from wastewater.models.points import DischargePoint
from wastewater.models.results import Evaluation, Result
from wastewater.models.rivers import Reach, ReachLink, ReachSite, RiverCondition
from wastewater.models.samples import Laboratory, Sample
from wastewater.models.scenarios import PlantScenario, ScenarioEnterprise
from wastewater.models.site_notes import ChecklistAnswer, FieldMeasurement, InspectionSample, SeenDocument, SiteFacts
from wastewater.models.sludge import DispatchLine, SludgeDispatch, SludgeEntry, StorageRule, WasteCode
from wastewater.models.standards import Limit, Parameter, Regulation, StandardSet
from wastewater.models.stations import SensorRule, SensorStation, StationContact, StationSecret
from wastewater.models.supervision import Checklist, ChecklistItem, LegalArticle, SupervisionSetting
from wastewater.models.telemetry import (
    SensorBatch,
    SensorDay,
    SensorExclusion,
    SensorHour,
    SensorReading,
    SensorRefusal,
    SensorVerdict,
)
from wastewater.models.trucks import SuctionTruck, TruckPrice, TruckRequest
from wastewater.models.violations import Violation

__all__ = [
    "Advice",
    "AdviceContact",
    "AnalysisMethod",
    "AnalysisStart",
    "AssessmentBand",
    "AssessmentRule",
    "BalanceFactor",
    "CaseFinding",
    "Checklist",
    "ChecklistAnswer",
    "ChecklistItem",
    "Chemical",
    "ChemicalDose",
    "Coaching",
    "ComplianceRule",
    "ComplianceStatus",
    "Connection",
    "ContainerKind",
    "CustodyEvent",
    "DischargeLog",
    "DischargePoint",
    "DispatchLine",
    "DutyKind",
    "DutyTerm",
    "EnforcementCase",
    "EnforcementDecision",
    "Evaluation",
    "FieldMeasurement",
    "Finding",
    "FindingEvidence",
    "FindingReply",
    "FindingViolation",
    "IndexEvaluation",
    "Inspection",
    "InspectionMember",
    "InspectionSample",
    "InspectionViolation",
    "LabMethod",
    "Laboratory",
    "LegalArticle",
    "Limit",
    "LogMonth",
    "Logbook",
    "LogbookRule",
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
    "PlantLog",
    "PlantPermit",
    "PlantScenario",
    "PlantSetting",
    "PlantUnit",
    "PublishedFigure",
    "QuarterLock",
    "Reach",
    "ReachLink",
    "ReachSite",
    "Regulation",
    "ReminderSubscription",
    "ReplyFile",
    "ReportAddendum",
    "ReportDuty",
    "Result",
    "ResultCorrection",
    "RiverCondition",
    "Sample",
    "SampleContainer",
    "ScenarioEnterprise",
    "SeenDocument",
    "SensorBatch",
    "SensorDay",
    "SensorExclusion",
    "SensorHour",
    "SensorReading",
    "SensorRefusal",
    "SensorRule",
    "SensorStation",
    "SensorVerdict",
    "SiteFacts",
    "SludgeDispatch",
    "SludgeEntry",
    "SpecificUse",
    "StandardSet",
    "StationContact",
    "StationSecret",
    "StorageRule",
    "SuctionTruck",
    "SupervisionSetting",
    "TreatmentPlant",
    "TruckPrice",
    "TruckRequest",
    "Violation",
    "WasteCode",
    "WaterBody",
    "complaints",
]
