"""The nouns of the registry of artisans."""

from workforce.models.certificates import CompetencyCertificate, CompetencyScheme
from workforce.models.coverage import CoveragePeriod
from workforce.models.engagements import Engagement, EngagementStep, ProcessStep
from workforce.models.hazards import StepHazard
from workforce.models.people import Consent, ConsentText, Person
from workforce.models.reference import ReferenceFigure, ReferenceSeries
from workforce.models.rounds import CoverageEntry, CoverageRound, UploadColumn, UploadTemplate
from workforce.models.skills import SkillClaim
from workforce.models.wages import WageObservation

__all__ = [
    "CompetencyCertificate",
    "CompetencyScheme",
    "Consent",
    "ConsentText",
    "CoverageEntry",
    "CoveragePeriod",
    "CoverageRound",
    "Engagement",
    "EngagementStep",
    "Person",
    "ProcessStep",
    "ReferenceFigure",
    "ReferenceSeries",
    "SkillClaim",
    "StepHazard",
    "UploadColumn",
    "UploadTemplate",
    "WageObservation",
]
