"""What people type in: cleaned here, saved by actions."""

from workforce.forms.coverage import CoverageEndForm, CoverageForm
from workforce.forms.engagements import EngagementEndForm, EngagementForm
from workforce.forms.lists import CoverageFilterForm, NikSearchForm, WorkerFilterForm
from workforce.forms.people import ConsentForm, PersonForm, PurposeForm

__all__ = [
    "ConsentForm",
    "CoverageEndForm",
    "CoverageFilterForm",
    "CoverageForm",
    "EngagementEndForm",
    "EngagementForm",
    "NikSearchForm",
    "PersonForm",
    "PurposeForm",
    "WorkerFilterForm",
]
