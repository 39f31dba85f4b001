"""What complaints need done every day without anybody asking."""

from collections.abc import Mapping
from datetime import datetime

from wastewater.actions.complaints.drafts import forget_drafts
from wastewater.actions.complaints.reporters import anonymise_due, time_out_questions


def look_after(at: datetime) -> Mapping[str, int]:
    """Questions nobody answered, contact data whose day has come, drafts nobody sent."""
    return {
        "questions": time_out_questions(at=at),
        "reporters": anonymise_due(at=at),
        "drafts": forget_drafts(at=at),
    }
