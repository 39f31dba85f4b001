"""What changes rows of wastewater."""

from wastewater.actions.evaluations import Judged, evaluate, evaluate_again
from wastewater.actions.lab_files import Report, ReportedResult, record_reports
from wastewater.actions.samples import (
    Entry,
    SampleRefused,
    TakenInFuture,
    Taking,
    plan_sample,
    publish_sample,
    record_results,
    record_sample,
    record_taking,
    send_to_lab,
    verify_sample,
    void_sample,
)

__all__ = [
    "Entry",
    "Judged",
    "Report",
    "ReportedResult",
    "SampleRefused",
    "TakenInFuture",
    "Taking",
    "evaluate",
    "evaluate_again",
    "plan_sample",
    "publish_sample",
    "record_reports",
    "record_results",
    "record_sample",
    "record_taking",
    "send_to_lab",
    "verify_sample",
    "void_sample",
]
