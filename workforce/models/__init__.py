"""The nouns of the registry of artisans."""

from workforce.models.cards import CardUse, RegistryRequest, WorkerCard
from workforce.models.certificates import CompetencyCertificate, CompetencyScheme
from workforce.models.coverage import CoveragePeriod
from workforce.models.duplicates import DuplicateCandidate
from workforce.models.engagements import Engagement, EngagementStep, ProcessStep
from workforce.models.entries import CadreEntry
from workforce.models.knowledge import CraftAssessment
from workforce.models.people import Consent, ConsentText, Person
from workforce.models.projection import ProjectionCell, ProjectionRun, ProjectionScenario, RateAssumption
from workforce.models.reference import ReferenceFigure, ReferenceSeries
from workforce.models.skills import SkillClaim
from workforce.models.wages import WageObservation

__all__ = [
    "CadreEntry",
    "CardUse",
    "CompetencyCertificate",
    "CompetencyScheme",
    "Consent",
    "ConsentText",
    "CoveragePeriod",
    "CraftAssessment",
    "DuplicateCandidate",
    "Engagement",
    "EngagementStep",
    "Person",
    "ProcessStep",
    "ProjectionCell",
    "ProjectionRun",
    "ProjectionScenario",
    "RateAssumption",
    "ReferenceFigure",
    "ReferenceSeries",
    "RegistryRequest",
    "SkillClaim",
    "WageObservation",
    "WorkerCard",
]
