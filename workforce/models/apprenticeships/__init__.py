"""The nouns of apprenticeship."""

from workforce.models.apprenticeships.hosts import HostGroup, HostGroupMember, HostOffer
from workforce.models.apprenticeships.learning import AllowancePayment, LogEntry, PlacementOutcome, StepAssessment
from workforce.models.apprenticeships.pipeline import PipelineActivity
from workforce.models.apprenticeships.placements import (
    Applicant,
    Placement,
    PlacementAgreement,
    PlacementMove,
    PlacementStep,
)
from workforce.models.apprenticeships.programmes import ApprenticeshipProgramme, Cohort

__all__ = [
    "AllowancePayment",
    "Applicant",
    "ApprenticeshipProgramme",
    "Cohort",
    "HostGroup",
    "HostGroupMember",
    "HostOffer",
    "LogEntry",
    "PipelineActivity",
    "Placement",
    "PlacementAgreement",
    "PlacementMove",
    "PlacementOutcome",
    "PlacementStep",
    "StepAssessment",
]
