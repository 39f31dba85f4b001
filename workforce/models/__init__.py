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
from workforce.models.coverage import CoveragePeriod
from workforce.models.engagements import Engagement, EngagementStep, ProcessStep
from workforce.models.handover import HandoverMilestone, SuccessionPlan, SuccessorCandidate
from workforce.models.people import Consent, ConsentText, Person
from workforce.models.reference import ReferenceFigure, ReferenceSeries
from workforce.models.skills import SkillClaim
from workforce.models.wages import WageObservation

__all__ = [
    "AllowancePayment",
    "Applicant",
    "ApprenticeshipProgramme",
    "Cohort",
    "Consent",
    "ConsentText",
    "CoveragePeriod",
    "Engagement",
    "EngagementStep",
    "HandoverMilestone",
    "HostGroup",
    "HostGroupMember",
    "HostOffer",
    "LogEntry",
    "Person",
    "PipelineActivity",
    "Placement",
    "PlacementAgreement",
    "PlacementMove",
    "PlacementOutcome",
    "PlacementStep",
    "ProcessStep",
    "ReferenceFigure",
    "ReferenceSeries",
    "SkillClaim",
    "StepAssessment",
    "SuccessionPlan",
    "SuccessorCandidate",
    "WageObservation",
]
