"""The nouns of market expansion."""

from marketing.models.activity import Activity, EligibilityRule, Quota, Session
from marketing.models.application import Application, EligibilityResult
from marketing.models.decision import Decision, DecisionBatch
from marketing.models.participation import PastParticipation
from marketing.models.programme import Programme

__all__ = [
    "Activity",
    "Application",
    "Decision",
    "DecisionBatch",
    "EligibilityResult",
    "EligibilityRule",
    "PastParticipation",
    "Programme",
    "Quota",
    "Session",
]
