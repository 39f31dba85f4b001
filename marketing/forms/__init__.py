"""Forms of the market; they parse and refuse, and never save."""

from marketing.forms.activities import (
    ActivityFilter,
    ActivityForm,
    CallFilter,
    CopyForm,
    ProgrammeForm,
    ReasonForm,
)
from marketing.forms.applications import (
    ApplicationFilter,
    ApplicationForm,
    AssistForm,
    AttendanceForm,
    EligibilityForm,
    ReturnForm,
    WithdrawForm,
)
from marketing.forms.decisions import BatchForm, DecideForm
from marketing.forms.terms import QuotaLineForm, QuotaLines, RulesForm, SessionForm, SessionLines

__all__ = [
    "ActivityFilter",
    "ActivityForm",
    "ApplicationFilter",
    "ApplicationForm",
    "AssistForm",
    "AttendanceForm",
    "BatchForm",
    "CallFilter",
    "CopyForm",
    "DecideForm",
    "EligibilityForm",
    "ProgrammeForm",
    "QuotaLineForm",
    "QuotaLines",
    "ReasonForm",
    "ReturnForm",
    "RulesForm",
    "SessionForm",
    "SessionLines",
    "WithdrawForm",
]
