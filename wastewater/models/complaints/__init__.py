"""Complaints of residents: cases, who reported, which agencies handle them, and the terms that run."""

from wastewater.models.complaints.agencies import Agency, AgencyHandling, Handover, RoutingRule
from wastewater.models.complaints.cases import Complaint, ComplaintPhoto, ComplaintQuestion, ComplaintStep
from wastewater.models.complaints.drafts import ComplaintDraft
from wastewater.models.complaints.hints import ColourHint
from wastewater.models.complaints.reporters import Reporter
from wastewater.models.complaints.terms import ComplaintCategory, ComplaintTerm, ResponseTemplate

__all__ = [
    "Agency",
    "AgencyHandling",
    "ColourHint",
    "Complaint",
    "ComplaintCategory",
    "ComplaintDraft",
    "ComplaintPhoto",
    "ComplaintQuestion",
    "ComplaintStep",
    "ComplaintTerm",
    "Handover",
    "Reporter",
    "ResponseTemplate",
    "RoutingRule",
]
