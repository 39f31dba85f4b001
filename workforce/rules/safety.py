"""Incidents at work: when a report is due, and how often people are hurt.

Plain Python: no database, no clock. Permenaker 03/1998: the employer reports within 2 x 24 hours on form 3 KK2 A.
Hours of home workers are not known, so the rate is per 100 workers a year, not per million hours.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from workforce.choices.safety import IncidentKind, IncidentSeverity

REPORT_WITHIN = timedelta(hours=48)
# Health details are specific personal data: kept as long as a claim may need them.
HEALTH_KEPT_YEARS = 5


def report_due(occurred_at: datetime) -> datetime:
    """Until when the labour office must have the report."""
    return occurred_at + REPORT_WITHIN


def must_be_reported(kind: str, severity: int) -> bool:
    """Whether the duty runs: for every harm, and for fire or spills even without; a near miss is told voluntarily."""
    return severity > IncidentSeverity.NONE or kind in (IncidentKind.FIRE, IncidentKind.SPILL)


def per_hundred(injuries: int, workers: int) -> Decimal | None:
    """Injuries of a year per 100 workers, one decimal; None when nobody works, which is not zero."""
    return (Decimal(injuries) * 100 / workers).quantize(Decimal("0.1")) if workers else None
