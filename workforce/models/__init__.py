"""The nouns of the registry of artisans."""

from workforce.models.apprenticeships import (
    AllowancePayment,
    Applicant,
    ApprenticeshipProgramme,
    Cohort,
    HostGroup,
    HostGroupMember,
    HostOffer,
    LogEntry,
    PipelineActivity,
    Placement,
    PlacementAgreement,
    PlacementMove,
    PlacementOutcome,
    PlacementStep,
    StepAssessment,
)
from workforce.models.cards import CardUse, RegistryRequest, WorkerCard
from workforce.models.certificates import CompetencyCertificate, CompetencyScheme
from workforce.models.coverage import CoveragePeriod
from workforce.models.duplicates import DuplicateCandidate
from workforce.models.engagements import Engagement, EngagementStep, ProcessStep
from workforce.models.entries import CadreEntry
from workforce.models.handover import HandoverMilestone, SuccessionPlan, SuccessorCandidate
from workforce.models.hazards import StepHazard
from workforce.models.knowledge import CraftAssessment
from workforce.models.people import Consent, ConsentText, Person
from workforce.models.projection import ProjectionCell, ProjectionRun, ProjectionScenario, RateAssumption
from workforce.models.reference import ReferenceFigure, ReferenceSeries
from workforce.models.rounds import CoverageEntry, CoverageRound, UploadColumn, UploadTemplate
from workforce.models.safety import Incident, Injury
from workforce.models.skills import SkillClaim
from workforce.models.voice import VoiceMessage, VoiceReport
from workforce.models.wages import WageObservation

__all__ = [
    "AllowancePayment",
    "Applicant",
    "ApprenticeshipProgramme",
    "CadreEntry",
    "CardUse",
    "Cohort",
    "CompetencyCertificate",
    "CompetencyScheme",
    "Consent",
    "ConsentText",
    "CoverageEntry",
    "CoveragePeriod",
    "CoverageRound",
    "CraftAssessment",
    "DuplicateCandidate",
    "Engagement",
    "EngagementStep",
    "HandoverMilestone",
    "HostGroup",
    "HostGroupMember",
    "HostOffer",
    "Incident",
    "Injury",
    "LogEntry",
    "Person",
    "PipelineActivity",
    "Placement",
    "PlacementAgreement",
    "PlacementMove",
    "PlacementOutcome",
    "PlacementStep",
    "ProcessStep",
    "ProjectionCell",
    "ProjectionRun",
    "ProjectionScenario",
    "RateAssumption",
    "ReferenceFigure",
    "ReferenceSeries",
    "RegistryRequest",
    "SkillClaim",
    "StepAssessment",
    "StepHazard",
    "SuccessionPlan",
    "SuccessorCandidate",
    "UploadColumn",
    "UploadTemplate",
    "VoiceMessage",
    "VoiceReport",
    "WageObservation",
    "WorkerCard",
]
