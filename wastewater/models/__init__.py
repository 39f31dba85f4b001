"""The nouns of wastewater."""

from wastewater.models import complaints
from wastewater.models.advice import Advice, AdviceContact
from wastewater.models.compliance import ComplianceRule, ComplianceStatus, QuarterLock
from wastewater.models.corrections import ResultCorrection
from wastewater.models.discharge_logs import DischargeLog
from wastewater.models.indices import AssessmentBand, AssessmentRule, IndexEvaluation
from wastewater.models.logbooks import Logbook, LogbookRule, LogMonth, SpecificUse
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
from wastewater.models.trucks import SuctionTruck, TruckPrice, TruckRequest
from wastewater.models.violations import Violation

__all__ = [
    "Advice",
    "AdviceContact",
    "AssessmentBand",
    "AssessmentRule",
    "ComplianceRule",
    "ComplianceStatus",
    "Connection",
    "DischargeLog",
    "DischargePoint",
    "DutyKind",
    "DutyTerm",
    "Evaluation",
    "IndexEvaluation",
    "Laboratory",
    "Limit",
    "LogMonth",
    "Logbook",
    "LogbookRule",
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
    "SensorBatch",
    "SensorDay",
    "SensorExclusion",
    "SensorHour",
    "SensorReading",
    "SensorRefusal",
    "SensorRule",
    "SensorStation",
    "SensorVerdict",
    "SpecificUse",
    "StandardSet",
    "StationContact",
    "StationSecret",
    "SuctionTruck",
    "TreatmentPlant",
    "TruckPrice",
    "TruckRequest",
    "Violation",
    "WaterBody",
    "complaints",
]
